#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Disks that are full, fill up in the middle, are freed again, or may not be written:
# real ones, of some KiB, mounted for the purpose. And two processes on one folder.
#
#     tests/disk_test.sh PROGRAM_DIRECTORY
set -uo pipefail
export LC_ALL=C
bin=$1
# A mount needs a name space of its own; where not even that is allowed, the limit on
# the size of a file stands in for the disk.
if [[ -z ${LANEGRAD_DISK_TEST:-} ]]; then
  for space in "unshare --mount" "unshare --map-root-user --mount"; do
    if $space mount -t tmpfs -o size=16k tmpfs /tmp 2>/dev/null; then
      LANEGRAD_DISK_TEST=mount exec $space "$0" "$bin"
    fi
  done
  export LANEGRAD_DISK_TEST=limit
  echo "no file system may be mounted here: a limit on the size of files stands in for a full disk"
fi
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
grid=("$bin/compare" --data moons --layers 2-16-2 --vary activation=relu,tanh --vary loss=mse
  --vary rate=0.01,0.1,1 --seeds 2 --final-seeds 2 --epochs 5 --samples 300 --validation 200 --quiet)
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }
"${grid[@]}" --output "$work/whole" >"$work/whole.txt" || fail "the grid fails on a healthy disk"
runs=$(wc -l <"$work/whole/runs.jsonl")

# says TEXT: the last command ended with 4 and said it on one line.
says() {
  ((code == 4)) || fail "$1: exit code $code"
  grep -qF -- "$1" "$work/err" || fail "expected '$1', not: $(cat "$work/err")"
  (($(wc -l <"$work/err") == 1)) || fail "more than one line: $(cat "$work/err")"
}
# whole_lines FILE: every line has its end and its checksum.
whole_lines() {
  local lines
  lines=$(grep -cE '^\{.*"checksum":"[0-9a-f]{16}"\}$' "$1")
  ((lines == $(wc -l <"$1"))) && [[ -z $(tail -c 1 "$1" | tr -d '\n') ]]
}

mkdir "$work/disk"
if [[ $LANEGRAD_DISK_TEST == mount ]]; then
  mount -t tmpfs -o size=64k tmpfs "$work/disk"
  # It fills up in the middle of the grid. What was finished before is whole.
  head -c 40000 /dev/zero >"$work/disk/filler"
  "${grid[@]}" --output "$work/disk/r" >/dev/null 2>"$work/err"
  code=$?
  says "runs.jsonl: cannot be written: No space left on device; make room and run again: what is finished is kept"
  finished=$(wc -l <"$work/disk/r/runs.jsonl")
  ((finished > 0 && finished < runs)) || fail "the disk was full at the wrong time: $finished runs"
  whole_lines "$work/disk/r/runs.jsonl" || fail "half a line was left on the full disk"
  # Still full: the same answer, and the same records.
  cp "$work/disk/r/runs.jsonl" "$work/before"
  "${grid[@]}" --output "$work/disk/r" >/dev/null 2>"$work/err"
  code=$?
  says "No space left on device"
  cmp -s "$work/before" "$work/disk/r/runs.jsonl" || fail "a full disk changed the records"
  # Made room for the records, not for the report; then for all.
  rm "$work/disk/filler"
  mount -o remount,size=128k "$work/disk"
  "${grid[@]}" --output "$work/disk/r" >/dev/null 2>"$work/err"
  code=$?
  says "cannot be written: No space left on device"
  (($(wc -l <"$work/disk/r/runs.jsonl") == runs)) || fail "the records are not all there"
  [[ -z $(find "$work/disk/r" -name '*.partial') ]] || fail "half a file was left"
  mount -o remount,size=8m "$work/disk"
  "${grid[@]}" --output "$work/disk/r" >"$work/freed.txt" || fail "the disk was freed, and the grid failed"
  [[ $(digest "$work/freed.txt") == "$(digest "$work/whole.txt")" ]] || fail "freed: another digest"
  (($(grep -o '"key":"[^"]*"' "$work/disk/r/runs.jsonl" | sort | uniq -d | wc -l) == 0)) || fail "freed: a run twice"

  # A network that does not fit: nothing is kept of a run without a checkpoint, and nothing else is said.
  "$bin/train" --no-record --data moons --layers 2-1500-1500-2 --samples 32 --epochs 1 --export "$work/disk/net" --quiet >/dev/null 2>"$work/err"
  code=$?
  says "net: cannot be written: No space left on device; make room and run again"
  grep -q "is kept" "$work/err" && fail "a lost run is called kept: $(cat "$work/err")"
  [[ -z $(find "$work/disk" -name 'net*') ]] || fail "half a network was left"

  # A disk that may only be read.
  mount -o remount,ro "$work/disk"
  "${grid[@]}" --output "$work/disk/r" >/dev/null 2>"$work/err"
  code=$?
  says "Read-only file system; choose another place with --output"
  "${grid[@]}" --output "$work/disk/new" >/dev/null 2>"$work/err"
  code=$?
  says "new: cannot be written: Read-only file system"
  "$bin/compare" --data moons --output "$work/disk/r" --verify 3 --quiet >/dev/null ||
    fail "records on a disk that may only be read cannot be verified"
  "$bin/compare" --merge "$work/disk/r" --output "$work/copy" >/dev/null ||
    fail "records on a disk that may only be read cannot be merged"
  cmp -s "$work/copy/runs.jsonl" "$work/disk/r/runs.jsonl" || fail "the copy is another"
else
  (
    trap '' XFSZ
    ulimit -f 30
    "${grid[@]}" --output "$work/disk/r" >/dev/null 2>"$work/err"
  )
  code=$?
  says "runs.jsonl: cannot be written: File too large; make room and run again: what is finished is kept"
  whole_lines "$work/disk/r/runs.jsonl" || fail "half a line was left"
  "${grid[@]}" --output "$work/disk/r" >"$work/freed.txt" || fail "freed, and the grid failed"
  [[ $(digest "$work/freed.txt") == "$(digest "$work/whole.txt")" ]] || fail "freed: another digest"
fi

# Two processes started together on one folder: one works, the other says so.
for i in 1 2; do
  "${grid[@]/#5/200}" --output "$work/both" >/dev/null 2>"$work/err$i" &
  pids[i]=$!
done
codes=
for i in 1 2; do
  wait "${pids[i]}"
  codes+=" $?"
done
case $codes in
  " 0 4") cp "$work/err2" "$work/err" ;;
  " 4 0") cp "$work/err1" "$work/err" ;;
  *) fail "two at once ended with$codes: $(cat "$work/err1" "$work/err2")" ;;
esac
code=4
says "another process is writing here; wait for it, or choose another --output"

finish "full, freed, read-only and shared disks cost nothing that was finished"
