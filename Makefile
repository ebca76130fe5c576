# `make test` installs what it needs and runs everything; each part is a target of its own.
.DEFAULT_GOAL := help
.PHONY: help setup record demo demo-all build compile check style features package package-verify doc test test-quick test-rust test-prelude test-unit \
	test-browser test-timed test-firefox snapshot generate bench bench-builds bench-linear fuzz fuzz-minute screenshots picture zola mdbook

help: ## these lines
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## Chromium, npm packages and wheels, where they are missing
	@scripts/setup.sh

test: ## all checks and tests, but not in Firefox
	@scripts/test.sh

test-quick: build test-unit test-prelude ## in a minute and a half: what most changes break, and one real run in a browser
	cargo fmt --check
	node_modules/.bin/tsc --project .
	node_modules/.bin/tsc --project tests/browser
	cargo test --locked --workspace --all-features --lib --test suite -- --skip host:: --skip dependencies:: --skip vendor:: --skip finished::
	node --test --test-concurrency=2 --test-reporter=spec tests/browser/language.test.js

check: style ## formatting, clippy, JavaScript types
	cargo clippy --locked --workspace --all-targets --all-features -- -D warnings

style: setup ## of that, what compiles nothing
	cargo fmt --all --check
	node_modules/.bin/tsc --project .
	node_modules/.bin/tsc --project tests/browser

features: ## the library without features and with each of them alone, by clippy
	@scripts/library.js features

package: ## the package: what is in it, and under 1 MB
	@scripts/package.sh

package-verify: ## the package, and that it compiles as it is
	@scripts/package.sh verify

doc: ## the documentation of the library, without a warning
	@scripts/library.js doc

demo: setup build ## the example course, with nothing that it loads from anybody else
	node --test --test-reporter=spec tests/browser/demo.test.js
	@echo 'target/debug/pyfence serve --root target/demo shows it'

demo-all: setup build ## all blocks of the course without any other server, under the policy that `pyfence csp` prints, in both forms
	node scripts/demo.js

generate: ## writes what follows from src/block/options.rs, and what Pyodide's releases have
	node scripts/python-modules.js
	UPDATE_GENERATED=1 cargo test --locked --quiet --workspace --all-features --lib generated

record: setup build ## what the blocks of the example site show, into site-example/records/
	node scripts/record-example.js

# With an example, the features of dependencies are those of `cargo test`, so that both share what they compile.
build: ## the debug binaries that the browser tests use
	cargo build --locked --workspace --all-features --bins --examples

compile: ## all that Cargo makes: binaries, examples, tests, benches
	cargo build --locked --workspace --all-features --all-targets

test-rust: ## unit, integration and documentation tests; a real Zola and mdBook are made for some of them, where that can be
	-@scripts/zola-setup.sh
	-@scripts/mdbook-setup.sh
	cargo test --locked --workspace --all-features

# -B: whatever lies in runtime/ is published, so no __pycache__ there.
test-prelude: setup ## the runtime's Python, under CPython
	python3 -B -m unittest discover --start-directory tests/prelude

test-unit: setup ## what of the runtime needs no browser
	node --test --test-reporter=spec tests/unit/*.test.js

snapshot: setup build ## what makes the stories of the browser tests second visits, which begin sooner
	node tests/browser/support/make-snapshot.js

test-browser: snapshot ## real Chromium, real Pyodide
	node scripts/test-browser.js

# One file after the other: stories that hold the page to its clock want the machine for themselves.
test-timed: snapshot ## the stories that measure time and bytes
	node --test-reporter=spec tests/browser/support/lane.js tests/browser/timed/*.test.js

test-firefox: build ## the core of the browser tests in Debian's Firefox
	@scripts/setup.sh firefox-esr
	PYFENCE_BROWSER=firefox node --test --test-concurrency=1 --test-reporter=spec \
		$(addprefix tests/browser/,world.test.js run.test.js stop.test.js input.test.js edit.test.js install.test.js options.test.js)
	PYFENCE_BROWSER=firefox node --test --test-name-pattern="JavaScript|policy|axe" --test-reporter=spec tests/browser/load.test.js
	PYFENCE_BROWSER=firefox node --test --test-name-pattern="network off" --test-reporter=spec tests/browser/offline.test.js
	PYFENCE_BROWSER=firefox node --test --test-concurrency=1 --test-reporter=spec \
		--test-name-pattern="link carries|hostile link|another block|Before there is|told with what was expected|exercise by keyboard|saved as" \
		$(addprefix tests/browser/,share.test.js complete.test.js exercise.test.js)

bench: ## what readers and authors wait for, beside stock Pyodide and Zola; PART=hello for a part
	@PART="$(PART)" ROUNDS="$(ROUNDS)" scripts/bench.sh

bench-builds: ## what pyfence adds to Zola's own time, where a Zola can be had
	-@scripts/zola-setup.sh
	cargo bench --locked --bench wrapper

screenshots: setup build ## the example site, light, dark, narrow and without JavaScript
	node --test-reporter=spec scripts/screenshots.js

picture: setup build ## the picture in the README
	node --test-reporter=spec scripts/picture.js

zola: ## a real Zola as target/tools/zola
	@scripts/zola-setup.sh

mdbook: ## a real mdBook as target/tools/bin/mdbook
	@scripts/mdbook-setup.sh

fuzz: ## an hour of fuzzing, or FUZZ_SECONDS of it; what is found is kept in fuzz/found
	@scripts/fuzz.sh

fuzz-minute: ## a minute of it
	@FUZZ_SECONDS=60 scripts/fuzz.sh

bench-linear: ## how much longer twice the text takes
	cargo bench --locked --bench linear
