#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The figures of the book in which something can be moved: their values are the library's, and everything in them moves.
#
#     tests/interactive_figures_test.sh SOURCE_DIRECTORY ORACLE_PROGRAM
set -euo pipefail
export LC_ALL=C
source=$1
oracle=$2
# Each figure is in a chapter, by its still picture; each still picture has its figure.
for figure in "$source"/docs/site/figures/*.js; do
  name=$(basename "$figure" .js)
  if ! grep -q "^  name: \"$name\",$" "$figure"; then
    echo "$figure: the figure in it must be called $name"
    exit 1
  fi
  if ! grep -qF "generated/interactive_$name.html" "$source"/docs/chapters/*.md; then
    echo "$figure: no chapter has it"
    exit 1
  fi
done
if ! chromium=$(command -v chromium); then
  echo "skipped: no chromium to run scripts in (Debian's package chromium)"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat "$source/docs/site/interactive.js" "$source/docs/site/interactive_network.js" "$source"/docs/site/figures/*.js >"$work/interactive.js"
"$oracle" "$source/docs/records" >"$work/oracle.js"
cp "$(dirname "$0")/interactive_figures.html" "$work"
timeout 240 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --allow-file-access-from-files --user-data-dir="$work/profile" \
  --virtual-time-budget=20000 --dump-dom "file://$work/interactive_figures.html" 2>"$work/err" |
  sed -n '/<pre id="out">/,/<\/pre>/p' | sed 's/.*<pre id="out">//; /<\/pre>/d' >"$work/out" || true
if ! grep -q '^measured [1-9]' "$work/out" || ! grep -q '^end' "$work/out"; then
  echo "the figures came to no end: $(head -c 600 "$work/out" "$work/err")"
  exit 1
fi
grep -vE '^(measured|end)' "$work/out" | grep . && exit 1
sed -n 's/^measured \(.*\)/\1 values of the figures are those of the library, and everything moves/p' "$work/out"
