#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""stream.py COUNT - a recording as `monitor -j` writes it: a default route,
then COUNT changes of 200 neighbours, 1 ms apart, each going round REACHABLE,
STALE, DELAY, PROBE; the first of them is the gateway."""
import sys
import time

REAL = 1763514843 * 10**9
MONO = 1000 * 10**9
NEIGHBOURS = 200
ROUND = ("REACHABLE", "STALE", "DELAY", "PROBE")


def seconds(ns):
    return "%d.%09d" % divmod(ns, 10**9)


def head(event, seq, ns):
    secs, frac = divmod(REAL + ns, 10**9)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(secs))
    return ('{"v":1,"instance":"fedcba9876543210","netns_cookie":7,'
            '"netns":4026531840,"event":"%s","seq":%d,"time":"%s.%09dZ",'
            '"mono":"%s","cpu":1,"ifindex":2,"dev":"eth0",'
            % (event, seq, stamp, frac, seconds(MONO + ns)))


def route():
    return head("route", 1, 0) + (
        '"cause":"initial","change":"added","family":"inet",'
        '"dst":"0.0.0.0/0","gateway":"10.9.0.1","table":254,"protocol":3}\n')


def neigh(i):
    turn, who = divmod(i, NEIGHBOURS)
    return head("neigh", i + 2, (i + 1) * 10**6) + (
        '"cause":"timer","family":"inet","addr":"10.9.0.%d","old":"%s",'
        '"new":"%s","lladdr":"02:00:00:00:09:%02x","dwell_ns":200000000,'
        '"probes":0,"confirmed_ns":1000,"used_ns":5}\n'
        % (who + 1, ROUND[(turn - 1) % 4], ROUND[turn % 4], who + 1))


def main():
    sys.stdout.write(route())
    for i in range(int(sys.argv[1])):
        sys.stdout.write(neigh(i))


main()
