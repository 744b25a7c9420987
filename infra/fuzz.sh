#!/usr/bin/env bash
# Fuzzes one container for some minutes: infra/fuzz.sh TARGET MINUTES. Says what it did in one line.
# Needs the nightly compiler and cargo-fuzz. FUZZ_SECONDS is the most wall seconds of one input (a busy machine needs more);
# the targets themselves hold every input to two CPU seconds.
set -euo pipefail
target=$1 minutes=${2:-10}
cd "$(dirname "$0")/../fuzz"
corpus=corpus/$target seeds=seeds-of/$target
mkdir -p "$corpus" "artifacts/$target" "target/$seeds"

# The first byte of a seed says how it is wrapped: this one leaves text as it is.
fixtures=../crates/engine/tests/fixtures/import
case $target in
  table) files=("$fixtures"/*.csv) ;;
  printed) files=("$fixtures"/printed.txt) ;;
  ofx) files=("$fixtures"/*.ofx) ;;
  qif) files=("$fixtures"/*.qif) ;;
  mt940) files=("$fixtures"/*.sta) ;;
  camt) files=("$fixtures"/*.xml) ;;
  onec) files=("$fixtures"/*1c*.txt) ;;
  *) files=() ;;
esac
for file in "${files[@]}"; do
  { printf '\r'; cat "$file"; } > "target/$seeds/$(basename "$file")"
done
if [ -d "seeds/$target" ]; then cp "seeds/$target"/* "target/$seeds"; fi

log=target/$target.log
cargo fuzz build -s none "$target" >&2
program=$(find target -path '*/release/*' -maxdepth 3 -name "$target" -type f)
status=passed
nice -n "${FUZZ_NICE:-19}" "$program" "$corpus" "target/$seeds" -artifact_prefix="artifacts/$target/" \
  -dict="dictionaries/$target.dict" -max_total_time=$((minutes * 60)) -max_len=8192 -timeout="${FUZZ_SECONDS:-2}" \
  -rss_limit_mb=256 -print_final_stats=1 > "$log" 2>&1 || status=FAILED
if [ $status = FAILED ]; then tail -n 30 "$log" >&2; fi
stat() { grep -oE "stat::$1: +[0-9]+" "$log" | grep -oE '[0-9]+$' || echo '?'; }
covered=$(grep -oE 'cov: [0-9]+' "$log" | tail -1 || true)
echo "$target: $status, $minutes min, $(stat number_of_executed_units) executions, $covered, $(stat peak_rss_mb) MB at most"
test $status = passed
