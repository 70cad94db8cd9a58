#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the programs say to a user who slips, and how they end: one line, the
# documented exit code, nothing lost and nothing half-written.
#
#     tests/command_line_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$1
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"

train=("$bin/train" --quiet --no-record)
compare=("$bin/compare" --quiet)
refuses 2 "unknown activation 'sigmiod'; did you mean 'sigmoid'?" "${train[@]}" --activation sigmiod
refuses 2 "unknown loss 'mes'; did you mean 'mse'?" "${train[@]}" --loss mes
refuses 2 "unknown optimizer 'momentun'; did you mean 'momentum'?" "${train[@]}" --optimizer momentun
refuses 2 "unknown flag '--activaton'; did you mean '--activation'?" "${train[@]}" --activaton relu
refuses 2 "rate must be a number of at least 0, or auto, not 'fast'" "${train[@]}" --rate fast
refuses 2 "unknown target 'AVX9'" "${train[@]}" --target AVX9
refuses 2 "output-activation must be 'identity', not 'tanh'" "${train[@]}" --data moons --output-activation tanh
refuses 2 "layers must begin with 2, the features of moons, not with 784" "${train[@]}" --data moons --layers 784-10
refuses 2 "unknown activation 'rleu'; did you mean 'relu'?" "${compare[@]}" --vary activation=rleu
refuses 2 "--quick and --full exclude each other" "${compare[@]}" --quick --full

# Counts: digits within bounds, in every program.
refuses 2 "--threads must be a whole number from 0 to 256, not '-1'" "${train[@]}" --threads -1
refuses 2 "--checkpoint-every must be a whole number from 0 to 1000000000, not '-1'" "${train[@]}" --checkpoint-every -1
refuses 2 "--final-seeds must be a whole number from 0 to 10000, not '99999999999'" "${compare[@]}" --final-seeds 99999999999 --dry-run
refuses 2 "--final-seeds must be a whole number from 0 to 10000, not '-2'" "${compare[@]}" --final-seeds=-2 --dry-run
refuses 2 "--seeds must be a whole number from 0 to 1000, not '1e3'" "${compare[@]}" --seeds 1e3
refuses 2 "--verify must be a whole number" "${compare[@]}" --verify 99999999999999999999999

# Success that nobody received is none: a full disk, or nothing at all, behind standard output.
for command in "$bin/train --data moons --layers 2-4-2 --epochs 1 --json --quiet --no-record" "$bin/train --target list" "$bin/train --help" \
  "$bin/doctor --data moons" "$bin/compare --quick --dry-run" "$bin/compare-reports --help" "$bin/04_1_forward --quick --dry-run"; do
  $command >/dev/full 2>"$work/err"
  code=$?
  ((code == 4)) || fail "$command > /dev/full: exit code $code, expected 4"
  grep -q "standard output could not be written" "$work/err" ||
    fail "$command > /dev/full: said '$(cat "$work/err")'"
  $command >&- 2>"$work/err"
  code=$?
  ((code == 4)) || fail "$command >&-: exit code $code, expected 4"
done
# What is opened next does not take the place of a closed standard output.
"$bin/train" --data moons --layers 2-4-2 --epochs 1 --quiet --no-record --export "$work/weights" >&- 2>/dev/null
[[ $(head -c 8 "$work/weights" | od -An -tu8) -lt 10000 ]] || fail "results were written into a file of weights"
# Standard error that is full or closed, or all three streams closed, loses remarks and nothing else.
small=("$bin/train" --data moons --layers 2-4-2 --epochs 1)
"${small[@]}" --output "$work/full" 2>/dev/full >"$work/out" || fail "train 2>/dev/full: exit code $?"
grep -q "report: " "$work/out" || fail "train 2>/dev/full: said '$(cat "$work/out")'"
"${small[@]}" --output "$work/closed" 2>&- >"$work/out" || fail "train 2>&-: exit code $?"
digest_of() { grep -o '"digest":"[^"]*"' "$work/$1/runs.jsonl"; }
[[ -n $(digest_of closed) && $(digest_of full) == "$(digest_of closed)" && $(wc -l <"$work/closed/runs.jsonl") == 1 ]] ||
  fail "remarks were written into records: $(cat "$work/closed/runs.jsonl")"
