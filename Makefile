# What one does with this repository. `make run` and `make test` set up all they need on a fresh Debian or Ubuntu.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The folder of built programs and downloaded tools, by version, outside the tree.
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/saldo
NEXTEST_VERSION := 0.9.151
DENY_VERSION := 0.20.2
NEXTEST := $(CACHE)/tools/cargo-nextest-$(NEXTEST_VERSION)/bin/cargo-nextest
DENY := $(CACHE)/tools/cargo-deny-$(DENY_VERSION)/bin/cargo-deny
TARGET := $(or $(CARGO_TARGET_DIR),target)
# What is built for a run of the program. With the tests it is built as one with them, so that nothing is built twice.
BUILD := --bin saldo
DATA := ../shared/data/statements
# A Python environment of the libraries that the peers' scripts need.
PEERS := $(CACHE)/peers
SCORER := ../shared/tools/score_import.py

.PHONY: help setup setup-test run test lint test-rust test-web test-api test-browser corpus test-faults fuzz bench bench-quality gen fmt web deny check-fuzz clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup:
	@infra/setup.sh run

setup-test: $(NEXTEST) $(DENY)
	@infra/setup.sh test

run: setup web ## Build and start Saldo; it prints the address to open
	cargo run --quiet --bin saldo -- serve

test: export BUILD := --workspace --bins --tests
test: setup-test lint test-web test-rust test-api corpus test-browser ## Everything that must hold before a change lands
	@echo
	@echo "all passed:"
	@cat $(TARGET)/saldo-tests.txt

lint: web ## Format, lints, stale code, licences, types
	cargo fmt --all --check
	cargo xtask gen --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	$(MAKE) check-fuzz
	$(MAKE) deny
	infra/web-types.sh --check
	cd web && npm run --silent lint

# The fuzz targets are a workspace of their own; what is only checked needs neither nightly nor libFuzzer itself, which would be
# built from C++.
check-fuzz:
	CUSTOM_LIBFUZZER_PATH=/nonexistent/libfuzzer.a \
	  cargo check --quiet --locked --manifest-path fuzz/Cargo.toml --target-dir $(TARGET)

deny: $(DENY)
	$(DENY) --log-level warn check bans licenses sources

test-rust: export BUILD := --workspace --bins --tests
test-rust: web ## Run the tests beside PostgreSQL, Redis, S3 and Kafka, which run as long as they do
	@mkdir -p $(TARGET)
	cargo build --quiet $(BUILD)
	$(TARGET)/debug/engines $(NEXTEST) nextest run --workspace 2>&1 | tee $(TARGET)/nextest.log
	@grep -E '^ +Summary' $(TARGET)/nextest.log | tail -1 | sed -E 's/ +Summary \[ *([^]]*)\]/  Rust:   /' > $(TARGET)/saldo-tests.txt

test-web: web
	@mkdir -p $(TARGET)
	cd web && npm test --silent 2>&1 | tee $(abspath $(TARGET))/web.log
	@grep -aE 'Tests +' $(TARGET)/web.log | tail -1 | sed -E 's/\x1b\[[0-9;]*m//g; s/^ *Tests */  Page:    /' > $(TARGET)/saldo-web.txt

test-api: web ## Ask a running server everything that its OpenAPI document allows
	@mkdir -p $(TARGET)
	cargo build --quiet $(BUILD)
	infra/schemathesis.sh $(abspath $(TARGET))/debug/saldo > $(TARGET)/api.log 2>&1 || { tail -c 4000 $(TARGET)/api.log; exit 1; }

test-browser: web
	cargo build --quiet $(BUILD)
	cd tests/web && npm ci --no-audit --no-fund --loglevel=error
	tests/web/run.sh $(abspath $(TARGET))/debug/saldo 2>&1 | tee $(TARGET)/browser.log
	@cat $(TARGET)/saldo-web.txt >> $(TARGET)/saldo-tests.txt
	@grep -aE 'tests? ran' $(TARGET)/browser.log | tail -1 | sed -E 's/^/  Browser: /' >> $(TARGET)/saldo-tests.txt

corpus: ## Score the importer on real statements, where they stand beside the repository
	@cargo build --quiet $(BUILD)
	@if [ -f $(SCORER) ]; then \
	  python3 $(SCORER) --data $(DATA) -- $(TARGET)/debug/saldo import {file} --format json --movements; \
	else echo "skipped: the corpus of real statements is not there"; fi

test-faults: setup-test ## Damage every statement 400 times, and kill every process under load for five minutes; SEED=1 repeats a run
	@cargo build --quiet --package saldo-engine --example faults
	@$(TARGET)/debug/examples/faults $(or $(SEED),$(shell date +%s)) crates/engine/tests/fixtures $(wildcard $(DATA))
	@cargo build --quiet --bin saldo
	@cargo build --quiet --package saldo-tests --example kills
	@$(TARGET)/debug/examples/kills $(or $(SEED),$(shell date +%s)) $(or $(SECONDS_OF_KILLS),300)

fuzz: ## Fuzz one container, such as CONTAINER=ofx MINUTES=10 (needs cargo-fuzz and a nightly compiler)
	@infra/fuzz.sh $(CONTAINER) $(or $(MINUTES),10)

bench: ## Measure what we promise of speed, each figure with its unit
	@cargo build --quiet --release --bin saldo
	@python3 infra/bench $(TARGET)/release/saldo $(SECTIONS)

bench-quality: $(PEERS)/complete ## Measure what we promise of quality, where the real data and the peers' scripts stand beside the repository
	@cargo build --quiet --release -p saldo-engine -p saldo-series --example anomalies --example categories --example forecasts
	@if [ -d ../shared/peers ]; then \
	  $(PEERS)/bin/python infra/quality/anomalies.py $(TARGET)/release/examples/anomalies ../shared/peers; \
	  $(PEERS)/bin/python infra/quality/categories.py $(TARGET)/release/examples/categories ../shared/peers; \
	  $(PEERS)/bin/python infra/quality/forecasts.py $(TARGET)/release/examples/forecasts ../shared/peers; \
	else echo "skipped: the peers' scripts are not there"; fi

$(PEERS)/complete: infra/quality/peers.txt
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

gen: ## Write the code and the documents that follow from the contract, the settings and the reasons
	cargo xtask gen
	cargo build --quiet --bin saldo
	UPDATE_GOLDEN=1 cargo test --quiet -p saldo-tests --test journeys the_openapi_document
	infra/web-types.sh

fmt: ## Format everything
	cargo fmt --all
	cd web && npm run --silent format

web: web/dist/index.html

web/node_modules: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch web/node_modules

web/dist/index.html: web/node_modules $(shell find web/src web/worker web/public web/index.html web/vite.config.ts -type f 2>/dev/null)
	cd web && npm run --silent build

# Built without optimisation: they are started often and run briefly.
$(NEXTEST):
	@echo "installing cargo-nextest $(NEXTEST_VERSION) (once, about four minutes)"
	cargo install cargo-nextest --version $(NEXTEST_VERSION) --locked --debug --quiet \
	  --no-default-features --features default-no-update --root $(CACHE)/tools/cargo-nextest-$(NEXTEST_VERSION)

$(DENY):
	@echo "installing cargo-deny $(DENY_VERSION) (once, about four minutes)"
	cargo install cargo-deny --version $(DENY_VERSION) --locked --debug --quiet --root $(CACHE)/tools/cargo-deny-$(DENY_VERSION)

clean: ## Remove what was built
	cargo clean
	rm -rf web/dist web/node_modules tests/web/node_modules
