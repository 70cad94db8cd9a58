#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What compare and train can do beside a plain grid: searches over several settings, time limits,
# archives, explanations, tied axes.
#
#     tests/laboratory_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$1
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
compare=("$bin/compare" --quiet --data moons --layers 2-4-2 --loss mse --epochs 1 --seeds 1 --final-seeds 2)
relu=(--activation relu)

# says TEXT FILE: the file has it.
says() { grep -qF -- "$1" "$2" || fail "'$1' is not in $2: $(cat "$2")"; }
# ends CODE COMMAND...
ends() {
  local code=$1
  shift
  "$@" >"$work/out" 2>"$work/err"
  local got=$?
  ((got == code)) || fail "$*: exit code $got, expected $code: $(cat "$work/err")"
}

# A search: slips, the plan, the run, the same again, and from the records alone.
refuses 2 "unknown setting to tune 'momentun'; did you mean 'momentum'?" "${compare[@]}" --tune rate,momentun
refuses 2 "'loss' cannot be tuned" "${compare[@]}" --tune loss
refuses 2 "'rate' is both tuned and fixed" "${compare[@]}" --tune rate --rate 0.1
refuses 2 "say of what, with --tune" "${compare[@]}" --budget 5
refuses 2 "momentum has no effect with optimizer 'sgd'; take it from --tune" "${compare[@]}" --tune rate,momentum --vary activation=relu
search=(--activation relu --vary optimizer=sgd,momentum --tune momentum,rate --budget 4 --output "$work/search")
ends 0 "${compare[@]}" "${search[@]}" --dry-run
says "8 runs (2 cells x 4 settings x 1 seeds)" "$work/out"
says "0.001 to 30, by logarithm (sgd)" "$work/out"
ends 0 "${compare[@]}" "${search[@]}"
digest=$(grep -o "digest .*" "$work/out")
(($(wc -l <"$work/search/runs.jsonl") == 12)) || fail "a search of 8 + 4 runs has another number of records"
ends 0 "${compare[@]}" "${search[@]}"
(($(wc -l <"$work/search/runs.jsonl") == 12)) || fail "a search that is there is run again"
ends 0 "$bin/compare" --quiet --data moons --output "$work/search" --report-only
says "$digest" "$work/out"
says "best settings" "$work/search/ranking.md"
# In two shards, merged: the same digest.
for _ in 1 2; do # tuning, then the final runs
  for i in 1 2; do
    ends 0 "${compare[@]}" "${relu[@]}" --vary optimizer=sgd,momentum --tune momentum,rate --budget 4 --shard $i/2 --output "$work/s$i"
  done
  ends 0 "$bin/compare" --merge "$work/s1" --output "$work/s2"
  ends 0 "$bin/compare" --merge "$work/s2" --output "$work/s1"
done
ends 0 "${compare[@]}" "${relu[@]}" --vary optimizer=sgd,momentum --tune momentum,rate --budget 4 --output "$work/s1"
says "$digest" "$work/out"
# A larger budget goes on with the same points.
ends 0 "${compare[@]}" "${search[@]/#4/5}"
(($(grep -c '"phase":"tune"' "$work/search/runs.jsonl") == 10)) || fail "5 settings for 2 cells are not 8 runs and 2 more"

# A file says the same.
printf 'data = "moons"\nlayers = "2-4-2"\nactivation = "relu"\nloss = "mse"\nepochs = 1\nseeds = 1\nfinal-seeds = 2\ntune = ["rate", "momentum"]\nbudget = 4\n[vary]\noptimizer = ["sgd", "momentum"]\n' >"$work/search.toml"
ends 0 "$bin/compare" --quiet --grid "$work/search.toml" --output "$work/search" --report-only
says "$digest" "$work/out"

# Tied axes, on the command line and in a file.
tied=(--vary samples=100,400 --vary epochs=4,1 --vary activation=relu,tanh --tie samples,epochs --rate 0.1)
ends 0 "$bin/compare" --data moons --layers 2-4-2 --loss mse "${tied[@]}" --dry-run --output "$work/tied"
says "4 (2 activation x 2 samples)" "$work/out"
refuses 2 "'samples' has 2 values and 'epochs' 3" "$bin/compare" --data moons --vary samples=1,2 --vary epochs=1,2,3 --tie samples,epochs
printf 'rate = 0.1\ntie = ["samples", "epochs"]\n[vary]\nsamples = [100, 400]\nepochs = [4, 1]\n' >"$work/tied.toml"
ends 0 "$bin/compare" --data moons --layers 2-4-2 --activation relu --loss mse --grid "$work/tied.toml" --dry-run --output "$work/tied"
says "2 (2 samples)" "$work/out"

