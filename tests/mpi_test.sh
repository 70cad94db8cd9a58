#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A grid by the processes of an MPI job: the records of one process, whatever their number; and what
# befalls a job: a rank that is killed, rank 0 that is, a full disk, a slow rank, one that is told to
# stop, more ranks than runs, ranks that cannot or may not take part. Skipped where MPI is missing.
#
#     tests/mpi_test.sh PROGRAM_DIRECTORY FLUSH_TO_ZERO_LIBRARY
export LC_ALL=C
bin=$1 flush=$2
if [[ ! -x $bin/compare-mpi ]]; then
  echo "not run: compare-mpi was not built, since MPI is missing (Debian: apt-get install libopenmpi-dev openmpi-bin)"
  exit 77
fi
if ! command -v mpirun >/dev/null; then
  echo "not run: no mpirun here (Debian: apt-get install openmpi-bin)"
  exit 77
fi
# A disk of some KiB needs a name space of its own.
if [[ -z ${LANEGRAD_MPI_TEST:-} ]]; then
  for space in "unshare --mount" "unshare --map-root-user --mount"; do
    if $space mount -t tmpfs -o size=16k tmpfs /tmp 2>/dev/null; then
      LANEGRAD_MPI_TEST=mount exec $space "$0" "$@"
    fi
  done
fi
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT

# One machine, as many ranks as are asked for, also as root and in a container, where one process may
# not read the memory of another.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_plm=isolated
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,vader

grid=(--data moons --layers 2-32-32-2 --vary activation=relu,tanh --vary loss=mse,softmax_cross_entropy
  --vary rate=0.01,0.1,1 --seeds 2 --final-seeds 2 --epochs 60 --samples 300 --validation 200 --quiet)
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }
# Key and digest of every record, sorted: a set of records, however it was made.
records() { grep -o '"key":"[^"]*"\|"digest":"[^"]*"' "$1/runs.jsonl" | paste - - | sort; }

# job RANKS OPTIONS...: mpirun, once more where it was MPI that could not start.
job() {
  local attempt code
  for attempt in 1 2; do
    mpirun -n "$1" "$bin/compare-mpi" "${@:2}" >"$work/out" 2>"$work/err"
    code=$?
    if ((code == 0 || attempt == 2)) || ! grep -qE 'ORTE_ERROR_LOG|PMIX ERROR|MPI_Init' "$work/err"; then return $code; fi
  done
}
# said TEXT: one of the job's own lines is this.
said() { grep -qF -- "$1" "$work/err" || fail "expected '$1', not: $(cat "$work/err")"; }
# whole DIRECTORY WHAT: its records are those of one process, and each is there once.
whole() {
  [[ $(records "$1") == "$(records "$work/$one")" ]] || fail "$2: other records than those of one process"
  [[ $(digest "$work/out") == "$(digest "$work/$one.txt")" ]] || fail "$2: another digest"
}

one=short
"$bin/compare" "${grid[@]}" --output "$work/short" >"$work/short.txt" || fail "the grid fails in one process"
for ranks in 1 2 4; do
  job $ranks "${grid[@]}" --output "$work/of$ranks" || fail "$ranks ranks: ended with $?: $(cat "$work/err")"
  whole "$work/of$ranks" "$ranks ranks"
done
hosts=$(grep -o '"command":"[^"]*"' "$work/of4/runs.jsonl" | sort -u | wc -l)
((hosts == 1)) || fail "ranks of one job were given different commands"

# rank N JOB: the process of a rank of the job that mpirun JOB is; waits until there is one.
rank() {
  local pid
  for _ in {1..100}; do
    for pid in $(pgrep -P "$2"); do
      if tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -qx "OMPI_COMM_WORLD_RANK=$1"; then
        echo "$pid"
        return 0
      fi
    done
    sleep 0.05
  done
}
# long RANKS OUTPUT: starts the grid with longer runs, and waits for the first records.
long() {
  mpirun -n "$1" "$bin/compare-mpi" "${grid[@]/#60/300}" --output "$2" >"$work/out" 2>"$work/err" &
  job=$!
  for _ in {1..400}; do
    if [[ -s $2/runs.jsonl ]]; then break; fi
    sleep 0.02
  done
}
one=long
"$bin/compare" "${grid[@]/#60/300}" --output "$work/long" >"$work/long.txt" || fail "the long grid fails in one process"
runs=$(records "$work/long" | wc -l)

# A rank is killed, then rank 0: the job ends, and the same command finishes the rest.
killed=$work/killed
for victim in 1 0; do
  before=0
  if [[ -e $killed/runs.jsonl ]]; then before=$(wc -l <"$killed/runs.jsonl"); fi
  long 3 "$killed"
  kill -KILL "$(rank $victim "$job")" 2>/dev/null || fail "there is no rank $victim to kill"
  wait "$job" && fail "rank $victim was killed, and the job ended well"
  if ((victim > 0)); then said "compare-mpi: interrupted; "; fi
  said "exited on signal 9 (Killed)"
  after=$(wc -l <"$killed/runs.jsonl")
  ((after > before || victim == 0)) || fail "rank $victim was killed: no record of the job is there"
  ((after >= before && after < runs)) || fail "rank $victim was killed: $before records before, $after after, of $runs"
