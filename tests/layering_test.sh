#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The laws of the tree (docs/architecture.md), read off the sources.
#
#     tests/layering_test.sh SOURCE_DIRECTORY
set -euo pipefail
export LC_ALL=C
cd "$1"
shopt -s nullglob
failures=0
fail() {
  printf '%s\n' "$*"
  failures=$((failures + 1))
}

# sources FOLDER...: every C++ file of them, whatever folder it is in below.
sources() { find "$@" \( -name '*.h' -o -name '*.cc' \) -print0 | sort -z; }
# lines_with PATTERN FOLDER...: `file:line:text` of every line of those files that matches.
lines_with() { sources "${@:2}" | xargs -0 grep -nHE "$1" || true; }

# may_include FOLDER PATTERN: every quoted include in it matches the pattern.
may_include() {
  local line
  while IFS= read -r line; do
    fail "$line: $1/ may not include this"
  done < <(lines_with '^ *# *include *"' "$1" | grep -vE "include *\"($2)" || true)
}
may_include kernels 'kernels/|hwy/'
may_include network 'kernels/|network/'
may_include experiments 'kernels/|network/|experiments/'

# The rooms of experiments/ and their arrows are those of experiments/rooms.txt. A room names only rooms above it in the
# file, so that there is no circle; none includes the top, which is chapters and programs and has no headers.
declare -A rooms=()
while read -r room allowed; do
  [[ -d experiments/$room ]] || fail "experiments/rooms.txt: $room is no folder"
  for other in $allowed; do
    [[ -n ${rooms[$other]:-} ]] || fail "experiments/rooms.txt: $room names $other, which is no room above it"
  done
  rooms[$room]=1
  may_include "experiments/$room" "kernels/|network/|experiments/(${room}${allowed:+|${allowed// /|}})/"
done < <(grep -E '^[a-z]' experiments/rooms.txt | tr -s ' ')
for folder in experiments/*/; do
  folder=$(basename "$folder")
  compgen -G "experiments/$folder/*.h" >/dev/null || continue # of data, such as tables
  [[ -n ${rooms[$folder]:-} ]] || fail "experiments/$folder/: a room without its line in experiments/rooms.txt"
done
for file in experiments/*; do
  [[ -d $file || $file == *.cc || $file == experiments/rooms.txt ]] ||
    fail "$file: the top of experiments/ is chapters and programs; this belongs in a room"
done
while IFS= read -r -d '' folder; do
  fail "$folder: kernels/ and network/ have no rooms, and a room has none"
done < <(find kernels network experiments/*/ -mindepth 1 -type d ! -path kernels/polynomials -print0)

# includes_in FOLDER: the headers it includes by <...>, one `file:line:header` a line.
includes_in() { lines_with '^ *# *include *<[^>]+>' "$1" | sed -E 's/# *include *<([^>]+)>.*/\1/; s/: */:/g'; }
# A kernel needs the standard library and Highway, nothing else. Names of the
# standard library have neither a slash nor, in C++, an ending.
while IFS= read -r line; do
  [[ ${line##*:} =~ ^[a-z_]+$ ]] || fail "$line: kernels/ include only the standard library, hwy/ and kernels/"
done < <(includes_in kernels)
while IFS= read -r line; do
  case ${line##*:} in
    omp.h | thread | mutex | atomic | future | condition_variable | fstream | iostream | filesystem)
      fail "$line: kernels have no threads and no files" ;;
  esac
done < <(includes_in kernels)

# Threads live in one place.
while IFS= read -r line; do
  [[ $line == network/parallel.* ]] || fail "$line: only network/parallel.* may use OpenMP"
done < <(lines_with '^ *# *(pragma +omp|include *[<"]omp\.h)' kernels network experiments)

# Libraries that cost a compiler seconds a file are behind one room each.
while IFS= read -r line; do
  [[ $line == experiments/cli/*.cc:* ]] || fail "$line: only the sources of experiments/cli/ include CLI11"
done < <(lines_with '^ *# *include *<CLI/' kernels network experiments)
while IFS= read -r line; do
  [[ $line == *.cc:* ]] || fail "$line: headers declare JSON by experiments/json/json.h; only sources look into it"
done < <(lines_with '^ *# *include *<nlohmann/json\.hpp>' kernels network experiments docs)

# Nothing looks at those who look from the side, and public headers stay free of Highway.
while IFS= read -r line; do
  fail "$line: nothing includes bench/, tests/ or docs/"
done < <(lines_with '^ *# *include *"(bench|tests|docs)/' kernels network experiments)
while IFS= read -r line; do
  [[ $line == *-inl.h:* || $line != *.h:* ]] || fail "$line: a public header may not include Highway"
done < <(lines_with '^ *# *include *[<"]hwy/(highway|foreach_target)\.h' kernels network experiments)

# Every source is short enough to be read, and says its licence; a guard is the path of its file.
while IFS= read -r -d '' file; do
  lines=$(wc -l <"$file")
  ((lines < 400)) || fail "$file: $lines lines; 400 is where a file is split by noun"
  grep -q 'SPDX-License-Identifier: Apache-2.0' "$file" || fail "$file: no SPDX line"
  if [[ $file =~ ^(kernels|network|experiments)/ && $file == *.h && $file != *-inl.h ]]; then
    guard=LANEGRAD_$(tr 'a-z/.' 'A-Z__' <<<"$file")_
    grep -qx "#ifndef $guard" "$file" || fail "$file: its guard is not $guard"
  fi
done < <(sources kernels network experiments bench tests docs)
for file in scripts/* scripts/cluster/* .ci/run tests/*.sh; do
  if [[ -d $file ]]; then continue; fi
  grep -q 'SPDX-License-Identifier: Apache-2.0' "$file" || fail "$file: no SPDX line"
done
while IFS= read -r folder; do
  fail "$folder: a folder is named for what lives in it"
done < <(find . -path ./.git -prune -o -path ./build -prune -o -type d \
  \( -name util -o -name utils -o -name common -o -name helpers -o -name include -o -name src -o -name lib \
  -o -name old -o -name misc \) -print)

if ((failures > 0)); then
  printf '%d failures\n' "$failures"
  exit 1
fi
