# What there is to run, and nothing else: each target is a command a person could type.
# `make help` lists them.

SWIFT ?= swift
# Where the end-to-end tests find the program. They run the release build, as users do.
BINARY := $(CURDIR)/.build/release/cuvee
SOURCES := Package.swift Sources Tests Fuzz/Sources/Fuzz Fuzz/Package.swift
# How long `make fuzz` feeds each target.
FUZZ_SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help dependencies build demo test test-large test-faults test-clients test-sanitized fuzz lint format
.PHONY: reference clean install uninstall

# Where `make install` puts things; DESTDIR is put before it, for packagers.
PREFIX ?= /usr/local
DESTDIR ?=
ROOT = $(DESTDIR)$(PREFIX)
MANUAL = share/man/man1/cuvee.1
COMPLETIONS = bash:share/bash-completion/completions/cuvee zsh:share/zsh/site-functions/_cuvee \
  fish:share/fish/vendor_completions.d/cuvee.fish

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dependencies: ## install the system libraries that are missing (Debian: apt-get)
	@Scripts/install-dependencies

build: dependencies ## build the release program: .build/release/cuvee
	$(SWIFT) build -c release --product cuvee

# The Swift libraries are linked in, so that the program runs where no Swift is installed. A
# folder of its own: the flag changes every object.
STATIC_BUILD := $(CURDIR)/.build-static
STATIC_FLAGS := -c release --product cuvee --static-swift-stdlib --scratch-path $(STATIC_BUILD)

install: dependencies ## install program, filters, samples, manual, completions (PREFIX=/usr/local)
	$(SWIFT) build $(STATIC_FLAGS)
	install -d $(ROOT)/bin $(ROOT)/share/cuvee
	install -m 755 -s $(STATIC_BUILD)/release/cuvee $(ROOT)/bin/cuvee
	rm -rf $(ROOT)/share/cuvee/Filters $(ROOT)/share/cuvee/Mixtures $(ROOT)/share/cuvee/samples
	cp -R Filters Mixtures samples $(ROOT)/share/cuvee/
	install -d $(dir $(ROOT)/$(MANUAL))
	$(ROOT)/bin/cuvee reference manual > $(ROOT)/$(MANUAL)
	@for entry in $(COMPLETIONS); do \
	  file=$(ROOT)/$${entry#*:}; \
	  install -d $$(dirname $$file); \
	  $(ROOT)/bin/cuvee --generate-completion-script $${entry%%:*} > $$file || exit 1; \
	done

uninstall: ## remove what `make install` has installed (PREFIX=/usr/local)
	rm -f $(ROOT)/bin/cuvee $(ROOT)/$(MANUAL)
	rm -rf $(ROOT)/share/cuvee
	@for entry in $(COMPLETIONS); do rm -f $(ROOT)/$${entry#*:}; done

demo: build ## build Mixtures/sample.yaml from samples/ into demo-output/ and show what is in it
	$(BINARY) build Mixtures/sample.yaml --output demo-output
	@echo
	$(BINARY) inspect demo-output

test: build ## run all tests (those on real data skip where CUVEE_TESTDATA is unset)
	CUVEE_BINARY=$(BINARY) $(SWIFT) test --parallel

test-large: build ## the slow tests: memory, make install, 1,000 rows traced on real data
	CUVEE_BINARY=$(BINARY) Scripts/test-memory
	Scripts/test-install
	CUVEE_BINARY=$(BINARY) CUVEE_TEST_LARGE=1 $(SWIFT) test --filter EndToEndTests

test-faults: build ## kill a build before every change of the disk, and make every file operation fail
	Tests/Faults/run $(BINARY)

test-clients: demo ## read demo-output/ with MosaicML Streaming itself and compare every row
	Scripts/test-clients $(BINARY) demo-output

test-sanitized: dependencies ## run all tests, and the program in them, with the address sanitizer
	Scripts/test-sanitized

fuzz: dependencies ## feed arbitrary bytes to each reader (FUZZ_SECONDS=60 each); Fuzz/run TARGET for one
	@for folder in Fuzz/Corpora/*; do \
	  echo "fuzz: $$(basename $$folder)"; \
	  Fuzz/run $$(basename $$folder) $(FUZZ_SECONDS) || exit 1; \
	done

lint: ## check layout and style, change nothing
	$(SWIFT) format lint --strict -r -p $(SOURCES)

format: ## put layout right in place
	$(SWIFT) format -i -r -p $(SOURCES)

reference: build ## write the generated pages of Documentation/ again
	$(BINARY) reference commands > Documentation/Commands.md
	$(BINARY) reference rules > Documentation/Rules.md
	CUVEE_WRITE_REFERENCE=1 $(SWIFT) test --filter MixtureReferenceTests

clean: ## remove what the targets above made in this folder
	rm -rf .build .build-static .build-sanitized Fuzz/.build demo-output
