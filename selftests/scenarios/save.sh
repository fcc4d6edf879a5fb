#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm: --nic e1000e
#
# The evidence before a reboot: a gateway is dead, all that a diagnosis needs is saved in one step, and gives the same
# verdict when it is read back. Then on hosts that are sick themselves: no module, no room, a kernel whose network
# lock somebody holds, and a save that is killed while it works.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/lib/incident.bash"

nic=$("$link" nic0 dev 2>/dev/null) || skip_all "needs vm/run --nic e1000e"
need_module
scratch=$(mktemp -d)
defer rm -rf "$scratch"
start_actor
make_segment
ip link set "$nic" up

# save DIR [OPTION...] - what it prints in $scratch/out and $scratch/said; its exit status
save() { "$neighwatch" save "$scratch/$1" "${@:2}" >"$scratch/out" 2>"$scratch/said"; }
said() { cat "$scratch/out" "$scratch/said"; }

# has FILE FILTER [JQ-OPTION...] - something in a saved JSON file answers the filter
has() { jq -e "${@:3}" "$2" "$scratch/$1" >/dev/null; }

# shows DIR - nothing in a directory but what its manifest names, with the size it names
shows() {
	diff <(jq -r '.parts[].files | to_entries[] | "\(.key) \(.value)"' "$scratch/$1/manifest.json" | sort) \
		<(find "$scratch/$1" -type f ! -name 'manifest.*' -printf '%f %s\n' | sort)
}
parses() { local f; for f in "$scratch/$1"/*.json; do jq . "$f" >/dev/null || return; done; }

# state DIR PART - what the manifest says of a part
state() { jq -r --arg part "$2" '.parts[] | select(.part == $part) | .state' "$scratch/$1/manifest.json"; }
lacking() { jq -r '[.parts[] | select(.state != "saved" and .state != "none") | .part] | join(", ")' "$scratch/$1/manifest.json"; }

# same_verdict DIR - the saved events give the saved findings, byte for byte
same_verdict() {
	"$neighwatch" replay -j --findings "$scratch/$1" >"$scratch/again"
	cmp "$scratch/again" "$scratch/$1/findings.json" && return
	diff <(jq . "$scratch/$1/findings.json") <(jq . "$scratch/again") | head -n 30
	return 1
}

# has_log - all that dmesg said before, but for lines that only go on with another
has_log() { grep '^\[' "$scratch/dmesg" >"$scratch/lines" && ! grep -vxFf "$scratch/incident/kernel.log" "$scratch/lines"; }

# left - what is in the directory around, with what is hidden
left() { find "$scratch" -mindepth 1 -maxdepth 1 -name '*late*' -printf '%f\n'; }

# --- the incident ---

echo "route add default via $(v4 1) dev h0" | ip_in "$host"
echo "e1000e: nwtest0 NIC Link is Down" >/dev/kmsg
send "$(v4 1)" "$(v6 1)"
becomes STALE "$(v4 1)" "$(v6 1)"
mute 1
stuck() { send "$(v4 1)" 2>/dev/null; "$neighwatch" -N "$host" | grep -q "CRIT  *gateway-stuck"; }

plan 53

check "the gateway is stuck" wait_for 60 stuck
dmesg --kernel >"$scratch/dmesg"
check "all is saved" save incident -N "$host"
said | diag
check "the screen is shown, with what is wrong" grep -q "gateway-stuck $(v4 1)" "$scratch/out"
check "and how to read it back" grep -qF "neighwatch replay $scratch/incident" "$scratch/out"
check "in memory alone it would not survive: that is said" grep -q "in memory" "$scratch/said"
is "the directory is its owner's alone" "$(stat -c %a "$scratch/incident")" 700
is "so are its files" "$(find "$scratch/incident" -type f ! -perm 600)" ""
check "the manifest names every file with its size, and there is no other" shows incident
check "every JSON parses" parses incident
check "complete, it says" has incident/manifest.json '.complete == "yes" and .v == 1'
is "of this boot" "$(jq -r .host.boot_id "$scratch/incident/manifest.json")" "$(cat /proc/sys/kernel/random/boot_id)"
check "with the module's parameters" has incident/manifest.json '.module.parameters | has("ring_size")'
is "text and JSON of each" \
	"$(cd "$scratch/incident" && for f in *.json; do [ -s "${f%.json}.txt" ] || echo "$f"; done)" ""

check "history: the gateway failed" has incident/history.json \
	'any(.[]; .event == "neigh" and .addr == $gw and .new == "FAILED")' --arg gw "$(v4 1)"
check "in text, too" grep -q "$(v4 1).*FAILED" "$scratch/incident/history.txt"
check "findings: it is stuck" has incident/findings.json \
	'any(.[]; .id == "gateway-stuck" and .addr == $gw and .severity == "crit")' --arg gw "$(v4 1)"
check "in text, too" grep -q "CRIT gateway-stuck $(v4 1)" "$scratch/incident/findings.txt"
check "neighbours: its outage" has incident/neighbours.json \
	'any(.[]; .addr == $gw and (.outage | length) > 0)' --arg gw "$(v4 1)"
check "gateways: the default route's" has incident/gateways.json \
	'any(.[]; .gateway == $gw and .defaults > 0)' --arg gw "$(v4 1)"
check "links, stats" has incident/links.json 'any(.[]; .dev == "h0")'
check "the kernel's route" has incident/kernel-routes.json \
	'any(.[]; .dst == "default" and .gateway == $gw and .dev == "h0" and .table == "main")' --arg gw "$(v4 1)"
check "addresses of both families" has incident/kernel-addresses.json \
	'any(.[]; .addr == $a and .local == "10.9.0.2") and any(.[]; .addr == $b)' --arg a "$(v4 2)/24" --arg b "$(v6 2)/64"
check "neighbours" has incident/kernel-neighbours.json \
	'any(.[]; .addr == $gw and .dev == "h0" and (.state == "failed" or .state == "incomplete"))' --arg gw "$(v4 1)"
check "rules of both families" has incident/kernel-rules.json \
	'[.[] | select(.table == "main") | .family] | contains(["inet", "inet6"])'
check "tables, with the timers of the device" has incident/kernel-tables.json \
	'any(.[]; .name == "arp_cache" and .parms.dev == "h0" and .parms.retrans_ms == 100)'
is "a link's counters are the kernel's" \
	"$(jq -c '.[] | select(.dev == "h0") | [.stats.tx_packets, .stats.tx_bytes, .carrier_up_count]' "$scratch/incident/kernel-links.json" |
		sed 's/,.*,/,/')" \
	"$(ip -n "$host" -j -s -d link show h0 | jq -c '.[] | [.stats64.tx.packets, .stats64.tx.bytes, .carrier_up_count // 1]' |
		sed 's/,.*,/,/')"
is "the settings" "$(jq -r '."net.ipv4.neigh.h0.retrans_time_ms", ."net.ipv6.neigh.h0.retrans_time_ms"' "$scratch/incident/sysctl.json")" \
	$'100\n100'
is "no secret among them" "$(jq -r 'keys[] | select(test("secret|_key"))' "$scratch/incident/sysctl.json")" ""
check "the kernel's log, as dmesg writes it" has_log
is "who is not the kernel is not taken for it" \
	"$("$neighwatch" replay -j "$scratch/incident/kernel.log" | grep -c nwtest0)" 0

check "read back, it gives the same findings" same_verdict incident

save judged -N "$host" --set gateway-stuck-crit-rounds=10000
check "judged in another way" has judged/findings.json 'all(.[]; .severity != "crit") and any(.[]; .id == "gateway-stuck")'
check "it is judged in that way again" same_verdict judged

# --- and when it is over: history --findings says the same as well ---

speak 1
over() { send "$(v4 1)"; "$neighwatch" history --findings -j -N "$host" | jq -e 'any(.[]; .id == "gateway-stuck" and .status == "cleared")'; }
check "the gateway is back" wait_for 30 over
becomes STALE "$(v4 1)"
verdict() { "$neighwatch" history --findings -j -N "$host"; }
alike() {
	verdict >"$scratch/before"
	rm -rf "$scratch/after" && save after -N "$host" && verdict | cmp - "$scratch/before" &&
		cmp "$scratch/before" "$scratch/after/findings.json" && same_verdict after
}
check "what history finds, save keeps, and replay finds again" alike

# --- not over what is there ---

list() { ls -lRi --time-style=full-iso "$scratch/incident"; }
before=$(list)
save incident; status=$?
is "a directory that exists is refused" "$status" 1
is "and left as it is" "$(list)" "$before"

# --- the host's own namespace, and all of them, while records are lost ---

unload_module
load_module ring_size=1024
ip link add d0 type dummy
defer ip link del d0
ip link set d0 arp on up
flood() { while "$top/selftests/kapi/build/kapi_toggle" d0 2000; do :; done; }
flood & flooding=$!
busy() { save busy --all-netns && same_verdict busy; }
lossy() {
	local i
	for i in 1 2 3 4 5 6; do
		save "lossy$i" && same_verdict "lossy$i" || return
		has "lossy$i/history.json" 'any(.[]; .event == "lost" and .where == "ring")' && return
	done
	echo "nothing was lost"
	return 1
}
check "under a flood of records, of all namespaces" busy
check "and with records lost while they are read" lossy
kill $flooding; wait $flooding 2>/dev/null
check "more than one namespace's records" has busy/history.json '[.[] | .netns] | unique | length > 1'
check "the driver's own counters" has busy/ethtool.json \
	'any(.[]; .dev == $nic and .driver.driver == "e1000e" and (.statistics | has("tx_restart_queue")))' --arg nic "$nic"

# --- no room ---

mkdir "$scratch/small"
mount -t tmpfs -o size=96k none "$scratch/small"
save small/late; status=$?
is "a full disk is an error" "$status" 1
check "that names the file and why" grep -qE "cannot write .*/small/late/[a-z-]+\.[a-z]+: No space left" "$scratch/said"
is "and nothing is left" "$(ls -A "$scratch/small")" ""
umount "$scratch/small"

# --- the kernel's network lock is held, and does not come free ---

"$scenarios/lib/hold-rtnl" "$nic" & holder=$!
is_held() { [[ $(<"/proc/$holder/wchan") == handle_userfault ]]; }
wait_for 20 is_held || diag "the lock is not held"
begun() { [ -s "$(echo "$scratch"/.late.*/kernel.log)" ]; }

"$neighwatch" save "$scratch/late" >/dev/null 2>"$scratch/said" & saving=$!
wait_for 20 begun
kill -TERM $saving; wait $saving
is "a save that is stopped says so, and leaves nothing" "$? $(left) $(cat "$scratch/said")" "1  neighwatch: stopped: nothing was saved"
"$neighwatch" save "$scratch/late" >/dev/null 2>&1 & saving=$!
wait_for 20 begun
kill -KILL $saving; wait $saving 2>/dev/null
is "one that is killed leaves nothing that looks complete" "$(left | grep -v '^\.')" ""

save hung; status=$?
kill -KILL $holder; wait $holder 2>/dev/null
said | diag
is "the rest is saved, and the lack is told" "$status $(lacking hung)" \
	"1 kernel links, kernel addresses, kernel routes, kernel next hops, kernel rules, kernel neighbours, kernel tables, bridges, drivers"
check "who holds the lock is in it" has hung/tasks.json \
	'any(.[]; .comm == "hold-rtnl" and any(.stack[]; test("handle_userfault")))'
check "the verdict is there" same_verdict hung

# --- a slip in the configuration, no module ---

slip() { unshare -m sh -c 'mount -t tmpfs none /etc && echo "[Nonsense]" >/etc/neighwatch.conf && exec "$@"' sh "$@"; }
slip "$neighwatch" save "$scratch/slip" >/dev/null 2>"$scratch/said"; status=$?
is "a configuration that makes no sense keeps nothing from being saved" \
	"$status $(lacking slip) $(grep -c 'by the defaults instead' "$scratch/said")" "0  1"

unload_module
save bare; status=$?
is "without the module the rest is saved" "$status $(lacking bare)" "1 status, history, neighbours, links, gateways, tables, stats"
check "and why is said" grep -q "module neighwatch is not loaded" "$scratch/said"
"$neighwatch" replay "$scratch/bare" 2>"$scratch/said"; status=$?
is "a replay says what it lacks" "$status $(grep -c "has no history" "$scratch/said")" "5 1"
