# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What every script here begins with: the packages, then a configured and built
# tree. Sourced, never run. It changes nothing that is already in place, so a
# second run takes seconds; it needs no network and no root where nothing is
# missing. With LANEGRAD_DRY_RUN=1 a script says what it would install and run, and
# does neither. Exit codes are those of docs/exit_codes.md.

set -euo pipefail
caller_directory=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Under continuous integration: no colour, no progress, no cursor tricks.
if [[ ${CI:-} == true ]]; then
  export NO_COLOR=1 TERM=dumb
fi

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

# shellcheck source=scripts/packages.sh
source scripts/packages.sh

# What the script is called in what it says; one that may be run as a copy has said it itself.
script=${script:-scripts/$(basename "$0")}

# help_if_asked "$@" <<'END': prints what follows and ends, if an argument asks for help.
help_if_asked() {
  local argument
  for argument in "$@"; do
    [[ $argument == --help || $argument == -h ]] || continue
    cat
    printf '\nLANEGRAD_DRY_RUN=1 %s\nsays what it would install and run, and does neither.\n' "$script"
    exit 0
  done
}

# misused TEXT: ends a script whose command line cannot be understood.
misused() {
  complain "$script: $1; $script --help says what it takes"
  exit 2
}

# takes_nothing "$@": for scripts without arguments.
takes_nothing() { (($# == 0)) || misused "takes no arguments, but was given '$1'"; }

dry_run() { [[ ${LANEGRAD_DRY_RUN:-} == 1 ]]; }

# run COMMAND...: runs it; in a dry run, says it, as one would type it.
run() {
  if ! dry_run; then
    "$@"
  else
    printf 'would run:'
    printf ' %q' "$@"
    printf '\n'
  fi
}

# run_from_there COMMAND...: in the directory the script was called from, so that
# paths in its arguments mean what they say.
run_from_there() { (cd "$caller_directory" && run "$@"); }

# The limits of this process's control group and of all above it, smallest
# first: `group_limit cpu.max` or `group_limit memory.max`; nothing if none.
group_limit() {
  local path root=/sys/fs/cgroup
  path=$(sed -n 's/^0:://p' /proc/self/cgroup 2>/dev/null) || true
  while :; do
    cat "$root$path/$1" 2>/dev/null || true
    [[ -n $path && $path != / ]] || break
    path=${path%/*}
  done | case $1 in
    cpu.max) awk '$1 != "max" { n = int(($1 + $2 - 1) / $2); print n }' | sort -n | head -n 1 ;;
    *) awk '$1 != "max"' | sort -n | head -n 1 ;;
  esac
}

# How many compilers to run at once: one a core, and 2 GB of memory for each.
job_count() {
  local jobs cores kilobytes limit
  jobs=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)
  cores=$(group_limit cpu.max)
  if [[ -n $cores ]] && ((cores < jobs)); then jobs=$cores; fi
  kilobytes=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null) || true
  limit=$(group_limit memory.max)
  if [[ -n $limit && ( -z $kilobytes || $((limit / 1024)) -lt $kilobytes ) ]]; then
    kilobytes=$((limit / 1024))
  fi
  if [[ -n $kilobytes ]] && ((kilobytes / 2000000 < jobs)); then
    jobs=$((kilobytes / 2000000))
  fi
  ((jobs >= 1)) || jobs=1
  say "$jobs"
}

# cached NAME CACHE: the value of a variable in a CMakeCache.txt.
cached() { sed -n "s/^$1:[A-Z]*=//p" "$2" | head -n 1; }

# start_fresh_if_foreign DIRECTORY SOURCE: a build directory that was copied or moved,
# or whose compiler has gone, only gives riddles. It is ours, so it can go.
start_fresh_if_foreign() {
  local cache=$1/CMakeCache.txt why=
  [[ -e $cache ]] || return 0
  if [[ ! $(cached CMAKE_HOME_DIRECTORY "$cache") -ef $2 ]]; then
    why="it was made for another source tree"
  elif [[ ! $(cached CMAKE_CACHEFILE_DIR "$cache") -ef $1 ]]; then
    why="it was moved or copied"
  elif ! command -v "$(cached CMAKE_CXX_COMPILER "$cache")" >/dev/null; then  # a preset names it without a path
    why="its compiler is gone"
  elif [[ $(cached CMAKE_GENERATOR "$cache") != Ninja ]]; then
    why="it was made by another generator"
  fi
  if [[ -n $why ]]; then
    say "Starting $1 afresh: $why."
    run rm -rf -- "$1"
  fi
}

# configure DIRECTORY ARGUMENT_OF_CMAKE...: what CMake says goes to a file, and is shown
# only where it fails. A source tree that is not this one is named first, by -S.
configure() {
  local directory=$1 log=$1/configure.log source=. free
  if [[ $2 == -S ]]; then source=$3; fi
  if dry_run; then
    run cmake "${@:2}"
    return 0
  fi
  start_fresh_if_foreign "$directory" "$source"
  if ! mkdir -p "$directory" 2>/dev/null || [[ ! -w $directory ]]; then
    complain "Cannot write to $(realpath -m -- "$directory"); clone lanegrad to where you may write."
    exit 4
  fi
  free=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')
  if [[ -n $free ]] && ((free < 1000000)); then
    complain "Only $((free / 1000)) MB are free on this disk; the build takes up to 1 GB."
  fi
  say "Configuring $directory."
  if ! cmake "${@:2}" >"$log" 2>&1; then
    cat "$log" >&2
    complain "CMake could not configure the build; its last words are above, all of them in $log."
    exit 1
  fi
}

# compile ARGUMENT_OF_CMAKE_BUILD...: as many compilers at once as the machine bears.
compile() {
  local jobs
  jobs=$(job_count)
  dry_run || say "Building, $jobs at a time."
  run cmake --build "$@" --parallel "$jobs"
}

# build PRESET [TARGET...]: configures and builds it, or those targets of it. The presets
# quick and book share the directory of release, so that nothing is compiled twice.
build() {
  local directory=build/$1
  case $1 in quick | book) directory=build/release ;; esac
  configure "$directory" --preset "$1"
  compile --preset "$1" ${2:+--target "${@:2}"}
}
