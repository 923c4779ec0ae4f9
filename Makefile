# What there is to run, and nothing else: each target is a command a person could type.
# `make help` lists them.

SWIFT ?= swift
# Where the end-to-end tests find the program. They run the release build, as users do.
BINARY := $(CURDIR)/.build/release/cuvee
SOURCES := Sources Tests Fuzz/Sources/Fuzz Fuzz/Package.swift
# How long `make fuzz` feeds each target.
FUZZ_SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help dependencies build demo test test-large test-faults test-clients test-sanitized fuzz lint format
.PHONY: clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dependencies: ## install the system libraries that are missing (Debian: apt-get)
	@Scripts/install-dependencies

build: dependencies ## build the release program: .build/release/cuvee
	$(SWIFT) build -c release --product cuvee

demo: build ## build Mixtures/sample.yaml from samples/ into demo-output/ and show what is in it
	$(BINARY) build Mixtures/sample.yaml --output demo-output
	@echo
	$(BINARY) inspect demo-output

test: build ## run all tests (those on real data skip where CUVEE_TESTDATA is unset)
	CUVEE_BINARY=$(BINARY) $(SWIFT) test --parallel

test-large: build ## the slow tests: memory of a 2 GB build, 1,000 rows traced on real data
	CUVEE_BINARY=$(BINARY) Scripts/test-memory
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

clean: ## remove what the targets above made in this folder
	rm -rf .build .build-sanitized Fuzz/.build demo-output
