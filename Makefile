# SPDX-License-Identifier: MIT
#
#   make            build all             sudo make run   a shell in a container
#   make 06-veth    build one             make test       the tests of all steps
#   make STATIC=1   static programs       make test-06    of one step
#   make help       all of this, and more

CFLAGS   ?= -O2 -g
FLAGS    := -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes
# musl-gcc looks in musl's own folder only; the kernel's headers are elsewhere.
ifneq ($(findstring musl-gcc,$(CC)),)
FLAGS    += -idirafter /usr/include \
	    -idirafter /usr/include/$(shell gcc -print-multiarch)
endif
LDFLAGS  += $(if $(STATIC),-static)

# Memory errors and undefined behaviour end a program that is built so. What a program
# has not freed when it ends is no error: the kernel frees it.
SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS    += $(if $(SANITIZE),$(SANITIZERS))
LDFLAGS  += $(if $(SANITIZE),$(SANITIZERS))
export ASAN_OPTIONS ?= detect_leaks=0

STEPS    := $(patsubst %/main.c,%,$(sort $(wildcard 0[1-7]-*/main.c)))
FOLDERS  := $(STEPS) $(patsubst %/main.c,%,$(wildcard full/main.c))
# 06-veth makes 06-veth/veth; full makes full/container.
program   = $1/$(if $(filter full,$1),container,$(lastword $(subst -, ,$1)))
PROGRAMS := $(foreach folder,$(FOLDERS),$(call program,$(folder)))
SOURCES  := $(wildcard $(addsuffix /*.c,$(FOLDERS)))
HEADERS  := $(wildcard $(addsuffix /*.h,$(FOLDERS)))
# full is made of its own files and of the lessons, without their main.c. A source that
# two lessons share, by a link, is to be linked once: the first of each name is enough.
first_of_each = $(if $1,$(firstword $1) $(call $0,$(filter-out \
	%/$(notdir $(firstword $1)),$1)))
LESSONS  := $(call first_of_each,$(filter-out %/main.c,$(wildcard \
	$(addsuffix /*.c,$(STEPS)))))

# Under sudo all is built as the user who called it, so that nothing in this folder
# comes to belong to root.
AS_USER  := $(if $(SUDO_USER),runuser -u $(SUDO_USER) --)

.PHONY: all help clean lint analyze run test need-busybox need-bats need-fuzzer \
	$(FOLDERS)
all: $(FOLDERS)

# A container costs a few milliseconds, and one of them goes into loading libc. So full
# brings its own, where there is one to bring (Fedora: glibc-static).
static_libc = $(if $(SANITIZE),,$(shell echo 'int main(void) { return 0; }' | \
	$(CC) -static -o /dev/null -x c - 2>/dev/null && echo -static))

define folder_rules
$1: $(call program,$1)
$(call program,$1): $(patsubst %.c,%.o,$(wildcard $1/*.c)) \
		$(if $(filter full,$1),$(LESSONS:.c=.o))
	$$(CC) $$(LDFLAGS) $(if $(filter full,$1),$$(static_libc)) -o $$@ $$^
endef
$(foreach folder,$(FOLDERS),$(eval $(call folder_rules,$(folder))))

# What is built with one compiler or set of flags is not mixed with another's.
BUILD_LINE := $(CC) $(FLAGS) $(CFLAGS) $(LDFLAGS)
.flags: FORCE
	@echo '$(BUILD_LINE)' | cmp -s - $@ || echo '$(BUILD_LINE)' > $@
.PHONY: FORCE

%.o: %.c .flags
	$(CC) $(FLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(SOURCES:.c=.d)

help:
	@echo 'make             build the seven steps and full/container'
	@echo 'make 06-veth     build one step'
	@echo 'make STATIC=1    build static programs'
	@echo 'sudo make run    a shell in a container (its files: ~/container)'
	@echo 'make test        the tests; with sudo, all of them'
	@echo 'make test-06     the tests of one step; also test-full'
	@echo 'make clean       remove what was built'
	@echo
	@echo 'The workshop, where the functions are yours to write:'
	@echo 'make workshop    write workshop/, the steps with the exercises taken out'
	@echo 'make check STEP=02     what passes of yours, and what is next; with sudo, all'
	@echo 'make hint STEP=02      what the next function is to do, and what to read'
	@echo 'make solution STEP=02  ours, once yours passes; FORCE=1: before'
	@echo
	@echo 'For those who change the code, with sudo:'
	@echo 'make lint        clang-format, clang-tidy, cppcheck, shellcheck'
	@echo 'make analyze     gcc -fanalyzer'
	@echo 'make SANITIZE=1 test   with programs that watch their own memory'
	@sed -n 's/^## //p' tests/suites.mk

clean:
	rm -f $(PROGRAMS) $(SOURCES:.c=.o) $(SOURCES:.c=.d) .flags $(BUILT)

# --- running ------------------------------------------------------------------

# The article's ~/container, of the user who called sudo.
RUN_HOME := $(if $(SUDO_USER),$(shell getent passwd $(SUDO_USER) | cut -d: -f6),$(HOME))

CONTAINER := full/container --rootfs '$(RUN_HOME)/container'

run: need-busybox
	@[ "$$(id -u)" = 0 ] || [ '$(filter --rootless,$(ARGS))' ] || { \
		echo 'a container with network and limits needs root: sudo make run'; \
		echo 'without them:  make run ARGS=--rootless'; exit 1; }
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	@findings=$$($(CONTAINER) $(filter --rootless,$(ARGS)) --check) || { echo "$$findings"; exit 1; }
	@$(CONTAINER) $(ARGS) || echo "the container has ended with status $$?"

# --- testing ------------------------------------------------------------------

# Each test makes namespaces of its own. As root they are within these two, so that
# not even a broken lesson could do anything to the machine's mounts and network.
SANDBOX  := $(if $(filter 0,$(shell id -u)),unshare -m -n)

test: need-busybox need-bats
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	$(SANDBOX) bats tests

test-%: need-busybox need-bats
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	$(SANDBOX) bats $(wildcard tests/$*-*.bats tests/$*.bats)

# install PACKAGE..., for each package manager that we know.
INSTALL := tests/install

need-busybox:
	@$(INSTALL) busybox
need-bats:
	@$(INSTALL) bats
need-fuzzer:
	@$(INSTALL) fuzzer

# --- the workshop -------------------------------------------------------------

# It says itself what fails: "Error 1" of make would add nothing.
.PHONY: workshop check hint solution
workshop:
	@$(AS_USER) tests/workshop/workshop make || :
check: need-busybox need-bats
	@tests/workshop/workshop check '$(STEP)' || :
hint solution:
	@tests/workshop/workshop $@ '$(STEP)' || :

# --- checking -----------------------------------------------------------------

analyze:
	@for file in $(SOURCES); do \
		gcc $(FLAGS) -O2 -fanalyzer -Werror -c -o /dev/null $$file || exit 1; done

# -x follows what a script sources; the tests' words are used by other files.
lint:
	clang-format --dry-run -Werror $(SOURCES) $(shell find $(HEADERS) -type f)
	clang-tidy --quiet --warnings-as-errors='*' $(SOURCES) -- $(FLAGS) 2>&1 | grep -v 'warnings generated\|^Suppressed\|^Use -header' ; test $${PIPESTATUS[0]} = 0
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr $(SOURCES)
	clang-format --dry-run -Werror $(wildcard tests/*/*.[ch])
	shellcheck -x tests/*.bats tests/*.bash $(INSTALL) .ci/run
	shellcheck -x $(shell grep -lE '^#!.*(bash|bats|sh)$$|^# shellcheck shell' -r tests/*/)
lint: SHELL := /bin/bash

include tests/suites.mk
