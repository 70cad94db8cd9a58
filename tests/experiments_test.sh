#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# An experiment: its quick profile ends well with the digest that is stored for it, whatever the
# threads; resumes without measuring again; verifies; and its report, tables and claims are there.
# What it recorded stays in RESULTS, for the tests that go on from there.
#
#     tests/experiments_test.sh PROGRAM_DIRECTORY SOURCE_DIRECTORY RESULTS EXPERIMENT
set -euo pipefail
export LC_ALL=C NO_COLOR=1
bin=$1
source=$2
results=$3
name=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
  printf '%s\n' "$*"
  failures=$((failures + 1))
}

program=$bin/$name
stored=$source/docs/records/$name
output=$results/$name
[[ -x $program ]] || { printf '%s: is no program\n' "$program" && exit 1; }
# The summary goes on with what the tests of the others left in its directory, where each has a folder of its name.
if [[ $name == 07_summary ]]; then
  output=$results
  rm -f "$output/runs.jsonl"
else
  rm -rf "$output"
fi
if ! "$program" --quick --quiet --output "$output" >"$work/said"; then
  cat "$work/said"
  printf '%s --quick: exit code other than 0\n' "$name"
  exit 1
fi
digest=$(sed -n 's/.*, digest \([0-9a-f]*\)$/\1/p' "$work/said")
if [[ ! -e $stored/quick.digest ]]; then
  fail "$name: no stored digest; if $digest is right: echo $digest > docs/records/$name/quick.digest"
elif [[ $digest != "$(<"$stored/quick.digest")" ]]; then
  fail "$name --quick: digest $digest, stored is $(<"$stored/quick.digest")"
fi
for file in report.html claims.csv claims.md claims.json runs.jsonl; do
  [[ -s $output/$file ]] || fail "$name --quick left no $file"
done
for table in "$output"/*.md; do
  # Of claims the heads say it; a ranking is a page with its own sentences.
  [[ $table == */claims.md || $table == */ranking.md || $(head -n 1 "$table") == \**.\* ]] || fail "$table does not say above it what its numbers are"
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

# The records of the book: they are those of the default profile, and say what they are stored as saying.
if [[ -e $stored/runs.jsonl ]]; then
  mkdir "$work/book"
  cp "$stored/runs.jsonl" "$work/book"
  "$program" --quiet --report-only --output "$work/book" >"$work/said" || fail "$name: a verdict of the book's records is another"
  digest=$(sed -n 's/.*, digest \([0-9a-f]*\)$/\1/p' "$work/said")
  if [[ ! -e $stored/default.digest ]]; then
    fail "$name: no stored digest of the book's records: echo $digest > docs/records/$name/default.digest"
  elif [[ $digest != "$(<"$stored/default.digest")" ]]; then
    fail "$name: the book's records have digest $digest, stored is $(<"$stored/default.digest")"
  fi
fi
if ((failures > 0)); then
  printf '%d failures\n' "$failures"
  exit 1
fi
printf '%s ends as stored\n' "$name"
