#!/usr/bin/env bash
# What readers and authors wait for, beside stock Pyodide and Zola; PART of the readers', or all in ROUNDS.
# With the command as it is released: no other is compiled, which comes to a third of the whole time.
set -euo pipefail
cd "$(dirname "$0")/.."

# A compiler may be missing, too.
command -v cc >/dev/null || scripts/setup.sh
# What is fetched comes while cargo compiles.
scripts/setup.sh &
fetching=$!
cargo bench --locked --bench wrapper --no-run
wait "$fetching"

PYFENCE=$(realpath "${CARGO_TARGET_DIR:-target}/release/pyfence")
export PYFENCE
# shellcheck disable=SC2086 # each part is a word
node benches/browser/bench.js ${PART-} --rounds "${ROUNDS:-3}"
[ -n "${PART-}" ] || make --no-print-directory bench-builds