"${small[@]}" --no-record <&- >&- 2>&-
code=$?
((code == 4)) || fail "train with nothing open: exit code $code, expected 4"
"$bin/train" --data nowhere 2>/dev/full
code=$?
((code == 3)) || fail "train of no data 2>/dev/full: exit code $code, expected 3"
# A limit of the shell is a sentence, not a signal.
(ulimit -f 1; refuses 4 "File too large; make room and run again" "${small[@]}" --quiet --output "$work/limited"; exit "$failures") ||
  fail "ulimit -f: see above"
# How many files are open before the program begins depends on who starts it, and so does the least that it can load with.
for most in 4 5 6 7 8 9 10 11 12; do
  (ulimit -n "$most"; exec "${small[@]}" --quiet --output "$work/few") >"$work/out" 2>&1
  grep -q "error while loading" "$work/out" || break
done
grep -q "Too many open files; allow more with ulimit -n" "$work/out" || fail "ulimit -n $most: said '$(cat "$work/out")'"
# What never ends is not read to its end; what comes by a pipe is.
for flag in --data --import --resume; do
  refuses 3 "/dev/zero: a device, not a file or a pipe" timeout 60 "$bin/train" --layers 2-4-2 $flag /dev/zero
done
refuses 3 "/dev/zero: a device, not a file or a pipe" timeout 60 "$bin/compare" --grid /dev/zero
refuses 3 "/dev/zero: a device, not a file or a pipe" timeout 60 "$bin/compare-reports" /dev/zero /dev/zero
printf 'data = "moons"\n[vary]\nactivation = ["relu", "tanh"]\n' | "$bin/compare" --grid /dev/stdin --quick --dry-run >"$work/out" 2>&1 ||
  fail "a grid by a pipe: $(cat "$work/out")"

# Grids: slips, contradictions, combinations that make no sense.
refuses 2 "shard must be I/N with I from 1 to N, like 1/2, not '3/2'" "${compare[@]}" --shard 3/2
refuses 2 "'activation' is both fixed by --activation and varied by --vary" "${compare[@]}" --data moons --activation relu --vary activation=tanh
refuses 2 "--merge needs --output" "${compare[@]}" --merge "$work"
refuses 2 "grid.toml: No such file or directory; --grid needs a TOML or JSON file" "${compare[@]}" --grid "$work/grid.toml"
printf 'epochs = 3\n[vary]\nlos = "all"\n' >"$work/grid.toml"
refuses 2 "grid.toml:3: unknown key 'los'; did you mean 'loss'?" "${compare[@]}" --grid "$work/grid.toml"
refuses 2 "12 of 24 combinations make no sense; --skip-illegal runs the others: optimizer=rprop: optimizer 'rprop' needs whole gradients: batch must be 800, not 32" \
  "${compare[@]}" --data moons --vary activation=relu,tanh --vary loss=mse,mae,huber --vary optimizer=sgd,rprop --vary layers=2-8-2,2-8-8-2 --output "$work/illegal"
[[ ! -e $work/illegal ]] || fail "an illegal grid makes a directory"
illegal=(--data moons --layers 2-8-2 --epochs 1 --vary activation=relu --vary loss=mse,hinge --vary output-activation=identity,softmax
  --rate 0.1 --seeds 1 --final-seeds 2 --quiet --output "$work/legal")
"$bin/compare" "${illegal[@]}" --skip-illegal >"$work/out" 2>"$work/err" || fail "--skip-illegal fails"
grep -qF "1 of 4 combinations make no sense; they are left out: loss=hinge, output-activation=softmax: " "$work/err" ||
  fail "--skip-illegal is not loud: $(cat "$work/err")"
grep -qF "were left out (loss=hinge, output-activation=softmax)" "$work/legal/report.html" || fail "the report does not say what was left out"

