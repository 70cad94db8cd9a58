#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The doctor, with each illness that can be given to it for real.
#
#     tests/doctor_test.sh PROGRAM_DIRECTORY FLUSH_TO_ZERO_LIBRARY
export LC_ALL=C.UTF-8
bin=$1 spoiler=$2
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"

# says CODE LINE COMMAND...: the command ends with CODE, and one of its lines matches
# LINE, blanks squeezed.
says() {
  local code=$1 line=$2
  shift 2
  "$@" >"$work/said" 2>"$work/err"
  local got=$?
  ((got == code)) || fail "$*: exit code $got, expected $code: $(grep ^fault "$work/said")$(cat "$work/err")"
  tr -s ' ' <"$work/said" | cat - "$work/err" | grep -qE -- "$line" ||
    fail "$*: no line '$line' in: $(cat "$work/said" "$work/err")"
}
# shellcheck disable=SC2317 # called by says, by name
# The commands under test: a directory of data, a directory of results, anything else.
data() { "$bin/doctor" --output "$work/new" --data "$1"; }
# shellcheck disable=SC2317
output() { "$bin/doctor" --data moons --output "$1"; }
# shellcheck disable=SC2317
doctor() { "$bin/doctor" --data moons --output "$work/new/place" "$@"; }

# Health: no fault, and nothing is left behind.
says 0 '^no faults?, .*: ready$' doctor
says 0 '^ok arithmetic rounds to nearest even' doctor
says 0 '^ok digest a tiny training ends with [0-9a-f]{32}, as everywhere' doctor
says 0 '^ok data moons, made by the program' doctor
says 0 "^ok output $work/new/place can be written \(it will be made\)" doctor
[[ ! -e $work/new ]] || fail "the doctor made the directory of results"
[[ -z $(find "$work" -name '.lanegrad*') ]] || fail "the doctor left a file behind"
says 0 '"faults": 0' doctor --json
grep -q '"condition": "fault"' "$work/said" && fail "a fault in JSON, and exit code 0"

# Data: missing, damaged in each file, contradictory, not what its name promises.
says 1 '^fault data /no/such/place: no such directory -> remedy: .*dataset-fashion-mnist' data /no/such/place
mkdir "$work/empty"
says 1 '^fault data file .*no file train-images.* -> remedy:' data "$work/empty"
magic() { printf '\x00\x00\x08'; printf '%b' "\\x0$1"; }
good() {
  local set
  rm -rf "$work/data" && mkdir "$work/data"
  for set in train t10k; do
    { magic 3; printf '\x00\x00\x00\x08\x00\x00\x00\x02\x00\x00\x00\x02'; head -c 32 /dev/zero; } >"$work/data/$set-images-idx3-ubyte"
    { magic 1; printf '\x00\x00\x00\x08'; printf '\x00\x01\x00\x01\x00\x01\x00\x01'; } >"$work/data/$set-labels-idx1-ubyte"
  done
}
good
says 0 '^ok data data: 8 training and 8 test samples, 2 classes, checksum [0-9a-f]{32}' data "$work/data"
for file in train-images-idx3 train-labels-idx1 t10k-images-idx3 t10k-labels-idx1; do
  good
  truncate -s -1 "$work/data/$file-ubyte"
  says 1 "^fault data file .*$file-ubyte: .*but it promises.* -> remedy: fetch it again" data "$work/data"
  (($(grep -c '^fault' "$work/said") == 1)) || fail "one file is damaged, and not one is named"
done
good
gzip "$work/data/train-images-idx3-ubyte"
size=$(stat -c %s "$work/data/train-images-idx3-ubyte.gz") # its last eight bytes are checksum and length
printf '#' | dd of="$work/data/train-images-idx3-ubyte.gz" bs=1 seek=$((size - 6)) conv=notrunc status=none
says 1 '^fault data file .*train-images-idx3-ubyte.gz: ' data "$work/data"
good
{ magic 1; printf '\x00\x00\x00\x03\x00\x01\x00'; } >"$work/data/train-labels-idx1-ubyte"
says 1 '^fault data .*8 images but .* 3 labels' data "$work/data"
good
mv "$work/data" "$work/fashion-mnist"
says 1 '^fault data fashion-mnist: .*, not [0-9a-f]{32} -> remedy:' data "$work/fashion-mnist"

# Output: below a file, where nobody may write, where nothing fits.
touch "$work/file"
says 1 "^fault output $work/file/below: .* is a file, not a directory -> remedy: choose another place" output "$work/file/below"
says 1 '^fault output /proc: nothing can be written: .* -> remedy: choose another place' output /proc/results
if (($(id -u) != 0)); then
  mkdir -m 555 "$work/readonly"
  says 1 '^fault output .*readonly: nothing can be written: Permission denied' output "$work/readonly"
fi
full() { (
  trap '' XFSZ
  ulimit -f 0
  output "$work" | cat
  exit "${PIPESTATUS[0]}"
); }
said=$(full 2>&1)
(($? == 1)) || fail "nothing can be filled, and the doctor is content"
[[ $said == *"a file can be made but not filled: File too large -> remedy: make room"* ]] ||
  fail "nothing can be filled: $said"

# Targets: forced, unknown.
for target in $("$bin/doctor" --target list | awk '{ print $1 }' ); do
  says 0 "^note targets $target alone, forced by --target -> " doctor --target "$target"
done
says 0 '^note multiply-add SCALAR has no fused multiply-add: emulated exactly' doctor --target SCALAR
says 2 "unknown target 'AVX9'" doctor --target AVX9

# Threads.
if (($(nproc) > 1)); then
  for limit in OMP_THREAD_LIMIT=1 OMP_MAX_ACTIVE_LEVELS=0; do
    says 0 "^note threads 1 of the machine.s [0-9]+ processors may be used; ${limit%=*} leaves no more .* unset ${limit%=*}" \
      env "$limit" "$bin/doctor" --data moons --output "$work"
  done
  first=$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')
  says 0 '^note threads 1 of the machine.s [0-9]+ processors may be used; the affinity mask' taskset -c "$first" "$bin/doctor" --data moons --output "$work"
fi

# Letters.
says 0 '^note locale C is not UTF-8' env LC_ALL=C "$bin/doctor" --data moons --output "$work"

# Arithmetic spoiled by a library. Other programs refuse to compute then.
if [[ $(uname -m) == x86_64 ]] && ! grep -q fsanitize <("$bin/train" --version; "$bin/doctor" --data moons); then
  says 1 '^fault arithmetic on .* subnormal numbers are flushed to zero -> remedy: .*LD_PRELOAD' env LD_PRELOAD="$spoiler" "$bin/doctor" --data moons --output "$work"
  says 1 'train: subnormal numbers are flushed to zero: results would have other bits' env LD_PRELOAD="$spoiler" "$bin/train" --data moons --quiet --no-record
  [[ ! -s $work/said ]] || fail "train computed with spoiled arithmetic"
fi

finish "the doctor finds every illness, and none in health"
