#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What train leaves behind: records that other programs read, a report, tables; and what it does
# where a run is recorded already.
#
#     tests/train_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$(realpath "$1")
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
cd "$work" || exit 1
train=("$bin/train" --data moons --layers 2-16-2 --epochs 12 --validation 200)
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }
lines() { wc -l <"$1"; }

# One run: a record and a report, in results/train where nobody says otherwise.
"${train[@]}" >one.txt 2>one.err || fail "a run fails"
[[ -s results/train/report.html && $(lines results/train/runs.jsonl) == 1 ]] || fail "no record or no report"
for each in figures/train_accuracy.svg figures/train_loss.csv figures/train_confusion.vl.json figures/train_recall.svg classes.csv epochs.csv \
  mistakes.csv layers.csv runs.csv settings.csv; do
  [[ -s results/train/$each ]] || fail "no $each"
done
grep -qE '<(script|link|img|iframe)[^>]* (src|href)="?https?:' results/train/report.html && fail "the report needs the network"
[[ $(lines results/train/epochs.csv) == 13 ]] || fail "epochs.csv has $(lines results/train/epochs.csv) lines, not one an epoch"
grep -qE '^test accuracy +[0-9]+\.[0-9]{2} %$' one.txt || fail "no test accuracy in per cent"
grep -qE ' [0-9]+\.[0-9]{2} % of the 1,000 test samples are named rightly|^[0-9]+\.[0-9]{2} % of the 1,000 test samples' one.txt || fail "the answer does not come first"
awk 'length($0) > 80' one.txt one.err | grep . && fail "a line is longer than 80 columns"

# What is recorded is not run again, says the same, and is said to be recorded.
"${train[@]}" >again.txt 2>again.err || fail "a recorded run fails"
cmp one.txt again.txt || fail "from its record a run is told otherwise"
grep -qF "recorded already in results/train/runs.jsonl; --force trains again" again.err || fail "nobody said that it was recorded: $(cat again.err)"
grep -q "^epoch" again.err && fail "a recorded run was trained again"
[[ $(lines results/train/runs.jsonl) == 1 ]] || fail "a recorded run was recorded again"
"${train[@]}" --force >forced.txt 2>/dev/null || fail "--force fails"
[[ $(lines results/train/runs.jsonl) == 2 && $(digest forced.txt) == "$(digest one.txt)" ]] || fail "--force does not train again"
# A curve of test samples is a reason to train again, once; the digest stays.
"${train[@]}" --test-every-epoch --output curve >curve.txt 2>/dev/null || fail "--test-every-epoch fails"
[[ $(digest curve.txt) == "$(digest one.txt)" ]] || fail "--test-every-epoch changes the digest"
grep -q "not to choose by" curve/report.html || fail "a test curve does not say that it is not to choose by"
head -n 1 curve/epochs.csv | grep -q "test_accuracy" || fail "no test curve in epochs.csv"
"${train[@]}" --output curve --quiet >/dev/null || fail "a recorded curve fails"
"${train[@]}" --test-every-epoch --output curve 2>&1 >/dev/null | grep -q "recorded already" || fail "a recorded curve is trained again"
[[ $(lines curve/runs.jsonl) == 1 ]] || fail "a recorded curve was recorded again"
# A file that is to come of it needs the network: trained, and recorded only once.
"${train[@]}" --quiet --export net.safetensors >/dev/null || fail "--export of a recorded run fails"
[[ -s net.safetensors && $(lines results/train/runs.jsonl) == 2 ]] || fail "--export of a recorded run: $(ls)"

# Without records: nothing is looked for, and nothing written.
mkdir bare && cd bare || exit 1
"${train[@]}" --no-record >../bare.txt 2>&1 || fail "--no-record fails"
[[ -z $(ls) ]] || fail "--no-record writes $(ls)"
cd ..
[[ $(digest bare.txt) == "$(digest one.txt)" ]] || fail "--no-record: another digest"
refuses 2 "--no-record writes no results" "${train[@]}" --no-record --output elsewhere
refuses 2 "--no-record writes no results" "${train[@]}" --no-record --force

