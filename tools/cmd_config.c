// SPDX-License-Identifier: GPL-2.0
/* config: what the other commands judge by, as a file that says the same. */
#include "cmd.h"
#include "say.h"

int nw_cmd_config(struct nw_opts *o)
{
	if (o->argc)
		return nw_say_usage("'%s': config takes no words: -c names a file",
				    o->argv[0]);
	if (o->json)
		return nw_say_usage("config does nothing with -j: it prints a file for -c");
	nw_config_print(&o->config, stdout);
	return NW_EXIT_OK;
}
