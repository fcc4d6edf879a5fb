#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# A pair of routers with keepalived, one virtual address as everybody's gateway. The master's keepalived is restarted:
# the address goes over and back within seconds, which is worth a warning, and no alarm. It really happened; and a
# planned move among MACs that the configuration allows is not even that; in the end nobody has the address, and that is
# an alarm.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/quiet.bash"

command -v keepalived >/dev/null || skip_all "needs keepalived: run make deps"
need_module ring_size_other=8192 ring_total=262144
start_actor
scratch=$(mktemp -d)
defer rm -rf "$scratch"
virtual=$(v4 100)

# --- a switch, two routers, a host ---

ns_new switch && ns_new left && ns_new right && ns_new host
for ns in "$switch" "$left" "$right" "$host"; do quiet_ipv6 "$ns"; done
ip -n "$switch" link add br0 up type bridge
# member NS DEV MAC N - DEV in NS on the switch, with address number N
member() {
	ip_in "$1" <<-EOF
		link add $2 address $3 type veth peer name to-$2 netns $switch
		link set $2 up
		addr add $(v4 "$4")/24 dev $2
	EOF
	ip -n "$switch" link set "to-$2" master br0 up
}
member "$left" l0 "$gw_mac" 11
member "$right" r0 "$other_mac" 12
member "$host" h0 "$my_mac" 2
ip -n "$host" ntable change name arp_cache dev h0 base_reachable 4000 delay_probe 1000

# keepalived_start NS DEV PRIORITY - in the foreground, so that its number is known: $pid
keepalived_start() {
	cat >"$scratch/$2.conf" <<-EOF
		global_defs {
			router_id $2
			vrrp_garp_master_refresh 0
		}
		vrrp_instance gateway {
			state BACKUP
			interface $2
			virtual_router_id 51
			priority $3
			advert_int 1
			virtual_ipaddress {
				$virtual/24
			}
		}
	EOF
	ip netns exec "$1" keepalived --vrrp --dont-fork --log-console --use-file "$scratch/$2.conf" \
		--pid "$scratch/$2.pid" --vrrp_pid "$scratch/$2.vrrp" >"$scratch/$2.log" 2>&1 &
	pid=$!
}
has() { ip -n "$1" -4 addr show dev "$2" | grep -q "$virtual/"; }

keepalived_start "$left" l0 150
left_pid=$pid
plan 10
check "the left router becomes master" wait_for 30 has "$left" l0
keepalived_start "$right" r0 100
right_pid=$pid
ip -n "$host" route add default via "$virtual"
traffic udp stream "$host" 300 100 192.0.2.9
becomes REACHABLE "$virtual"

# moves - where the gateway was: MACs in order, as the host has them
moves() {
	records "$host" "$virtual" event neigh | jq -rs 'reduce (.[] | .lladdr | values) as $m ([];
		if last == $m then . else . + [$m] end) | join(" ")'
}
moved() { [ "$(moves)" = "$1" ]; }
is "the host has it" "$(moves)" "$gw_mac"
quiet "a pair of routers" "$host"

# --- systemctl restart keepalived ---

kill -TERM "$left_pid"
wait "$left_pid"
keepalived_start "$left" l0 150
left_pid=$pid
check "restarted: over and back" wait_for 30 moved "$gw_mac $other_mac $gw_mac"
for ns in l0 r0; do grep -i "entering" "$scratch/$ns.log" | diag; done
nap 3 # until the new owner was asked, and answered
is "keepalived restarted: over and back is worth a warning, no more" \
	"$(findings "$host" | jq -rs 'map("\(.worst) \(.id)") | unique | join(", ")')" "warn dual-active, warn mac-move"

# --- a planned move: the left router is taken out of service, and its owner has said where the address may be ---

kill -TERM "$left_pid"
wait "$left_pid"
check "planned move: the right router has it" wait_for 30 moved "$gw_mac $other_mac $gw_mac $other_mac"
nap 3
check "planned move: an alarm to those who were not told" grep -q "^crit .*dual-active $virtual h0" <(alarms "$host")
printf '[Moves]\nAllow=%s %s %s\n' "$virtual" "$gw_mac" "$other_mac" >"$scratch/allowed.conf"
judged_by=(-c "$scratch/allowed.conf")
quiet "planned move to an allowed MAC, and keepalived restarted before" "$host"
is "planned move to an allowed MAC: shown all the same" \
	"$(findings "$host" | jq -rs 'map("\(.worst) \(.id)") | unique | join(", ")')" "info dual-active, info mac-move"

# --- silence is no deafness: nobody has the address any more ---

kill -TERM "$right_pid"
wait "$right_pid"
alarmed() { alarms "$host" | grep -q "^crit raised gateway-stuck $virtual h0"; }
check "both stopped: an alarm, allowed or not" wait_for 60 alarmed
