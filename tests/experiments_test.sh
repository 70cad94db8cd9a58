#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every experiment that the build finds: its quick profile ends well
# with the digest that is stored for it, whatever the threads; resumes without measuring again;
# verifies; and its report, tables and claims are there.
#
#     tests/experiments_test.sh PROGRAM_DIRECTORY SOURCE_DIRECTORY EXPERIMENT...
set -euo pipefail
export LC_ALL=C NO_COLOR=1
bin=$1
source=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
  printf '%s\n' "$*"
  failures=$((failures + 1))
}

found=0
for name in "$@"; do
  program=$bin/$name
  found=$((found + 1))
  output=$work/$name
  if ! "$program" --quick --quiet --output "$output" >"$work/said"; then
    cat "$work/said"
    fail "$name --quick: exit code other than 0"
    continue
  fi
  digest=$(sed -n 's/.*, digest \([0-9a-f]*\)$/\1/p' "$work/said")
  stored=$source/docs/records/$name/quick.digest
  if [[ ! -e $stored ]]; then
    fail "$name: no stored digest; if $digest is right: echo $digest > docs/records/$name/quick.digest"
  elif [[ $digest != "$(<"$stored")" ]]; then
    fail "$name --quick: digest $digest, stored is $(<"$stored")"
  fi
  for file in report.html claims.csv claims.md runs.jsonl; do
    [[ -s $output/$file ]] || fail "$name --quick left no $file"
  done
  lines=$(wc -l <"$output/runs.jsonl")
  "$program" --quick --quiet --threads 1 --output "$output" >"$work/again" || fail "$name: the second run failed"
  [[ $(wc -l <"$output/runs.jsonl") == "$lines" ]] || fail "$name: measured again what was recorded"
  "$program" --quick --quiet --report-only --output "$output" >"$work/again" || fail "$name --report-only failed"
  grep -q "digest $digest" "$work/again" || fail "$name --report-only has another digest"
  "$program" --quiet --report-only --output "$output" >"$work/again" 2>&1 ||
    fail "$name --report-only does not take its plan from the records: $(<"$work/again")"
  grep -q "digest $digest" "$work/again" || fail "$name --report-only without --quick has another digest"
  "$program" --quick --quiet --threads 1 --verify 3 --output "$output" >"$work/verified" ||
    fail "$name --verify 3: $(<"$work/verified")"
  "$program" --quick --dry-run --output "$work/none" >"$work/planned" 2>&1 || fail "$name --dry-run failed"
  [[ ! -e $work/none ]] || fail "$name --dry-run wrote something"
done
((found > 0)) || fail "no experiment in $bin"
if ((failures > 0)); then
  printf '%d failures\n' "$failures"
  exit 1
fi
printf '%d experiments end as stored\n' "$found"
