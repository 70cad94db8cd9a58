#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Kills a grid at random moments, for real, and resumes it until it is done: no
# finished run is lost, none is there twice, and the digests are those of the same
# grid left alone. When one grid is done the next begins, until there were enough
# kills. 30 of them are a test; to be surer:
#
#     tests/kill_test.sh PROGRAM_DIRECTORY 1000
set -uo pipefail
export LC_ALL=C
bin=$1 kills=${2:-30}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  printf '%s\n' "$*"
  exit 1
}

grid=("$bin/compare" --data moons --layers 2-16-2 --vary activation=relu,tanh,sigmoid
  --vary loss=mse,softmax_cross_entropy --vary rate=0.01,0.1,1 --seeds 2 --final-seeds 3
  --epochs 60 --samples 400 --validation 200 --quiet)
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }
# The key of every whole line, in order.
keys() { grep -oE '^\{.*"key":"[^"]*".*"checksum":"[0-9a-f]{16}"\}$' "$1" | grep -o '"key":"[^"]*"'; }

start=$(date +%s%N)
"${grid[@]}" --output "$work/whole" >"$work/whole.txt" || fail "the grid fails when it is left alone"
# Kills come anywhere from before main() to after the last record, however slow this build is.
span=$((($(date +%s%N) - start) / 1000000 + 20)) # ms
expected=$(digest "$work/whole.txt")
runs=$(wc -l <"$work/whole/runs.jsonl")

done_kills=0 grids=0 resumed=0
out=$work/parts records=$work/parts/runs.jsonl
while ((done_kills < kills)); do
  rm -rf "$out"
  : >"$work/before"
  while :; do
    "${grid[@]}" --output "$out" >"$work/parts.txt" 2>"$work/err" &
    pid=$!
    after=$((RANDOM % span))
    sleep "$((after / 1000)).$(printf '%03d' $((after % 1000)))"
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    code=$?
    : >"$work/after"
    if [[ -e $records ]]; then keys "$records" >"$work/after"; fi
    [[ -z $(sort "$work/after" | uniq -d) ]] || fail "a run is there twice"
    head -n "$(wc -l <"$work/before")" "$work/after" | cmp -s - "$work/before" || fail "a finished run was lost"
    mv "$work/after" "$work/before"
    if ((code == 0)); then break; fi
    ((code == 137)) || fail "ended with $code: $(cat "$work/err")"
    done_kills=$((done_kills + 1))
    resumed=$((resumed + ($(wc -l <"$work/before") > 0)))
    ((done_kills < kills)) || { "${grid[@]}" --output "$out" >"$work/parts.txt" 2>"$work/err" || fail "the last resumption failed: $(cat "$work/err")"; break; }
  done
  grids=$((grids + 1))
  [[ $(digest "$work/parts.txt") == "$expected" ]] || fail "killed and resumed: another digest"
  (($(wc -l <"$records") == runs)) || fail "killed and resumed: $(wc -l <"$records") records, not $runs"
done
((resumed > 0)) || fail "no kill came between the first record and the last: the test tests nothing here"
printf '%d kills of %d grids of %d runs, %d of them with finished runs on disk: none lost, none doubled\n' \
  "$done_kills" "$grids" "$runs" "$resumed"
