#!/usr/bin/env bash
# Makes the package; says what is in it and how big it is. With `verify` it is also built, as whoever installs it would.
set -euo pipefail
cd "$(dirname "$0")/.."

belongs='^(build|src|runtime|shortcodes)/|^(build\.rs|Cargo\.(toml|toml\.orig|lock)|README\.md|CHANGELOG\.md|LICENSE-(APACHE|MIT)|\.cargo_vcs_info\.json)$'
limit=1000000

# A tree that is being worked on is packed too, as it stands.
files=$(cargo package --locked --allow-dirty --list)
if strays=$(grep -vE "$belongs" <<<"$files"); then
  printf 'package: this does not belong in it:\n%s\n' "$strays" >&2
  exit 1
fi
verify=(--no-verify)
[ "${1-}" = verify ] && verify=(--all-features)
cargo package --locked --allow-dirty --quiet "${verify[@]}"

size=$(stat -c %s "${CARGO_TARGET_DIR:-target}"/package/pyfence-*.crate | sort -n | tail -n 1)
printf 'package: %s files, %s bytes\n' "$(wc -l <<<"$files")" "$size" >&2
[ "$size" -lt "$limit" ] || { printf 'package: over %s bytes\n' "$limit" >&2; exit 1; }
