// SPDX-License-Identifier: GPL-2.0
/* Events and objects as JSON, from the tables of fields.c. */
#include <string.h>
#include <sys/socket.h>

#include "format.h"
#include "out.h"
#include "put.h"

#define JSON_VERSION	1
#define LABEL_MORE	4	/* what a label has beside its key */

static void write_stamp(struct nw_out *out, const char *key, __u64 mono)
{
	char text[NW_VALUE_TEXT], name[64];

	nw_format_rfc3339(text, sizeof(text),
			  nw_clock_wall(&out->start, mono));
	nw_json_string(&out->json, key, text);
	/* An event's stamps are "time" and "mono"; so are those of a step. */
	if (key[0] == 't')
		snprintf(name, sizeof(name), "mono");
	else
		snprintf(name, sizeof(name), "%s_mono", key);
	nw_format_seconds(text, sizeof(text), mono);
	nw_json_string(&out->json, name, text);
}

static void write_bits(struct nw_json *json, const struct nw_names *names,
		       __u64 bits)
{
	char name[32];
	__u32 i;

	for (i = 0; i < 64; i++) {
		if (!(bits >> i & 1))
			continue;
		nw_format_enum(name, sizeof(name), names, i);
		nw_json_string(json, NULL, name);
	}
}

/* A route's gateway is an address, and no key stands there twice. */
static bool is_of_body(const struct nw_desc *desc, const void *obj,
		       const char *key)
{
	return desc == &nw_desc_record &&
	       nw_field_by_key(nw_event_desc(obj), key, strlen(key));
}

static void write_flags(struct nw_json *json, const struct nw_desc *desc,
			const struct nw_field *f, const void *obj)
{
	__u32 i, bits = nw_load_u32(obj, f->off);

	for (i = 0; i < f->names->nr; i++)
		if (bits >> i & 1 && !is_of_body(desc, obj, f->names->name[i]))
			nw_json_bool(json, f->names->name[i], true);
}

/* A name between quotes, or null. */
static void put_nud(struct nw_text *t, __u8 nud)
{
	if (nud == NW_NUD_ABSENT) {
		nw_text_string(t, "null");
		return;
	}
	nw_text_char(t, '"');
	nw_put_nud(t, nud);
	nw_text_char(t, '"');
}

static void write_path(struct nw_json *json, const struct nw_path *path)
{
	struct nw_text t;
	__u8 i;

	nw_json_open(json, NULL, '[');
	for (i = 0; i < path->len; i++) {
		t = nw_json_element(json);
		put_nud(&t, path->nud[i]);
		nw_json_label_end(json, &t);
	}
	nw_json_close(json, ']');
}

static void put_prefix(struct nw_text *t, const struct nw_field *f,
		       const void *obj)
{
	nw_put_addr(t, nw_at(obj, f->off));
	nw_text_char(t, '/');
	nw_text_number(t, nw_load_u8(obj, f->aux));
}

static void write_nest(struct nw_out *out, const struct nw_field *f,
		       const void *obj)
{
	const void *at = nw_at(obj, f->off);

	if (f->key)
		nw_json_open(&out->json, NULL, '{');
	nw_out_json_fields(out, f->sub, at);
	if (f->key)
		nw_json_close(&out->json, '}');
}

static void write_array(struct nw_out *out, const struct nw_field *f,
			const void *obj)
{
	__u32 i, nr = nw_load_u32(obj, f->aux);

	nw_json_open(&out->json, NULL, '[');
	for (i = 0; i < nr; i++) {
		nw_json_open(&out->json, NULL, '{');
		nw_out_json_fields(out, f->sub,
				   nw_at(obj, f->off + (size_t)i * f->size));
		nw_json_close(&out->json, '}');
	}
	nw_json_close(&out->json, ']');
}

/* But for names from elsewhere, all that a field can be is plain. */
static void put_quoted(struct nw_text *t, const struct nw_field *f,
		       const void *obj)
{
	nw_text_char(t, '"');
	if (f->kind == NW_KIND_PREFIX)
		put_prefix(t, f, obj);
	else
		nw_put_field(t, f, obj, true);
	nw_text_char(t, '"');
}

static void put_value(struct nw_text *t, const struct nw_field *f,
		      const void *obj)
{
	switch (f->kind) {
	case NW_KIND_BOOL:
	case NW_KIND_FLAG:
		nw_text_string(t, nw_load_u8(obj, f->off) ? "true" : "false");
		break;
	case NW_KIND_NUD:
		put_nud(t, nw_load_u8(obj, f->off));
		break;
	case NW_KIND_U8:
		nw_text_number(t, nw_load_u8(obj, f->off));
		break;
	case NW_KIND_U32:
		nw_text_number(t, nw_load_u32(obj, f->off));
		break;
	case NW_KIND_U64:
	case NW_KIND_NS:
		nw_text_number(t, nw_load_u64(obj, f->off));
		break;
	default:
		put_quoted(t, f, obj);
	}
}

/* Its label, if it has one, is there already; @t is behind that. */
static void write_value(struct nw_out *out, const struct nw_field *f,
			const void *obj, struct nw_text *t)
{
	struct nw_json *json = &out->json;

	switch (f->kind) {
	case NW_KIND_FEATURES:
		nw_json_open(json, NULL, '[');
		write_bits(json, f->names, nw_load_u64(obj, f->off));
		nw_json_close(json, ']');
		break;
	case NW_KIND_NEST:
		write_nest(out, f, obj);
		break;
	case NW_KIND_ARRAY:
		write_array(out, f, obj);
		break;
	case NW_KIND_STRING:
		nw_json_string(json, NULL, nw_at(obj, f->off));
		break;
	case NW_KIND_PATH:
		write_path(json, nw_at(obj, f->off));
		break;
	default:
		put_value(t, f, obj);
		nw_json_label_end(json, t);
	}
}

