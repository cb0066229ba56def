# Two commands matter: `make serve` and `make test`. Both install what is missing into the project's own folders first;
# a second run finds the stamps and installs nothing.
include tools/versions.env

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help serve test build bench soak screenshots setup setup-test fmt lint clean

# Where the build steps look for what Cargo made.
export CARGO_TARGET_DIR := $(CURDIR)/target
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)

# One stamp for each tool and version: a new pin in versions.env is a missing stamp.
STAMPS := .tools/stamps
TRUNK_STAMP := $(STAMPS)/trunk-$(TRUNK)
SPLIT_STAMP := $(STAMPS)/wasm-split-$(WASM_SPLIT)
BINDGEN_STAMP := $(STAMPS)/wasm-bindgen-$(WASM_BINDGEN)
DENY_STAMP := $(STAMPS)/cargo-deny-$(CARGO_DENY)
NODE_STAMP := $(STAMPS)/node-$(NODE_MIN)
RUST_STAMP := $(STAMPS)/rust-$(RUST)
CRATES_STAMP := $(STAMPS)/crates
NPM_STAMP := node_modules/.package-lock.json
BROWSER_STAMP := $(STAMPS)/browser
WEBDAV_STAMP := $(STAMPS)/webdav-$(WSGIDAV)

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: build ## Build the release app and serve it; PORT=8080 chooses the port
	@node tools/serve.mjs --dir dist

test: setup-test ## Every check and test, ending with one line of counts
	@node tools/test.mjs

build: setup ## The release app in dist/, with its size report and budget; PENDAPA_UPLOAD_ORIGINS: docs/hosting.md
	@node tools/policy.mjs >/dev/null
	@PATH="$(CURDIR)/tools/bin:$(PATH)" trunk build --release
	@node tools/size.mjs dist

bench: build setup-test ## Measure the release app; figures belong in docs/benchmarks.md
	@node tests/bench/run.mjs

soak: build setup-test ## 200 batches over a network that fails, with kills; 100 people exchanged; figures belong in docs/soak.md
	@cargo build --locked --bin pendapa-desk
	@SOAK_BATCHES=$${SOAK_BATCHES:-200} EXCHANGE_PEOPLE=$${EXCHANGE_PEOPLE:-100} playwright test --config tests/e2e/playwright.config.ts soak.spec exchange.spec

screenshots: build setup-test ## Take the pictures of docs/screenshots/ and public/screenshots/ again
	@SCREENSHOTS=1 playwright test --config tests/e2e/playwright.config.ts screenshots

setup: $(RUST_STAMP) $(CRATES_STAMP) $(NPM_STAMP) $(TRUNK_STAMP) $(BINDGEN_STAMP) $(SPLIT_STAMP) ## Install what building needs

setup-test: setup $(DENY_STAMP) $(BROWSER_STAMP) $(WEBDAV_STAMP) ## Install what testing needs besides: cargo-deny, a browser, a WebDAV server

fmt: setup ## Format the Rust code
	@cargo fmt

lint: setup ## Versions, formatting and clippy, on the host and in the browser's target
	@node tools/test.mjs versions fmt clippy-host clippy-browser

clean: ## Remove what was built; installed tools stay
	rm -rf dist dist-next test-results playwright-report target

$(RUST_STAMP): rust-toolchain.toml | $(NODE_STAMP)
	@tools/setup.sh rust && touch $@

$(CRATES_STAMP): Cargo.lock $(RUST_STAMP)
	@cargo fetch --locked && touch $@

$(NPM_STAMP): package-lock.json | $(NODE_STAMP)
	@tools/setup.sh npm && touch $@

$(TRUNK_STAMP): | $(RUST_STAMP)
	@tools/setup.sh trunk && touch $@

$(BINDGEN_STAMP): | $(RUST_STAMP)
	@tools/setup.sh wasm-bindgen && touch $@

$(SPLIT_STAMP): | $(RUST_STAMP)
	@tools/setup.sh wasm-split && touch $@

$(DENY_STAMP): | $(RUST_STAMP)
	@tools/setup.sh cargo-deny && touch $@

$(BROWSER_STAMP): | $(NODE_STAMP)
	@tools/setup.sh browser && touch $@

$(WEBDAV_STAMP): tools/requirements.txt | $(NODE_STAMP)
	@tools/setup.sh webdav && touch $@

$(NODE_STAMP):
	@mkdir -p $(STAMPS) && tools/setup.sh node && touch $@