# Records alone: none, too few, of other machines.
refuses 3 "$work/none/runs.jsonl: no records" "${compare[@]}" --data moons --output "$work/none" --verify 0
refuses 3 "$work/none/runs.jsonl: no records" "${compare[@]}" --output "$work/none" --export
refuses 3 "none: no such file; --merge needs directories with records" "${compare[@]}" --merge "$work/none" --output "$work/merged"
[[ ! -e $work/none && ! -e $work/merged ]] || fail "reading makes a directory"
one=(--data moons --layers 2-8-2 --epochs 1 --activation relu --loss mse --rate 0.1 --seeds 1 --output "$work/one")
"${compare[@]}" "${one[@]}" --final-seeds 2 >/dev/null || fail "a grid of one cell fails"
refuses 3 "lacks 2 of the 5 runs of this plan; to run them: $bin/compare --quiet " "${compare[@]}" "${one[@]}" --final-seeds 4 --report-only
"${compare[@]}" "${one[@]}" --final-seeds 2 --report-only | grep -q "^report: $work/one/report.html" || fail "--report-only does not report"
cp -r "$work/one" "$work/two"
"${compare[@]}" --merge "$work/one" --output "$work/two" | grep -qF "3 records, 0 of them new; 3 more were equal" || fail "a merge of equals is not said"

# A published table: what differs is exit code 1, what agrees is 0, and a cell that cannot be is named.
printf 'data = "moons"\nlayers = "2-4-2"\nepochs = 3\nrate = 0.3\nfinal-seeds = 2\n[[cell]]\nname = "odd"\npublished = 0.1\n' >"$work/odd.toml"
"${compare[@]}" --grid "$work/odd.toml" --output "$work/odd" >"$work/out"
[[ $? == 1 ]] || fail "a published number that does not come out is not exit code 1"
grep -q "odd .*10.00 .*differs" "$work/out" || fail "a number that differs is not said: $(cat "$work/out")"
sed 's/published = 0.1/published = 0.1\ntolerance = 1/' "$work/odd.toml" >"$work/near.toml"
"${compare[@]}" --grid "$work/near.toml" --output "$work/odd" --report-only >"$work/out" || fail "a tolerance is not heeded"
grep -q "within tolerance" "$work/out" || fail "a number within tolerance is not said: $(cat "$work/out")"
[[ -s $work/odd/report.html && -s $work/odd/published.csv ]] || fail "a published table has no report"
printf '[[cell]]\nname = "bad"\noptimizer = "rprop"\n' >>"$work/near.toml"
refuses 2 "cell 'bad': optimizer 'rprop' needs whole gradients" "${compare[@]}" --grid "$work/near.toml" --output "$work/odd"
refuses 2 "the file lists its cells: --vary and --shard are for grids" "${compare[@]}" --grid "$work/odd.toml" --vary rate=0.1,1 --output "$work/odd"
refuses 2 "unknown loss 'cross_entropy'; it is called 'softmax_cross_entropy' here" "${train[@]}" --loss cross_entropy

# Data: absent, misspelled, truncated, of another magic, contradictory.
refuses 3 "/no/such/place: no such directory" "${train[@]}" --data /no/such/place
refuses 3 "did you mean 'spirals'?" "${train[@]}" --data spiral
magic() { printf '\x00\x00\x08'; printf '%b' "\\x0$1"; }
images() { { magic 3; printf '\x00\x00\x00\x08\x00\x00\x00\x02\x00\x00\x00\x02'; head -c 32 /dev/zero; } >"$1"; }
labels() { { magic 1; printf '\x00\x00\x00\x08'; printf '\x00\x01\x00\x01\x00\x01\x00\x01'; } >"$1"; }
good() {
  rm -rf "$work/data" && mkdir "$work/data"
  for set in train t10k; do
    images "$work/data/$set-images-idx3-ubyte"
    labels "$work/data/$set-labels-idx1-ubyte"
  done
}
good
"${train[@]}" --data "$work/data" --epochs 1 >/dev/null 2>&1 || fail "a small set of one's own is refused"
gzip "$work/data/train-images-idx3-ubyte"
truncate -s -8 "$work/data/train-images-idx3-ubyte.gz"
refuses 3 "train-images-idx3-ubyte.gz: truncated" "${train[@]}" --data "$work/data"
good
labels "$work/data/train-images-idx3-ubyte"
refuses 3 "magic number 00 00 08 01, expected 00 00 08 03" "${train[@]}" --data "$work/data"
good
{ magic 1; printf '\x00\x00\x00\x03\x00\x01\x00'; } >"$work/data/train-labels-idx1-ubyte"
refuses 3 "has 8 images but" "${train[@]}" --data "$work/data"

