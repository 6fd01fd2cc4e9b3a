# SPDX-License-Identifier: MIT
#
# The suites for those who change the code; part of the Makefile. What they need beyond
# it they install when root, or say. A line with ## is one of "make help".

.PHONY: test-vm test-distro test-oracle trace table test-faults mutants test-workshop test-tutorial pictures playground test-playground \
	test-breakout table-breakout attacks fuzz benchmark bench \
	bench-vm bench-chapters bench-growth bench-growth-vm test-engine engine
BUILT = $(ATTACKS) $(FUZZERS) $(BENCH) $(INSTRUMENTED) $(ENGINE)

# --- on other kernels -------------------------------------------------------------

## make test-vm          the tests in a virtual machine, where none is skipped; with
##                       KERNEL=6.12, ARCH=s390x (arm64, armhf, i386), CC=musl-gcc STATIC=1, TESTS='FILE...'
KERNEL   ?= 6.1
ARCH     ?= $(shell dpkg --print-architecture)
export TESTS BOOTS

test-vm:
	@$(INSTALL) nftables iptables strace uidmap
	@tests/beyond/vm/run $(ARCH) $(KERNEL) $(if $(findstring command,$(origin CC)),CC=$(CC)) \
		$(if $(STATIC),STATIC=$(STATIC))

# --- on a real distribution --------------------------------------------------------

