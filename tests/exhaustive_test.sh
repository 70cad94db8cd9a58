#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A record of errors keeps what was not measured anew: other activations, and the other grades; and a record of
# another sample is not mixed with it.
set -euo pipefail
exhaustive=$1/exhaustive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "$*" >&2
  exit 1
}

record=$work/record.json
"$exhaustive" --stride 4999999 --activations tanh,relu --output "$record" >/dev/null
"$exhaustive" --stride 4999999 --precision fast --activations silu,tanh --output "$record" >/dev/null
"$exhaustive" --stride 4999999 --activations sigmoid --output "$record" >/dev/null
"$exhaustive" --stride 4999999 --precision fastest --activations tanh --output "$record" >/dev/null
names=$(grep -oE '"(name|activations|fast|fastest)": ("[a-z]+"|\[)' "$record" | tr -d '": \n')
# In the catalogue's order, whatever the order in which they were measured.
expected='activations[namesigmoidnametanhnamerelufast[nametanhnamesilufastest[nametanh'
[[ $names == "$expected" ]] || fail "the record has $names"
[[ $(grep -c '"falls"' "$record") == 3 ]] || fail "a fast entry does not say how often it falls"

if "$exhaustive" --stride 4999998 --activations tanh --output "$record" >/dev/null 2>"$work/said"; then
  fail "two samples were mixed"
fi
if "$exhaustive" --stride 4999999 --precision fast --activations relu >/dev/null 2>"$work/no_version"; then
  fail "relu has a fast version"
fi
grep -q "relu has no fast version" "$work/no_version" || fail "it said: $(<"$work/no_version")"
grep -q "is no record of stride 4999998; name another file" "$work/said" || fail "it said: $(<"$work/said")"
