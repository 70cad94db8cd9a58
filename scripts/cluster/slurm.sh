# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# How a script here submits itself to Slurm, once for each step. Sourced after setup.sh,
# never run.
: "${caller_directory:?}" "${script:?}"  # of setup.sh

# read_options FLAG PROGRAM "$@": sets `count` to the value of FLAG (4), `output` to that of
# --output, and `options` to everything else; ends the script where it cannot submit.
read_options() {
  local flag=$1 program=$2
  shift 2
  count=4 output=results/compare options=()
  while (($# > 0)); do
    case $1 in
      "$flag" | --output)
        (($# > 1)) || misused "needs a value after $1"
        if [[ $1 == --output ]]; then output=$2; else count=$2; fi
        shift 2
        ;;
      "$flag="*) count=${1#*=} && shift ;;
      --output=*) output=${1#*=} && shift ;;
      *) options+=("$1") && shift ;;
    esac
  done
  [[ $count =~ ^[1-9][0-9]*$ ]] || misused "takes a whole number from 1 after $flag, not '$count'"
  output=$(cd "$caller_directory" && realpath -m -- "$output")
  if dry_run; then return 0; fi
  if ! command -v sbatch >/dev/null; then
    complain "$script: there is no sbatch here; it is for a login node of a Slurm cluster"
    exit 2
  fi
  if [[ ! -x $program ]]; then
    complain "$script: $program is not built; scripts/test builds it"
    exit 2
  fi
  mkdir -p "$output" || exit 4
}

# For steps that train: what is finished is on disk, and a minute is enough to say so.
# shellcheck disable=SC2034  # of those who source this
stop_in_time=--signal=${SBATCH_SIGNAL:-B:TERM@60}

# submit STAGE OPTION_OF_SBATCH... -- ARGUMENT...: submits this script as a step, with these
# arguments before the options, and sets `job` to its number.
submit() {
  local stage=$1 own=() command
  shift
  while [[ $1 != -- ]]; do
    own+=("$1")
    shift
  done
  shift
  command=(sbatch --parsable --job-name="lanegrad-$stage" --output="$output/%x-%j.log"
    --export="ALL,LANEGRAD_TREE=$PWD" --chdir="$caller_directory"
    "${own[@]}" "$PWD/$script" --stage "$stage" "$output" "$@" ${options[@]+"${options[@]}"})
  if dry_run; then
    run "${command[@]}"
    job=$stage
    return 0
  fi
  job=$("${command[@]}")
  job=${job%%;*} # of a federation, the cluster stands behind it
  say "$stage: job $job"
}
