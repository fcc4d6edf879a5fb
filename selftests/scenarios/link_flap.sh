#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --nic e1000e --nic e1000e --nic virtio-net-pci
#
# A cable that comes loose twice: the e1000e of the host loses its link for 2 s and then for 4 s, a second NIC of the
# same host, on the same segment, keeps it. The gateway is a namespace at the other end.
#
#   nic0  e1000e  eth0 of the host, 10.9.0.10, default route via 10.9.0.62
#   nic1  e1000e  eth1 of the host
#   nic2          in the gateway's namespace, 10.9.0.62

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/verdict.bash"

dev=$("$link" nic0 dev 2>/dev/null) && spare=$("$link" nic1 dev 2>/dev/null) && far=$("$link" nic2 dev 2>/dev/null) ||
	skip_all "needs vm/run --nic e1000e --nic e1000e --nic virtio-net-pci"
need_module
scratch=$(mktemp -d)
defer rm -rf "$scratch"

has_carrier() { local up; read -r up <"/sys/class/net/$1/carrier" && [ "$up" = 1 ]; }
edges() { "$neighwatch" history -j dev "$dev" event carrier | jq -c '.[] | select(.event == "carrier" and .cause == "driver")'; }
resolved() { ip neigh show 10.9.0.62 dev "$dev" | grep -q REACHABLE; }

ns_new router
ip link set "$far" netns "$router" name r0
ip_in "$router" <<-EOF2
	link set r0 up
	addr add 10.9.0.62/24 dev r0
EOF2
ip -batch - <<-EOF2
	link set $dev up
	link set $spare up
	addr add 10.9.0.10/24 dev $dev
EOF2
wait_for 20 has_carrier "$dev" && wait_for 20 has_carrier "$spare" || diag "no carrier"
ip route add default via 10.9.0.62

# Ten datagrams a second to somewhere behind the gateway.
keep_sending() { while :; do echo hello >/dev/udp/192.0.2.1/9; nap 0.1; done 2>/dev/null; }
keep_sending &
defer kill $!
wait_for 10 resolved || diag "the gateway does not answer"
# Losses within 10 s of what an administrator did are his.
nap 10.5

"$link" nic0 flap 1 2000 0
wait_for 10 has_carrier "$dev"
wait_for 10 resolved
nap 3
"$link" nic0 flap 1 4000 0
wait_for 10 has_carrier "$dev"
wait_for 10 resolved
nap 1.2
found=$(findings)
edges >"$scratch/edges"
"$neighwatch" >"$scratch/screen"
diag <"$scratch/screen"

# edge N - record N of an edge that the driver made; 1 is the first up
edge() { sed -n "$1p" "$scratch/edges"; }
mapfile -t seqs < <(jq .seq "$scratch/edges")

# What the rule gives: 1000 for each loss, the first one halved once a minute.
penalty=$(jq -rs "$jq_ns"'((.[3].mono | ns) - (.[1].mono | ns)) / 6e10 | 1000 * (-. | exp2) + 1000 | round' "$scratch/edges")

# The time in which the gateway was unusable first, from its removal to its next answer, by its own records; and how much
# of that was after the link.
read -r unusable after < <("$neighwatch" history -j dev "$dev" | jq -r "$jq_ns"'
	def stamp(f): map(select(f)) | first | .mono | ns;
	stamp(.addr == "10.9.0.62" and .cause == "link-down" and .new == null) as $from |
	stamp(.addr == "10.9.0.62" and .new == "REACHABLE" and (.mono | ns) > $from) as $to |
	stamp(.event == "carrier" and .new == "up" and (.mono | ns) > $from) as $up |
	"\($to - $from) \($to - $up)"')
# in_s NS - as findings say it
in_s() {
	if [ "$1" -ge 1000000000 ]; then
		awk -v ns="$1" 'BEGIN { printf "%.1f s", ns / 1e9 }'
	else
		awk -v ns="$1" 'BEGIN { printf "%.1f ms", int(ns / 1e5) / 10 }'
	fi
}

plan 15
is "the driver's edges: up, and two losses" "$(jq -rs 'map(.new) | join(" ")' "$scratch/edges")" "up down up down up"
between "the first loss: 2 s, and half a second of autonegotiation" \
	"$(edge 3 | jq '.dwell_ns / 1000000 | floor')" 2000 3500
between "the second: 4 s" "$(edge 5 | jq '.dwell_ns / 1000000 | floor')" 4000 5500
is "one finding, at the second loss; no gateway is called stuck for a cable" "$(verdicts <<<"$found")" \
	"open warn link-flap $dev (e1000e)"
f=$(the "$found" open warn link-flap)
is "it opens at the stamp of the second loss" "$(jq -r .opened_mono <<<"$f")" "$(edge 4 | jq -r .mono)"
is "it began with the first" "$(jq -r .since_mono <<<"$f")" "$(edge 2 | jq -r .mono)"
between "the penalty is what the rule gives" "$(jq .penalty <<<"$f")" $((penalty - 1)) $((penalty + 1))
is "losses and time without link" "$(jq -c '[.losses, .without_ns, .limit]' <<<"$f")" \
	"[2,$(edge 3 | jq .dwell_ns),1500]"
is "the evidence is the records of the edges" "$(jq -c .evidence <<<"$f")" "[${seqs[1]},${seqs[2]},${seqs[3]}]"
is "the edges are told, with how the link ran" "$(fact "$f" "" | sed 's/after [0-9.]* s/after T/; s/  */ /g')" \
"DOWN after T driver
up after T 1000 full, pause rx/tx
DOWN after T driver"
is "the other NIC kept its link" "$(fact "$f" alone)" "$spare kept its link: suspect this port, cable or NIC"
is "how long the gateway was unusable, and how long of it without the link's doing" "$(fact "$f" gateway)" \
	"10.9.0.62 unusable $(in_s "$unusable") ($(in_s "$after") after the link)"
is "the next command" "$(jq -r .hint <<<"$f")" "ethtool --show-eee $dev; swap the cable"
check "the first screen has both losses" grep -Eq \
	"^WARN +link-flap $dev \\(e1000e\\): 2 losses, [67]\\.[0-9] s without link, penalty $(jq .penalty <<<"$f")\$" "$scratch/screen"
check "and the gateway's second outage" grep -Eq \
	"^  gateway +[0-9:.]+  10\\.9\\.0\\.62 unusable [45]\\.[0-9] s \\(" "$scratch/screen"
