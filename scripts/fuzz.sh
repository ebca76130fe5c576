#!/usr/bin/env bash
# Coverage-guided fuzzing of what takes an author's text, FUZZ_SECONDS in all, shared by the targets.
# libFuzzer is built from the crate libfuzzer-sys, so this takes a stable toolchain and a C++ compiler;
# no sanitizer, for there is no unsafe code. What is found is kept in fuzz/found and tried by `cargo test`.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-3600}
targets=(option_list shortcode render_page rewrite_page options_toml python lock finished_html)
host=$(rustc -vV | sed -n 's/^host: //p')
# Naming the target keeps build scripts and macros without counters.
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing -Cdebug-assertions"
RUSTFLAGS=${coverage//$'\n'/ } cargo build --release --locked --manifest-path fuzz/Cargo.toml --target "$host" --target-dir target/fuzz

# Long texts take long; an option list or the arguments of a shortcode are short.
declare -A max_bytes=([option_list]=256 [shortcode]=256 [render_page]=4096 [rewrite_page]=4096 [options_toml]=512
  [python]=1024 [lock]=2048 [finished_html]=4096)

for target in "${targets[@]}"; do
  corpus=target/fuzz/corpus/$target
  mkdir -p "$corpus" "fuzz/found/$target"
  find tests/spec tests/errors site-example/content fuzz/found/"$target" -type f ! -name '*.snap' | while read -r seed; do
    cp "$seed" "$corpus/seed-${seed//\//-}"
  done
  echo "fuzzing $target"
  "target/fuzz/$host/release/$target" "$corpus" -max_total_time=$((seconds / ${#targets[@]})) -timeout=10 -max_len="${max_bytes[$target]}" \
    -artifact_prefix="fuzz/found/$target/" -print_final_stats=1 -verbosity=0
done
