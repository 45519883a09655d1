# datebook: build, test, install.  `make help` lists the targets.
#
#   make CC=clang               another compiler
#   make BUILD=out              another folder for what is built
#   make CFLAGS=-O0             other options; the warnings and -std stay
#   make install PREFIX=/usr    somewhere else than /usr/local; DESTDIR too

BUILD    ?= build
PREFIX   ?= /usr/local
CFLAGS   ?= -O2 -g
CPPFLAGS ?=
LDFLAGS  ?=
VERSION  := $(shell cat VERSION)

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wformat=2 -Werror
INCLUDES := -Iinclude -I$(BUILD)/gen -I.
COMPILE   = $(CC) $(INCLUDES) $(CPPFLAGS) -std=c11 -D_GNU_SOURCE $(WARNINGS) \
            $(CFLAGS)
LINK      = $(CC) $(CFLAGS) $(LDFLAGS)
LIBS     := -lsqlite3 -lcurl -lcjson -lsodium -lutf8proc -lstemmer -lcrypto -lz \
            -lzstd -lpthread -lm
CHECK_LIBS = $(shell pkg-config --libs check 2>/dev/null || \
                     echo -lcheck -lsubunit -lrt -lm)

# `make V=1` shows whole commands.
SAY = $(if $(V),,@printf '  %-4s %s\n' $(1) $(2);)

# One job a processor, unless -j says otherwise.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif

# What there is

