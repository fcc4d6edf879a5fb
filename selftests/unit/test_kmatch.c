// SPDX-License-Identifier: GPL-2.0
/* Each driver's words about its link, and those of others. */
#include <sys/socket.h>

#include "unit.h"
#include "compiler.h"
#include "kmatch.h"

#define U	NW_CARRIER_UP
#define D	NW_CARRIER_DOWN
#define NO	(-1)		/* the line does not say */

/* What a line says about a link; -1 is unknown. */
struct line {
	const char *dev;
	const char *driver;	/* NULL: not said */
	int carrier;
	int speed;
	int full;
	int rx;
	int tx;
	int autoneg;
	bool parent;
	const char *text;
};

static const struct line lines[] = {
	/* e1000e, new and old */
	{ "eth0", "e1000e", U, 1000, 1, 1, 1, NO, true,
	  "e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx"
	},
	{ "eno1", "e1000e", U, 100, 0, 0, 0, NO, true,
	  "e1000e 0000:00:1f.6 eno1: NIC Link is Up 100 Mbps Half Duplex, Flow Control: None"
	},
	{ "eth0", "e1000e", D, NO, NO, NO, NO, NO, true,
	  "e1000e 0000:00:19.0 eth0: NIC Link is Down"
	},
	{ "eth0", "e1000e", U, 1000, 1, NO, NO, NO, false,
	  "e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex"
	},
	{ "eth0", "e1000e", U, 1000, 1, 1, 0, NO, false,
	  "e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx"
	},
	{ "eth0", "e1000e", D, NO, NO, NO, NO, NO, false,
	  "e1000e: eth0 NIC Link is Down"
	},
	/* igb says its name twice */
	{ "eth2", "igb", U, 1000, 1, 1, 1, NO, true,
	  "igb 0000:01:00.0 eth2: igb: eth2 NIC Link is Up 1000 Mbps Full Duplex, Flow Control: RX/TX"
	},
	{ "eth2", "igb", U, 10, 1, 0, 1, NO, false,
	  "igb: eth2 NIC Link is Up 10 Mbps Full Duplex, Flow Control: TX"
	},
	{ "eth2", "igb", D, NO, NO, NO, NO, NO, true,
	  "igb 0000:01:00.0 eth2: igb: eth2 NIC Link is Down"
	},
	/* ixgbe does not tell its duplex */
	{ "eth4", "ixgbe", U, 10000, NO, 1, 1, NO, true,
	  "ixgbe 0000:05:00.0 eth4: NIC Link is Up 10 Gbps, Flow Control: RX/TX"
	},
	{ "eth4", "ixgbe", U, 1000, NO, 0, 0, NO, true,
	  "ixgbe 0000:05:00.0: eth4: NIC Link is Up 1 Gbps, Flow Control: None"
	},
	{ "eth4", "ixgbe", U, 2500, NO, 1, 0, NO, true,
	  "ixgbe 0000:05:00.0 eth4: NIC Link is Up 2.5 Gbps, Flow Control: RX"
	},
	{ "eth4", "ixgbe", U, NO, NO, 0, 1, NO, true,
	  "ixgbe 0000:05:00.0 eth4: NIC Link is Up unknown speed, Flow Control: TX"
	},
	{ "eth4", "ixgbe", D, NO, NO, NO, NO, NO, true,
	  "ixgbe 0000:05:00.0 eth4: NIC Link is Down"
	},
	/* i40e */
	{ "ens1f0", "i40e", U, 10000, 1, 1, 1, NO, true,
	  "i40e 0000:3b:00.0 ens1f0: NIC Link is Up, 10 Gbps Full Duplex, Flow Control: RX/TX"
	},
	{ "ens1f0", "i40e", U, 25000, 1, 0, 0, 1, true,
	  "i40e 0000:3b:00.0 ens1f0: NIC Link is Up, 25 Gbps Full Duplex, Requested FEC: CL108 RS-FEC, Negotiated FEC: None, Autoneg: True, Flow Control: None"
	},
	{ "ens1f0", "i40e", U, 1000, 1, 0, 1, NO, true,
	  "i40e 0000:3b:00.0 ens1f0: NIC Link is Up, 1000 Mbps Full Duplex, Requested FEC: None, Negotiated FEC: None, Autoneg: False, Flow Control: TX"
	},
	{ "ens1f0", "i40e", U, NO, 1, NO, NO, NO, true,
	  "i40e 0000:3b:00.0 ens1f0: NIC Link is Up, Unknownbps Full Duplex, Flow Control: Unknown"
	},
	{ "ens1f0", "i40e", D, NO, NO, NO, NO, NO, true,
	  "i40e 0000:3b:00.0 ens1f0: NIC Link is Down"
	},
	/* ice */
	{ "ens2", "ice", U, 100000, 1, 0, 0, 1, true,
	  "ice 0000:18:00.0 ens2: NIC Link is up 100 Gbps Full Duplex, Requested FEC: RS-FEC, Negotiated FEC: RS-FEC, Autoneg Advertised: On, Autoneg Negotiated: True, Flow Control: None"
	},
	{ "ens2", "ice", U, 25000, 1, 1, 1, 0, true,
	  "ice 0000:18:00.0 ens2: NIC Link is up 25 Gbps Full Duplex, Requested FEC: NONE, Negotiated FEC: NONE, Autoneg Advertised: Off, Autoneg Negotiated: False, Flow Control: Rx/Tx"
	},
	{ "ens2", "ice", D, NO, NO, NO, NO, NO, true,
	  "ice 0000:18:00.0 ens2: NIC Link is Down"
	},
	/* tg3, new and old */
	{ "eth0", "tg3", U, 1000, 1, NO, NO, NO, true,
	  "tg3 0000:02:00.0 eth0: Link is up at 1000 Mbps, full duplex"
	},
	{ "eth0", "tg3", U, 100, 0, NO, NO, NO, true,
	  "tg3 0000:02:00.0: eth0: Link is up at 100 Mbps, half duplex"
	},
	{ "eth0", "tg3", U, 1000, 1, NO, NO, NO, false,
	  "tg3: eth0: Link is up at 1000 Mbps, full duplex."
	},
	{ "eth0", "tg3", D, NO, NO, NO, NO, NO, true,
	  "tg3 0000:02:00.0 eth0: Link is down"
	},
	/* bnx2 */
	{ "eth0", "bnx2", U, 1000, 1, 1, 1, NO, true,
	  "bnx2 0000:02:00.0 eth0: NIC Copper Link is Up, 1000 Mbps full duplex, receive & transmit flow control ON"
	},
	{ "eth0", "bnx2", U, 2500, 1, 1, 0, NO, true,
	  "bnx2 0000:02:00.0 eth0: NIC SerDes Link is Up, 2500 Mbps full duplex, receive flow control ON"
	},
	{ "eth0", "bnx2", U, 100, 0, 0, 1, NO, true,
	  "bnx2 0000:02:00.0 eth0: NIC Remote Copper Link is Up, 100 Mbps half duplex, transmit flow control ON"
	},
	{ "eth0", "bnx2", U, 1000, 1, NO, NO, NO, false,
	  "bnx2: eth0: NIC Copper Link is Up, 1000 Mbps full duplex"
	},
	{ "eth0", "bnx2", D, NO, NO, NO, NO, NO, true,
	  "bnx2 0000:02:00.0 eth0: NIC Copper Link is Down"
	},
	/* bnxt_en */
	{ "enp59s0f0np0", "bnxt_en", U, 25000, 1, 0, 0, NO, true,
	  "bnxt_en 0000:3b:00.0 enp59s0f0np0: NIC Link is Up, 25000 Mbps (NRZ) full duplex, Flow control: none"
	},
	{ "eth0", "bnxt_en", U, 10000, 1, 1, 1, NO, true,
	  "bnxt_en 0000:3b:00.0 eth0: NIC Link is Up, 10000 Mbps full duplex, Flow control: ON - receive & transmit"
	},
	{ "eth0", "bnxt_en", U, 10000, 1, 0, 1, NO, true,
	  "bnxt_en 0000:3b:00.0 eth0: NIC Link is Up, 10000 Mbps full duplex, Flow control: ON - transmit"
	},
	{ "eth0", "bnxt_en", U, 1000, 0, 1, 0, NO, true,
	  "bnxt_en 0000:3b:00.0 eth0: NIC Link is Up, 1000 Mbps half duplex, Flow control: ON - receive"
	},
	{ "eth0", "bnxt_en", U, NO, NO, NO, NO, NO, true,
	  "bnxt_en 0000:3b:00.0 eth0: NIC Link is Up, speed unknown"
	},
	{ "eth0", "bnxt_en", D, NO, NO, NO, NO, NO, true,
	  "bnxt_en 0000:3b:00.0 eth0: NIC Link is Down"
	},
	/* mlx5_core */
	{ "ens1f0np0", "mlx5_core", U, NO, NO, NO, NO, NO, true,
	  "mlx5_core 0000:03:00.0 ens1f0np0: Link up"
	},
	{ "ens1f0", "mlx5_core", D, NO, NO, NO, NO, NO, true,
	  "mlx5_core 0000:03:00.0: ens1f0: Link down"
	},
	/* r8169, old and with phylib; phylib's and phylink's own */
	{ "eth0", "r8169", U, NO, NO, NO, NO, NO, true,
	  "r8169 0000:03:00.0: eth0: link up"
	},
	{ "eth0", "r8169", D, NO, NO, NO, NO, NO, true,
	  "r8169 0000:03:00.0 eth0: link down"
	},
	{ "enp3s0", "r8169", U, 1000, 1, 1, 1, NO, true,
	  "r8169 0000:03:00.0 enp3s0: Link is Up - 1Gbps/Full - flow control rx/tx"
	},
	{ "enp3s0", "r8169", U, 100, 0, 0, 0, NO, true,
	  "r8169 0000:03:00.0 enp3s0: Link is Up - 100Mbps/Half - flow control off"
	},
	{ "enp3s0", "r8169", U, 2500, 1, 1, 0, NO, true,
	  "r8169 0000:03:00.0 enp3s0: Link is Up - 2.5Gbps/Full (downshifted) - flow control rx"
	},
	{ "eth0", "macb", U, 10000, 1, 0, 1, NO, true,
	  "macb fd580000.ethernet eth0: Link is Up - 10Gbps/Full - flow control tx"
	},
	{ "eth0", "smsc95xx", U, NO, NO, 0, 0, NO, true,
	  "smsc95xx 1-1.1:1.0 eth0: Link is Up - Unknown/Unknown - flow control off"
	},
	{ "eth0", NULL, U, 1000, 1, 0, 0, NO, false,
	  "eth0: Link is Up - 1Gbps/Full - flow control off"
	},
	{ "eth0", "bcmgenet", D, NO, NO, NO, NO, NO, true,
	  "bcmgenet fd580000.ethernet eth0 (unregistering): Link is Down"
	},
	{ "eth0", "8139too", U, 100, 1, NO, NO, NO, true,
	  "8139too 0000:00:03.0 eth0: link up, 100Mbps, full-duplex, lpa 0x45E1"
	},
	/* IPv6 and bonding; the bond's own */
	{ "eth0", NULL, U, NO, NO, NO, NO, NO, false,
	  "IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready"
	},
	{ "eth0", NULL, U, NO, NO, NO, NO, NO, false,
	  "ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready"
	},
	{ "eth0", NULL, U, 1000, 1, NO, NO, NO, false,
	  "bond0: (slave eth0): link status definitely up, 1000 Mbps full duplex"
	},
	{ "eth0", NULL, U, NO, 0, NO, NO, NO, false,
	  "bond0: (slave eth0): link status definitely up, 0 Mbps half duplex"
	},
	{ "eth0", NULL, D, NO, NO, NO, NO, NO, false,
	  "bond0: (slave eth0): link status definitely down, disabling slave"
	},
	{ "eth1", NULL, D, NO, NO, NO, NO, NO, false,
	  "bonding: bond0: link status definitely down for interface eth1, disabling it"
	},
	{ "eth1", NULL, U, 10000, 1, NO, NO, NO, false,
	  "bond0: link status definitely up for interface eth1, 10000 Mbps full duplex."
	},
	{ "eth0", NULL, D, NO, NO, NO, NO, NO, false,
	  "bond0: (slave eth0): link status down for active interface, disabling it in 200 ms"
	},
	{ "eth0", NULL, U, NO, NO, NO, NO, NO, false,
	  "bond0: (slave eth0): link status up again after 100 ms"
	},
	{ "eth0", NULL, U, NO, NO, NO, NO, NO, false,
	  "bond0: link status up for interface eth0, enabling it in 0 ms"
	},
	{ "eth0", NULL, D, NO, NO, NO, NO, NO, false,
	  "bond0: (slave eth0): interface is now down"
	},
	{ "bond0", "bonding", D, NO, NO, NO, NO, NO, false,
	  "bond0: now running without any active interface!"
	},
	{ "bond0", "bonding", U, NO, NO, NO, NO, NO, false,
	  "bond0: active interface up!"
	},
};

