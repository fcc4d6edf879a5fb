# SPDX-License-Identifier: GPL-2.0
#
# make            the module and the command line
# make demo       a VM with real failures, watched live
# make check      every test
# make kernels    kernels with sanitizers, for the next: once, 25 minutes
# make check-sanitizers  the tests that need a kernel, on those
# make bench      what recording costs, in instructions: half an hour
# make install    on this host, by DKMS (as root)
# make help       all of it

VERSION	:= $(shell sed -n 's/^\#define NW_VERSION "\(.*\)"/\1/p' kmod/main.h)
PREFIX	?= /usr/local

# Headers of the running kernel; in a container, or on a machine that cannot
# load modules, those are not installed: then the newest that are.
running	:= /lib/modules/$(shell uname -r)/build
newest	:= $(lastword $(shell ls -d /lib/modules/*/build 2>/dev/null | sort -V))
KDIR	?= $(if $(wildcard $(running)/Makefile),$(running),$(newest))
KVER	= $(notdir $(patsubst %/build,%,$(KDIR)))

all: module tools

module:
	@test -n "$(KDIR)" || \
		{ echo "no kernel headers installed: run make deps"; exit 1; }
	@test "$(KDIR)" = "$(running)" || echo "building for $(KDIR)"
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

tools:
	$(MAKE) -C tools

clean:
	@test -z "$(KDIR)" || $(MAKE) -C $(KDIR) M=$(CURDIR) clean
	$(MAKE) -C tools clean
	$(MAKE) -C selftests clean

deps:
	packaging/deps

demo: deps
	$(MAKE) all
	selftests/demo/run

# The last line of the output is the verdict: "N passed, N failed". SANITIZERS
# names kernels: what those find most in comes after all the rest.
check: deps $(if $(SANITIZERS),kernels)
	$(MAKE) all
	$(MAKE) -C selftests KDIR=$(KDIR)
	@selftests/check $(SANITIZERS:%=--also %)

kernels:
	packaging/deps kernels
	selftests/vm/kernels/provide $(SANITIZERS)

check-sanitizers: kernels
	$(MAKE) tools
	$(MAKE) -C selftests/kapi
	$(MAKE) -C selftests/confine
	$(MAKE) -C selftests/faults
	$(MAKE) -C selftests/fuzz
	@selftests/check --kernel kasan --kernel kcsan

bench:
	packaging/deps bench
	$(MAKE) all
	$(MAKE) -C selftests/kapi
	$(MAKE) -C selftests/bench guest
	selftests/bench/run $(if $(JSON),--json $(JSON)) $(SETS)

install uninstall:
	packaging/$@ $(VERSION) $(PREFIX)

help:
	@sed -n 's/^# make/make/p' Makefile

.PHONY: all module tools clean deps demo check kernels check-sanitizers
.PHONY: bench install uninstall help
