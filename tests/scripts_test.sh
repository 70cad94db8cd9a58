#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What can be known of the scripts without running what they are for: each can be parsed,
# says what it does, refuses what it does not know, and comes to its end in a dry run. Then
# faults that once were there are planted, to see that they are found.
#
#     tests/scripts_test.sh SOURCE_DIRECTORY
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
cd "$1" || exit 1
shopt -s nullglob
unset LANEGRAD_DRY_RUN

# dry_run_of SCRIPT: what is wrong with its dry run; nothing if all is well. It has no
# standard input: where a here-document is missing, nothing waits.
dry_run_of() {
  LANEGRAD_DRY_RUN=1 "$1" </dev/null >"$work/out" 2>"$work/err" || echo "$1: a dry run ended with exit code $?"
  grep -q '^would run: ' "$work/out" || echo "$1: a dry run says nothing that it would run"
  # What bash complains of names the line; it does not always end a script.
  grep -E ': line [0-9]+: ' "$work/err" || true
}

# help_of SCRIPT: what is wrong with its help.
help_of() {
  "$1" --help </dev/null >"$work/out" 2>"$work/err" || echo "$1 --help: exit code $?"
  [[ $(head -n 1 "$work/out") == "Usage: $1"* ]] ||
    echo "$1 --help: does not begin with 'Usage: $1'"
  awk -v script="$1" 'length > 80 { print script " --help: longer than 80 columns: " $0 }' "$work/out"
  [[ ! -s $work/err ]] || echo "$1 --help: said $(cat "$work/err")"
}

# expect_none FAULTS: what these functions print is what is wrong.
expect_none() { [[ -z $1 ]] || fail "$1"; }

scripts=()
for script in scripts/* scripts/*/* .ci/run tests/*.sh; do
  if [[ -f $script ]]; then scripts+=("$script"); fi
done
for script in "${scripts[@]}"; do
  expect_none "$(bash -n "$script" 2>&1)"
  # The first line of what is sourced names its shell for shellcheck; the rest is run.
  if [[ $(head -n 1 "$script") == "# shellcheck shell=bash" ]]; then
    [[ ! -x $script ]] || fail "$script: is sourced, and may not be executable"
  else
    [[ -x $script && $(head -n 1 "$script") == "#!/usr/bin/env bash" ]] ||
      fail "$script: is run, and must be executable and begin with #!/usr/bin/env bash"
  fi
done

# Dry runs take place in a copy: what they leave there is a fault as well.
tree=$work/tree
mkdir "$tree"
cp -r scripts tests bench CMakePresets.json "$tree"
files_of_tree() { (cd "$tree" && find . | sort); }
files_of_tree >"$work/before"
commands=()
for script in scripts/* scripts/*/*; do
  if [[ -d $script || ! -x $script ]]; then continue; fi
  commands+=("$script")
  expect_none "$(help_of "$script")"
  expect_none "$(dry_run_of "$tree/$script")"
  # An option nobody knows is handed on, to be refused there, or refused at once.
  LANEGRAD_DRY_RUN=1 "$tree/$script" --no-such-option </dev/null >"$work/out" 2>"$work/err"
  code=$?
  if ((code == 0)); then
    grep -q '^would run: .* --no-such-option$' "$work/out" || fail "$script: swallows an unknown option"
  else
    refuses 2 "$script: " env LANEGRAD_DRY_RUN=1 "$tree/$script" --no-such-option
    grep -qF -- --no-such-option "$work/err" || fail "$script: does not name the option it refuses"
  fi
done
((${#commands[@]} > 0)) || fail "scripts/: no scripts"
files_of_tree | diff "$work/before" - || fail "a dry run has changed the tree"

# faults_with LIST: what is wrong with the dry run of a scripts/peers that has the list too.
faults_with() {
  printf '%s\n' "$@" >"$work/list"
  sed "/^help_if_asked/e cat '$work/list'" scripts/peers >"$tree/scripts/peers"
  dry_run_of "$tree/scripts/peers"
}
# An apostrophe ends a quoted list, and what follows is run.
[[ -n $(faults_with "list='" "ocl-icd-opencl-dev  what oneDNN's configuration asks for" "'") ]] ||
  fail "an apostrophe in a quoted list is not found"
# With a second one every quotation ends, and only a run can tell.
[[ -n $(faults_with "list='" "ocl-icd-opencl-dev  oneDNN's configuration asks for OpenCL's" "'") ]] ||
  fail "two apostrophes in a quoted list are not found"
bash -n "$tree/scripts/peers" || fail "two apostrophes: found by bash -n, so that the dry run was not tested"
# In a here-document, as lists are now, an apostrophe is a letter.
expect_none "$(faults_with "add_packages peers <<'END'" "no-such-package  what oneDNN's configuration asks for" END)"
if command -v apt-get >/dev/null; then
  grep -q '^would run: apt-get install .*no-such-package' "$work/out" || fail "a package of a list is not installed"
fi

# build_afresh COMPILER: what is said of a build directory whose cache names that compiler.
build_afresh() {
  mkdir -p "$work/build/corpus"
  printf '%s\n' "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "CMAKE_CACHEFILE_DIR:INTERNAL=$work/build" \
    "CMAKE_CXX_COMPILER:UNINITIALIZED=$1" "CMAKE_GENERATOR:INTERNAL=Ninja" >"$work/build/CMakeCache.txt"
  bash -c 'source scripts/setup.sh && start_fresh_if_foreign "$1" .' _ "$work/build"
}
# A preset leaves a name without a path in the cache; what a fuzzer has learned lies beside it.
expect_none "$(build_afresh c++)"
[[ -d $work/build/corpus ]] || fail "a build whose compiler is there was removed"
build_afresh /nowhere/c++ | grep -q 'its compiler is gone' || fail "a build whose compiler is gone was kept"

if ! command -v shellcheck >/dev/null; then
  echo "not run: shellcheck (Debian: apt-get install shellcheck)"
else
  shellcheck "${scripts[@]}" || fail "shellcheck: as above"
fi
finish "${#scripts[@]} scripts can be parsed, ${#commands[@]} help and run dry, planted faults are found"