## make test-distro      what README.md says, typed on a Debian with systemd; all scenarios
##                       but tests, or those in SCENARIO='docker firewalld'
SCENARIO ?= $(filter-out readme tests,$(basename $(notdir $(wildcard tests/beyond/distro/*.bats))))

test-distro: need-busybox need-bats
	@tests/beyond/distro/run $(SCENARIO)

# --- held against the real tools --------------------------------------------------

## make test-oracle      what -v says, done by the real tools, and compared
test-oracle: need-busybox need-bats
	@$(INSTALL) util-linux iproute2 nftables iptables procps
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	$(SANDBOX) bats tests/beyond/oracle

## make trace STEP=06    a step's system calls, beside those of the real tools
## make table            measure again what two tables in tests/beyond/oracle/README.md say
trace table: need-busybox
	@$(INSTALL) strace util-linux iproute2 nftables procps
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	@$(SANDBOX) tests/beyond/oracle/measure $@ $(STEP)

# --- nothing is left behind -------------------------------------------------------

## make test-faults      every system call failing (a sample; ALL=1: all of them)
# SEED, SAMPLE, ONLY: see the script.
test-faults: need-busybox
	@$(INSTALL) nftables
	@tests/beyond/faults/run

# --- the tests notice a change ------------------------------------------------------

## make mutants          each small change to a program makes a test fail; with ONLY='03-mounts full',
##                       SAMPLE=40 SEED=1
# ALL, JOBS: see the script.
mutants: need-busybox
	@$(INSTALL) nftables iptables util-linux iproute2 procps uidmap
	@tests/beyond/mutants/run

# --- the workshop ------------------------------------------------------------------

## make test-workshop    each exercise fails unwritten and passes solved; each hint
test-workshop: need-busybox need-bats
	@$(INSTALL) patch nftables
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	$(SANDBOX) bats tests/workshop

# --- the tutorial ------------------------------------------------------------------

## make test-tutorial    each command of the tutorial is typed, each quote looked up
## make pictures         make each picture's dark side from its light one
READMES = $(shell grep -l '^```console' tests/workshop/README.md tests/beyond/*/README.md)
test-tutorial: need-busybox need-bats
	@$(INSTALL) sudo strace procps iproute2 nftables util-linux iputils-ping dnsmasq-base runc
	@bats tests/beyond/tutorial; status=$$?; for text in TUTORIAL.md $(READMES); do \
		tests/beyond/tutorial/run $$text || status=1; done; exit $$status

# NAME.svg is written by hand, or drawn by "make bench"; NAME-dark.svg is for dark pages.
PICTURES = $(filter-out %-dark.svg,$(wildcard $(addsuffix /*.svg,$(FOLDERS) tests/beyond/bench)))
pictures:
	for file in $(PICTURES); do \
		sed -f tests/beyond/tutorial/dark.sed $$file >$${file%.svg}-dark.svg; done

# --- the container on a web page ----------------------------------------------------

## make playground       a page in .cache/playground with the container in an emulator; any
##                       web server can serve it. Needs npm, zstd, gcc-i686-linux-gnu
## make test-playground  every block of the tutorial, typed there in chromium
PLAYGROUND := .cache/playground

$(PLAYGROUND)/state.bin.zst: $(SOURCES) $(HEADERS) $(addprefix .github/playground/,build image init state.mjs) \
		.github/playground/package-lock.json tests/beyond/tutorial/machine.bash
	@.github/playground/build state
playground: $(PLAYGROUND)/state.bin.zst
	@.github/playground/build page
test-playground: playground
	@node .github/playground/test.mjs $(PLAYGROUND)

# --- what it costs ------------------------------------------------------------------

## make bench            a container's milliseconds, beside the bare calls, other programs
##                       and the article's commands
## make bench-chapters   how many system calls full makes, and what each chapter costs
## make bench-growth     the 1st, 10th, 100th and 500th while the others stay (COUNT=500)
##                       bench-vm, bench-growth-vm: there, with cgroup v2
BENCH := $(patsubst %.c,%,$(filter-out %/chapters.c,$(wildcard tests/beyond/bench/*.c)))

tests/beyond/bench/%: tests/beyond/bench/%.c
	$(CC) $(filter-out $(SANITIZERS),$(FLAGS)) -O2 -static -o $@ $<
tests/beyond/bench/floor: tests/beyond/bench/floor.c $(patsubst %,full/beyond/%.c,confine \
	counted nft rules) full/process.c $(LESSONS) $(HEADERS)
	$(CC) $(filter-out $(SANITIZERS),$(FLAGS)) -O2 -static -o $@ $(filter %.c,$^)

# full, with marks where each function begins and ends: see chapters.c.
INSTRUMENTED := tests/beyond/bench/instrumented
$(INSTRUMENTED): tests/beyond/bench/chapters.c $(CONTAINER) $(HEADERS)
	$(CC) $(filter-out $(SANITIZERS),$(FLAGS)) -O2 -g -static -finstrument-functions \
		-finstrument-functions-exclude-file-list=0,lesson.h,/usr -o $@ $(filter %.c,$^)

benchmark: $(BENCH)
bench: need-busybox
	@$(INSTALL) iproute2 iptables util-linux procps bubblewrap crun runc gnuplot
	@$(AS_USER) $(MAKE) -s --no-print-directory all benchmark
	@OUT=$(OUT) ROUNDS=$(ROUNDS) tests/beyond/bench/bench

bench-chapters: need-busybox
	@$(INSTALL) iproute2 strace
	@$(AS_USER) $(MAKE) -s --no-print-directory all benchmark $(INSTRUMENTED)
	@ROUNDS=$(ROUNDS) tests/beyond/bench/bench chapters

bench-growth: need-busybox
	@$(INSTALL) iproute2 util-linux procps iputils-ping gnuplot
	@$(AS_USER) $(MAKE) -s --no-print-directory all benchmark
	@OUT=$(OUT) COUNT=$(COUNT) tests/beyond/bench/growth

bench-vm:
	@$(INSTALL) bubblewrap crun runc
	@TESTS=tests/beyond/bench/bench BOOTS=v2 tests/beyond/vm/run $(ARCH) $(KERNEL)
bench-growth-vm:
	@$(INSTALL) iputils-ping
	@TESTS=tests/beyond/bench/growth BOOTS=v2 tests/beyond/vm/run $(ARCH) $(KERNEL)

# --- the same container, in real engines ------------------------------------------

## make test-engine      tests/beyond/engine/config.json, run by crun and runc, and compared
ENGINE := tests/beyond/engine/filter

tests/beyond/engine/%: tests/beyond/engine/%.c
	$(CC) $(filter-out $(SANITIZERS),$(FLAGS)) -O2 -static -o $@ $<

engine: $(ENGINE)
test-engine: need-busybox need-bats
	@$(INSTALL) crun runc util-linux iproute2 nftables iptables procps
	-@$(INSTALL) cni-plugins jsonschema jq
	@$(AS_USER) $(MAKE) -s --no-print-directory all engine
	-@$(AS_USER) tests/beyond/engine/schema >/dev/null
	$(SANDBOX) bats tests/beyond/engine

# --- ways out, and wild input ------------------------------------------------------

## make test-breakout    every known way out of a container
## make table-breakout   write what came of them into tests/beyond/breakout/README.md
# Each file is an attack: static, since it is to run in a rootfs without libraries.
ATTACKS  := $(patsubst %.c,%,$(filter-out %/proc-exe.c,$(wildcard tests/beyond/breakout/*.c))) \
	    tests/beyond/breakout/proc-exe.so tests/beyond/breakout/launcher
BREAKOUT := $(SANDBOX) bats tests/beyond/breakout

tests/beyond/breakout/%: tests/beyond/breakout/%.c tests/beyond/breakout/attack.h
	$(CC) $(filter-out $(SANITIZERS),$(FLAGS)) -O2 -static -o $@ $<
tests/beyond/breakout/%.so: tests/beyond/breakout/%.c tests/beyond/breakout/attack.h
	$(CC) $(filter-out $(SANITIZERS),$(FLAGS)) -O2 -shared -fPIC -o $@ $<

# But for one that is to be started by a loader which it would find on the host only.
tests/beyond/breakout/loader: tests/beyond/breakout/loader.c
	$(CC) $(filter-out $(SANITIZERS),$(FLAGS)) -O2 \
		-Wl,--dynamic-linker=/proc/self/fd/9/ld.so -o $@ $<

# One attack is a library, which a static program would not load.
tests/beyond/breakout/launcher: full/container
	$(CC) $(LDFLAGS) -o $@ $(CONTAINER:.c=.o)

attacks: $(ATTACKS)

test-breakout: need-busybox need-bats
	@$(AS_USER) $(MAKE) -s --no-print-directory all attacks
	$(BREAKOUT)

# What the run has seen takes the place of what stands between the two marks.
table-breakout: need-busybox need-bats
	@$(AS_USER) $(MAKE) -s --no-print-directory all attacks
	BREAKOUT_TABLE=.table $(BREAKOUT)
	$(AS_USER) sed -i -e '/^<!-- breakout/,/^<!-- end of breakout/{/^<!-- end/r .table' \
		-e 'd}' tests/beyond/breakout/README.md
	rm .table

## make fuzz SECONDS_EACH=60   wild input for all that parses
# A target includes the sources that it tests; it is linked with all others.
FUZZERS  := $(patsubst %.c,%,$(wildcard tests/beyond/fuzz/*.c))
SECONDS_EACH ?= 60
included  = $(shell sed -n 's,^.include "../../../\(.*\.c\)",\1,p' $1)
tests/beyond/fuzz/%: tests/beyond/fuzz/%.c tests/beyond/fuzz/fuzz.h $(SOURCES) $(HEADERS) | need-fuzzer
	clang -std=c17 -g -O1 -fsanitize=fuzzer $(SANITIZERS) -o $@ $< \
		$(filter-out %/main.c $(call included,$<),$(CONTAINER))

# The seeds, among them all that was found, and what earlier runs came upon.
fuzz: $(addprefix fuzz-,$(notdir $(FUZZERS)))
fuzz-%: tests/beyond/fuzz/%
	@mkdir -p .fuzz/$*
	cd .fuzz && ../$< -max_total_time=$(SECONDS_EACH) -max_len=4096 \
		-verbosity=0 -print_final_stats=1 $* ../tests/beyond/fuzz/seeds/$*
