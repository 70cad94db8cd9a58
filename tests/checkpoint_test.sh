#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A training that is killed for good, interrupted, and started again by the same
# command comes to the digest of one that never stopped; what cannot be gone on from
# is refused with one line.
#
#     tests/checkpoint_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
train=$1/train
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }
run=("$train" --quiet --no-record --data moons --layers 2-150-150-2 --activation relu/tanh --epochs 90 --optimizer nadam
  --schedule on_plateau --dropout 0.1 --validation 200 --restore-best yes)
"${run[@]}" >"$work/whole.txt" || fail "the run itself failed"

# The same command, killed again and again, with and without a chance to say goodbye.
# --foreground: timeout then waits for whom it kills, so that no dying process still has its file.
state=$work/net.ckpt
for signal in KILL INT KILL TERM KILL KILL INT KILL; do
  timeout --foreground -s "$signal" "0.0$((RANDOM % 8 + 2))" "${run[@]}" --checkpoint "$state" --checkpoint-every 13 >/dev/null 2>&1
done
[[ -s $state ]] || fail "eight sessions left no checkpoint"
"${run[@]}" --checkpoint "$state" --checkpoint-every 13 >"$work/parts.txt" || fail "the last session failed"
[[ $(digest "$work/whole.txt") == "$(digest "$work/parts.txt")" ]] || fail "killed and gone on: another digest"
(($(find "$work" -name '*.partial' | wc -l) == 0)) || fail "killed processes' files were left: $(ls "$work")"

# From the finished run, and without saying the settings again.
"$train" --quiet --no-record --data moons --resume "$state" --threads 2 >"$work/again.txt" || fail "--resume failed"
[[ $(digest "$work/whole.txt") == "$(digest "$work/again.txt")" ]] || fail "--resume: another digest"

# What cannot be gone on from is refused, and left as it is.
before=$(sha256sum <"$state")
refuses 2 "of a run with other settings: epochs 90, not 91" "$train" --quiet --no-record --data moons --resume "$state" --epochs 91
refuses 2 "of a run with other settings" "$train" --quiet --no-record --data moons --layers 2-3-2 --checkpoint "$state"
refuses 3 "of a run on moons" "$train" --quiet --no-record --data xor --resume "$state"
[[ $(sha256sum <"$state") == "$before" ]] || fail "a refusal changed the checkpoint"
refuses 3 "no such checkpoint" "$train" --quiet --no-record --data moons --resume "$work/none"
head -c 5000 "$state" >"$work/torn"
refuses 3 "$work/torn: truncated: 5000 bytes of" "$train" --quiet --no-record --data moons --resume "$work/torn"
{ head -c 5000 "$state"; printf 'x'; tail -c +5002 "$state"; } >"$work/bent"
refuses 3 "$work/bent: damaged" "$train" --quiet --no-record --data moons --resume "$work/bent"
echo "something else" >"$work/foreign"
refuses 3 "$work/foreign: not a checkpoint of lanegrad" "$train" --quiet --no-record --data moons --checkpoint "$work/foreign"
refuses 2 "--checkpoint-every needs a file" "$train" --quiet --no-record --data moons --checkpoint-every 5
refuses 4 "$work/foreign: cannot be written: Not a directory" "$train" --quiet --no-record --data moons --checkpoint "$work/foreign/below"
# A full disk, for real: a file system that holds one checkpoint and not two, where we
# may mount one. The first stays whole.
if unshare -rm true 2>/dev/null; then
  # shellcheck disable=SC2016  # the inner shell expands it
  unshare -rm bash -c '
    mkdir "$1/small" && mount -t tmpfs -o size=64k tmpfs "$1/small" || exit 77
    "$2" --quiet --no-record --data moons --layers 2-100-100-2 --epochs 2 --checkpoint "$1/small/c" >/dev/null 2>"$1/err"
    code=$?; ls "$1/small" >"$1/left"
    "$2" --quiet --no-record --data moons --resume "$1/small/c" --checkpoint "$1/other" >/dev/null || code=99
    exit $code' _ "$work" "$train"
  code=$?
  if ((code != 77)); then
    ((code == 4)) || fail "a full disk: exit code $code, expected 4: $(cat "$work/err")"
    grep -q "No space left" "$work/err" || fail "a full disk: said '$(cat "$work/err")'"
    [[ $(cat "$work/left") == c ]] || fail "a full disk: left $(cat "$work/left"), not the first checkpoint alone"
  fi
fi

finish "trainings go on as documented"