# Time limits: a run's is recorded and stays so; a grid's leaves what is finished.
refuses 2 "--run-limit must be a time above 0 like 60s, 10m or 1h30m, not '5'" "${compare[@]}" --run-limit 5
limited=("${compare[@]}" --vary activation=relu,tanh --rate 0.1 --output "$work/limited")
ends 6 "${limited[@]}" --run-limit 0.000001s
says "digest none (6 of 6 ran out of time)" "$work/out"
(($(grep -c '"status":"out_of_time"' "$work/limited/runs.jsonl") == 6)) || fail "6 runs are not recorded as out of time"
ends 6 "${limited[@]}"
says "--retry-out-of-time does" "$work/err"
(($(wc -l <"$work/limited/runs.jsonl") == 6)) || fail "runs out of time are run again without being asked to"
ends 0 "${limited[@]}" --retry-out-of-time
ends 0 "$bin/compare" --quiet --data moons --verify 0 --output "$work/limited"
ends 6 "$bin/compare" --quiet --data moons --layers 2-4-2 --loss mse --epochs 100000 --vary activation=relu,tanh --rate 0.1 --limit 0.2s --output "$work/late"
says "the time limit of" "$work/err"
[[ ! -s $work/late/runs.jsonl ]] || fail "a grid's limit records runs that did not end"
train=("$bin/train" --quiet --data moons --layers 2-4-2)
ends 6 "${train[@]}" --epochs 100000 --run-limit 0.2s --output "$work/train"
says "reached its time limit of 0.2" "$work/out"
ends 6 "${train[@]}" --epochs 100000 --output "$work/train"
says '"status":"out_of_time"' "$work/train/runs.jsonl"
# What ran out of time goes on from its checkpoint, with the digest of a run that was never stopped.
ends 0 "${train[@]}" --epochs 200 --no-record
whole=$(grep digest "$work/out")
for ((try = 0; try < 200; try++)); do
  "${train[@]}" --epochs 200 --no-record --checkpoint "$work/net.ckpt" --run-limit 0.02s >"$work/out" 2>"$work/err"
  code=$?
  ((code == 0)) && break
  ((code == 6)) && continue
  fail "a run with checkpoint and limit: exit code $code"
  break
done
says "$whole" "$work/out"

# Archives: what is in them is checked by sha256sum and by a sample of runs; a changed one is refused.
ends 0 "$bin/compare" --output "$work/search" --archive "$work/search.tar.gz"
mkdir "$work/open"
tar -xzf "$work/search.tar.gz" -C "$work/open"
(cd "$work/open/search" && sha256sum --quiet -c SHA256SUMS) || fail "sha256sum does not agree with SHA256SUMS"
for file in runs.jsonl report.html plan.json environment.json README.txt; do
  [[ -s $work/open/search/$file ]] || fail "no $file in the archive"
done
ends 0 "$bin/compare" --quiet --verify "$work/search.tar.gz" --sample 3
grep -q "^3 of 1[0-9] runs verified: every digest agrees" "$work/out" || fail "an archive is not verified: $(cat "$work/out")"
sed -i 's/"train_accuracy":0/"train_accuracy":1/' "$work/open/search/runs.jsonl"
tar -czf "$work/changed.tar.gz" -C "$work/open" search
ends 3 "$bin/compare" --quiet --verify "$work/changed.tar.gz"
says "runs.jsonl is not what it was" "$work/err"
ends 3 "$bin/compare" --quiet --verify "$work/none.tar.gz"
refuses 3 "no records; name their directory with --output" "$bin/compare" --output "$work/nothing" --archive "$work/x.tar.gz"

# Formulas with numbers.
ends 0 "$bin/train" --data moons --layers 2-4-2 --optimizer momentum --rate 0.25 --explain
says "v ← 0.9·v − 0.25·g" "$work/out"
ends 0 "$bin/compare" --data moons --vary optimizer=sgd,adam --explain
says "w ← w − η·g" "$work/out"

finish "searches, limits, archives, explanations and ties do as they say"