GEN      := $(BUILD)/gen
SQL      := $(sort $(wildcard sql/*.sql))
MIGRATIONS := $(sort $(wildcard migrations/*.sql))
COMMANDS := $(sort $(wildcard src/cmd/cmd_*.c))
HEADERS  := $(sort $(wildcard include/datebook/*.h))
SOURCES  := $(filter-out src/cmd/%,$(sort $(wildcard src/*/*.c)))
UNITS    := $(sort $(wildcard tests/unit/*.c tests/unit/*/*.c))
SUITES   := $(filter %_test.c,$(UNITS))
FAULTS   := $(filter-out %/killer.c %/starve.c,$(sort $(wildcard tests/fault/*.c)))
FUZZERS  := $(sort $(wildcard tests/fuzz/*_fuzz.c))
EXAMPLES := $(sort $(wildcard tests/examples/*.c))
ENDPOINT := $(sort $(wildcard tests/llm/*.c))
GENERATED := $(addprefix $(GEN)/,statements.h migrations.h commands.h version.h)

object    = $(patsubst %.c,$(BUILD)/%.o,$(1))
OBJECTS  := $(call object,$(SOURCES)) $(GEN)/statements.o $(GEN)/migrations.o
CMD_OBJECTS := $(call object,$(sort $(wildcard src/cmd/*.c)))
UNIT_OBJECTS := $(call object,$(UNITS))
FAULT_OBJECTS := $(call object,$(FAULTS))
ENDPOINT_OBJECTS := $(call object,$(ENDPOINT))
ALL_OBJECTS := $(OBJECTS) $(CMD_OBJECTS) $(UNIT_OBJECTS) $(FAULT_OBJECTS) \
               $(ENDPOINT_OBJECTS) $(call object,\
               $(wildcard src/main.c tests/fuzz/*.c) $(EXAMPLES))

LIBRARY  := $(BUILD)/libdatebook.a
PROGRAM  := $(if $(wildcard src/main.c),$(BUILD)/datebook)
UNIT_RUN := $(BUILD)/tests/unit/run
FAULT_RUN := $(BUILD)/tests/fault/run
PRELOADS := $(BUILD)/tests/fault/killer.so $(BUILD)/tests/fault/starve.so
FUZZ_RUNS := $(FUZZERS:%_fuzz.c=$(BUILD)/%)
EXAMPLE_RUNS := $(EXAMPLES:%.c=$(BUILD)/%)
LLM_SERVER := $(BUILD)/tests/llm/server
PTY := $(BUILD)/tests/cli/pty

.PHONY: all help FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAM) $(LIBRARY) ## build the program and the static library (default)

help: ## list the targets
	@echo "make [TARGET] [CC=…] [CFLAGS=…] [BUILD=…] [PREFIX=…] [DESTDIR=…]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' \
	  Makefile

# Lists that are files: they change only when what they say does, so that a
# source that was added or removed, or another compiler, makes what depends on
# it again.

$(BUILD)/list/objects: LIST = $(OBJECTS)
$(BUILD)/list/commands: LIST = $(COMMANDS) $(CMD_OBJECTS)
$(BUILD)/list/sql: LIST = $(SQL)
$(BUILD)/list/migrations: LIST = $(MIGRATIONS)
$(BUILD)/list/units: LIST = $(UNITS) $(FAULTS)
$(BUILD)/list/version: LIST = $(VERSION) $(PREFIX)
$(BUILD)/list/compile: LIST = $(COMPILE)
$(BUILD)/list/link: LIST = $(LINK) $(LIBS)
$(BUILD)/list/%: FORCE
	@mkdir -p $(@D)
	@echo '$(LIST)' | cmp -s - $@ || echo '$(LIST)' > $@

# Libraries: looked for once, for a sentence instead of a compiler error.

$(BUILD)/list/found-%: $(BUILD)/list/compile scripts/probe scripts/requirements
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' LDFLAGS='$(LDFLAGS)' scripts/probe $*
	@touch $@

# Generated sources

$(GENERATED) $(GEN)/statements.c $(GEN)/migrations.c $(GEN)/suites.h: \
  | $(BUILD)/list/found-build

AWK := LC_ALL=C awk

$(GEN)/statements.h: $(SQL) tools/statements.awk $(BUILD)/list/sql
	@mkdir -p $(@D)
	@$(AWK) -v want=header -f tools/statements.awk /dev/null $(SQL) > $@

$(GEN)/statements.c: $(SQL) tools/statements.awk $(BUILD)/list/sql
	@mkdir -p $(@D)
	@$(AWK) -v want=source -f tools/statements.awk /dev/null $(SQL) > $@

$(GEN)/migrations.h: tools/migrations.h
	@mkdir -p $(@D)
	@cp $< $@

$(GEN)/migrations.c: $(MIGRATIONS) tools/migrations.awk $(BUILD)/list/migrations
	@mkdir -p $(@D)
	@$(AWK) -f tools/migrations.awk /dev/null $(MIGRATIONS) > $@

# COMMAND(name) for every src/cmd/cmd_NAME.c, which defines `command_NAME`.
$(GEN)/commands.h: $(BUILD)/list/commands
	@mkdir -p $(@D)
	@for name in $(COMMANDS:src/cmd/cmd_%.c=%); do \
	  echo "COMMAND($$name)"; done > $@

# SUITE(name) for every tests/unit/FOLDER/NAME_test.c, which defines
# `Suite *NAME_suite(void)`.
$(GEN)/suites.h: $(BUILD)/list/units
	@mkdir -p $(@D)
	@for name in $(patsubst %_test.c,%,$(notdir $(SUITES))); do \
	  echo "SUITE($$name)"; done > $@

# The same for tests/fault/NAME_test.c.
$(GEN)/fault_suites.h: $(BUILD)/list/units
	@mkdir -p $(@D)
	@for name in $(patsubst %_test.c,%,$(notdir $(filter %_test.c,$(FAULTS)))); do \
	  echo "SUITE($$name)"; done > $@

$(GEN)/version.h: $(BUILD)/list/version
	@mkdir -p $(@D)
	@printf '#define DATEBOOK_VERSION "%s"\n' '$(VERSION)' > $@
	@printf '#define DATEBOOK_DATA_FOLDER "%s/share/datebook/personas"\n' \
	  '$(PREFIX)' >> $@

# Compiling and linking

$(ALL_OBJECTS): $(BUILD)/list/compile | $(BUILD)/list/found-build $(GENERATED)
$(UNIT_OBJECTS): | $(BUILD)/list/found-check $(GEN)/suites.h
$(FAULT_OBJECTS): | $(BUILD)/list/found-check $(GEN)/fault_suites.h
$(ENDPOINT_OBJECTS): | $(BUILD)/list/found-check

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call SAY,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(GEN)/%.o: $(GEN)/%.c
	$(call SAY,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(LIBRARY): $(OBJECTS) $(BUILD)/list/objects
	@rm -f $@
	$(call SAY,AR,$@) $(AR) rcs $@ $(OBJECTS)

$(BUILD)/datebook: $(BUILD)/src/main.o $(CMD_OBJECTS) $(LIBRARY) \
                   $(BUILD)/list/link $(BUILD)/list/commands
	$(call SAY,LD,$@) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

$(UNIT_RUN): $(UNIT_OBJECTS) $(CMD_OBJECTS) $(LIBRARY) $(BUILD)/list/link \
             $(BUILD)/list/units
	$(call SAY,LD,$@) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS) $(CHECK_LIBS)

# What tests/fault/points.c makes fail.
WRAPPED := malloc calloc realloc aligned_alloc strdup vasprintf asprintf free \
           utf8proc_map realpath arena_alloc arena_zero arena_text arena_bytes \
           arena_format write fsync close rename link
$(FAULT_RUN): $(FAULT_OBJECTS) $(CMD_OBJECTS) $(LIBRARY) $(BUILD)/list/link \
              $(BUILD)/list/units
	$(call SAY,LD,$@) $(LINK) $(WRAPPED:%=-Wl,--wrap=%) -o $@ \
	  $(filter %.o %.a,$^) $(LIBS) $(CHECK_LIBS)

$(FUZZ_RUNS): $(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%_fuzz.o \
              $(BUILD)/tests/fuzz/main.o $(LIBRARY) $(BUILD)/list/link
	$(call SAY,LD,$@) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

$(EXAMPLE_RUNS): $(BUILD)/%: $(BUILD)/%.o $(LIBRARY) $(BUILD)/list/link
	$(call SAY,LD,$@) $(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

# A witness: it shares no code with what it tests.
$(LLM_SERVER): $(ENDPOINT_OBJECTS) $(BUILD)/list/link
	$(call SAY,LD,$@) $(LINK) -o $@ $(filter %.o,$^) -lssl -lcrypto -lcjson -lm

# First steps and dependencies

.PHONY: quickstart deps
quickstart: ## install what is missing, build, and do the main job once
	@CC='$(CC)' scripts/bootstrap build
	@$(MAKE) --no-print-directory all
	@DATEBOOK_DATA='$(CURDIR)/personas' scripts/quickstart $(BUILD)/datebook

deps: ## install what building, testing, lint and benchmarks need
	@CC='$(CC)' scripts/bootstrap build check lint bench

# Tests

.PHONY: check tests unit cli library llm check-llm check-formats fault fuzz examples readme sanitize bench
check: ## install what the tests need, build, and run every test
	@CC='$(CC)' scripts/bootstrap build check
	@$(MAKE) --no-print-directory all tests
	@BUILD='$(BUILD)' scripts/run-tests

tests: $(UNIT_RUN) $(FAULT_RUN) $(FUZZ_RUNS) $(EXAMPLE_RUNS) $(PRELOADS) \
       $(LLM_SERVER) $(PTY) $(BUILD)/tests/bench/measure

# A witness as well; never with sanitizers, for it is no part of the program.
$(PTY): tests/cli/pty.c $(BUILD)/list/compile | $(BUILD)/list/found-build
	@mkdir -p $(@D)
	$(call SAY,CC,$<) $(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) -O2 -o $@ $<

# Preloaded into the program under test, so never with its sanitizers.
$(PRELOADS): $(BUILD)/%.so: %.c
	@mkdir -p $(@D)
	$(call SAY,CC,$<) $(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) -O2 -fPIC -shared -o $@ $< -ldl

unit: $(UNIT_RUN) ## run the unit tests (CK_RUN_SUITE=name: one of them)
	@$(UNIT_RUN)

cli: all $(LLM_SERVER) $(PTY) $(BUILD)/tests/bench/measure ## run the transcripts of tests/cli
	@BUILD='$(BUILD)' scripts/run-tests cli

library: all ## validate what the whole persona library gives, seed after seed
	@BUILD='$(BUILD)' scripts/run-tests library

llm: $(LLM_SERVER) ## test the server that plays model endpoints for the tests
	@BUILD='$(BUILD)' scripts/run-tests llm

check-llm: ## install a mock model from npm, and let it write meetings
	@CC='$(CC)' scripts/bootstrap build check llm
	@$(MAKE) --no-print-directory all $(LLM_SERVER)
	@BUILD='$(BUILD)' tests/llm/mock/check

check-formats: ## install readers from npm, and let them check what export writes
	@CC='$(CC)' scripts/bootstrap build formats
	@$(MAKE) --no-print-directory all
	@BUILD='$(BUILD)' tests/formats/check

fault: all $(FAULT_RUN) $(PRELOADS) ## run the tests that kill and starve the program
	@BUILD='$(BUILD)' scripts/run-tests fault

fuzz: $(FUZZ_RUNS) ## run the corpus of every fuzz target
	@BUILD='$(BUILD)' scripts/run-tests fuzz

examples: $(EXAMPLE_RUNS) ## build and run the examples
	@BUILD='$(BUILD)' scripts/run-tests examples

readme: all ## run the commands that the README shows
	@BUILD='$(BUILD)' scripts/run-tests readme

# gcc warns of more than there is in instrumented code; the other builds are the
# ones that warn.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize: ## run every test under the address and undefined-behaviour sanitizers
	@CC='$(CC)' scripts/bootstrap build check
	@$(MAKE) --no-print-directory all tests BUILD=build-sanitize \
	  CFLAGS='-O1 -g -fno-omit-frame-pointer -w $(SANITIZE)' LDFLAGS='$(SANITIZE)'
	@BUILD=build-sanitize CK_TIMEOUT_MULTIPLIER=10 \
	  ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1 \
	  UBSAN_OPTIONS=print_stacktrace=1 scripts/run-tests

bench: ## measure speed and memory beside other programs (BENCH_N=100000)
	@CC='$(CC)' scripts/bootstrap build bench
	@$(MAKE) --no-print-directory all $(BENCH_TOOLS)
	@BUILD='$(BUILD)' tests/bench/run
	@BUILD='$(BUILD)' tests/bench/labels
	@BUILD='$(BUILD)' tests/bench/store
	@BUILD='$(BUILD)' tests/bench/model
	@BUILD='$(BUILD)' tests/bench/export
	@BUILD='$(BUILD)' tests/bench/leaks

BENCH_LIBRARY := $(BUILD)/tests/bench/scatter $(BUILD)/tests/bench/find_leaks
BENCH_TOOLS := $(BUILD)/tests/bench/measure $(BENCH_LIBRARY)

$(BENCH_LIBRARY): $(BUILD)/%: %.c $(LIBRARY) $(BUILD)/list/compile
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $< $(LIBRARY) $(LDFLAGS) $(LIBS)

$(BUILD)/tests/bench/measure: tests/bench/measure.c $(BUILD)/list/compile \
                              | $(BUILD)/list/found-build
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $<

# Source checks

C_FILES := $(sort $(wildcard src/*.c src/*/*.[ch] include/datebook/*.h \
           tests/*/*.[ch] tests/*/*/*.[ch] tools/*.[ch]))
SCRIPTS := $(wildcard scripts/bootstrap scripts/probe scripts/quickstart \
           scripts/run-tests scripts/check-source .ci/run tests/cli/run \
           tests/cli/selftest tests/cli/driver.sh tests/cli/endpoint.sh \
           tests/cli/model-masked.sh tests/library/run \
           tests/fault/*.sh tests/llm/certificates tests/llm/serve.sh \
           tests/llm/selftest tests/llm/mock/check tests/formats/check \
           tests/bench/run tests/bench/labels tests/bench/store \
           tests/bench/model tests/bench/leaks tests/bench/export \
           tests/bench/common.sh)
TIDY_OK := $(patsubst %.c,build-clang/tidy/%.ok,\
           $(filter %.c,$(filter-out tests/bench/% tests/fault/%,$(C_FILES))))

.PHONY: lint format format-check source-check tidy cppcheck shellcheck
lint: ## check format, style, and what other compilers and checkers say
	@CC='$(CC)' scripts/bootstrap build check lint
	@$(MAKE) --no-print-directory format-check source-check shellcheck cppcheck
	@$(MAKE) --no-print-directory all tests BUILD=build-clang CC=clang
	@$(MAKE) --no-print-directory --keep-going tidy BUILD=build-clang CC=clang
	@echo "lint: clean"

format: ## bring all C files into form
	clang-format -i $(C_FILES)

format-check:
	@clang-format --dry-run -Werror $(C_FILES)

source-check: ## check the rules of the source tree that no compiler knows
	@scripts/check-source

shellcheck:
	@shellcheck -x $(SCRIPTS)

# NULL ends the cells of a table's row; it is a pointer in every C library that
# has _GNU_SOURCE.
cppcheck: | $(GENERATED)
	@cppcheck --quiet -j 2 --error-exitcode=1 --std=c11 --inline-suppr \
	  --enable=warning,performance,portability --suppress=missingIncludeSystem \
	  --suppress=varFuncNullUB \
	  -D_GNU_SOURCE $(INCLUDES) $(filter src/%.c,$(C_FILES))

tidy: $(TIDY_OK)

build-clang/tidy/%.ok: %.c .clang-tidy $(HEADERS) | $(GENERATED) $(GEN)/suites.h
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(INCLUDES) -std=c11 -D_GNU_SOURCE \
	  2>$(@:.ok=.err) || { cat $(@:.ok=.err); exit 1; }
	@touch $@

# Installing

INSTALL ?= install
bin     = $(DESTDIR)$(PREFIX)/bin
lib     = $(DESTDIR)$(PREFIX)/lib
include = $(DESTDIR)$(PREFIX)/include/datebook
data    = $(DESTDIR)$(PREFIX)/share/datebook
docs    = $(DESTDIR)$(PREFIX)/share/doc/datebook
DOCS    = $(wildcard README.md CHANGELOG.md LICENSE docs/*.md)

.PHONY: install uninstall clean
install: all ## install below PREFIX (/usr/local), staged in DESTDIR
	$(INSTALL) -d '$(bin)' '$(lib)/pkgconfig' '$(include)' '$(data)' '$(docs)'
	$(INSTALL) -m 755 $(PROGRAM) '$(bin)'
	$(INSTALL) -m 644 $(LIBRARY) '$(lib)'
	$(INSTALL) -m 644 $(HEADERS) '$(include)'
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' \
	  -e 's|@LIBS@|$(LIBS)|' tools/datebook.pc.in > '$(lib)/pkgconfig/datebook.pc'
	chmod 644 '$(lib)/pkgconfig/datebook.pc'
	$(if $(DOCS),$(INSTALL) -m 644 $(DOCS) '$(docs)')
	rm -rf '$(data)/personas'
	cp -R personas '$(data)/personas'
	chmod -R u=rwX,go=rX '$(data)/personas'

uninstall: ## remove what install put below PREFIX
	rm -f '$(bin)/datebook' '$(lib)/libdatebook.a' '$(lib)/pkgconfig/datebook.pc'
	rm -rf '$(include)' '$(data)' '$(docs)'

clean: ## remove everything that was built
	rm -rf build build-sanitize build-clang '$(BUILD)'

-include $(ALL_OBJECTS:.o=.d)
