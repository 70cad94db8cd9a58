#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The container is Debian and what continuous integration runs, nothing else: so it works where
# that does. Where a Docker daemon answers, and LANEGRAD_CONTAINER_TEST=1 asks for it, it is built.
#
#     tests/container_test.sh SOURCE_DIRECTORY
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
cd "$1" || exit 1

# instructions FILE: of a Dockerfile, a line each.
instructions() { grep -vE '^#|^$' "$1"; }
# faults FILE: what is in it that continuous integration does not vouch for.
faults() {
  local word rest
  [[ $(instructions "$1" | head -n 1) == "FROM debian:12" ]] || echo "does not begin FROM debian:12"
  while read -r word rest; do
    case $word in
      RUN) grep -qxF -- "$rest" .ci/run || echo "runs what .ci/run does not: $rest" ;;
      FROM | COPY | WORKDIR | ENTRYPOINT) ;;
      *) echo "does more than Debian and the scripts: $word $rest" ;;
    esac
  done < <(instructions "$1")
  grep -qx 'RUN scripts/test' "$1" || echo "does not run the tests"
}
found=$(faults Dockerfile)
[[ -z $found ]] || fail "Dockerfile: $found"
program=$(sed -n 's/^ENTRYPOINT \["\(.*\)"\]$/\1/p' Dockerfile)
[[ $program == build/release/bin/* && -f experiments/${program##*/}.cc ]] || fail "Dockerfile: starts '$program', which is no program"
# What is planted is found.
for line in "RUN apt-get install -y vim" "ADD https://example.org/x /x" "RUN scripts/test --no"; do
  { cat Dockerfile && echo "$line"; } >"$work/Dockerfile"
  [[ -n $(faults "$work/Dockerfile") ]] || fail "not found: $line"
done
if [[ ${LANEGRAD_CONTAINER_TEST:-} == 1 ]] && docker info >/dev/null 2>&1; then
  docker build -q -t lanegrad-test . || fail "the container cannot be built"
fi
finish "the container is Debian and what continuous integration runs"
