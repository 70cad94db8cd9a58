# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What every script here begins with: the packages, then a configured and built
# tree. Sourced, never run. It changes nothing that is already in place, so a
# second run takes seconds; it needs no network and no root where nothing is
# missing. Exit codes are those of docs/exit_codes.md.

set -euo pipefail
caller_directory=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Under continuous integration: no colour, no progress, no cursor tricks.
if [[ ${CI:-} == true ]]; then
  export NO_COLOR=1 TERM=dumb
fi

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

# Package and reason, one a line. Debian 12's names.
build_packages='
g++                    the C++20 compiler
cmake                  configures the build
ninja-build            runs the build
pkg-config             finds xxHash
libhwy-dev             Highway: SIMD with run-time dispatch
libfmt-dev             formatted output
libcli11-dev           command lines
nlohmann-json3-dev     records, one JSON line a run
libtomlplusplus-dev    grids in files
zlib1g-dev             data sets compressed by gzip
libboost-dev           Boost.Math: quantiles for intervals and tests
libxxhash-dev          XXH3-128: digests of runs and data
libmpfr-dev            the truth in tests, to any number of digits
libgtest-dev           the tests
libbenchmark-dev       the benchmarks
python3-numpy          reads exported weights, in a test
git                    names the revision in every record
dataset-fashion-mnist  70,000 images to learn from
'
book_packages='
doxygen                sets the book
doxygen-awesome-css    its theme
libjs-katex            its formulas
fonts-katex            their letters
'

is_debian() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

# run_from_there COMMAND...: in the directory the script was called from, so that
# paths in its arguments mean what they say.
run_from_there() { (cd "$caller_directory" && "$@"); }

# missing_from LIST: those lines of a package list that are not installed.
missing_from() {
  local installed name reason
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' 2>/dev/null |
    awk '$2 == "installed" { print $1 }')
  while read -r name reason; do
    if [[ -n $name ]] && ! grep -qxF -- "$name" <<<"$installed"; then
      printf '%-22s %s\n' "$name" "$reason"
    fi
  done <<<"$1"
}

# as_root COMMAND...: runs it as root by whatever way there is.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

may_become_root() {
  [[ $(id -u) == 0 ]] && return 0
  command -v sudo >/dev/null || return 1
  sudo -n true 2>/dev/null && return 0
  [[ -t 0 && -t 2 ]]  # then sudo can ask for the password
}

# The lock on the package lists has no time-out of its own, unlike dpkg's.
update_lists() {
  local log attempt
  log=$(mktemp)
  for attempt in {1..30}; do
    if as_root apt-get update -q -o APT::Update::Error-Mode=any >"$log" 2>&1; then
      rm -f "$log"
      return 0
    fi
    grep -q 'Could not get lock' "$log" || break
    if [[ $attempt == 1 ]]; then
      say "Another program holds apt's lock; waiting for it, up to five minutes."
    fi
    sleep 10
  done
  complain "The package lists could not be fetched; going on with those there are. apt-get said:"
  grep -E "^(E:|Err:|W: Failed)" "$log" | head -n 3 >&2 || true
  rm -f "$log"
}

# need_packages build [book]: installs what is missing, or says exactly what to run.
need_packages() {
  local needed=$build_packages missing names
  if [[ ${2:-} == book ]]; then needed+=$book_packages; fi
  if ! is_debian; then
    complain "This is not Debian, so nothing is installed. lanegrad needs (Debian's names):"
    complain "$needed"
    complain "CMake will say what it cannot find."
    return 0
  fi
  missing=$(missing_from "$needed")
  [[ -n $missing ]] || return 0
  mapfile -t names < <(awk '{ print $1 }' <<<"$missing")

  if ! may_become_root; then
    complain "These packages are missing, and only root can install them:"
    complain "$missing"
    complain ""
    complain "Run this as root, then try again:"
    complain "  apt-get update && apt-get install --no-install-recommends ${names[*]}"
    exit 5
  fi
  say "Installing by apt-get, ${#names[@]} in all:"
  say "$missing"
  update_lists
  # `env`, because sudo drops the environment.
  if ! as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get install -y -q \
    --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "${names[@]}"; then
    complain ""
    complain "The packages could not be installed; apt-get says why above. Without a network,"
    complain "install these by other means (names and reasons as above), then try again:"
    complain "  ${names[*]}"
    exit 5
  fi
}

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

# start_fresh_if_foreign DIRECTORY: a build directory that was copied or moved,
# or whose compiler has gone, only gives riddles. It is ours, so it can go.
start_fresh_if_foreign() {
  local cache=$1/CMakeCache.txt why=
  [[ -e $cache ]] || return 0
  if [[ ! $(cached CMAKE_HOME_DIRECTORY "$cache") -ef . ]]; then
    why="it was made for another source tree"
  elif [[ ! $(cached CMAKE_CACHEFILE_DIR "$cache") -ef $1 ]]; then
    why="it was moved or copied"
  elif [[ ! -x $(cached CMAKE_CXX_COMPILER "$cache") ]]; then
    why="its compiler is gone"
  elif [[ $(cached CMAKE_GENERATOR "$cache") != Ninja ]]; then
    why="it was made by another generator"
  fi
  if [[ -n $why ]]; then
    say "Starting $1 afresh: $why."
    rm -rf -- "$1"
  fi
}

# build PRESET [TARGET...]: configures and builds it, or those targets of it. The book's
# preset shares the directory of release, so that nothing is compiled twice.
build() {
  local preset=$1 directory=build/${1/book/release} targets=("${@:2}") log free
  start_fresh_if_foreign "$directory"
  if ! mkdir -p "$directory" 2>/dev/null || [[ ! -w $directory ]]; then
    complain "Cannot write to $PWD/$directory; clone lanegrad to where you may write."
    exit 4
  fi
  free=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')
  if [[ -n $free ]] && ((free < 1000000)); then
    complain "Only $((free / 1000)) MB are free on this disk; the build takes up to 1 GB."
  fi
  log=$directory/configure.log
  say "Configuring $directory."
  if ! cmake --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    complain "CMake could not configure the build; its last words are above, all of them in $log."
    exit 1
  fi
  jobs=$(job_count)
  say "Building, $jobs at a time."
  cmake --build --preset "$preset" --parallel "$jobs" ${targets[0]:+--target "${targets[@]}"}
}
