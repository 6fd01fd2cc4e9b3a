# SPDX-License-Identifier: MIT
#
#   make            build all             sudo make run   a shell in a container
#   make 06-veth    build one             make test       the tests of all steps
#   make STATIC=1   static programs       make test-06    of one step
#   make ready      would it start here?             make help       all, and more

CFLAGS   ?= -O2 -g
FLAGS    := -std=c17 -D_FILE_OFFSET_BITS=64 -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes
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
# 06-veth makes 06-veth/veth.
program   = $1/$(lastword $(subst -, ,$1))
PROGRAMS := $(foreach step,$(STEPS),$(call program,$(step))) full/container full/article
SOURCES  := $(wildcard $(addsuffix /*.c,$(FOLDERS) full/beyond))
HEADERS  := $(wildcard $(addsuffix /*.h,$(FOLDERS) full/beyond))
# full is made of its own files and of the lessons, without their main.c. A source that
# two lessons share, by a link, is to be linked once: the first of each name is enough.
# full/article goes no further than the article.
first_of_each = $(if $1,$(firstword $1) $(call $0,$(filter-out \
	%/$(notdir $(firstword $1)),$1)))
LESSONS   := $(call first_of_each,$(filter-out %/main.c,$(wildcard \
	$(addsuffix /*.c,$(STEPS)))))
CORE      := $(filter-out full/article.c,$(wildcard full/*.c)) $(LESSONS)
CONTAINER := $(CORE) $(wildcard full/beyond/*.c)

# As root all is built as the user whom this folder belongs to, so that nothing in it comes
# to belong to root. By number: a name may have a backslash, or no line in /etc/passwd.
IS_ROOT  := $(filter 0,$(shell id -u))
OWNER    := $(if $(IS_ROOT),$(filter-out 0,$(shell stat -c %u .)))
AS_USER  := $(if $(OWNER),setpriv --reuid $(OWNER) --regid $(shell stat -c %g .) \
	--clear-groups --)

.PHONY: all help clean lint analyze run ready test need-busybox need-bats need-fuzzer \
	$(FOLDERS)
all: $(FOLDERS)

# A container costs a few milliseconds, and one of them goes into loading libc. So full
# brings its own, where there is one to bring (Fedora: glibc-static).
static_libc = $(if $(SANITIZE),,$(shell echo 'int main(void) { return 0; }' | \
	$(CC) -static -o /dev/null -x c - 2>/dev/null && echo -static))

define step_rules
$1: $(call program,$1)
$(call program,$1): $(patsubst %.c,%.o,$(wildcard $1/*.c))
	$$(CC) $$(LDFLAGS) -o $$@ $$^
endef
$(foreach step,$(STEPS),$(eval $(call step_rules,$(step))))

# With ARTICLE=1 the container of the article alone: it needs nothing of full/beyond.
full: $(if $(ARTICLE),full/article,full/container full/article)
full/container: $(CONTAINER:.c=.o)
full/article: $(CORE:.c=.o) full/article.o
full/container full/article:
	$(CC) $(LDFLAGS) $(static_libc) -o $@ $^

# What is built with one compiler or set of flags is not mixed with another's.
BUILD_LINE := $(CC) $(FLAGS) $(CFLAGS) $(LDFLAGS)
.flags: FORCE
	$(if $(problem),$(error $(problem)))
	@echo '$(BUILD_LINE)' | cmp -s - $@ || echo '$(BUILD_LINE)' > $@
# What is missing here to build that at all.
problem = $(shell echo '$(BUILD_LINE)' | cmp -s - .flags || \
	sh $(or $(wildcard full/can-build),-c :) $(CC) $(FLAGS))
.PHONY: FORCE

%.o: %.c .flags
	$(CC) $(FLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(SOURCES:.c=.d)

help:
	@echo 'make             build the seven steps and full/container'
	@echo 'make 06-veth     build one step'
	@echo 'make STATIC=1    build static programs'
	@echo 'sudo make run    a shell in a container (its files: ~/container); with'
	@echo '                 ARTICLE=1 in one that goes no further than the article'
	@echo 'sudo make ready  would it start here? each lesson is tried, and nothing stays'
	@echo 'make test        the tests; with sudo, all of them'
	@echo 'make test-06     the tests of one step; also test-full'
	@echo 'make clean       remove what was built'
	@echo
	@echo 'The workshop, where the functions are yours to write:'
	@echo 'make workshop    write workshop/, the steps with the exercises taken out'
	@echo 'make check             what is solved, what is next; with sudo, all of it'
	@echo 'make check STEP=02     the same of one step, and with hints for what fails'
	@echo 'make watch STEP=02     the next one again after each save, until it passes'
	@echo 'make hint STEP=02      what the next function must do, and what to read'
	@echo 'make solution STEP=02  our version, once yours passes; FORCE=1: before that'
	@echo 'make reset EXERCISE=write_line   put the stub of one exercise back'
	@echo '                       EXERCISE= restricts the others to one exercise as well'
	@echo
	@echo 'For those who change the code, with sudo:'
	@echo 'make lint        clang-format, clang-tidy, cppcheck, shellcheck'
	@echo 'make analyze     gcc -fanalyzer'
	@echo 'make SANITIZE=1 test   with programs that watch their own memory'
	@sed -n 's/^## //p' tests/beyond/suites.mk

clean:
	rm -f $(PROGRAMS) $(SOURCES:.c=.o) $(SOURCES:.c=.d) .flags $(BUILT)

# --- running ------------------------------------------------------------------

# The article's ~/container, of the user who called sudo; not every system has getent(1).
RUN_HOME = $(if $(SUDO_UID),HOME="$$({ getent passwd $(SUDO_UID) || \
	grep ':x:$(SUDO_UID):' /etc/passwd; } 2>/dev/null | cut -d: -f6)")

# What is in its way the launcher says itself. How a session at the terminal ends is no
# error of make's (the last command in there may have failed), if only one can start.
run: LAUNCHER = full/$(if $(ARTICLE),article,container)
run: need-busybox
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	@export $(or $(RUN_HOME),HOME); $(LAUNCHER) $(ARGS) || { status=$$?; \
		$(if $(ARGS),false,[ -t 0 ]) && $(LAUNCHER) true 2>/dev/null && \
		echo "(exit status $$status)" || exit $$status; }

# It says itself what fails: "Error 1" of make would add nothing.
ready: need-busybox
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	@full/ready || :

# --- testing ------------------------------------------------------------------

# Each test makes namespaces of its own. As root they are within these two, so that
# not even a broken lesson could do anything to the machine's mounts and network. There
# this folder is /mnt, since other users, whom tests become, may not enter a home.
SANDBOX  := $(if $(IS_ROOT),unshare -m -n sh -c \
	'mount --bind . /mnt && cd /mnt && exec "$$@"' -)

test: need-busybox need-bats
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	@$(SANDBOX) tests/run

test-%: need-busybox need-bats
	@$(AS_USER) $(MAKE) -s --no-print-directory all
	$(SANDBOX) bats $(wildcard tests/$*-*.bats tests/$*.bats)

# install PACKAGE..., for each package manager that we know.
INSTALL := tests/install

need-busybox:
	@$(INSTALL) busybox $(if $(OWNER),setpriv)
# A base system has iproute2, an image of one perhaps not.
need-bats:
	@$(INSTALL) bats iproute2
need-fuzzer:
	@$(INSTALL) fuzzer

# --- the workshop -------------------------------------------------------------

# Whether all passes is the status of check; workshop/check is the same without "Error 1"
# of make. What else fails says so itself.
.PHONY: workshop check watch hint solution reset
workshop:
	@$(AS_USER) tests/workshop/workshop make || :
check watch: need-busybox need-bats
	@tests/workshop/workshop $@ '$(STEP)'
hint solution reset:
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
	clang-format --dry-run -Werror $(wildcard tests/beyond/*/*.[ch])
	shellcheck -x tests/*.bats tests/*.bash tests/run $(INSTALL) .ci/run full/ready full/can-build .github/playground/{build,image,init}
	shellcheck -x $(shell grep -lE '^#!.*(bash|bats|sh)$$|^# shellcheck shell' -r tests/*/)
lint: SHELL := /bin/bash

# A copy of the programs alone does without.
-include tests/beyond/suites.mk
