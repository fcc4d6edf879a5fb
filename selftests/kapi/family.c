// SPDX-License-Identifier: GPL-2.0
/* The family as the kernel's controller describes it. */
#include "kselftest_harness.h"
#include "kapi.h"

FIXTURE(family)
{
	struct nw nw;
};

FIXTURE_SETUP(family)
{
	ASSERT_EQ(0, nw_open(&self->nw)) TH_LOG("is the module loaded?");
}

FIXTURE_TEARDOWN(family)
{
	nw_close(&self->nw);
}

TEST_F(family, has_the_version_of_the_header)
{
	ASSERT_GT(self->nw.family, 0);
	EXPECT_EQ(NW_GENL_VERSION, self->nw.version);
}

TEST_F(family, has_both_groups)
{
	EXPECT_GT(self->nw.events, 0);
	EXPECT_GT(self->nw.all, 0);
	EXPECT_NE(self->nw.events, self->nw.all);
}

TEST_F(family, offers_do_and_dump_as_the_header_says)
{
	static const uint32_t modes[NW_CMD_MAX + 1] = {
		[NW_CMD_STATS_GET] = GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP,
		[NW_CMD_NEIGH_GET] = GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP,
		[NW_CMD_LINK_GET] = GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP,
		[NW_CMD_NEXTHOP_GET] = GENL_CMD_CAP_DUMP,
		[NW_CMD_HISTORY_GET] = GENL_CMD_CAP_DUMP,
	};
	int cmd;

	for (cmd = 0; cmd <= NW_CMD_MAX; cmd++)
		EXPECT_EQ(modes[cmd], self->nw.ops[cmd] &
			  (GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP)) {
			TH_LOG("command %d", cmd);
		}
}

TEST_F(family, every_command_has_a_policy_and_needs_the_capability)
{
	int cmd;

	for (cmd = NW_CMD_STATS_GET; cmd <= NW_CMD_HISTORY_GET; cmd++) {
		EXPECT_TRUE(self->nw.ops[cmd] & GENL_UNS_ADMIN_PERM) {
			TH_LOG("command %d", cmd);
		}
		EXPECT_TRUE(self->nw.ops[cmd] & GENL_CMD_CAP_HASPOL) {
			TH_LOG("command %d", cmd);
		}
	}
}

TEST_HARNESS_MAIN