/* Others speak of links, too. */
static const char *const others[] = {
	"0000:00:19.0: eth0: Link is Down",
	"ata1: SATA link up 6.0 Gbps (SStatus 133 SControl 300)",
	"ata2: SATA link down (SStatus 0 SControl 300)",
	"pcieport 0000:00:1c.0: pciehp: Slot(0): Link Up",
	"pcieport 0000:00:1c.0: pciehp: Slot(0): Link Down",
	"mlx5_core 0000:03:00.0: PCI Link up",
	"lpfc 0000:05:00.0: 0:1303 Link Up Event x1 received",
	"i40e 0000:3b:00.0 ens1f0: WARNING: Link is up but PHY type 0x0 is not recognized",
	"e1000e 0000:00:19.0 eth0: Link is Upside down",
	"e1000e 0000:00:19.0 a-name-that-is-too-long: NIC Link is Down",
	"igb 0000:01:00.0 eth2: Link Speed was downgraded by SmartSpeed",
	"IPv6: ADDRCONF(NETDEV_UP): eth0: link is not ready",
	"bond0: (slave eth0): Removing an active aggregator",
	"NetworkManager[812]: eth0: Link is Down",
	"eth0:",
	"eth0: ",
	": Link is Down",
	"Link is Down",
	"",
	"e1000e",
	"e1000e ",
	"e1000e 0000:00:19.0",
	"bond0: (slave",
	"bond0: (slave eth0",
	"bond0: making interface ",
	"IPv6: ADDRCONF(NETDEV_CHANGE): ",
};

