#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the programs of docs/getting_started.md as the page has them, in order. What installs and builds,
# scripts/quickstart, is run by scripts_test and by .ci/run.
#
#     tests/getting_started_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$(realpath -- "$1")
page=$(dirname "$(realpath -- "$0")")/../docs/getting_started.md
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
mkdir -p "$work/build/release"
ln -s "$bin" "$work/build/release/bin"
cd "$work" || exit 1

commands=0
while read -r command; do
  commands=$((commands + 1))
  [[ $command != *" --data "* && ! -d /usr/share/datasets/fashion-mnist ]] && continue
  bash -c "$command --quiet" >"out.$commands" 2>"err.$commands" ||
    fail "ended with $?: $command"$'\n'"$(cat "err.$commands")"
done < <(awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 } inside && /^build\/release\/bin/' "$page")
((commands == 4)) || fail "$commands commands were found on the page, not four"
grep -qF 'report: results/first/report.html' out.1 || fail "train names no report"
grep -qE 'digest [0-9a-f]{32}' out.2 || fail "compare prints no digest"
[[ -s results/mine/runs.jsonl ]] || fail "compare left no records"
finish "$commands commands of the page: done"