done
job 3 "${grid[@]/#60/300}" --output "$killed" || fail "after two kills: ended with $?: $(cat "$work/err")"
whole "$killed" "killed and resumed"

# A rank stops for a while; another is told to end, and hands back what it has.
long 3 "$work/slow"
slow=$(rank 1 "$job")
kill -STOP "$slow"
kill -TERM "$(rank 2 "$job")"
sleep 0.7
kill -CONT "$slow"
wait "$job" || fail "with a slow rank and one that left: ended with $?: $(cat "$work/err")"
whole "$work/slow" "with a slow rank and one that left"

# Twelve ranks would be too many for four runs.
few=(--data moons --layers 2-8-2 --vary activation=relu --vary loss=mse --rate 0.1 --seeds 1 --final-seeds 3
  --epochs 2 --samples 100 --validation 50 --quiet)
"$bin/compare" "${few[@]}" --output "$work/few" >"$work/few.txt" || fail "four runs fail in one process"
job 6 "${few[@]}" --output "$work/many" || fail "more ranks than runs: ended with $?: $(cat "$work/err")"
[[ $(records "$work/many") == "$(records "$work/few")" ]] || fail "more ranks than runs: other records"

# together OPTIONS_OF_RANK_1... -- OPTIONS_OF_MPIRUN_FOR_IT...: the long grid by two ranks that differ.
together() {
  local own=() launch=()
  while (($# > 0)) && [[ $1 != -- ]]; do
    own+=("$1")
    shift
  done
  launch=("${@:2}")
  rm -rf "$work/unlike"
  mpirun -n 1 "$bin/compare-mpi" "${grid[@]/#60/300}" --output "$work/unlike" : \
    -n 1 "${launch[@]}" "$bin/compare-mpi" "${grid[@]/#60/300}" --output "$work/unlike" "${own[@]}" >"$work/out" 2>"$work/err" ||
    fail "unlike ranks (${own[*]} ${launch[*]}): ended with $?: $(cat "$work/err")"
  whole "$work/unlike" "unlike ranks (${own[*]} ${launch[*]})"
}
together --target SSE4 --
said "rank 1 on "
said "SSE4 has no fused multiply-add and emulates it: the same bits, slowly"
together -- -x "LD_PRELOAD=$flush"
said "compare-mpi, rank 1: subnormal numbers are flushed to zero: results would have other bits"
said "takes no part: it ended with exit code 1 before it could begin"
together --validation-data "$work/nowhere" --
said "takes no part: it ended with exit code 3 before it could begin"

# What is wrong with a command is said once; limits end the job as they end one process.
job 2 "${few[@]}" --vary optimizer=sdg --output "$work/slip"
code=$?
((code == 2)) || fail "a slip: exit code $code"
(($(grep -c "unknown optimizer 'sdg'; did you mean 'sgd'?" "$work/err") == 1)) || fail "a slip is not said once: $(cat "$work/err")"
job 2 "${grid[@]/#60/2000}" --limit 0.5s --output "$work/limit"
code=$?
((code == 6)) || fail "--limit: exit code $code"
said "the time limit of 0.5"
endless=(--data moons --layers 2-64-64-2 --vary activation=relu --vary loss=mse --rate 0.1 --seeds 1 --final-seeds 3
  --epochs 20000 --quiet)
job 2 "${endless[@]}" --run-limit 0.1s --output "$work/run-limit"
code=$?
((code == 6)) || fail "--run-limit: exit code $code: $(cat "$work/err")"
(($(grep -c '"status":"out_of_time"' "$work/run-limit/runs.jsonl") == 4)) || fail "--run-limit: not every run ran out of time"

# The disk of rank 0 is full; it is freed, and the same command finishes the rest.
if [[ ${LANEGRAD_MPI_TEST:-} == mount ]]; then
  mkdir "$work/disk"
  mount -t tmpfs -o size=64k tmpfs "$work/disk"
  head -c 30000 /dev/zero >"$work/disk/filler"
  job 3 "${grid[@]/#60/300}" --output "$work/disk/r"
  code=$?
  ((code == 4)) || fail "a full disk: exit code $code"
  said "runs.jsonl: cannot be written: No space left on device; make room and run again: what is finished is kept"
  rm "$work/disk/filler"
  mount -o remount,size=32m "$work/disk"
  job 3 "${grid[@]/#60/300}" --output "$work/disk/r" || fail "the disk was freed: ended with $?: $(cat "$work/err")"
  whole "$work/disk/r" "a full disk, freed"
else
  echo "not run: a full disk, since no file system may be mounted here"
fi
finish "1, 2 and 4 ranks leave the records of one process; kills, a full disk, slow, leaving and unfit ranks cost nothing that was finished"