static void expect_part(const struct line *l, const char *what,
			const struct nw_mode *mode, int attr, __u32 value,
			int want)
{
	if (!NW_HAS(mode, attr) && want == NO)
		return;
	if (!NW_HAS(mode, attr))
		fail_msg("'%s': %s is unknown, not %d", l->text, what, want);
	if (want == NO || value != (__u32)want)
		fail_msg("'%s': %s is %u, not %d", l->text, what, value, want);
}

static void expect_line(const struct line *l)
{
	struct nw_ksaid said;

	if (!nw_kmatch(l->text, &said))
		fail_msg("'%s' is not understood", l->text);
	assert_int_equal(said.kind, NW_KSAID_CARRIER);
	assert_string_equal(said.dev, l->dev);
	assert_int_equal(said.carrier, l->carrier);
	assert_int_equal(said.parent, l->parent);
	assert_int_equal(NW_HAS(&said.mode, NW_A_MODE_DRIVER), !!l->driver);
	assert_string_equal(said.mode.driver, l->driver ? l->driver : "");
	expect_part(l, "speed", &said.mode, NW_A_MODE_SPEED, said.mode.speed,
		    l->speed);
	expect_part(l, "duplex", &said.mode, NW_A_MODE_DUPLEX,
		    said.mode.duplex, l->full);
	expect_part(l, "pause_rx", &said.mode, NW_A_MODE_PAUSE_RX,
		    said.mode.pause_rx, l->rx);
	expect_part(l, "pause_tx", &said.mode, NW_A_MODE_PAUSE_TX,
		    said.mode.pause_tx, l->tx);
	expect_part(l, "autoneg", &said.mode, NW_A_MODE_AUTONEG,
		    said.mode.autoneg, l->autoneg);
}

