// SPDX-License-Identifier: GPL-2.0
/* One kprobe on each instruction of the list that gen-probes made. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <net/arp.h>
#include <net/ndisc.h>
#include <net/neighbour.h>

#include "oracle.h"

#define MAX_PROBES	512
#define MAX_INSN	15

static char *probes[MAX_PROBES];
static int nr_args;
module_param_array(probes, charp, &nr_args, 0);
MODULE_PARM_DESC(probes, "the lines of gen-probes, separated by commas");

static struct oracle_probe *sites;
static int nr_sites;

/* From a pre-handler to its post-handler: interrupts stay off between the two. */
struct pending {
	const struct neighbour *n;
	u8 old;
};

static DEFINE_PER_CPU(struct pending, pending);

static const struct {
	const char *name;
	unsigned int offset;
} registers[] = {
#define REG(r) { #r, offsetof(struct pt_regs, r) }
	REG(ax), REG(bx), REG(cx), REG(dx), REG(si), REG(di), REG(bp),
	REG(r8), REG(r9), REG(r10), REG(r11), REG(r12), REG(r13), REG(r14), REG(r15),
#undef REG
};

int oracle_probe_count(void)
{
	return nr_sites;
}

const struct oracle_probe *oracle_probe_get(int site)
{
	return &sites[site];
}

static u8 field_of(const struct neighbour *n, enum oracle_field field)
{
	return field == ORACLE_DEAD ? READ_ONCE(n->dead) : READ_ONCE(n->nud_state);
}

/* The list is a superset: any pointer may stand in the register. */
static bool is_neighbour(const struct neighbour *n)
{
	const struct neigh_table *tbl;

	if (copy_from_kernel_nofault(&tbl, &n->tbl, sizeof(tbl)))
		return false;
	return tbl == &arp_tbl || tbl == &nd_tbl;
}

static int before_store(struct kprobe *kp, struct pt_regs *regs)
{
	struct oracle_probe *p = container_of(kp, struct oracle_probe, kp);
	unsigned long base = *(unsigned long *)((char *)regs + p->reg);
	struct neighbour *n = (struct neighbour *)(base - p->member);
	struct pending *slot = this_cpu_ptr(&pending);

	slot->n = is_neighbour(n) ? n : NULL;
	if (slot->n)
		slot->old = field_of(n, p->field);
	else
		atomic_inc(&p->foreign);
	return 0;
}

static void after_store(struct kprobe *kp, struct pt_regs *regs, unsigned long flags)
{
	u64 now = ktime_get_ns();
	struct oracle_probe *p = container_of(kp, struct oracle_probe, kp);
	struct pending *slot = this_cpu_ptr(&pending);

	if (!slot->n)
		return;
	atomic_inc(&p->hits);
	oracle_record_add(now, slot->n, p->field, slot->old, field_of(slot->n, p->field),
			  p - sites);
}

static int parse_register(struct oracle_probe *p, const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(registers); i++) {
		if (!strcmp(registers[i].name, name)) {
			p->reg = registers[i].offset;
			return 0;
		}
	}
	return -EINVAL;
}

static int parse_field(struct oracle_probe *p, const char *name)
{
	if (!strcmp(name, "nud_state"))
		p->field = ORACLE_NUD_STATE;
	else if (!strcmp(name, "dead"))
		p->field = ORACLE_DEAD;
	else
		return -EINVAL;
	return 0;
}

/* A list made for another kernel, or another boot, must not be armed. */
static int check_code(unsigned long addr, const char *hex)
{
	u8 want[MAX_INSN], have[MAX_INSN];
	size_t i, len = strlen(hex) / 2;

	for (i = 0; i < len; i++)
		if (sscanf(hex + 2 * i, "%2hhx", &want[i]) != 1)
			return -EINVAL;
	if (!len || copy_from_kernel_nofault(have, (void *)addr, len))
		return -EFAULT;
	return memcmp(want, have, len) ? -ENOEXEC : 0;
}

static int parse(struct oracle_probe *p, const char *line)
{
	char field[16], reg[8], hex[2 * MAX_INSN + 1];
	unsigned long addr;

	if (sscanf(line, "%95[^@]@%lx:%15[^:]:%7[^:]:%u:%30s",
		   p->name, &addr, field, reg, &p->member, hex) != 6)
		return -EINVAL;
	if (parse_field(p, field) || parse_register(p, reg))
		return -EINVAL;
	if (p->member > sizeof(struct neighbour))
		return -EINVAL;
	p->kp.addr = (kprobe_opcode_t *)addr;
	p->kp.pre_handler = before_store;
	p->kp.post_handler = after_store;
	return check_code(addr, hex);
}

static void detach(void)
{
	while (nr_sites)
		unregister_kprobe(&sites[--nr_sites].kp);
}

/* All are read before the first is armed: two may stand on one instruction. */
static int parse_all(void)
{
	int i, err;

	for (i = 0; i < nr_args; i++) {
		err = parse(&sites[i], probes[i]);
		if (err) {
			pr_err("nw_oracle: probe %d (%s): error %d\n", i, probes[i], err);
			return err;
		}
	}
	return 0;
}

static int attach(void)
{
	int err;

	while (nr_sites < nr_args) {
		err = register_kprobe(&sites[nr_sites].kp);
		if (err) {
			pr_err("nw_oracle: cannot probe %s: error %d\n",
			       sites[nr_sites].name, err);
			return err;
		}
		nr_sites++;
	}
	return 0;
}

static int __init oracle_init(void)
{
	int err;

	if (!nr_args) {
		pr_err("nw_oracle: no probes given; make the list with gen-probes\n");
		return -EINVAL;
	}
	sites = kcalloc(nr_args, sizeof(*sites), GFP_KERNEL);
	if (!sites)
		return -ENOMEM;
	err = parse_all();
	if (err)
		goto free_sites;
	err = oracle_record_init();
	if (err)
		goto free_sites;
	err = attach();
	if (err)
		goto detach;
	oracle_report_init();
	return 0;

detach:
	detach();
	oracle_record_exit();
free_sites:
	kfree(sites);
	return err;
}

static void __exit oracle_exit(void)
{
	oracle_report_exit();
	detach();
	oracle_record_exit();
	kfree(sites);
}

module_init(oracle_init);
module_exit(oracle_exit);
MODULE_DESCRIPTION("Ground truth of neighbour states, for neighwatch's tests");
MODULE_LICENSE("GPL");