# Places that cannot be written.
touch "$work/file"
refuses 4 "$work/file/below: cannot be written: Not a directory" \
  "${compare[@]}" --data moons --quick --output "$work/file/below"

# A grid that is interrupted keeps what is finished, and goes on to the same end.
small=(--data moons --layers 2-16-2 --vary "activation=relu,tanh" --vary "loss=mse,softmax_cross_entropy"
  --vary "rate=0.01,0.1,1" --seeds 2 --final-seeds 2 --epochs 150 --samples 700 --validation 200 --quiet)
"$bin/compare" "${small[@]}" --output "$work/whole" >"$work/whole.txt" || fail "the small grid failed"
for delay in 0.02 0.05 0.1 0.2 0.3; do
  timeout -s INT "$delay" "$bin/compare" "${small[@]}" --output "$work/parts" >/dev/null 2>&1
done
# Not by timeout, which does not wait for what it has killed: the lock of the records goes with the process.
"$bin/compare" "${small[@]}" --output "$work/parts" >/dev/null 2>&1 &
killed=$!
sleep 0.1
kill -KILL "$killed" 2>/dev/null
wait "$killed" 2>/dev/null
"$bin/compare" "${small[@]}" --output "$work/parts" >"$work/parts.txt" || fail "the resumed grid failed"
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }
[[ $(digest "$work/whole.txt") == "$(digest "$work/parts.txt")" ]] ||
  fail "interrupted and resumed: another digest"
(($(sort "$work/parts/runs.jsonl" | grep -o '"key":"[^"]*"' | sort | uniq -d | wc -l) == 0)) ||
  fail "interrupted and resumed: a run is there twice"
(($(wc -l <"$work/parts/runs.jsonl") == $(wc -l <"$work/whole/runs.jsonl"))) ||
  fail "interrupted and resumed: $(wc -l <"$work/parts/runs.jsonl") records"
"$bin/compare" "${small[@]}" --output "$work/whole" --verify 0 >/dev/null || fail "the grid does not verify"
# A record that is damaged is a record that does not verify.
cp -r "$work/whole" "$work/damaged"
sed -i '2s/"steps":/"stepS":/' "$work/damaged/runs.jsonl"
"$bin/compare" "${small[@]}" --output "$work/damaged" --verify 3 >"$work/out" 2>"$work/err"
(($? == 1)) || fail "--verify beside a damaged record does not end with 1"
grep -qF "3 of $(($(wc -l <"$work/whole/runs.jsonl") - 1)) runs verified: every digest agrees" "$work/out" || fail "--verify said $(cat "$work/out")"
grep -qF "1 line is damaged: what it said cannot be verified" "$work/out" || fail "--verify is silent of a damaged record"

[[ -s $work/whole/report.html && -s $work/whole/figures/compare_rates.svg && -s $work/whole/ranking.csv ]] ||
  fail "the report is not whole"

# Threads and targets change nothing in a digest.
on_one=$("${train[@]}" --data moons --layers 2-300-300-2 --epochs 2 --threads 1 | digest /dev/stdin)
for threads in 2 4; do
  [[ $("${train[@]}" --data moons --layers 2-300-300-2 --epochs 2 --threads $threads | digest /dev/stdin) == "$on_one" ]] ||
    fail "$threads threads: another digest"
done

