#!/usr/bin/env bash
# Installs a real mdBook as target/tools/bin/mdbook. Unoptimised and without its server and search:
# a book of a test is small, and building mdBook is what takes the time.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.5.4
mdbook=target/tools/bin/mdbook
if [ "$("$mdbook" --version 2>/dev/null)" != "mdbook v$version" ]; then
  CARGO_PROFILE_DEV_DEBUG=0 cargo install mdbook --version "$version" --locked --debug --no-default-features --root target/tools --quiet
fi
"$mdbook" --version
