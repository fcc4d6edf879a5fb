// SPDX-License-Identifier: GPL-2.0
/*
 * NETLINK_LISTEN_ALL_NSID: a socket that asks the kernel for the multicast of
 * every namespace that has an id in its own. A veth into a container gives the
 * host's namespace such an id there.
 */
#define _GNU_SOURCE
#include "kselftest_harness.h"
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "kapi.h"

#define MAC "02:00:00:00:00:0a"
/* A socket without the right over a namespace: nothing of it, ever. */
#define NOT_ALLOWED 1000

FIXTURE(nsid)
{
	struct nl_sock *rt;
	int ifindex, home;
};

FIXTURE_SETUP(nsid)
{
	self->rt = rt_open();
	self->ifindex = rt_dummy(self->rt, "nwk-nsid");
	ASSERT_GT(self->ifindex, 0) TH_LOG("no dummy device");
	self->home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, self->home);
}

FIXTURE_TEARDOWN(nsid)
{
	rt_link_del(self->rt, self->ifindex);
	nl_socket_free(self->rt);
	close(self->home);
}

/* Who listens. */
struct listener {
	int home;		/* the initial namespace, open */
	bool without_broadcast;
};

/* The initial namespace gets an id in the caller's. */
static int give_id(int home)
{
	struct rtgenmsg gen = { .rtgen_family = AF_UNSPEC };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWNSID, 0);
	struct nl_sock *rt = rt_open();
	struct ack ack;
	int error;

	nlmsg_append(msg, &gen, sizeof(gen), NLMSG_ALIGNTO);
	nla_put_u32(msg, NETNSA_NSID, 7);
	nla_put_u32(msg, NETNSA_FD, home);
	error = nl_talk_ack(rt, msg, &ack);
	nl_socket_free(rt);
	return error;
}

static int drop_broadcast(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		return -errno;
	data[0].effective &= ~(1u << CAP_NET_BROADCAST);
	data[0].permitted &= ~(1u << CAP_NET_BROADCAST);
	data[0].inheritable = 0;
	data[1].inheritable = 0;
	return syscall(SYS_capset, &header, data) ? -errno : 0;
}

/* Records by whose they are. Foreign: of the initial namespace, or told to it of any other. */
struct heard {
	unsigned int own, foreign;
};

static void take_heard(const struct answer *answer, void *arg)
{
	struct heard *heard = arg;
	struct nlattr *attr;
	unsigned int records = 0;
	int left;

	nla_for_each_attr(attr, answer->first, answer->length, left)
		records += nla_type(attr) == NW_A_RECORD;
	if (nla_get_u64(answer->attrs[NW_A_NETNS_COOKIE]) == netns_cookie())
		heard->own += records;
	else
		heard->foreign += records;
}

/* Waits for the parent's records, then makes its own: silence is not deafness. */
static int listen_everywhere(struct peer *parent, void *arg)
{
	const struct listener *who = arg;
	struct heard heard = { };
	uint64_t deadline;
	struct nl_sock *rt;
	struct nw nw;
	int ifindex, yes = 1, error;

	if (who->without_broadcast)
		REQUIRE(drop_broadcast() == 0);
	REQUIRE(give_id(who->home) == 0);
	REQUIRE(nw_open(&nw) == 0);
	error = setsockopt(nw.fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, &yes, sizeof(yes));
	REQUIRE(!error == !who->without_broadcast);
	REQUIRE(nw_join(&nw, nw.events) == 0);
	nw_join(&nw, nw.all);
	rt = rt_open();
	ifindex = rt_dummy(rt, "nwk-own");
	REQUIRE(ifindex > 0);
	peer_tell(parent, 1);
	REQUIRE(peer_hear(parent) == 2);
	REQUIRE(rt_neigh(rt, ifindex, "203.0.113.77", NUD_STALE, MAC) == 0);
	deadline = deadline_in(500);
	while (nw_receive(&nw, deadline, take_heard, &heard) > 0)
		;
	REQUIRE(heard.own > 0);
	peer_tell(parent, NOT_ALLOWED + heard.foreign);
	return 0;
}

/* Return: the foreign records that were heard, or a negative number. */
static int heard_by(struct nl_sock *rt, int ifindex, enum who who, struct listener *listener)
{
	struct peer peer;
	uint64_t heard;

	if (peer_start(&peer, who, listen_everywhere, listener))
		return -1;
	if (peer_hear(&peer) == 1 && !rt_neigh(rt, ifindex, "192.0.2.66", NUD_STALE, MAC) &&
	    !rt_neigh(rt, ifindex, "192.0.2.66", NUD_PERMANENT, MAC) &&
	    !rt_neigh_del(rt, ifindex, "192.0.2.66")) {
		/* They are out before the listener's own are made. */
		usleep(200000);
		peer_tell(&peer, 2);
	}
	heard = peer_hear(&peer);
	return peer_end(&peer) ? -1 : (int)heard - NOT_ALLOWED;
}

TEST_F(nsid, root_of_a_user_namespace_hears_nothing_of_ours)
{
	struct listener listener = { self->home };

	EXPECT_EQ(0, heard_by(self->rt, self->ifindex, AS_NOBODY_IN_OWN_USERNS, &listener));
}

TEST_F(nsid, root_of_a_network_namespace_without_cap_net_broadcast_hears_nothing_of_ours)
{
	struct listener listener = { self->home, .without_broadcast = true };

	EXPECT_EQ(0, heard_by(self->rt, self->ifindex, IN_NEW_NETNS, &listener));
}

/* Linux 6.8 lets a family choose the sockets that get its multicast. */
static bool kernel_can_choose(void)
{
	unsigned int major = 0, minor = 0;
	struct utsname name;

	if (uname(&name) || sscanf(name.release, "%u.%u", &major, &minor) != 2)
		return false;
	return major > 6 || (major == 6 && minor >= 8);
}

/*
 * CAP_NET_BROADCAST over the initial user namespace: before, the kernel gives
 * such a socket the multicast of every family, and nobody can stop it.
 */
TEST_F(nsid, root_of_a_network_namespace_with_cap_net_broadcast)
{
	struct listener listener = { self->home };
	int heard = heard_by(self->rt, self->ifindex, IN_NEW_NETNS, &listener);

	TH_LOG("%d records heard", heard);
	ASSERT_LE(0, heard);
	if (heard && !kernel_can_choose())
		SKIP(return, "this kernel gives it to who has CAP_NET_BROADCAST over the host");
	EXPECT_EQ(0, heard);
}

TEST_HARNESS_MAIN
