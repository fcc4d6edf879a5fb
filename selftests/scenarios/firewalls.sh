#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Two firewalls, one virtual address, and keepalived itself. fw4 is master. The adverts between the two stop, fw3
# promotes itself, too, and announces: the virtual address moves to fw3's MAC on every host. The adverts flow again, the
# election sends fw3 back, and what fw4 announces then never arrives: no host sees any event.
#
#   hostA  sends UDP: nothing but ARP can confirm its gateway
#   hostB  has a TCP connection: it keeps confirming fw3's MAC, as fw3 still forwards what is sent to it
#
#   hostA .11, hostB .12, fw3 .3, fw4 .4, virtual .1 -- lan -- 10.20.0.0/24;  fw3 .3, fw4 .4 -- core -- server 192.0.2.10

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/verdict.bash"

command -v keepalived >/dev/null || skip_all "no keepalived"
command -v nft >/dev/null || skip_all "no nft"
virtual=10.20.0.1
fw3_mac=02:00:00:00:20:03
fw4_mac=02:00:00:00:20:04
scratch=$(mktemp -d)
defer rm -rf "$scratch"
need_module ring_size_other=8192 ring_total=131072
start_actor

# --- the network ---

make_lan() {
	ns_new lan && ns_new core && ns_new server && ns_new fw3 && ns_new fw4 && ns_new hostA && ns_new hostB || return
	ip_in "$lan" <<-EOF2
		link add br0 type bridge
		link add fw3 type veth peer name lan address $fw3_mac netns $fw3
		link add fw4 type veth peer name lan address $fw4_mac netns $fw4
		link add hostA type veth peer name h0 address 02:00:00:00:20:11 netns $hostA
		link add hostB type veth peer name h0 address 02:00:00:00:20:12 netns $hostB
		link set fw3 master br0 up
		link set fw4 master br0 up
		link set hostA master br0 up
		link set hostB master br0 up
		link set br0 up
	EOF2
	ip_in "$core" <<-EOF2
		link add br0 type bridge
		link add fw3 type veth peer name core netns $fw3
		link add fw4 type veth peer name core netns $fw4
		link add server type veth peer name core netns $server
		link set fw3 master br0 up
		link set fw4 master br0 up
		link set server master br0 up
		link set br0 up
	EOF2
}

# make_host NS N / make_firewall NS N
make_host() {
	ip_in "$1" <<-EOF2
		link set h0 up
		addr add 10.20.0.$2/24 dev h0
		route add default via $virtual
	EOF2
}
make_firewall() {
	ip_in "$1" <<-EOF2
		link set lan up
		link set core up
		addr add 10.20.0.$2/24 dev lan
		addr add 192.0.2.$2/24 dev core
	EOF2
	act sysctl "$1" net/ipv4/ip_forward 1
}

# The server's way back is fw3's, whoever is master: firewalls of this kind share what they know of connections.
make_server() {
	ip_in "$server" <<-EOF2
		link set core up
		addr add 192.0.2.10/24 dev core
		route add 10.20.0.0/24 via 192.0.2.3
	EOF2
}

# Kernel defaults are 30 s and 5 s: a twentieth, so that the hosts ask more often. The detectors' own times are real.
short_timers() {
	ip_in "$1" <<<"ntable change name arp_cache dev h0 base_reachable 1500 retrans 250 delay_probe 250"
}

# --- keepalived ---

configure() {
	cat >"$scratch/$1.conf" <<-EOF2
		global_defs {
			router_id $1
		}
		vrrp_instance inside {
			state BACKUP
			interface lan
			virtual_router_id 20
			priority $2
			advert_int 2
			virtual_ipaddress {
				$virtual/24 dev lan
			}
		}
	EOF2
}
start_keepalived() {
	ip netns exec "${!1}" keepalived --dont-fork --log-console --log-detail --vrrp \
		--use-file="$scratch/$1.conf" --pid="$scratch/$1.pid" --vrrp_pid="$scratch/$1.vrrp.pid" \
		>"$scratch/$1.log" 2>&1 &
	defer stop_keepalived $!
}
# It takes its address down before it goes.
stop_keepalived() { kill "$1"; wait "$1"; }
holds() { ip -n "${!1}" -o addr show dev lan | grep -q " $virtual/"; }
dropped() { ! holds "$1"; }

