#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What can be known of the book without Doxygen: its chapters are numbered
# and listed; every passage it quotes exists, and every passage marked
# for quoting is quoted; nothing in it needs a network; every command exists.
#
#     tests/book_test.sh SOURCE_DIRECTORY [SITE_DIRECTORY]
set -euo pipefail
export LC_ALL=C
cd "$1"
site=${2:-}
shopt -s nullglob
chapters=(docs/chapters/*.md)
failures=0
fail() {
  printf '%s\n' "$*"
  failures=$((failures + 1))
}

((${#chapters[@]} > 0)) || fail "docs/chapters: no chapters"

# Numbers: 03_1_forward.md is titled "3.1 ...", named ch_03_1_forward, and its
# sections are 3.1.1, 3.1.2, ... without a gap; of 07_summary.md, which answers a whole chapter, "7 ..." and 7.1.
for chapter in "${chapters[@]}"; do
  stem=$(basename "$chapter" .md)
  if [[ ! $stem =~ ^([0-9]{2})(_([0-9]+))?_[a-z_]+$ ]]; then
    fail "$chapter: not named NN_N_slug.md or NN_slug.md"
    continue
  fi
  number=$((10#${BASH_REMATCH[1]}))${BASH_REMATCH[3]:+.${BASH_REMATCH[3]}}
  title=$(head -n 1 "$chapter")
  [[ $title == "# $number "*" {#ch_$stem}" ]] ||
    fail "$chapter:1: the title must be '# $number ... {#ch_$stem}'"
  expected=1
  while read -r section; do
    [[ $section == "$number.$expected" ]] ||
      fail "$chapter: section $section where $number.$expected was expected"
    expected=$((expected + 1))
  done < <(sed -n 's/^## \([0-9.]*\) .*/\1/p' "$chapter")
  for part in "What the article says" "Is it right?" "The idea" "The program" "What was measured" \
    "Verdict" "Extensions" "Exercises" "Sources"; do
    grep -q "^## $number\.[0-9]* $part" "$chapter" || fail "$chapter: no section '$part'"
  done
  # Every experiment of its own has shown something that nobody expected; chapters 7 and 8 are lists.
  ((${number%.*} >= 7)) || grep -q '^### What surprised us {#' "$chapter" || fail "$chapter: no section 'What surprised us'"
done

# Every chapter asks: at least two questions with answers to choose from, one of which is named below, folded; and the
# exercises have answers as well. (What is said of the records is the file of a verdict: another verdict has none.)
for chapter in "${chapters[@]}"; do
  awk -v chapter="$chapter" '
    /^### Questions to think about/ { inside = 1; next }
    /^## / { inside = 0; exercises = /Exercises/ ? 1 : 0 }
    exercises && /<details>/ { solved = 1 }
    !inside { next }
    /^[0-9]+\. / { questions++; options = "" }
    /^   \* \([a-z]\) / { options = options substr($0, 7, 1) }
    /<details>/ { folded++ }
    match($0, /^   <b>\([a-z]\)<\/b> /) {
      answers++
      if (index(options, substr($0, 8, 1)) == 0) { print chapter ": the answer to question " questions " is none of its options"; bad = 1 }
      if (length(options) < 2) { print chapter ": question " questions " leaves no choice"; bad = 1 }
    }
    END {
      if (questions < 2) { print chapter ": fewer than two questions to think about"; bad = 1 }
      if (questions != answers || questions != folded) { print chapter ": " questions " questions, " answers " answers, " folded " folded"; bad = 1 }
      if (!solved) { print chapter ": exercises without folded answers"; bad = 1 }
      exit bad
    }' "$chapter" || failures=$((failures + 1))
done

# A chapter and its experiment share a number and a slug, and so do the experiment's records: those of
# the default profile, which the book is made from, and the digest of the quick one, which a test runs.
for chapter in "${chapters[@]}"; do
  stem=$(basename "$chapter" .md)
  [[ -e experiments/$stem.cc ]] || fail "$chapter: no experiments/$stem.cc"
done
for experiment in experiments/[0-9]*.cc; do
  stem=$(basename "$experiment" .cc)
  [[ -e docs/chapters/$stem.md ]] || fail "$experiment: no docs/chapters/$stem.md"
  # The summary is made of the records of the others.
  [[ -s docs/records/$stem/runs.jsonl || $stem == 07_summary ]] ||
    fail "$experiment: no records for the book; run build/release/bin/$stem --output docs/records/$stem, keep runs.jsonl"
  [[ -s docs/records/$stem/quick.digest ]] || fail "$experiment: no docs/records/$stem/quick.digest"
done

# An experiment without a number has a page of its own.
for digest in docs/records/*/quick.digest; do
  stem=$(basename "$(dirname "$digest")")
  [[ $stem == [0-9]* ]] && continue
  [[ -e experiments/$stem.cc ]] || fail "$digest: no experiments/$stem.cc"
  [[ -e docs/$stem.md ]] || fail "$digest: no docs/$stem.md"
  [[ -s docs/records/$stem/runs.jsonl ]] ||
    fail "$digest: no records for the book; run build/release/bin/$stem --output docs/records/$stem, keep runs.jsonl"
done

# The list in docs/book.md is all chapters, in order.
listed=$(sed -n 's/^\\subpage \(ch_[a-z0-9_]*\).*/\1/p' docs/book.md)
present=$(for chapter in "${chapters[@]}"; do printf 'ch_%s\n' "$(basename "$chapter" .md)"; done)
[[ $listed == "$present" ]] ||
  fail "docs/book.md lists ${listed//$'\n'/ } but the chapters are ${present//$'\n'/ }"

# One order of pages: every page is in docs/site/order.txt or named there by \subpage, once. Links to the pages before
# and after are made from it (docs/finish.cc).
ordered=$(grep -v '^#' docs/site/order.txt | while read -r page; do
  printf '%s\n' "$page"
  [[ ! -e docs/$page.md ]] || sed -n 's/^\\subpage \([a-z0-9_]*\).*/\1/p' "docs/$page.md"
done)
for page in docs/*.md "${chapters[@]}"; do
  name=$(sed -n '1s/.*{#\([a-z0-9_]*\)}$/\1/p' "$page")
  [[ $name == mainpage ]] && name=index
  [[ $(grep -cx "$name" <<<"$ordered") == 1 ]] ||
    fail "$page: '$name' must be once in the order of pages, docs/site/order.txt and the \\subpage lists of its pages"
done
typed=$(grep -l '^\\chapter_links' docs/*.md "${chapters[@]}") || true
[[ -z $typed ]] || fail "previous and next are made by the build: sed -i '/^\\\\chapter_links/d' ${typed//$'\n'/ }"

# Quotations. A tag is a line `// [tag]`, twice in its file.
quoted=$(sed -n 's/^\\snippet \([^ ]*\) \([^ ]*\)$/\1 \2/p' docs/*.md "${chapters[@]}" | sort -u)
while read -r file tag; do
  if [[ ! -e $file ]]; then
    fail "$file is quoted and does not exist"
    continue
  fi
  count=$(grep -c "^ *// \[$tag\]\$" "$file") || true
  [[ $count == 2 ]] || fail "$file: tag [$tag] is quoted, and is there $count times instead of twice"
done <<<"$quoted"
while IFS=: read -r file line; do
  tag=${line##*[}
  tag=${tag%]*}
  grep -qxF "$file $tag" <<<"$quoted" || fail "$file: tag [$tag] is quoted by no chapter"
done < <(find kernels network experiments \( -name '*.h' -o -name '*.cc' \) -print0 |
  xargs -0 grep -HE '^ *// \[[a-z0-9-]+\]$' || true)

# Commands: the first word of every line of every sh block is a script, or a
# program with a source of its own.
while IFS=: read -r file command; do
  case $command in
    build/release/bin/*)
      name=${command#build/release/bin/}
      name=${name//-/_} # compare-reports is compare_reports.cc
      [[ -e experiments/$name.cc || -e bench/$name.cc || -e tests/$name.cc ]] ||
        fail "$file: $command has no source"
      ;;
    git | cd | ctest | cmake | *=*) ;; # a variable is no command
    *) [[ -x $command ]] || fail "$file: the command $command does not exist" ;;
  esac
done < <(awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 }
  inside && NF && $1 !~ /^#/ { print FILENAME ":" $1 }' README.md docs/*.md "${chapters[@]}")

# Files that README names in links and pictures; pages among them are such that GitHub shows them readably.
while read -r target; do
  [[ $target == http* || $target == \#* ]] && continue
  if [[ ! -e $target ]]; then
    fail "README.md: $target does not exist"
  elif [[ $target == *.md ]] && grep -nE '\\(f[$[{]|ref|snippet|subpage|(html|verb)?include)[ {$[]' "$target"; then
    fail "README.md links to $target, which has commands of Doxygen that GitHub shows as they are"
  fi
done < <(grep -oE '\]\([^)]+\)' README.md | sed 's/^](//; s/)$//')

# A figure that README shows is the one that the records make.
for figure in docs/figures/*.svg; do
  made=${site:+$site/../generated/$(basename "$figure")}
  [[ ! -e $made ]] || cmp -s "$figure" "$made" || fail "$figure is out of date: cp ${made#"$PWD"/} $figure"
done

# A search for a Chinese term leads to ours.
if [[ -n $site && -d $site ]]; then
  grep -qE '^\["gradient","梯度' "$site/search-index.js" || fail "search-index.js has no gradient in Chinese"
fi

# Nothing is fetched: neither from what we write nor from what was set.
pages=(docs/site/*.* docs/site/figures/* docs/*.in)
if [[ -n $site && -d $site ]]; then
  pages+=("$site"/*.html "$site"/*.css)
fi
fetched=$(grep -HnoE "(src=|<link[^>]*href=|url\(|@import )[\"']?(https?:)?//[^\"' )>]*" "${pages[@]}") || true
[[ -z $fetched ]] || fail "fetched from a network:"$'\n'"$fetched"

if ((failures > 0)); then
  printf '%d failures\n' "$failures"
  exit 1
fi
printf '%d chapters, %d quotations: in order\n' "${#chapters[@]}" "$(wc -l <<<"$quoted")"
