# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# The packages that the scripts need, and how they come by them. Sourced by setup.sh,
# never run.

# add_packages NAME <<'END': a list of packages, or more of one: package and reason, one a
# line, by Debian 12's names. Here-documents, because an apostrophe in a reason would end a
# quoted string, and the rest of the list would be run as commands.
declare -A packages
add_packages() { packages[$1]+=$(cat)$'\n'; }

# What the programs need, and a first look at them.
add_packages run <<'END'
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
git                    names the revision in every record
dataset-fashion-mnist  70,000 images to learn from
END
# What the tests and the benchmarks need beside that.
add_packages test <<'END'
libmpfr-dev            the truth in tests, to any number of digits
libgtest-dev           the tests
libbenchmark-dev       the benchmarks
python3-numpy          reads exported weights, in a test
libopenmpi-dev         compare-mpi: grids on many processes
openmpi-bin            starts them
espeak-ng              says spoken digits again, in a test
END
add_packages book <<'END'
doxygen                sets the book
doxygen-awesome-css    its theme
libjs-katex            its formulas
fonts-katex            their letters
END

is_debian() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

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

# need_packages LIST...: installs what of these lists is missing, or says exactly what to run.
need_packages() {
  local list needed="" missing names
  for list in "$@"; do needed+=${packages[$list]}; done
  if ! is_debian; then
    complain "This is not Debian, so nothing is installed. lanegrad needs (Debian's names):"
    complain "$needed"
    complain "CMake will say what it cannot find."
    return 0
  fi
  missing=$(missing_from "$needed")
  [[ -n $missing ]] || return 0
  mapfile -t names < <(awk '{ print $1 }' <<<"$missing")
  if dry_run; then
    run apt-get install --no-install-recommends "${names[@]}"
    return 0
  fi
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