static void each_driver_in_its_own_words(void **state)
{
	struct nw_ksaid said;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++)
		expect_line(&lines[i]);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (nw_kmatch(others[i], &said))
			fail_msg("'%s' is taken for a link's", others[i]);
}

static void flow_control_of_tg3(void **state)
{
	struct nw_ksaid said;

	(void)state;
	assert_true(nw_kmatch("tg3 0000:02:00.0 eth0: Flow control is on for TX and off for RX",
			      &said));
	assert_int_equal(said.kind, NW_KSAID_MODE);
	assert_int_equal(said.mode.pause_tx, 1);
	assert_int_equal(said.mode.pause_rx, 0);
	assert_true(NW_HAS(&said.mode, NW_A_MODE_PAUSE_RX));
	assert_false(NW_HAS(&said.mode, NW_A_MODE_SPEED));
}

static void bonding_and_tables(void **state)
{
	static const struct {
		const char *text;
		const char *dev;
		__u8 change;
	} admin[] = {
		{ "bond0: (slave eth1): making interface the new active one", "eth1",
		  NW_ADMIN_BONDING_FAILOVER },
		{ "bonding: bond0: making interface eth1 the new active one.", "eth1",
		  NW_ADMIN_BONDING_FAILOVER },
		{ "bond0: (slave eth1): Enslaving as a backup interface with an up link",
		  "eth1", NW_ADMIN_ENSLAVED },
		{ "bonding: bond0: enslaving eth1 as an active interface with a down link.",
		  "eth1", NW_ADMIN_ENSLAVED },
		{ "bond0: (slave eth1): Releasing backup interface", "eth1",
		  NW_ADMIN_RELEASED },
		{ "bonding: bond0: releasing active interface eth1", "eth1",
		  NW_ADMIN_RELEASED },
	};
	struct nw_ksaid said;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(admin); i++) {
		if (!nw_kmatch(admin[i].text, &said))
			fail_msg("'%s' not understood", admin[i].text);
		assert_int_equal(said.kind, NW_KSAID_ADMIN);
		assert_int_equal(said.change, admin[i].change);
		assert_string_equal(said.dev, admin[i].dev);
		assert_string_equal(said.other, "bond0");
	}
	assert_true(nw_kmatch("neighbour: arp_cache: neighbor table overflow!", &said));
	assert_int_equal(said.kind, NW_KSAID_OVERFLOW);
	assert_int_equal(said.family, AF_INET);
	assert_true(nw_kmatch("neighbour: ndisc_cache: neighbor table overflow!", &said));
	assert_int_equal(said.family, AF_INET6);
	assert_true(nw_kmatch("ipv4: Neighbour table overflow.", &said));
	assert_int_equal(said.family, AF_INET);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_driver_in_its_own_words),
		cmocka_unit_test(flow_control_of_tg3),
		cmocka_unit_test(bonding_and_tables),
	};

	return cmocka_run_group_tests_name("kmatch", tests, NULL, NULL);
}