# Several seeds, side by side: the same bits, one joint digest; interrupted, they go on.
"${train[@]}" --seeds 3 --output three >three.txt 2>/dev/null || fail "three seeds fail"
[[ $(lines three/runs.jsonl) == 3 ]] || fail "three seeds leave $(lines three/runs.jsonl) records"
grep -qF "in the mean of 3 seeds" three.txt || fail "no mean of seeds: $(cat three.txt)"
for seed in 1 2 3; do
  "${train[@]}" --quiet --no-record --seed $seed >seed.txt
  grep -qE "^ +$seed .*$(digest seed.txt | grep -oE '[0-9a-f]{32}' | cut -c-12)$" three.txt || fail "seed $seed has other bits beside others"
done
long=("$bin/train" --data moons --layers 2-64-64-2 --epochs 300 --seeds 6 --quiet --threads 2)
"${long[@]}" --output whole >whole.txt || fail "six seeds fail"
for delay in 0.05 0.1 0.2; do
  timeout -s INT $delay "${long[@]}" --output parts >/dev/null 2>&1
done
"${long[@]}" --output parts >parts.txt || fail "interrupted seeds do not go on"
[[ $(digest whole.txt) == "$(digest parts.txt)" && $(lines parts/runs.jsonl) == 6 ]] || fail "interrupted and gone on: another digest, or a run twice"
# One run that is interrupted is no result: it is told how far it came, and neither recorded nor reported.
timeout -s INT 0.5 "$bin/train" --data moons --layers 2-64-64-2 --epochs 1000000 --output cut >cut.txt 2>cut.err
grep -qE "^The run ended after step [0-9]+, before it read" cut.txt || fail "interrupted, it says $(cat cut.txt)"
grep -qF "train: interrupted; with --checkpoint FILE it could go on from here" cut.err || fail "interrupted, it says $(cat cut.err)"
[[ ! -s cut/runs.jsonl && ! -e cut/report.html ]] || fail "an interrupted run is recorded"
# One more seed: only that is trained.
"${train[@]}" --seeds 4 --output three 2>four.err >/dev/null || fail "a fourth seed fails"
grep -qF "3 of 4 runs are recorded already" four.err || fail "a fourth seed: $(cat four.err)"
[[ $(lines three/runs.jsonl) == 4 ]] || fail "a fourth seed: $(lines three/runs.jsonl) records"
refuses 2 "--seeds asks for 3: leave one of them out" "${train[@]}" --quiet --seeds 3 --export net.safetensors
# Which seed causes how much: a run a combination, recorded like others, in a page of its own.
variance=("$bin/train" --data moons --layers 2-8-2 --epochs 5 --validation 100 --seed-variance 3 --output variance)
"${variance[@]}" >variance.txt 2>variance.err || fail "--seed-variance fails: $(cat variance.err)"
grep -qF "27 runs, 3 levels each of initial weights, order of samples, which samples" variance.err || fail "the design is not said: $(cat variance.err)"
[[ $(lines variance/runs.jsonl) == 27 ]] || fail "3 levels of 3 causes leave $(lines variance/runs.jsonl) records"
grep -q "standard deviation of [0-9.]* points over all seeds" <(tr '\n' ' ' <variance.txt) || fail "no answer: $(cat variance.txt)"
for cause in "initial weights" "order of samples" "which samples" "all of them"; do
  (($(grep -c "^$cause " variance.txt) == 2)) || fail "no lines of $cause, on test and held-out samples"
done
grep -qF "Not varied is noise and dropout: no effect with dropout 0." <(tr '\n' ' ' <variance.txt) || fail "what is left out is not said"
awk 'length > 80 { exit 1 }' variance.txt || fail "a line is wider than 80: $(awk 'length > 80' variance.txt)"
[[ -s variance/seed_variance.csv && -s variance/seed_variance_held_out.csv && -s variance/figures/seed_variance.svg ]] || fail "no tables or figures"
cp variance.txt variance.before
"${variance[@]}" >variance.txt 2>variance.err || fail "a recorded design fails"
cmp variance.before variance.txt || fail "a recorded design is told otherwise"
grep -qF "recorded already" variance.err || fail "a recorded design is trained again"
refuses 2 "must be at least 3, not 2" "${train[@]}" --quiet --seed-variance 2
refuses 2 "leave --seeds and --folds out" "${train[@]}" --quiet --seed-variance 3 --seeds 2
refuses 2 "leave one of them out" "${train[@]}" --quiet --seed-variance 3 --export net.safetensors
refuses 2 "only one, order of samples, is left" "${train[@]}" --quiet --seed-variance 3 --weight-seed 1 --split-seed 1
refuses 2 "--seeds must be a whole number from 1 to 10000, not '0'" "${train[@]}" --quiet --seeds 0

