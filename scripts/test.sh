#!/usr/bin/env bash
# All checks and tests, in two lanes side by side: what cargo does, and what happens in a browser, which waits a lot.
# Then what measures time, alone. Goes on behind a failure.
set -uo pipefail
cd "$(dirname "$0")/.."

status=0
# What is made isn't made again: cargo would wait for the other lane's cargo to find that out.
made=()
# Says when each part begins and how long it took, so that the log shows what takes long.
part() {
  local began=$SECONDS failed=0
  printf '[%s s] %s\n' "$began" "$1"
  make --no-print-directory "${made[@]/#/--old-file=}" "$1" || { failed=1 status=1; printf 'FAILED: %s\n' "$1"; }
  printf '[%s s] %s took %s s\n' "$SECONDS" "$1" $((SECONDS - began))
  return "$failed"
}
lane() {
  for name in "$@"; do part "$name"; done
  exit "$status"
}
# Clippy reads what is compiled while it is compiled: `cargo clippy` would have all dependencies compiled once more. What
# it refuses is compiled without it, so that the rest is tested.
linted() {
  export RUSTC_WORKSPACE_WRAPPER=$PWD/scripts/clippy-compiles.sh
  part "$1" || { unset RUSTC_WORKSPACE_WRAPPER; part "$1"; }
}

# Tests make and remove thousands of files. In memory, where there is room, stories of builds take a fifth of the time
# and those in a browser less: for each new file ext4 looks at those removed a moment ago (`recently_deleted`,
# https://github.com/torvalds/linux/blob/master/fs/ext4/ialloc.c).
in_memory=/dev/shm
free_gigabytes=$(df --output=avail --block-size=1G "$in_memory" 2>/dev/null | tail -1)
[ "${free_gigabytes:-0}" -ge 6 ] && [ -w "$in_memory" ] || in_memory=${TMPDIR:-/tmp}
TMPDIR=$(mktemp -d "$in_memory/tests.XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
cargo_log=$(mktemp)

# A compiler may be missing, too.
command -v cc >/dev/null || part setup
# What is fetched comes while cargo compiles. Zola and mdBook where they can be had: both lanes use them.
(
  part setup
  scripts/zola-setup.sh || true
  scripts/mdbook-setup.sh || true
  exit "$status"
) 2>&1 &
fetching=$!
# The browser tests use its binaries.
linted build
wait "$fetching" || status=1
made=(setup build)
(linted compile; lane style features package doc test-rust) >"$cargo_log" 2>&1 &
cargo_lane=$!
(lane test-unit test-prelude test-browser) 2>&1 || status=1
wait "$cargo_lane" || status=1
cat "$cargo_log"
part test-timed
exit "$status"
