# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What every test of programs here begins with: a folder of its own, $work, that goes
# when the test ends, and ways to say what went wrong. Sourced, never run.
set -uo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
  printf '%s\n' "$*"
  failures=$((failures + 1))
}

# refuses CODE TEXT COMMAND...: the command ends with CODE, says TEXT on one line
# of standard error, and nothing on standard output.
refuses() {
  local code=$1 text=$2
  shift 2
  "$@" >"$work/out" 2>"$work/err"
  local got=$?
  ((got == code)) || fail "$*: exit code $got, expected $code"
  grep -qF -- "$text" "$work/err" || fail "$*: said '$(cat "$work/err")', expected '$text'"
  (($(wc -l <"$work/err") == 1)) || fail "$*: said more than one line: $(cat "$work/err")"
  [[ ! -s $work/out ]] || fail "$*: wrote to standard output"
}

# finish TEXT: ends the test, with TEXT where nothing went wrong.
finish() {
  ((failures == 0)) && echo "$1"
  exit $((failures > 0))
}
