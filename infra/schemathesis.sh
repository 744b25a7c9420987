#!/usr/bin/env bash
# Asks a running Saldo everything that its OpenAPI document allows, and what it does not: infra/schemathesis.sh PROGRAM.
# No answer may be a fault of the server, none may be one that the document does not know.
set -euo pipefail
cd "$(dirname "$0")/.."

version=4.32.5
program=$1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/saldo
tool=$cache/tools/schemathesis-$version
if [ ! -x "$tool/bin/schemathesis" ]; then
  echo "installing schemathesis $version (once)"
  rm -rf "$tool"
  python3 -m venv "$tool"
  "$tool/bin/pip" install --quiet "schemathesis==$version"
fi

work=$(mktemp -d)
# PostgreSQL runs as a user of its own where this is root.
chmod 755 "$work"
# The limits of one address are not what is tested.
SALDO_GATEWAY_LISTEN=127.0.0.1:0 SALDO_OPS_LISTEN= SALDO_DATA_DIR="$work/data" \
  SALDO_GATEWAY_CALLS_PER_MINUTE=1000000 SALDO_GATEWAY_CALLS_BURST=1000000 \
  SALDO_GATEWAY_ANALYSES_PER_MINUTE=1000000 SALDO_GATEWAY_ANALYSES_BURST=1000000 \
  "$program" serve > "$work/lines" 2> "$work/log" &
server=$!
trap 'kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
until url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/lines"); do
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.05
done

# Its caches belong beside the server's files, not into the tree.
config=$PWD/infra/schemathesis.toml
cd "$work"
"$tool/bin/schemathesis" --no-color --config-file "$config" run "$url/openapi.json" \
  --checks all --max-examples 100 --seed 1 --continue-on-failure
