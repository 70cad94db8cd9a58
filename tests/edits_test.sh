#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The lists of edits (scripts/edits.sh) still find the text that they replace: a list is
# rarely run, and the sources move on.
#
#     tests/edits_test.sh SOURCE_DIRECTORY
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
cd "$1" || exit 1
# shellcheck source=scripts/edits.sh
source scripts/edits.sh

# finds LIST FIELDS: each line has so many fields, of which the last three are file, text
# and replacement, and changes a copy of the file.
finds() {
  local line field file
  while IFS= read -r line; do
    mapfile -t field < <(fields_of "$line")
    ((${#field[@]} > 0)) || continue
    if ((${#field[@]} != $2)); then
      fail "$1: ${#field[@]} fields, expected $2: $line"
      continue
    fi
    file=${field[-3]}
    if [[ ! -f $work/$file ]]; then cp --parents "$file" "$work" || fail "$1: no $file"; fi
    (edit_copy "$work" "$1" "${field[@]: -3}") || fail "$1: cannot be applied: $line"
    ! cmp -s "$file" "$work/$file" || fail "$1: changes nothing: $line"
    # Edits follow each other; mutants stand alone.
    if (($2 == 4)); then cp "$file" "$work/$file"; fi
  done <"$1"
  rm -rf "${work:?}"/*
}
finds tests/mutants.txt 4
finds bench/unbound/edits.txt 3
finish "every edit of every list finds its text"