# A setting without effect: refused where it has none at all, run once where it has none in some cells.
idle=("$bin/compare" --data moons --layers 2-8-2 --activation relu --loss mse --epochs 2 --samples 200 --validation 100 --rate 0.1 --seeds 1 --final-seeds 2)
refuses 2 "compare: momentum has no effect with optimizer 'sgd'; take it from --vary, or vary optimizer too" \
  "${idle[@]}" --vary momentum=0.5,0.9 --output "$work/idle"
"${idle[@]}" --vary optimizer=sgd,momentum --vary momentum=0.5,0.9 --output "$work/idle" >/dev/null 2>"$work/err" || fail "cells that are equal fail"
grep -qF "compare: momentum has no effect with optimizer 'sgd': there 0.5 alone is run, and stands for all" "$work/err" || fail "nobody said that cells are equal: $(cat "$work/err")"
(($(wc -l <"$work/idle/runs.jsonl") == 3 * 3)) || fail "equal cells were run more than once"
"${idle[@]}" --vary clip-norm=0,1e30 --output "$work/equal" >/dev/null 2>"$work/err" || fail "an idle axis fails"
grep -qF "Equal to the last bit, so that what their names tell apart had no effect: 0 = 1e+30" "$work/err" || fail "equal cells are not named: $(cat "$work/err")"
grep -qF "Equal to the last bit" "$work/equal/report.html" || fail "the report does not name equal cells"
"$bin/train" --data moons --epochs 1 --momentum 0.5 --no-record >/dev/null 2>"$work/err"
grep -qxF "train: momentum has no effect with optimizer 'sgd'" "$work/err" || fail "train does not say what has no effect"
[[ $("${train[@]}" --data moons --epochs 1 --l2 5/50000 --json) == *'"l2":0.0001'* ]] || fail "a fraction is no number"

# A profile, on the page and in the record, where it is asked for.
profiled=$("${train[@]}" --data moons --epochs 2 --profile --json)
for phase in gather forward loss backward update wait evaluate save; do
  [[ $profiled =~ \"profile\":\{[^}]*\"$phase\":[0-9] ]] || fail "no phase '$phase' in the record of a profile"
  "${train[@]}" --data moons --epochs 2 --profile | grep -qE "^$phase +[0-9.]+ +[0-9.]+ %$" || fail "no phase '$phase' printed"
done
[[ $("${train[@]}" --data moons --epochs 2 --json) != *'"profile"'* ]] || fail "a profile that nobody asked for"

# What train prints for programs is a record, which the others read; what is not known of it is null.
mkdir "$work/printed"
for seed in 1 2; do "${train[@]}" --data moons --epochs 2 --seed $seed --json; done >"$work/printed/runs.jsonl"
grep -q '"validation_loss":null' "$work/printed/runs.jsonl" || fail "without held-out samples a loss on them is recorded"
"$bin/compare" --quiet --output "$work/printed" --export >"$work/out" 2>"$work/err" || fail "--export does not read what train prints"
[[ $(wc -l <"$work/printed/runs.csv") == 3 && ! -s $work/err ]] || fail "--export of what train prints: $(cat "$work/err" "$work/printed/runs.csv")"

# A path need not be text.
odd=$work/$'\xff\xfe.safetensors'
"${train[@]}" --data moons --epochs 1 --json --export "$odd" >"$work/out" 2>"$work/err" || fail "a path that is not UTF-8 ends train: $(cat "$work/err")"
grep -qF $'/\xef\xbf\xbd\xef\xbf\xbd.safetensors' "$work/out" || fail "a path that is not UTF-8 is recorded as $(cat "$work/out")"
[[ -s $odd ]] || fail "a path that is not UTF-8 is not written"

for program in "$bin"/train "$bin"/compare "$bin"/[0-9][0-9]_*; do
  [[ -x $program ]] || continue
  "$program" --help >/dev/null || fail "$program --help failed"
  "$program" --version | grep -q '^lanegrad ' || fail "$program --version does not say lanegrad"
done

finish "the programs answer as documented"
