# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds of a tree that differs from ours in a few places: a copy of it, and edits from
# a list with a line for each,
#
#   ... | file | text | what to put in its place
#
# so that no option for them need stand in the sources. Sourced, never run.

# copy_tree TO: copies the tree to TO, as it is now.
copy_tree() {
  rm -rf -- "$1"
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$1"
}

# fields_of LINE: the fields of a line of a list, one a line; nothing of a comment.
fields_of() {
  # shellcheck disable=SC2001  # a pattern with "any number of" is beyond ${1//...}
  [[ $1 == \#* || -z $1 ]] || sed 's/ *| */\n/g' <<<"$1"
}

# edit_copy COPY LIST FILE FROM TO: replaces the first FROM of FILE in the copy by TO, in
# which \n begins a line; LIST is whom to blame where there is none.
edit_copy() {
  if ! grep -qF -- "$4" "$1/$3"; then
    printf '%s: %s has no %s\n' "$2" "$3" "'$4'" >&2
    exit 2
  fi
  FROM=$4 TO=${5//\\n/$'\n'} perl -0pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/' "$1/$3"
}