# Neither hears the other; then fw4 hears fw3 again, then fw3 hears fw4. VRRP by its number: not every host has names for
# protocols.
cut_adverts() {
	ip netns exec "$fw3" nft -f - <<-EOF2
		table ip deaf {
			chain in { type filter hook input priority 0; ip protocol 112 drop; }
		}
		table ip dumb {
			chain out { type filter hook output priority 0; ip protocol 112 drop; }
		}
	EOF2
}
heals() { ip netns exec "$fw3" nft delete table ip "$1"; }

# What fw4 announces for the virtual address does not get into the lan; what it is asked, it answers.
hush_winner() {
	ip netns exec "$lan" nft -f - <<-EOF2
		table netdev hush {
			chain in {
				type filter hook ingress device "fw4" priority 0;
				arp saddr ip $virtual arp daddr ip $virtual counter drop
			}
		}
	EOF2
}

# --- traffic ---

# Ten datagrams a second from hostA.
send_udp() {
	# shellcheck disable=SC2016 # the words of the other shell
	ip netns exec "$hostA" bash -c '
		exec {clock}<> <(:)
		while :; do echo hello >/dev/udp/192.0.2.10/9; read -rt 0.1 -u $clock; done 2>/dev/null' &
	defer kill $!
}

# hostB's connection: a byte each way, again and again.
talk_tcp() {
	"$scenarios/../oracle/actor" tcp "$server" "$hostB" 900 192.0.2.10 &
	defer kill $!
}
acked() { ip netns exec "$hostB" ss -Htin dst 192.0.2.10 | grep -o 'bytes_acked:[0-9]*' | cut -d: -f2; }

# goes_on - whether the connection does
goes_on() {
	local before
	before=$(acked)
	nap 1
	[ "$(acked)" -gt "$before" ]
}

# logged FIREWALL TEXT - keepalived's own words
logged() { grep -q "$2" "$scratch/$1.log"; }

# moves NS - "T OLD NEW STATE CAUSE" of each move of the virtual address, T in ns
moves() {
	host=$1 history "$virtual" event neigh | jq -r "$jq_ns"'
		select(.old_lladdr and .old_lladdr != .lladdr) | "\(.mono | ns) \(.old_lladdr) \(.lladdr) \(.new) \(.cause)"'
}
moved() { [ "$(moves "$1" | wc -l)" -ge "$2" ]; }
in_use() { "$neighwatch" show gateway -j -N "$1" | jq -r '.[0].neigh.lladdr'; }

# changes - of the findings of standard input: "open warn ID T", T in ns
changes() { jq -r "$jq_ns"'"\(.status) \(.severity) \(.id) \(.mono | ns)"'; }

make_lan || { echo "Bail out! no network"; exit 1; }
make_firewall "$fw3" 3
make_firewall "$fw4" 4
make_server
make_host "$hostA" 11
make_host "$hostB" 12
short_timers "$hostA"
short_timers "$hostB"
configure fw3 100
configure fw4 150

start_keepalived fw4
wait_for 30 holds fw4 || diag "fw4 is not master"
start_keepalived fw3
# Both announcements of fw4 are over.
wait_for 20 logged fw3 "Entering BACKUP STATE"
nap 5
send_udp
talk_tcp
act wait "$hostA" 5 REACHABLE "$virtual"
act wait "$hostB" 5 REACHABLE "$virtual"
first_owner="$(in_use "$hostA") $(in_use "$hostB")"

plan 29

# --- 19:01 ---

cut_adverts
check "fw3 promotes itself" wait_for 30 holds fw3
check "fw4 stays master" holds fw4
check "each says so itself" logged fw3 "Entering MASTER STATE"
check "and so does fw4" logged fw4 "Entering MASTER STATE"
hush_winner
is "before, all used fw4" "$first_owner" "$fw4_mac $fw4_mac"
check "fw3's announcement moves the address on hostA" wait_for 10 moved "$hostA" 1
check "and on hostB" wait_for 10 moved "$hostB" 1
# 26 minutes in the incident; here longer than any time in which two moves count together.
read -r movedA _ < <(moves "$hostA")
while read -r up _ </proc/uptime && [ "${up/./}0000000" -lt $((movedA + 63 * 1000000000)) ]; do nap 0.2; done

# --- 19:27 ---

