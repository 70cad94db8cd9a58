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

# may_include FOLDER PATTERN: every quoted include in it matches the pattern.
may_include() {
  local line
  while IFS= read -r line; do
    fail "$line: $1/ may not include this"
  done < <(grep -nE '^ *# *include *"' "$1"/*.{h,cc} /dev/null | grep -vE "include *\"($2)" || true)
}
may_include kernels 'kernels/|hwy/'
may_include network 'kernels/|network/'
may_include experiments 'kernels/|network/|experiments/'

# includes_in FOLDER: the headers it includes by <...>, one `file:line:header` a line.
includes_in() {
  grep -noE '^ *# *include *<[^>]+>' "$1"/*.{h,cc} /dev/null | sed 's/# *include *<//; s/>$//; s/: */:/g' || true
}
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
done < <(grep -nE '^ *# *(pragma +omp|include *[<"]omp\.h)' {kernels,network,experiments}/*.{h,cc} /dev/null || true)

# Nothing looks at those who look from the side, and public headers stay free of Highway.
for folder in kernels network experiments; do
  while IFS= read -r line; do
    fail "$line: nothing includes bench/, tests/ or docs/"
  done < <(grep -nE '^ *# *include *"(bench|tests|docs)/' "$folder"/*.{h,cc} /dev/null || true)
done
while IFS= read -r line; do
  [[ $line == *-inl.h:* ]] || fail "$line: a public header may not include Highway"
done < <(grep -nE '^ *# *include *[<"]hwy/(highway|foreach_target)\.h' {kernels,network,experiments}/*.h /dev/null || true)

# Every source is short enough to be read, and says its licence.
for file in {kernels,network,experiments,bench,tests,tests/fuzz,docs}/*.{h,cc}; do
  lines=$(wc -l <"$file")
  ((lines < 400)) || fail "$file: $lines lines; 400 is where a file is split by noun"
  grep -q 'SPDX-License-Identifier: Apache-2.0' "$file" || fail "$file: no SPDX line"
done
for file in scripts/* .ci/run tests/*.sh; do
  grep -q 'SPDX-License-Identifier: Apache-2.0' "$file" || fail "$file: no SPDX line"
done
for folder in util utils common helpers include src lib old misc; do
  [[ ! -d $folder ]] || fail "$folder/: a folder is named for what lives in it"
done

if ((failures > 0)); then
  printf '%d failures\n' "$failures"
  exit 1
fi
