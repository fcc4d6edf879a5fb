# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash disable=SC2154 # the settings come from the host
#
# What records neighbour events, ours and what there is otherwise. Each has start_NAME, seen_NAME (events so far: lines
# of the neighbours and links of the workloads) and stop_NAME. busybox's own `ip` would come first but for the path.

out=/tmp/out
tracing=/sys/kernel/tracing

# A reader in the background, its output in $out; ready when it sleeps for events.
reader() {
	: >$out
	"$@" >$out 2>/tmp/err &
	pid=$!
	/bench/work drain
	kill -0 "$pid" || { cat /tmp/err $out >&2; echo "job: $1 ended" >&2; exit 1; }
}

# Terminated, waited for, and its file gone: the next one starts from the same.
stop_reader() {
	kill -TERM "$pid"
	wait "$pid" 2>/dev/null
	: >$out
}

lines() { grep -c "$1" $out; }

load() { insmod /bench/neighwatch.ko ${load_arguments:+"$load_arguments"} || exit 1; }
unload() { rmmod neighwatch || exit 1; }

# A gateway in a namespace of its own, which knows us for good and asks for nobody.
gateway_links() {
	/usr/sbin/ip link del bench0 2>/dev/null
	[ -e /run/netns/gateway ] || /usr/sbin/ip netns add gateway || return
	/usr/sbin/ip link add bench0 address 02:00:00:00:00:01 type veth \
		peer name bench1 address 02:00:00:00:00:09 netns gateway || return
	echo 1 >/proc/sys/net/ipv6/conf/bench0/disable_ipv6
	/usr/sbin/ip netns exec gateway /bin/busybox sh -c 'echo 1 >/proc/sys/net/ipv6/conf/bench1/disable_ipv6'
	/usr/sbin/ip -n gateway addr add 10.77.0.9/16 dev bench1 &&
		/usr/sbin/ip -n gateway link set bench1 up &&
		/usr/sbin/ip -n gateway neigh add 10.77.0.1 lladdr 02:00:00:00:00:01 dev bench1
}

# What a workload needs that rtnetlink's dummy is not.
prepare_links() {
	case $1 in
	arp)
		/usr/sbin/ip link del bench0 2>/dev/null
		/usr/sbin/ip link add bench0 type veth peer name bench1
		;;
	gateway) gateway_links || exit 1 ;;
	esac
}

start_nothing() { :; }
seen_nothing() { echo -; }
stop_nothing() { :; }

start_unattended() { load; }
# The number of the next record of the namespace.
seen_unattended() { awk 'table { print $6; exit } /^netns/ { table = 1 }' /sys/kernel/debug/neighwatch/stats; }
stop_unattended() { unload; }

# Neighbours that the module tracks, of the initial namespace.
tracked() { awk 'table { print $7; exit } /^netns/ { table = 1 }' /sys/kernel/debug/neighwatch/stats; }
free_kb() { sed -n 's/^MemFree: *\([0-9]*\) kB/\1/p' /proc/meminfo; }

start_text() { load; reader /bench/neighwatch monitor --all; }
seen_text() { lines "$subject"; }
stop_text() { stop_reader; unload; }

start_json() { load; reader /bench/neighwatch monitor --all -j; }
seen_json() { lines '"event":"\(neigh\|carrier\)"'; }
stop_json() { stop_reader; unload; }

# Judged, and nothing written but what was found.
start_findings() { load; reader /bench/neighwatch monitor --all --findings; }
seen_findings() { echo -; }
stop_findings() { stop_reader; unload; }

start_ip() { reader /usr/sbin/ip monitor neigh link; }
seen_ip() { lines "$subject"; }
stop_ip() { stop_reader; }

start_listener() { reader /bench/listener; }
seen_listener() { lines "$subject"; }
stop_listener() { stop_reader; }

trace_on() {
	echo >$tracing/trace
	echo >$tracing/set_event
	for event in update update_done event_send_done timer_handler create; do
		echo "neigh:neigh_$event" >>$tracing/set_event
	done
	/bench/work drain
}

trace_off() {
	echo >$tracing/set_event
	echo >$tracing/trace
	/bench/work drain
}

start_ftrace() { trace_on; }
# Entries in the ring: what it had to overwrite is lost.
seen_ftrace() { sed -n 's/^entries: //p' $tracing/per_cpu/cpu0/stats; }
stop_ftrace() { trace_off; }

start_tracepipe() { trace_on; reader cat $tracing/trace_pipe; }
seen_tracepipe() { lines ': neigh_'; }
stop_tracepipe() { stop_reader; trace_off; }

bpf_probes='tracepoint:neigh:neigh_update,tracepoint:neigh:neigh_update_done,tracepoint:neigh:neigh_event_send_done,tracepoint:neigh:neigh_timer_handler'

# bpftrace says when its probes are in.
bpftrace_ready() {
	reader /usr/bin/bpftrace -e "BEGIN { printf(\"ready\\n\"); } $1"
	until grep -q ready $out; do /bench/work drain; kill -0 "$pid" || { cat /tmp/err >&2; exit 1; }; done
}

start_bpfcount() { bpftrace_ready "$bpf_probes { @n = count(); }"; }
seen_bpfcount() { echo -; }
stop_bpfcount() { stop_reader; }

start_bpfprintf() {
	bpftrace_ready "$bpf_probes { printf(\"%llu %s %d %d\\n\", nsecs, ntop(args->primary_key4), args->nud_state, args->type); }"
}
seen_bpfprintf() { lines "$subject"; }
stop_bpfprintf() { stop_reader; }

start_perf() { reader /usr/bin/perf record -q -a -e 'neigh:*' -o /tmp/perf.data; }
seen_perf() { echo -; }
stop_perf() { stop_reader; rm -f /tmp/perf.data; }