heals dumb
check "fw4 hears fw3, and announces itself" wait_for 20 logged fw4 "lower priority"
nap 0.5
heals deaf
check "the election sends fw3 back to standby" wait_for 20 dropped fw3
check "it says so itself" wait_for 5 logged fw3 "Master received advert from 10.20.0.4 with higher priority"
check "hostA finds fw4 by itself" wait_for 20 moved "$hostA" 2
nap 2
foundA=$(host=$hostA findings)
foundB=$(host=$hostB findings)
hushed=$(ip netns exec "$lan" nft list table netdev hush | grep -o 'packets [0-9]*' | cut -d' ' -f2)
check "what fw4 announced arrived nowhere" test "$hushed" -gt 0
check "hostB's connection goes on, through the standby" goes_on
is "the hosts of one segment disagree about the MAC" "$(in_use "$hostA") $(in_use "$hostB")" "$fw4_mac $fw3_mac"

# --- hostA ---

mapfile -t stepsA < <(moves "$hostA")
read -r first_move first_rest <<<"${stepsA[0]}"
read -r second_move second_rest <<<"${stepsA[1]}"
is "A: 19:01 is an announcement, 19:27 an answer to its own question" "$first_rest, $second_rest" \
	"$fw4_mac $fw3_mac STALE packet, $fw3_mac $fw4_mac REACHABLE packet"
is "A: its path between" \
	"$(host=$hostA states "$virtual" | grep -oE '([A-Z]+/[a-z-]+ ){3}FAILED/[a-z]+( [A-Z]+/[a-z-]+){2}')" \
	"STALE/timer DELAY/transmit PROBE/timer FAILED/timer INCOMPLETE/transmit REACHABLE/packet"
failed=$(host=$hostA history "$virtual" event neigh | jq "$jq_ns"'select(.new == "FAILED") | .mono | ns')
is "A: the moves, the first one sound after a minute; one short gateway-stuck between them" "$(changes <<<"$foundA")" \
"open warn mac-move $first_move
lowered info mac-move $((first_move + 60 * 1000000000))
open info gateway-stuck $failed
cleared info gateway-stuck $second_move
raised warn mac-move $second_move"
f=$(the "$foundA" cleared info gateway-stuck)
check "A: what was asked in vain" grep -Eqx 'PROBE, FAILED \+[0-9.]+ m?s; 1 round, 0 answers' <(fact "$f" unanswered)
is "A: what changed before, the move at 19:01" "$(fact "$f" changes | head -n 1)" "$virtual moved $fw4_mac -> $fw3_mac"
is "A: what mended it, the move at 19:27" "$(fact "$f" "just then")" "$virtual moved $fw3_mac -> $fw4_mac"
f=$(the "$foundA" raised warn mac-move)
is "A: both MACs, two moves" "$(jq -c '[.lladdrs, .moves]' <<<"$f")" "[[\"$fw4_mac\",\"$fw3_mac\"],2]"
is "A: in words" "$(jq -r .text <<<"$f")" "moved back to $fw4_mac"

# --- hostB ---

read -r only_move only_rest < <(moves "$hostB")
after=$(host=$hostB states "$virtual")
after=${after##*STALE/packet}
is "B: one move, confirmed by TCP alone since" \
	"$only_rest, $(grep -o 'REACHABLE/[a-z-]*' <<<"$after" | sort -u)" \
	"$fw4_mac $fw3_mac STALE packet, REACHABLE/upper-layer"
is "B: the move, and gateway-unconfirmed as information 30 s later" "$(changes <<<"$foundB")" \
"open warn mac-move $only_move
open info gateway-unconfirmed $((only_move + 30 * 1000000000))"
f=$(the "$foundB" open info gateway-unconfirmed)
is "B: in words" "$(jq -r .text <<<"$f")" \
	"moved from $fw4_mac, no ARP answer from $fw3_mac since; TCP alone keeps it alive"
"$neighwatch" show gateway $virtual -N "$hostB" >"$scratch/shown"
diag <"$scratch/shown"
at=$(jq -r '.since[11:23]' <<<"$f")
check "B: show gateway says so, and what makes sure" grep -qF \
	"moved $at from $fw4_mac, no ARP answer from it since; TCP alone keeps it alive next $(jq -r .hint <<<"$f")" \
	<(tr -s ' \n' ' ' <"$scratch/shown")
is "B: the next command" "$(jq -r .hint <<<"$f")" "ip neigh change $virtual lladdr $fw3_mac dev h0 nud probe"
ip netns exec "$hostB" sh -c "$(jq -r .hint <<<"$f")"
check "B: it finds the owner" wait_for 20 moved "$hostB" 2
is "B: and takes the doubt away" "$(host=$hostB findings | changes | grep gateway-unconfirmed | cut -d' ' -f-3)" \
"open info gateway-unconfirmed
cleared info gateway-unconfirmed"
