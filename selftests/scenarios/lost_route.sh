#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --nic e1000e
#
# Somebody deletes the default route, from a shell, on the host itself. No neighbour event shows it, and when the route is
# back nothing in any table tells that it was gone, or who did it.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"
. "$(dirname "$0")/lib/verdict.bash"

dev=$("$link" nic0 dev 2>/dev/null) || skip_all "needs vm/run --nic e1000e"
need_module
scratch=$(mktemp -d)
defer rm -rf "$scratch"
ln -s /bin/bash "$scratch/nightshift"

has_carrier() { local up; read -r up <"/sys/class/net/$dev/carrier" && [ "$up" = 1 ]; }

# typed COMMAND... - somebody's shell runs it; the number of the process goes to $typed
typed() {
	# shellcheck disable=SC2016 # the shell's own words
	typed=$("$scratch/nightshift" -c '"$@" >&2 & echo $!; wait $!' nightshift "$@")
}

# removal EVIDENCE - the record of a route's removal among those with these numbers, of the initial namespace
removal() {
	"$neighwatch" history -j event route | jq -c --argjson seqs "$1" '
		.[] | select(.seq as $n | $seqs | index($n)) | select(.change == "removed")'
}

# Findings of the one kind, since other rows have their own scenarios.
lost() { findings | jq -c 'select(.id == "gateway-lost")'; }
told() { lost >"$scratch/lost"; [ "$(wc -l <"$scratch/lost")" -ge "$1" ]; }

ip -batch - <<-EOF2
	link set $dev up
	addr add 10.9.0.10/24 dev $dev
EOF2
wait_for 20 has_carrier || diag "$dev has no carrier"
ip route add default via 10.9.0.62

plan 13

typed ip route del default
gone_pid=$typed
check "it is told" wait_for 10 told 1
found=$(<"$scratch/lost")
f=$(the "$found" open crit gateway-lost)
is "gateway-lost is crit at once" "$(verdicts <<<"$found")" "open crit gateway-lost IPv4 default route"
is "who did it: process, program, parent" "$(jq -r '"\(.pid) \(.comm) \(.parent)"' <<<"$f")" "$gone_pid ip nightshift"
is "in words" "$(jq -r .text <<<"$f"); $(fact "$f" "removed by")" \
	"10.9.0.62 $dev is gone, by ip; ip (pid $gone_pid, child of nightshift)"
is "the gateway and its device are named" "$(jq -r '"\(.addr) \(.dev) \(.family)"' <<<"$f")" "10.9.0.62 $dev inet"
is "the next command shows routes" "$(jq -r .hint <<<"$f")" "neighwatch history event route"
record=$(removal "$(jq -c .evidence <<<"$f")")
is "the record of the removal is its evidence" \
	"$(jq -r '"\(.event) \(.change) \(.dst) \(.gateway) \(.cause) \(.pid)"' <<<"$record")" \
	"route removed 0.0.0.0/0 10.9.0.62 admin $gone_pid"
is "since when: the stamp of that record" "$(jq -r .since_mono <<<"$f")" "$(jq -r .mono <<<"$record")"
is "the rule was met a second later: no client put it back" \
	"$(jq "$jq_ns"'(.opened_mono | ns) - (.since_mono | ns)' <<<"$f")" 1000000000
check "the first screen says it" grep -q "^CRIT *gateway-lost IPv4 default route: 10.9.0.62 $dev is gone, by ip$" \
	<("$neighwatch")

typed ip route add default via 10.9.0.62
back_pid=$typed
check "its end is told" wait_for 10 told 2
found=$(<"$scratch/lost")
is "cleared when a default route came, and the story stays" "$(verdicts <<<"$found")" \
"open crit gateway-lost IPv4 default route
cleared crit gateway-lost IPv4 default route"
f=$(the "$found" cleared crit gateway-lost)
is "with who did it, and who mended it" \
	"$(jq -r '"\(.pid) \(.comm) \(.parent), \(.facts | map(select(.label == "set by") | .text) | join(" "))"' <<<"$f")" \
	"$gone_pid ip nightshift, ip (pid $back_pid, child of nightshift)"
