#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The same bits on a processor without a fused multiply-add: glibc is told to overlook
# ours, so that its fma too is the one of such a processor.
#
#     tests/without_fma_test.sh PROGRAM_DIRECTORY
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
train=$1/train

# digest TARGET OPTIONS...: of a short run.
digest() {
  "$train" --no-record --target "$1" --data moons --layers 2-12-7-2 --samples 96 --epochs 2 --threads 1 \
    --quiet --json "${@:2}" | grep -o '"digest":"[0-9a-f]*"'
}

for options in "--activation gelu" "--activation relu --optimizer adam --loss focal" \
  "--activation sine/tanh --dropout 0.2 --l2 0.01"; do
  first=
  while read -r target _; do
    # shellcheck disable=SC2086  # several options
    for tunables in "" glibc.cpu.hwcaps=-FMA,-FMA4; do
      found=$(GLIBC_TUNABLES=$tunables digest "$target" $options)
      [[ -n $found ]] || fail "$target, '$tunables': no digest with $options"
      [[ ${first:=$found} == "$found" ]] ||
        fail "$target, '$tunables': $found with $options, expected $first"
    done
  done < <("$train" --target list)
done
finish "every target gives the same digests, with the processor's multiply-add and without"
