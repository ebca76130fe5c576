#!/usr/bin/env bash
# Checks the crate without features and with each of them alone.
set -euo pipefail
cd "$(dirname "$0")/.."

names=$(cargo metadata --locked --no-deps --format-version 1 |
  node --print 'Object.keys(JSON.parse(require("fs").readFileSync(0)).packages.find((package) => package.name === "pyfence").features).filter((name) => name !== "default").join("\n")')
while read -r name; do
  echo "features: ${name:-none}" >&2
  cargo clippy --locked --quiet --no-default-features --features "$name" -- -D warnings
done <<<$'\n'"$names"
