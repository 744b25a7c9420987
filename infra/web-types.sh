#!/usr/bin/env bash
# Writes the page's types of the API from the OpenAPI document; with --check it fails if they are stale.
# The generator needs an older TypeScript than the page, so it is no dependency of the page.
set -euo pipefail
cd "$(dirname "$0")/.."

types=web/src/api/schema.ts
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
{
  echo '// Generated from docs/reference/openapi.json by `make gen`: the API as types.'
  npx --yes -p typescript@5.9.3 -p openapi-typescript@7.13.0 \
    openapi-typescript docs/reference/openapi.json --silent 2>/dev/null | sed 1,4d
} > "$fresh"
grep -q 'export interface components' "$fresh" || { echo "the types could not be generated" >&2; exit 1; }

if [ "${1:-}" = --check ]; then
  cmp -s "$fresh" "$types" || { echo "$types is stale: run \`make gen\`" >&2; exit 1; }
else
  cp "$fresh" "$types"
fi
