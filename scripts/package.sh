#!/usr/bin/env bash
# Makes the package; says what is in it and how big it is. With `verify` what is in it is also compiled, away from this
# tree and without what only tests need; cargo's own verification would make machine code of it, which takes minutes more.
set -euo pipefail
cd "$(dirname "$0")/.."

belongs='^(build|src|runtime|shortcodes|themes)/|^(build\.rs|Cargo\.(toml|toml\.orig|lock)|README\.md|CHANGELOG\.md|LICENSE-(APACHE|MIT)|\.cargo_vcs_info\.json)$'
limit=1000000

# A tree that is being worked on is packed too, as it stands.
files=$(cargo package --locked --allow-dirty --list)
if strays=$(grep -vE "$belongs" <<<"$files"); then
  printf 'package: this does not belong in it:\n%s\n' "$strays" >&2
  exit 1
fi
cargo package --locked --allow-dirty --quiet --no-verify

version=$(cargo pkgid --locked | sed 's/.*[#@]//')
target=$(realpath "${CARGO_TARGET_DIR:-target}")
package=$target/package/pyfence-$version.crate
size=$(stat -c %s "$package")
printf 'package: %s files, %s bytes\n' "$(wc -l <<<"$files")" "$size" >&2
[ "$size" -lt "$limit" ] || { printf 'package: over %s bytes\n' "$limit" >&2; exit 1; }

[ "${1-}" = verify ] || exit 0
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
tar -xzf "$package" -C "$unpacked"
CARGO_TARGET_DIR=$target cargo check --locked --quiet --manifest-path "$unpacked/pyfence-$version/Cargo.toml"
