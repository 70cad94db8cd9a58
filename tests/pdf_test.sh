#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Figures for papers: a plain drawing beside each, and with --pdf the same as PDF; what is said where
# the converter is absent or fails, and that it leaves no half file. The converter is a fake one on the
# path; where the real one is installed, it as well.
#
#     tests/pdf_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$(realpath "$1")
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
cd "$work" || exit 1
train=("$bin/train" --data moons --layers 2-8-2 --activation relu --epochs 3 --validation 200 --quiet)
grid=("$bin/compare" --data moons --vary activation=relu,leaky_relu:0.2 --vary loss=mse,softmax_cross_entropy --vary rate=0.1 --layers 2-8-2
  --epochs 2 --samples 200 --validation 100 --seeds 1 --final-seeds 2 --quiet)
pdfs() { find "$1" -name '*.pdf' | wc -l; }
drawings() { find "$1" -name '*_plain.svg' | wc -l; }

# A fake that writes what it was asked to convert, on a path on which the real one is not.
mkdir fake none
cat >fake/rsvg-convert <<'FAKE'
#!/bin/sh
[ "$1" = --version ] && { echo "rsvg-convert version 0"; exit 0; }
[ "$1" = --format=pdf ] && [ -s "$2" ] || exit 9
case $2 in
*"$BREAKS"_plain.svg) printf '%%PDF-half'; echo "cannot draw this" >&2; exit 1 ;;
*"$SILENT"_plain.svg) exit 0 ;;
esac
printf '%%PDF-1.5 of %s\n' "$2"
FAKE
chmod +x fake/rsvg-convert
export BREAKS=/none SILENT=/none
with_fake() { PATH=$work/fake:/usr/bin:/bin "$@"; }

# Without the flag: a plain drawing beside each figure, linked by the report, and no PDF.
"${train[@]}" --output run >/dev/null || fail "a run fails"
(($(drawings run) >= 3)) || fail "$(drawings run) plain drawings"
[[ $(pdfs run) == 0 ]] || fail "a PDF that nobody asked for"
for svg in run/figures/*_plain.svg; do
  [[ -s ${svg%_plain.svg}.svg ]] || fail "$svg is of no figure"
  grep -qF "href=\"figures/$(basename "$svg")\"" run/report.html || fail "the report does not link $svg"
  grep -qE '<title id="[^"]*-title"></title>' "$svg" || fail "$svg has a title"
  cmp -s "$svg" "${svg%_plain.svg}.svg" && fail "$svg is not plain"
done

# Absent: one line before the first run, that names the package, and nothing written.
for command in train grid; do
  declare -n words=$command
  refuses 4 "librsvg2-bin" env PATH="$work/none" "${words[@]}" --output absent --pdf
  [[ ! -e absent ]] || fail "$command: work that was in vain: $(ls absent)"
done
refuses 2 "--no-record writes no results" with_fake "${train[@]}" --no-record --pdf

# There: a PDF of each plain drawing, and of nothing else.
with_fake "${train[@]}" --output run --pdf >/dev/null || fail "--pdf fails"
[[ $(pdfs run) == "$(drawings run)" ]] || fail "$(pdfs run) PDFs of $(drawings run) plain drawings"
for pdf in run/figures/*.pdf; do
  [[ $(<"$pdf") == "%PDF-1.5 of $work/${pdf%.pdf}.svg" ]] || fail "$pdf: $(<"$pdf")"
done
# Without the flag again: none of an earlier report beside new drawings.
"${train[@]}" --output run >/dev/null || fail "a recorded run fails"
[[ $(pdfs run) == 0 ]] || fail "PDFs of an earlier report are left"

# Grids, with proper names in the drawing and identifiers in the data.
with_fake "${grid[@]}" --output grid --pdf >/dev/null || fail "a grid with --pdf fails"
if (($(pdfs grid) == 0)) || [[ $(pdfs grid) != "$(drawings grid)" ]]; then
  fail "$(pdfs grid) PDFs of $(drawings grid) plain drawings"
fi
cat grid/figures/*_plain.svg >plain.txt
for name in 'leaky ReLU (0.2)' 'softmax cross-entropy' MSE; do
  grep -qF "$name" plain.txt || fail "no plain drawing says $name"
done
grep -oE '(leaky_relu|softmax_cross_entropy)' plain.txt && fail "an identifier in a plain drawing"
cat grid/figures/*.csv >data.txt
grep -q leaky_relu:0.2 data.txt || fail "no identifier in the data"
grep -q ReLU data.txt && fail "a proper name in the data"

# One that fails: exit code 4, one line that names the figure and what the converter said, no half file.
rm -r run/figures
BREAKS=train_loss refuses 4 "train_loss_plain.svg: no PDF: rsvg-convert: ended with exit code 1, saying: cannot draw this" \
  with_fake "${train[@]}" --output run --pdf
[[ ! -e run/figures/train_loss_plain.pdf && -s run/figures/train_accuracy_plain.pdf ]] || fail "a failed conversion leaves $(ls run/figures)"
SILENT=train_loss refuses 4 "made no PDF of it" with_fake "${train[@]}" --output run --pdf
[[ -z $(find run -name 'train_loss_plain.pdf*') ]] || fail "an empty PDF is left"

# The real one.
if command -v rsvg-convert >/dev/null; then
  "${train[@]}" --output run --pdf >/dev/null || fail "the real converter fails"
  for svg in run/figures/*_plain.svg; do
    [[ $(head -c 5 "${svg%.svg}.pdf") == %PDF- && $(tail -c 6 "${svg%.svg}.pdf") == *%%EOF* ]] || fail "${svg%.svg}.pdf is no PDF"
  done
fi

finish "figures for papers: plain drawings and PDF"
