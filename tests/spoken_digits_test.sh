#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What chapter 6.4 has stored of spoken words is what espeak-ng says: every 25th word is said again,
# where its program is here, in the version that said them. Exit code 77 where it is not. And what
# is no word is refused, in one line.
#
#     tests/spoken_digits_test.sh PROGRAM_DIRECTORY
bin=$1
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
stored=$(dirname "$0")/../experiments/spoken_digits/recordings.txt

refuses 2 "which files?" "$bin/spoken-levels"
refuses 3 "$work/none.wav" "$bin/spoken-levels" "$work/none.wav"
echo "no sound" >"$work/text.wav"
refuses 3 "byte 0: no 'RIFF' here" "$bin/spoken-levels" "$work/text.wav"

maker=$(sed -n 's/^# synthesizer: //p' "$stored")
here=$(espeak-ng --version 2>/dev/null | sed -n 's/^\(eSpeak NG\) text-to-speech: \([^ ]*\).*/\1 \2/p')
if [[ $here != "$maker" ]]; then
  ((failures == 0)) || finish ""
  echo "not run: $maker is not here${here:+, but $here} (Debian: apt-get install espeak-ng)"
  exit 77
fi
words=0
while read -r voice accent speed word levels; do
  espeak-ng -v "$accent+$voice" -s "$speed" -w "$work/word.wav" "$word" || fail "espeak-ng: exit code $?"
  heard=$("$bin/spoken-levels" "$work/word.wav")
  [[ $heard == "$work/word.wav $levels" ]] || fail "$voice $accent $speed $word: heard ${heard##* }, stored $levels"
  words=$((words + 1))
done < <(grep -v '^#' "$stored" | awk 'NR % 25 == 1')
((words == 48)) || fail "$words words were said again, expected 48"
finish "$words words of $maker are heard as they are stored"
