#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Where the sanitizer kernels are kept: outside of the checkout, each below a name that tells what it was made of, so
# that a changed source package, compiler or fragment makes another one and nothing is ever half of this and half of
# that. Sourced by the scripts beside it.

kernels=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cache=${NW_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/neighwatch}

# The fragments of each kernel, on top of tinyconfig.
declare -A fragments=(
	[kasan]="vm locks kasan"
	[kcsan]="vm locks kcsan"
)
names=(kasan kcsan)

# Counts up when `provide` packs differently from the same sources.
recipe=1

die() {
	echo "kernels: $*" >&2
	exit 1
}

known() {
	[ -n "${fragments[$1]}" ] || die "no kernel $1; there are: ${names[*]}"
}

# source_package - the newest linux-source archive
source_package() {
	local archives
	archives=$(printf '%s\n' /usr/src/linux-source-*.tar.xz | sort -V | tail -n 1)
	[ -e "$archives" ] || die "no /usr/src/linux-source-*.tar.xz: run 'make deps' (package linux-source)"
	echo "$archives"
}

# fragment_files NAME
fragment_files() {
	local fragment
	for fragment in ${fragments[$1]}; do echo "$kernels/$fragment.config"; done
}

# directory NAME - where that kernel is, or will be
directory() {
	local source key
	source=$(source_package) || exit
	key=$({
		echo "$recipe"
		stat -c '%n %s %Y' "$source"
		gcc -dumpmachine -dumpfullversion
		fragment_files "$1" | xargs cat
	} | sha256sum) || exit
	echo "$cache/$1-${key:0:16}"
}
