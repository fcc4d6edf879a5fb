#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# vm:
#
# Every transition that an IPv4 neighbour can make, each on a neighbour of its own.

. "$(dirname "$0")/lib/transitions.bash"
