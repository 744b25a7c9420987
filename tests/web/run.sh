#!/usr/bin/env bash
# Starts a server of its own on free ports, runs the browser journey against it, and stops it.
# Usage: run.sh PATH_TO_SALDO [part of a test's name]
set -euo pipefail

saldo=$1
here=$(cd "$(dirname "$0")" && pwd)
log=$(mktemp)
# PostgreSQL runs as a user of its own where this is root.
data=$(mktemp -d)
chmod 755 "$data"

# One browser is one address, and it sends more files than a person would.
exec {output}< <(
  SALDO_GATEWAY_LISTEN=127.0.0.1:0 SALDO_OPS_LISTEN=127.0.0.1:0 SALDO_GRPC_LISTEN= SALDO_DATA_DIR="$data" \
    SALDO_GATEWAY_ANALYSES_PER_MINUTE=6000 SALDO_GATEWAY_ANALYSES_BURST=1000 \
    SALDO_GATEWAY_CALLS_PER_MINUTE=60000 SALDO_GATEWAY_CALLS_BURST=10000 \
    exec "$saldo" serve 2>"$log"
)
server=$!
stop() {
  # Its database ends with it.
  kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
  rm -rf "$log" "$data"
}
trap stop EXIT

# The server tells where it listens, in one line, once it is ready.
address=
while read -r -t 60 -u "$output" name value _; do
  if [ "$name" = open ]; then
    address=$value
    break
  fi
done
if [ -z "$address" ]; then
  echo "the server did not start:" >&2
  cat "$log" >&2
  exit 1
fi

SALDO_URL=$address node "$here/main.mjs" "${@:2}"