# The records are those of all programs: exported, merged, verified.
"$bin/compare" --quiet --output three --export >/dev/null || fail "compare --export does not read records of train"
head -1 three/runs.csv | grep -q 'test_recall_0,test_recall_1' || fail "no recall of classes: $(head -1 three/runs.csv)"
head -1 three/runs.csv | grep -q 'confusion\|mistake' && fail "a table within a table"
"$bin/compare" --quiet --merge three results/train --output both >/dev/null || fail "compare --merge does not read records of train"
[[ $(lines both/runs.jsonl) == 4 ]] || fail "merged: $(lines both/runs.jsonl) records"
"$bin/compare" --quiet --data moons --output both --verify 0 >/dev/null || fail "records of train do not verify"
mkdir printed
"${train[@]}" --json --quiet --seeds 3 --output three >printed/runs.jsonl || fail "--json fails"
"$bin/compare" --quiet --output printed --export >/dev/null 2>err || fail "--export does not read what train prints: $(cat err)"
python3 - <<'PYTHON' || fail "the record does not say what it should"
import json
for line in open("printed/runs.jsonl"):
    record = json.loads(line)
    counts = record["test_confusion"]["counts"]
    right = sum(counts[c][c] for c in range(2)) / sum(map(sum, counts))
    assert right == record["test_accuracy"], (right, record["test_accuracy"])
    assert record["test_recall"]["0"] == counts[0][0] / sum(counts[0])
    assert all(m["label"] != m["named"] for m in record["test_confusion"]["worst_mistakes"])
PYTHON

# Restored weights: which epoch's they are is recorded and said.
"$bin/train" --data moons --layers 2-16-2 --rate 2 --epochs 20 --patience 2 --restore-best yes --validation 200 --quiet --output best >best.txt
grep -qE '"kept_epoch":[0-9]+' best/runs.jsonl || fail "the record does not say whose weights were kept"
grep -qE "weights of epoch [0-9]+" best.txt || fail "nobody says whose weights were kept: $(cat best.txt)"

# A run that diverged has a report, too: of what ails it, and what to try.
"$bin/train" --data moons --layers 2-16-2 --rate 1e30 --loss mse --output-activation identity --quiet --output lost >lost.txt || fail "a diverged run fails"
head -1 lost.txt | grep -q "^The run diverged in step [0-9]*:" || fail "it does not say first that it diverged: $(cat lost.txt)"
grep -qF "a smaller --rate" lost/report.html || fail "no remedy in the report"
grep -q '"remedies":\["a smaller --rate' lost/runs.jsonl || fail "no remedy in the record"
grep -qE "nan|100.00 %" lost.txt && fail "it says $(cat lost.txt)"

# What cannot be written is said before the first step.
touch file
refuses 4 "file/below: cannot be written: Not a directory" timeout 20 "$bin/train" --quiet --data moons --layers 2-2 --epochs 4000000 --output file/below
mkdir -p busy/report.html
refuses 4 "busy/report.html: cannot be written: Is a directory" timeout 20 "$bin/train" --quiet --data moons --layers 2-2 --epochs 4000000 --output busy

# Help: groups, three examples, every name there is, in 80 columns. The examples are commands that can be parsed.
for program in train compare compare-reports doctor 04_1_forward; do
  "$bin/$program" --help >help.txt || fail "$program --help fails"
  awk 'length($0) > 80' help.txt | grep . && fail "$program --help: a line is longer than 80 columns"
done
"$bin/train" --help >help.txt
for heading in Data Network Learning Regularisation Repetition Results Records "Weights in files" Machine Help Examples; do
  grep -qx "$heading" help.txt || fail "train --help has no '$heading'"
done
(($(grep -c '^  train ' help.txt) >= 3)) || fail "train --help has too few examples"
for name in relu softmax_cross_entropy adam he_normal one_cycle; do grep -qw "$name" help.txt || fail "train --help does not name $name"; done

finish "train records and reports"
