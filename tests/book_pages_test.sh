#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Opens the pages of the book in Chromium at the widths of a screen and of a telephone: nothing is cut or too
# small to read, every formula is set, the search finds what it should, and terms and numbers of figures show what they
# are. Links are checked where the book is built (docs/check_site.cc).
#
#     tests/book_pages_test.sh SITE_DIRECTORY [PAGE...]
set -euo pipefail
export LC_ALL=C
site=$1
shift
if [[ ! -e $site/index.html ]]; then
  echo "skipped: there is no book in $site; scripts/book builds it"
  exit 77
fi
if ! chromium=$(command -v chromium); then
  echo "skipped: no chromium to open pages with (Debian's package chromium)"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A copy, without the index of the search, which no measure needs and every page loads.
cp -r "$site" "$work/site"
: >"$work/site/search-index.js"
site_index=$(realpath -- "$site/search-index.js")
here=$(dirname "$(realpath -- "$0")")
cd "$work/site"
pages=("$@")
searched=0
if ((${#pages[@]} == 0)); then
  searched=1
  # Chapters and other pages, and those of the reference that list it; the reference itself has one form, so
  # every tenth of its pages will do.
  mapfile -t reference < <(printf "%s\n" ./*_8h.html ./struct*.html ./class*.html ./namespace*.html | awk 'NR % 10 == 1')
  mapfile -t pages < <(printf "%s\n" ./*.html | grep -vE '_source\.html|_8h\.html|-members\.html|/(struct|class|namespace|dir_|functions|globals|whole)')
  pages+=("${reference[@]}")
fi
list=$(printf '"%s",' "${pages[@]#./}")
# open PAGE: what the page has in <pre id="out">, between "measured" and "end".
open() {
  timeout 240 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --allow-file-access-from-files --user-data-dir="$work/profile" \
    --window-size=1400,1000 --virtual-time-budget=2000000 --dump-dom "file://$PWD/$1" 2>"$work/err" |
    sed -n '/<pre id="out">/,/<\/pre>/p' | sed 's/.*<pre id="out">//; /<\/pre>/d' >"$work/out" || true
  if ! grep -q '^measured' "$work/out" || ! grep -q '^end' "$work/out"; then
    echo "$1 came to no end: $(head -c 600 "$work/out" "$work/err")"
    exit 1
  fi
  grep -vE '^(measured|end)' "$work/out" | grep . && failed=1
  return 0
}
failed=0
awk -v list="$list" '{ sub(/\/\*PAGES\*\//, list); print }' "$here/book_pages.html" >measure.html
open measure.html
if ((searched)); then
  cp "$site_index" search-index.js
  cp "$here/book_search.html" "$here/book_preview.html" .
  open book_search.html
  open book_preview.html
fi
((failed == 0)) || exit 1
echo "${#pages[@]} pages at 1280 and 400 pixels: nothing is cut"
