#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Progress as a user sees it: on a terminal (a real one, made by script), in a file,
# and when Ctrl-C is pressed.
#
#     tests/terminal_test.sh PROGRAM_DIRECTORY
export LC_ALL=C.UTF-8 TERM=xterm
bin=$1
command -v script >/dev/null || { echo "no script(1) here, so no terminal: skipped"; exit 77; }
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
small="$bin/compare --data moons --layers 2-16-2 --vary activation=relu,tanh --vary loss=mse --vary rate=0.1,1 \
--seeds 2 --final-seeds 2 --samples 300 --validation 200"

# on_terminal COLUMNS COMMAND: what the terminal received.
on_terminal() {
  script -qec "stty cols $1; $2" "$work/typescript" </dev/null >"$work/seen" 2>&1
}
on_terminal 100 "$small --epochs 200 --output $work/a"
grep -qF '[....................] 0/12 runs' "$work/seen" || fail "no bar at the beginning"
grep -qE '\[#+\.*\] [0-9]+/12 runs  [0-9.]+/(s|min)  [0-9.]+ s left  best [0-9.]+ % (relu|tanh) · mse · rate (0.1|1)' "$work/seen" ||
  fail "the bar lacks pace, time left or the best so far: $(tr '\r' '\n' <"$work/seen" | head -20)"
# Each bar is rewritten in its place, and the last is wiped before the answer.
tr '\r' '\n' <"$work/seen" | grep -E '^.\[K\[' | grep -q $'^\033\[K' || fail "the bar does not rewrite itself"
grep -qE $'\r\033\\[K(Use|Nothing is decided)' "$work/seen" || fail "the bar stays in front of the answer"
# The answer and the ranking keep to the width.
on_terminal 70 "$small --epochs 200 --output $work/a --report-only"
grep -qE '^rank +activation' "$work/seen" || fail "no ranking in 70 columns"
grep -qF 'Best at an end of the rates tried' "$work/seen" || fail "both rates are at an end, and nobody is told"
widest=$(sed 's/\r//; s/[±·]/+/g; /^report: /d' "$work/seen" | awk '{ if (length($0) > w) w = length($0) } END { print w + 0 }')
((widest > 40 && widest <= 70)) || fail "in 70 columns a line has $widest"
# So do comparisons of reports, and the doctor; what has no room beside stands below.
printf '%s\n' '{"benchmarks": [' >"$work/a.json"
for name in gemm/AVX3/n:1024/threads:2 activate/softmax_cross_entropy/AVX3/n:4096; do
  for time in 100 101 102 103 104; do
    printf '{"name": "%s", "iterations": 9, "real_time": %s, "cpu_time": %s, "time_unit": "ns"},\n' $name $time $time >>"$work/a.json"
  done
done
sed -i '$ s/,$/]}/' "$work/a.json"
cp "$work/a.json" "$work/b.json"
cp "$work/a.json" "$work/c.json"
for command in "$bin/compare-reports $work/a --along activation=relu,tanh" "$bin/compare-reports $work/a.json $work/b.json" \
  "$bin/compare-reports --trend $work/a.json $work/b.json $work/c.json" "$bin/doctor --data moons"; do
  on_terminal 80 "$command"
  widest=$(sed 's/\r//; s/\x1b\[[0-9;]*m//g' "$work/seen" | wc -L)
  ((widest > 40 && widest <= 80)) || fail "in 80 columns a line of $command has $widest: $(cat "$work/seen")"
done
# Nor does help, nor the doctor with a path that has no room beside its subject, and a path stays whole.
deep="$work/a_directory_with_quite_a_long_name/and_another_in_it_with_a_long_name"
for columns in 60 80; do
  for program in compare compare-reports train doctor; do
    on_terminal $columns "$bin/$program --help"
    # A file of a distribution may be longer than the line.
    widest=$(sed 's/\r//; /^ *[^ ]*$/d' "$work/seen" | wc -L)
    ((widest > 40 && widest <= columns)) || fail "in $columns columns a line of $program --help has $widest"
  done
done
on_terminal 60 "$bin/doctor --data moons --output $deep"
sed 's/\r//' "$work/seen" | grep -qxE "  ?.*$deep" || fail "the doctor does not leave a path whole: $(cat "$work/seen")"
widest=$(sed 's/\r//; s/\x1b\[[0-9;]*m//g; /^ *[^ ]*$/d' "$work/seen" | wc -L)
((widest > 40 && widest <= 60)) || fail "in 60 columns a line of the doctor has $widest: $(cat "$work/seen")"
# No bar is wider than its terminal: it would leave its pieces behind.
on_terminal 40 "$small --epochs 100 --output $work/b"
widest=$(tr '\r' '\n' <"$work/seen" | sed -n 's/^\x1b\[K\(\[[#.]\)/\1/p' | awk '{ if (length($0) > w) w = length($0) } END { print w + 0 }')
((widest > 20 && widest < 40)) || fail "in 40 columns a bar has $widest"
# A line for each run, on demand.
on_terminal 120 "$small --epochs 5 --output $work/c --verbose"
(($(grep -cE '[0-9]+/12 (tune|final) (relu|tanh) · mse · rate (0.1|1) · seed [0-9]+: ok, [0-9.]+ % of held-out samples, [0-9.]+ s' "$work/seen") == 12)) ||
  fail "--verbose does not say every run"

# In a file: no control characters, and nothing at all from a grid of a second.
$small --epochs 5 --output "$work/d" 2>"$work/err" >/dev/null
(($(wc -l <"$work/err") == 1)) || fail "a short grid says more than its plan to a file: $(cat "$work/err")"
grep -q $'[\r\033]' "$work/err" && fail "control characters in a file"
$small --epochs 5 --output "$work/e" --quiet 2>"$work/err" >/dev/null
[[ ! -s $work/err ]] || fail "--quiet is not quiet"
# A longer one says a plain line now and then. It is interrupted by Ctrl-C, ends within
# two seconds, keeps what is finished, and the command that it prints goes on.
long="${small/--seeds 2/--seeds 40} --epochs 2500"
mkdir "$work/a folder"
$long --threads 1 --output "$work/a folder" 2>"$work/err" >"$work/out" &
pid=$!
for _ in {1..1200}; do  # a build with sanitizers takes twenty seconds for its first runs
  sleep 0.1
  grep -qE '^compare: [0-9]+/[0-9]+ runs  [0-9.]+/(s|min)  .* left  best ' "$work/err" && break
done
grep -qE '^compare: [0-9]+/[0-9]+ runs  [0-9.]+/(s|min)  .* left  best ' "$work/err" || fail "no plain line in two minutes: $(cat "$work/err")"
begin=$(date +%s%N)
kill -INT $pid
wait $pid
code=$?
took=$((($(date +%s%N) - begin) / 1000000))
((code == 130)) || fail "interrupted: exit code $code"
((took < 2000)) || fail "interrupted: ended after $took ms"
[[ ! -s $work/out ]] || fail "interrupted, and yet it reports"
kept=$(wc -l <"$work/a folder/runs.jsonl")
((kept > 0)) || fail "nothing was kept"
grep -qF "compare: interrupted; $kept finished runs are kept. The same command goes on:" "$work/err" ||
  fail "interrupted: said '$(cat "$work/err")'"
command=$(tail -n 1 "$work/err")
[[ $command == *"'$work/a folder'"* ]] || fail "the command is not one for a shell: $command"
left=$(bash -c "$command --dry-run" | grep -oE "^tune .* $kept of them recorded") || fail "the command does not go on: $left"

finish "progress is seen on a terminal, and elsewhere now and then"
