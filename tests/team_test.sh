#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whatever threads OpenMP and the system leave, a training ends, with the digest that it
# always has; and a signal ends it where it waits.
#
#     tests/team_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$1
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
unset OMP_NUM_THREADS OMP_THREAD_LIMIT OMP_MAX_ACTIVE_LEVELS OMP_DYNAMIC OMP_PROC_BIND GOMP_CPU_AFFINITY
# Large enough that a team is worth its while, however many threads it has.
train=("$bin/train" --quiet --no-record --data moons --layers 2-300-300-2 --samples 200 --batch 100 --epochs 2 --threads 3)
digest() { grep -oE 'digest +[0-9a-f]{32}' "$1"; }

"${train[@]}" >"$work/plain.txt" || fail "it cannot train at all"
expected=$(digest "$work/plain.txt")
[[ -n $expected ]] || fail "no digest: $(cat "$work/plain.txt")"

# trains_under WORD...: what stands before the command changes nothing but the threads.
trains_under() {
  timeout -k 1 60 "$@" "${train[@]}" >"$work/out" 2>"$work/err"
  local code=$?
  ((code == 0)) || fail "$*: exit code $code (124: it hangs): $(cat "$work/err")"
  [[ $(digest "$work/out") == "$expected" ]] || fail "$*: another digest: $(cat "$work/out")"
}
for variable in OMP_THREAD_LIMIT=1 OMP_THREAD_LIMIT=2 OMP_MAX_ACTIVE_LEVELS=0 OMP_DYNAMIC=true OMP_NUM_THREADS=1 \
  OMP_NUM_THREADS=64 OMP_NESTED=true OMP_PROC_BIND=true OMP_PROC_BIND=close OMP_PLACES=cores \
  GOMP_CPU_AFFINITY=0 "GOMP_CPU_AFFINITY=0 0" GOMP_CPU_AFFINITY=nonsense OMP_WAIT_POLICY=active; do
  trains_under env "$variable"
done
trains_under env OMP_DYNAMIC=true OMP_THREAD_LIMIT=2 OMP_NUM_THREADS=1
if command -v taskset >"$work/taskset"; then
  first=$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')
  trains_under taskset -c "$first"
  trains_under taskset -c "$first" env OMP_PROC_BIND=true
fi

# A grid of runs side by side, of which there are fewer at once than were asked for.
grid=("$bin/compare" --data moons --layers 2-8-2 --vary "activation=relu,tanh" --vary "rate=0.1,1" --seeds 2
  --final-seeds 2 --epochs 2 --samples 200 --validation 100 --threads 3 --quiet)
"${grid[@]}" --output "$work/grid" >"$work/grid.txt" || fail "it cannot run a grid at all"
for variable in OMP_THREAD_LIMIT=1 OMP_MAX_ACTIVE_LEVELS=0; do
  timeout -k 1 60 env "$variable" "${grid[@]}" --output "$work/$variable" >"$work/out" 2>"$work/err" ||
    fail "$variable: the grid ends with $?: $(cat "$work/err")"
  [[ $(grep -oE 'digest +[0-9a-f]{32}' "$work/out") == "$(grep -oE 'digest +[0-9a-f]{32}' "$work/grid.txt")" ]] ||
    fail "$variable: another digest of the grid"
  grep -q '"runs_at_once":1[,}]' "$work/$variable/runs.jsonl" || fail "$variable: the records count threads that there were not"
done

# ends_by SIGNALS COMMAND...: ends as interrupted, soon after so many signals.
ends_by() {
  local signals=$1 each code
  shift
  "$@" >"$work/out" 2>"$work/err" &
  local pid=$!
  sleep 0.7
  for ((each = 0; each < signals; ++each)); do
    kill -INT "$pid" 2>"$work/gone"
    sleep 0.1
  done
  for ((each = 0; each < 100; ++each)); do
    kill -0 "$pid" 2>"$work/gone" || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>"$work/gone"
  wait "$pid" 2>"$work/gone"
  code=$?
  ((code == 130)) || fail "$signals signals: $*: exit code $code, expected 130: $(cat "$work/err")"
}
endless=("$bin/train" --quiet --no-record --data moons --layers 2-300-300-2 --epochs 1000000 --threads 3)
for variable in OMP_DYNAMIC=false OMP_THREAD_LIMIT=1 OMP_MAX_ACTIVE_LEVELS=0; do
  ends_by 1 env "$variable" "${endless[@]}"
done
# A step that takes a minute, without fused multiply-add: the first signal waits for its
# end, the second does not.
ends_by 2 "$bin/train" --quiet --no-record --data moons --layers 2-2000-2000-2 --batch 1000 --epochs 1 --threads 3 --target SCALAR

finish "a team is as large as it is, and ends when it is told to"