/* What has no key is not shown, unless it holds what has. */
static bool is_shown(const struct nw_field *f)
{
	return f->key || f->kind == NW_KIND_NEST || f->kind == NW_KIND_FLAGS;
}

void nw_out_json_fields(struct nw_out *out, const struct nw_desc *desc,
			const void *obj)
{
	const struct nw_field *f = desc->field, *end = f + desc->nr;
	struct nw_text t = { NULL, NULL };

	for (; f < end; f++) {
		if (!nw_field_has(f, obj) || !is_shown(f))
			continue;
		if (f->kind == NW_KIND_STAMP) {
			write_stamp(out, f->key, nw_load_u64(obj, f->off));
			continue;
		}
		if (f->kind == NW_KIND_FLAGS) {
			write_flags(&out->json, desc, f, obj);
			continue;
		}
		if (f->key)
			t = nw_json_label(&out->json, f->label,
					  f->key_len + LABEL_MORE);
		write_value(out, f, obj, &t);
	}
}

static bool is_same(const struct nw_origin *a, const struct nw_origin *b)
{
	return a->has == b->has && a->instance == b->instance &&
	       a->netns_cookie == b->netns_cookie && a->netns == b->netns;
}

/* Nearly all objects have the same origin: it is kept as it was written. */
static void open_object(struct nw_out *out, const struct nw_origin *origin)
{
	struct nw_out_head *head = &out->head;
	struct nw_json *json = &out->json;
	__u64 mark;

	nw_json_open(json, NULL, '{');
	if (head->len && is_same(&head->origin, origin)) {
		nw_json_again(json, head->text, head->len);
		return;
	}
	mark = nw_json_mark(json);
	nw_json_number(json, "v", JSON_VERSION);
	nw_out_json_fields(out, &nw_desc_origin, origin);
	head->len = nw_json_since(json, mark, head->text, sizeof(head->text));
	head->origin = *origin;
}

/* In a stream nothing stands between two objects but the line break. */
static void close_object(struct nw_out *out)
{
	nw_json_close(&out->json, '}');
	if (!out->array) {
		putc_unlocked('\n', out->file);
		out->json.comma = false;
	}
}

void nw_out_json_object(struct nw_out *out, const struct nw_origin *origin,
			const struct nw_desc *desc, const void *obj)
{
	open_object(out, origin);
	nw_out_json_fields(out, desc, obj);
	close_object(out);
}

static void begin(struct nw_out *out, const struct nw_stats *stats)
{
	(void)stats;
	out->json.file = out->file;
	out->json.comma = false;
	if (out->array)
		nw_json_open(&out->json, NULL, '[');
}

static void event(struct nw_out *out, const struct nw_event *ev)
{
	if (!nw_event_desc(ev))
		return;
	open_object(out, &ev->origin);
	nw_json_string(&out->json, "event", nw_types[ev->type].name);
	nw_out_json_fields(out, &nw_desc_record, ev);
	close_object(out);
}

void nw_out_json_clock(struct nw_out *out, const char *name,
		       const struct nw_clock *when)
{
	char text[NW_VALUE_TEXT], key[64];

	if (when->real) {
		nw_format_rfc3339(text, sizeof(text), when->real);
		nw_json_string(&out->json, *name ? name : "time", text);
	}
	snprintf(key, sizeof(key), "%s%smono", name, *name ? "_" : "");
	nw_format_seconds(text, sizeof(text), when->mono);
	nw_json_string(&out->json, key, text);
}

void nw_out_json_open(struct nw_out *out, const struct nw_origin *origin,
		      const char *name, const struct nw_clock *when)
{
	open_object(out, origin);
	nw_json_string(&out->json, "event", name);
	nw_out_json_clock(out, "", when);
}

void nw_out_json_close(struct nw_out *out)
{
	close_object(out);
}

static void write_lost(struct nw_out *out, const struct nw_origin *origin,
		       __u64 first, __u64 count)
{
	struct nw_clock now;

	nw_out_now(out, &now);
	nw_out_json_open(out, origin, "lost", &now);
	nw_json_number(&out->json, "count", count);
	nw_json_string(&out->json, "where", "ring");
	if (first)
		nw_json_number(&out->json, "first", first);
	close_object(out);
}

/* The stream is made of events alone; people read stderr. */
static void note(struct nw_out *out, const char *text)
{
	fflush(out->file);
	fprintf(stderr, "neighwatch: %s\n", text);
}

static void until(struct nw_out *out, const struct nw_origin *origin,
		  const struct nw_clock *now)
{
	nw_out_json_open(out, origin, "end", now);
	close_object(out);
}

static void end(struct nw_out *out)
{
	if (out->array) {
		nw_json_close(&out->json, ']');
		putc_unlocked('\n', out->file);
	}
}

const struct nw_out_ops nw_out_json = {
	.begin = begin,
	.event = event,
	.finding = nw_out_finding_json,
	.lost = write_lost,
	.note = note,
	.until = until,
	.end = end,
};
