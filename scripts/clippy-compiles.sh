#!/usr/bin/env bash
# Takes the compiler's place as Cargo's RUSTC_WORKSPACE_WRAPPER: clippy compiles what rustc would, and refuses what it
# warns of. Not by sh: Debian's loses variables like CARGO_BIN_EXE_mdbook-pyfence.
exec clippy-driver "$@" -Dwarnings
