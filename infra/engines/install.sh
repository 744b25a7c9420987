#!/usr/bin/env bash
# Installs what the tests run beside Saldo and no system has as a package, once for each version: Apache Kafka (from Maven) and
# s3s-fs, an S3 server on a folder (from crates.io).
set -euo pipefail
cd "$(dirname "$0")"

tools=${XDG_CACHE_HOME:-$HOME/.cache}/saldo/tools
version() { awk -v name="$1" '$1 == name { print $2 }' versions; }

s3=$(version s3s-fs)
if [ ! -x "$tools/s3s-fs-$s3/bin/s3s-fs" ]; then
  echo "installing s3s-fs $s3 (once, about two minutes)"
  # Built without optimisation: it is started often and runs briefly.
  cargo install s3s-fs --version "$s3" --features binary --locked --debug --quiet --root "$tools/s3s-fs-$s3"
fi

kafka=$(version kafka)
home=$tools/kafka-$kafka
if [ ! -e "$home/complete" ]; then
  skip() {
    echo "skipped: Apache Kafka $kafka for the tests: $1" >&2
    exit 0
  }
  command -v mvn >/dev/null || skip "Maven (Debian: maven) is missing"
  java=$(java -version 2>&1 | sed -nE '1s/.*"([0-9]+).*/\1/p')
  [ "${java:-0}" -ge 17 ] || skip "it needs Java 17 or newer"
  echo "installing Apache Kafka $kafka (once, about half a minute)"
  rm -rf "$home"
  mkdir -p "$home"
  mvn -q -B -f pom.xml -Dkafka.version="$kafka" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$home/lib" >"$home/maven.log" 2>&1 || skip "Maven's repository was not reached ($home/maven.log)"
  # Formatted once; every broker of a test begins with a copy.
  { cat server.properties
    echo "controller.quorum.voters=1@127.0.0.1:9"
    echo "listeners=PLAINTEXT://127.0.0.1:8,CONTROLLER://127.0.0.1:9"
    echo "log.dirs=$home/formatted"; } >"$home/format.properties"
  java -cp "$home/lib/*" kafka.tools.StorageTool format -t c2FsZG8tZm9yLXRlc3RzAA \
    -c "$home/format.properties" >"$home/format.log" 2>&1 || skip "its storage could not be formatted ($home/format.log)"
  touch "$home/complete"
fi
