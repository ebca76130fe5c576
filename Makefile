# `make test` installs what it needs and runs everything; each part is a target of its own.
.DEFAULT_GOAL := help
.PHONY: help setup build check features package test test-rust test-prelude test-browser test-firefox screenshots picture zola mdbook

help: ## these lines
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## Chromium, npm packages and wheels, where they are missing
	@scripts/setup.sh

test: check features package test-rust test-prelude test-browser ## all checks and tests, but not in Firefox

check: setup ## formatting, clippy, JavaScript types
	cargo fmt --check
	cargo clippy --locked --all-targets --all-features -- -D warnings
	node_modules/.bin/tsc --project .
	node_modules/.bin/tsc --project tests/browser

features: ## clippy without features and with each of them alone
	@scripts/features.sh

package: ## the package, built as whoever installs it would: what is in it, and under 1 MB
	@scripts/package.sh

build: ## the debug binaries that the browser tests use
	cargo build --locked --all-features

test-rust: ## unit, integration and documentation tests; a real Zola and mdBook are made for some of them, where that can be
	-@scripts/zola-setup.sh
	-@scripts/mdbook-setup.sh
	cargo test --locked --all-features

# -B: whatever lies in runtime/ is published, so no __pycache__ there.
test-prelude: setup ## the runtime's Python, under CPython
	python3 -B -m unittest discover --start-directory tests/prelude

# One file after the other: stories that hold the page to its clock want the machine for themselves.
test-browser: setup build ## real Chromium, real Pyodide
	node --test --test-concurrency=1 --test-reporter=spec tests/browser/*.test.js

test-firefox: build ## the core of the browser tests in Debian's Firefox
	@scripts/setup.sh firefox-esr
	PYFENCE_BROWSER=firefox node --test --test-concurrency=1 --test-reporter=spec \
		$(addprefix tests/browser/,world.test.js run.test.js stop.test.js input.test.js edit.test.js install.test.js options.test.js)
	PYFENCE_BROWSER=firefox node --test --test-name-pattern="JavaScript|policy|axe" --test-reporter=spec tests/browser/load.test.js

screenshots: setup build ## the example site, light, dark, narrow and without JavaScript
	node --test-reporter=spec scripts/screenshots.js

picture: setup build ## the picture in the README
	node --test-reporter=spec scripts/picture.js

zola: ## a real Zola as target/tools/zola
	@scripts/zola-setup.sh

mdbook: ## a real mdBook as target/tools/bin/mdbook
	@scripts/mdbook-setup.sh
