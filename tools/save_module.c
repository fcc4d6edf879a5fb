// SPDX-License-Identifier: GPL-2.0
/* What the module knows, as the commands show it. */
#include "out_tee.h"
#include "save_part.h"
#include "say.h"

static struct nw_client client;

/* Text first, then JSON: each asks for itself. */
static int write_twice(const struct nw_opts *o, FILE *const *file,
		       int (*write)(struct nw_opts *o, struct nw_out *out))
{
	int ret, json;

	ret = nw_cmd_open(o, &client);
	for (json = 0; !ret && json < 2; json++) {
		struct nw_opts as = *o;
		struct nw_out out = { 0 };

		as.json = json;
		nw_cmd_out_to(&as, &out, file[json]);
		ret = write(&as, &out);
	}
	nw_client_close(&client);
	return ret;
}

static int write_neigh(struct nw_opts *o, struct nw_out *out)
{
	return nw_show_write(o, &client, out, "neigh");
}

static int write_link(struct nw_opts *o, struct nw_out *out)
{
	return nw_show_write(o, &client, out, "link");
}

static int write_gateway(struct nw_opts *o, struct nw_out *out)
{
	return nw_show_write(o, &client, out, "gateway");
}

static int write_table(struct nw_opts *o, struct nw_out *out)
{
	return nw_show_write(o, &client, out, "table");
}

static int write_stats(struct nw_opts *o, struct nw_out *out)
{
	return nw_stats_write(o, &client, out);
}

int nw_save_neigh(const struct nw_opts *o, FILE *const *file)
{
	return write_twice(o, file, write_neigh);
}

int nw_save_link(const struct nw_opts *o, FILE *const *file)
{
	return write_twice(o, file, write_link);
}

int nw_save_gateway(const struct nw_opts *o, FILE *const *file)
{
	return write_twice(o, file, write_gateway);
}

int nw_save_table(const struct nw_opts *o, FILE *const *file)
{
	return write_twice(o, file, write_table);
}

int nw_save_stats(const struct nw_opts *o, FILE *const *file)
{
	return write_twice(o, file, write_stats);
}

/* A replay judges by the same. */
int nw_save_config(const struct nw_opts *o, FILE *const *file)
{
	nw_config_print(&o->config, file[0]);
	return NW_EXIT_OK;
}

int nw_save_status(const struct nw_opts *o, FILE *const *file)
{
	static struct nw_out out;
	int ret;

	nw_cmd_out_to(o, &out, file[0]);
	ret = nw_cmd_open(o, &client);
	if (!ret)
		ret = nw_status_write(o, &client, &out);
	nw_client_close(&client);
	return ret;
}

static void open_tee(const struct nw_opts *o, struct nw_out_tee *tee,
		     FILE *const *file)
{
	struct nw_opts as = *o;
	int json;

	for (json = 0; json < 2; json++) {
		as.json = json;
		nw_cmd_out_to(&as, &tee->to[json], file[json]);
		tee->to[json].array = json;
	}
	nw_out_tee_init(tee);
}

/*
 * One reading gives events and findings: those are what a replay of the
 * events has to give again.
 */
int nw_save_history(const struct nw_opts *o, FILE *const *file)
{
	static struct nw_out_tee events, findings;
	struct nw_opts as = *o;
	int ret;

	as.findings = true;
	ret = nw_cmd_open(o, &client);
	if (!ret) {
		open_tee(o, &events, file);
		open_tee(o, &findings, file + 2);
		ret = nw_history_write(&as, &client, &events.out,
				       &findings.out);
	}
	nw_client_close(&client);
	return ret;
}
