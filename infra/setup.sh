#!/usr/bin/env bash
# Installs what building and running (`run`) or testing (`test`) needs and this machine lacks; says so first.
# It knows Debian and Ubuntu; elsewhere it tells what to install.
set -euo pipefail

purpose=${1:-run}
wanted=()

need() { # need COMMAND PACKAGE...
  command -v "$1" >/dev/null 2>&1 || wanted+=("${@:2}")
}

need cc build-essential
need git git
need protoc protobuf-compiler
[ -e /usr/include/google/protobuf/descriptor.proto ] || wanted+=(libprotobuf-dev)
if [ "$purpose" = test ]; then
  need python3 python3
  [ -n "${CHROMIUM:-}" ] || need chromium chromium
fi

if [ ${#wanted[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install these (Debian's names): ${wanted[*]}" >&2
    exit 1
  fi
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  echo "Installing from Debian's packages: ${wanted[*]}"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
fi

if ! command -v cargo >/dev/null 2>&1; then
  echo "Rust is missing. Install rustup (Debian: apt-get install rustup; else https://rustup.rs), then run this again." >&2
  exit 1
fi
version=$(sed -nE 's/^channel = "(.*)"/\1/p' "$(dirname "$0")/../rust-toolchain.toml")
if command -v rustup >/dev/null 2>&1 && ! rustup toolchain list | grep -q "^$version"; then
  echo "Installing Rust $version by rustup"
  rustup toolchain install "$version" --profile minimal --component clippy,rustfmt
fi

major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/' || true)
if [ "${major:-0}" -lt 20 ]; then
  echo "Node.js 20 or newer is missing (with npm 11 or newer): see https://nodejs.org." >&2
  exit 1
fi
