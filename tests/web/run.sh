#!/usr/bin/env bash
# Starts two servers of its own on free ports, runs the browser journeys against them, and stops them: one where nobody is
# known, which keeps nothing, and one that keeps the analyses of its one user.
# Usage: run.sh PATH_TO_SALDO [part of a test's name]
set -euo pipefail

saldo=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
# PostgreSQL runs as a user of its own where this is root.
chmod 755 "$work"
servers=()
stop() {
  # Their databases end with them.
  for server in "${servers[@]}"; do
    kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop EXIT

# start IDENTITY: the address is in `address` once the server is ready.
start() {
  mkdir "$work/$1"
  # One browser is one address, and it sends more files than a person would.
  exec {output}< <(
    SALDO_GATEWAY_LISTEN=127.0.0.1:0 SALDO_OPS_LISTEN=127.0.0.1:0 SALDO_GRPC_LISTEN= SALDO_DATA_DIR="$work/$1" \
      SALDO_IDENTITY_MODE="$1" \
      SALDO_GATEWAY_ANALYSES_PER_MINUTE=6000 SALDO_GATEWAY_ANALYSES_BURST=1000 \
      SALDO_GATEWAY_CALLS_PER_MINUTE=60000 SALDO_GATEWAY_CALLS_BURST=10000 \
      exec "$saldo" serve 2>"$work/$1.log"
  )
  servers+=($!)
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
    cat "$work/$1.log" >&2
    exit 1
  fi
}

start none
anonymous=$address
start single
keeper=$address

SALDO_URL=$anonymous SALDO_KEEPER_URL=$keeper node "$here/main.mjs" "${@:2}"
