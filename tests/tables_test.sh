#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tables from the command line: classes and numbers, cross-validated, refused with line and column,
# and the tables that come with scikit-learn where these are installed.
#
#     tests/tables_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$(realpath "$1")
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
cd "$work" || exit 1

# Two columns, a class, and a number that follows from them but for a little.
awk 'BEGIN {
  print "id,a,b,kind,price"
  for (i = 0; i < 150; ++i) {
    a = (i * 37) % 101 / 50 - 1; b = (i * 53) % 97 / 48 - 1
    print i "," a "," b "," (a + b > 0 ? "dear" : "cheap") "," 1000 * (300 + 20 * a - 10 * b + (i % 5) / 10)
  }
}' >t.csv
run=(--layers 2-8-2 --epochs 10 --batch 8 --scale standard)
number=(--layers 2-8-1 --epochs 15 --batch 8 --scale standard --target-column price --leave-out id,kind)

# Classes: by name, plain and gzip, CR LF and LF alike.
"$bin/train" --data t.csv --target-column kind --leave-out id,price "${run[@]}" --validation 20 >class.txt 2>class.err || fail "a table fails: $(cat class.err)"
grep -q "^t: 100 training samples, 20 held out; 2 features, 2 classes" class.err || fail "it does not say what it learns from: $(head -n 1 class.err)"
grep -q "of the 30 test samples are named rightly" class.txt || fail "a fifth is not for the test"
grep -qE "^ *(cheap|dear) " class.txt || fail "classes have no names"
sed 's/$/\r/' t.csv | gzip >t2.csv.gz
"$bin/train" --data t2.csv.gz --target-column 4 --leave-out 1,5 "${run[@]}" --validation 20 --output other >other.txt 2>/dev/null || fail "gzip or CR LF fails"
[[ $(grep digest class.txt) == "$(grep digest other.txt)" ]] || fail "the same table has another digest"

# Numbers: R2 and RMSE, and no accuracy anywhere.
"$bin/train" --data t.csv "${number[@]}" --validation 20 --output number >number.txt 2>number.err || fail "a regression fails: $(cat number.err)"
grep -q "a regression of 'price'" number.err || fail "it does not say that it is a regression"
grep -qE "^test R² +0\.9" number.txt || fail "no R2 near 1: $(cat number.txt)"
grep -qE "^test RMSE +[0-9]" number.txt || fail "no RMSE"
grep -iE "_accuracy|accuracy of|named rightly|[0-9] classes" number.txt number.err number/runs.jsonl && fail "a regression speaks of classes"
sed -e 's/<script.*<\/script>//' number/report.html | grep -oiE ".{30}(accurac| right ).{30}" && fail "the report of a regression speaks of accuracy"
for each in figures/train_r2.svg figures/train_loss.svg runs.csv epochs.csv; do
  [[ -s number/$each ]] || fail "no $each"
done
grep -q '"test_r2":0.9' number/runs.jsonl || fail "the record has no R2"
grep -q '"target":"price"' number/runs.jsonl || fail "the record has no target"

# Cross-validation: a run a fold and seed, and the same command says the same from records.
"$bin/train" --data t.csv "${number[@]}" --folds 5 --seeds 2 --output folds >folds.txt 2>/dev/null || fail "--folds fails"
[[ $(wc -l <folds/runs.jsonl) == 10 ]] || fail "5 folds of 2 seeds are $(wc -l <folds/runs.jsonl) runs"
[[ $(grep -o '"fold":"./5"' folds/runs.jsonl | sort -u | wc -l) == 5 ]] || fail "records do not say which fold"
tr '\n' ' ' <folds.txt | grep -q "in the mean of 5 folds with 2 seeds each" || fail "folds are not said"
"$bin/train" --data t.csv "${number[@]}" --folds 5 --seeds 2 --output folds >again.txt 2>again.err || fail "recorded folds fail"
cmp folds.txt again.txt || fail "recorded folds are told otherwise"
grep -q "recorded already" again.err || fail "folds are trained again"
"$bin/train" --data t.csv "${number[@]}" --fold 2/5 --output one --quiet >/dev/null || fail "one fold fails"
grep -qF "$(grep -o '"digest":"[^"]*"' one/runs.jsonl)" folds/runs.jsonl || fail "a fold alone is another run than among all"

# Compared in folds, of classes and of numbers.
"$bin/compare" --quick --data t.csv --target-column kind --leave-out id,price "${run[@]}" --vary activation=tanh,relu --vary rate=0.03,0.3 --loss mse --folds 4 --seeds 1 --final-seeds 2 --output cmp >cmp.txt 2>cmp.err ||
  fail "a comparison in folds fails: $(cat cmp.err)"
[[ $(grep -c '"phase":"final"' cmp/runs.jsonl) == 16 && $(grep -c '"phase":"tune"' cmp/runs.jsonl) == 16 ]] || fail "2 cells x 4 folds are other runs: $(wc -l cmp/runs.jsonl)"
tr '\n' ' ' <cmp.txt | grep -q "mean of 4 folds with 2 seeds each" || fail "the answer does not say that it is of folds: $(cat cmp.txt)"
grep -q "Nadeau and Bengio" cmp/report.html || fail "the report does not say how folds are judged"
"$bin/compare" --report-only --data t.csv --target-column kind --leave-out id,price --output cmp >/dev/null 2>&1 || fail "no report from the records of folds"
"$bin/compare" --data t.csv --target-column kind --leave-out id,price --folds 4 --output cmp --verify 3 >/dev/null 2>&1 || fail "folds cannot be verified"
"$bin/compare" --quick --data t.csv "${number[@]}" --vary loss=mse,huber --vary rate=0.01,0.1 --folds 5 --seeds 1 --final-seeds 1 --output cmpn >cmpn.txt 2>cmpn.err ||
  fail "a comparison of regressions fails: $(cat cmpn.err)"
grep -qi "accurac" cmpn.txt && fail "a comparison of regressions speaks of accuracy: $(grep -i accurac cmpn.txt)"
tr '\n' ' ' <cmpn.txt | grep -q "R² 0.9[0-9]* on test samples" || fail "no R2 in the answer"
sed -e 's/<script.*<\/script>//' cmpn/report.html | grep -oiE ".{30}accurac.{30}" && fail "the report of a regression speaks of accuracy"

# The same two regressions and itself, by compare-reports.
"$bin/compare-reports" cmpn cmpn >same.txt || fail "records of regressions cannot be compared: $(cat same.txt)"
grep -q "^Bit-identical" same.txt || fail "equal regressions are not bit-identical: $(cat same.txt)"
"$bin/compare-reports" folds number >folds_number.txt 2>&1
[[ $? == 3 ]] || fail "regressions of other samples are compared"
"$bin/train" --data t.csv "${number[@]}" --seeds 5 --output fast --quiet >/dev/null || fail "five seeds of a regression fail"
"$bin/train" --data t.csv "${number[@]}" --seeds 5 --rate 0.0001 --output slow --quiet >/dev/null || fail "five slow ones fail"
"$bin/compare-reports" fast slow --along rate --html r2.html --markdown r2.md --json >r2.json
[[ $? == 1 ]] || fail "a regression that learns less is no regression: $(cat r2.json)"
grep -q '"score": "r2"' r2.json || fail "the score is not R2"
grep -q "by more than 0.005 of R²" r2.md || fail "the verdict is not in R2: $(cat r2.md)"
grep -q "RMSE of A" r2.md || fail "no RMSE: $(cat r2.md)"
sed -e 's/<script.*<\/script>//' r2.html | grep -oiE ".{30}(accurac|points).{30}" && fail "the page of regressions speaks of accuracy"

# All of it in a file: data, what is learned, folds, profile; the same runs as by flags.
cat >grid.toml <<'END'
data = "t.csv"
target-column = "kind"
leave-out = ["id", "price"]
folds = 4
profile = "quick"
layers = "2-8-2"
epochs = 10
batch = 8
scale = "standard"
loss = "mse"
seeds = 1
final-seeds = 2
[vary]
activation = ["tanh", "relu"]
rate = [0.03, 0.3]
END
"$bin/compare" --grid grid.toml --output cmp --quiet >grid.txt 2>grid.err || fail "a grid file of folds fails: $(cat grid.err)"
[[ $(wc -l <cmp/runs.jsonl) == 32 ]] || fail "the file says other runs than the flags: $(wc -l <cmp/runs.jsonl)"
[[ $(grep -o "digest [0-9a-f]*" grid.txt) == "$(grep -o "digest [0-9a-f]*" cmp.txt)" ]] || fail "the file has another digest than the flags"

# Cells that are listed, searched, and limited.
cat >cells.toml <<'END'
data = "t.csv"
target-column = "price"
leave-out = ["id", "kind"]
scale = "standard"
epochs = 15
batch = 8
tune = ["rate"]
budget = 4
seeds = 2
final-seeds = 3
[[cell]]
name = "one"
layers = "2-4-1"
[[cell]]
name = "two"
layers = "2-8-1"
published = "0.98"
tolerance = 0.05
END
"$bin/compare" --grid cells.toml --output cells >cells.txt 2>cells.err || fail "listed cells cannot be searched: $(cat cells.err)"
[[ $(grep -c '"phase":"tune"' cells/runs.jsonl) == 16 && $(grep -c '"phase":"final"' cells/runs.jsonl) == 6 ]] || fail "2 cells x 4 rates x 2 seeds, and 3: $(wc -l cells/runs.jsonl)"
(($(grep -cE "rate [0-9.]+ *$" cells.txt) == 2)) || fail "what was chosen is not said: $(cat cells.txt)"
grep -q "R² of test samples" cells.txt || fail "a table of regressions in per cent: $(cat cells.txt)"
"$bin/compare" --grid cells.toml --output cells --report-only >again.txt 2>&1 || fail "no report of listed cells from records"
[[ $(grep -o "digest [0-9a-f]*" cells.txt) == "$(grep -o "digest [0-9a-f]*" again.txt)" ]] || fail "the report from records has another digest"
"$bin/compare" --grid cells.toml --epochs 1000000 --output limited --limit 1s >limited.txt 2>limited.err
[[ $? == 6 ]] || fail "--limit of listed cells is no limit"
grep -q "the time limit of 1.*s is reached" limited.err || fail "it does not say so: $(cat limited.err)"
"$bin/compare" --grid cells.toml --epochs 1000000 --output slowly --run-limit 0.05s >slowly.txt 2>slowly.err
[[ $? == 6 ]] || fail "--run-limit of listed cells is no limit: $(cat slowly.err)"
grep -q "3 of 3 ran out of time" slowly.txt || fail "it does not say which ran out of time: $(cat slowly.txt)"
sed -i 's/^layers = "2-4-1"/&\nrate = 0.1/' cells.toml
"$bin/compare" --grid cells.toml --output refused >/dev/null 2>cells.err
[[ $? == 2 ]] || fail "a cell may state what is tuned"
grep -qF "cell 'one': 'rate' is both tuned and stated" cells.err || fail "it does not say so: $(cat cells.err)"

# Validation samples of their own.
{ head -n 1 t.csv; tail -n 20 t.csv; } >v.csv
"$bin/train" --data t.csv --target-column kind --leave-out id,price "${run[@]}" --validation-data v.csv --output v >/dev/null 2>v.err || fail "--validation-data fails: $(cat v.err)"
grep -q "120 training samples, 20 held out" v.err || fail "validation samples are not those of the file: $(head -n 1 v.err)"

# What is wrong is said in one line with its place, and nothing is written.
refused() { # words, then what train is given
  local words=$1 code
  shift
  "$bin/train" "$@" --output refused >out.txt 2>err.txt
  code=$?
  [[ $code == 2 || $code == 3 ]] || fail "exit code $code of: $*"
  grep -qF "$words" err.txt || fail "no '$words' but: $(cat err.txt)"
  [[ $(wc -l <err.txt) == 1 ]] || fail "more than a line: $(cat err.txt)"
  [[ ! -e refused/runs.jsonl ]] || fail "something was written of: $*"
}
sed '7s/,[^,]*,/,,/' t.csv >missing.csv
refused "missing.csv: line 7, column 3: 'a' has no value here" --data missing.csv --target-column kind --leave-out id,price
refused "line 2, column" --data t.csv --target-column price --leave-out id
refused "no column 'prise' for --target-column; did you mean 'price'?" --data t.csv --target-column prise
refused "is none for numbers" --data t.csv "${number[@]}" --loss hinge
refused "are for tables" --data moons --target-column kind
refused "no such file" --data none.csv
refused "fold must be" --data moons --fold 6/5
refused "leave --test-share out" --data t.csv --target-column kind --leave-out id,price --folds 3 --test-share 0.3

# Inputs of a size that no usual rate is made for are what is blamed first.
awk 'BEGIN { print "a,b,price"; for (i = 0; i < 90; i++) print 500 + 7 * (i % 9) "," 900 - 11 * (i % 7) "," i / 8 }' >large.csv
"$bin/train" --data large.csv --layers 2-8-1 --epochs 5 --no-record --quiet 2>&1 | tr -s ' \n' ' ' >large.txt
grep -qF "To try first: --scale standard, since inputs are of size" large.txt || fail "large inputs are not blamed: $(<large.txt)"
"$bin/train" --data large.csv --layers 2-8-1 --epochs 5 --scale standard --no-record --quiet >large.txt 2>&1 || fail "large.csv, scaled"
grep -q "diverged" large.txt && fail "a regression diverges with what is usual: $(<large.txt)"
# A class that is never recognised is called by its name.
awk 'BEGIN { print "a,kind"; for (i = 0; i < 400; i++) print i % 2 - 0.5 "," (i % 2 ? "common" : i % 20 ? "frequent" : "rare") }' >rare.csv
"$bin/train" --data rare.csv --layers 1-8-3 --epochs 10 --no-record --quiet 2>&1 | tr -s ' \n' ' ' >rare.txt
grep -qF "never recognised: rare" rare.txt || fail "the lost class has no name: $(<rare.txt)"

# Names among the inputs: refused as they are, an input each where they are named.
awk -F, 'NR == 1 { print "a,town,kind,price"; next } { print $2 "," (NR % 3 ? "north" : "south") "," $4 "," $5 }' t.csv >towns.csv
towns=(--layers 3-8-1 --epochs 15 --batch 8 --scale standard --target-column price --leave-out kind)
refused "'north' of 'town' is no number; inputs are numbers: --one-hot town makes an input of each name" --data towns.csv "${towns[@]}"
refused "no column 'twon' for --one-hot; did you mean 'town'?" --data towns.csv "${towns[@]}" --one-hot twon
refused "'price' of --one-hot is no input" --data towns.csv "${towns[@]}" --one-hot price
"$bin/train" --data towns.csv "${towns[@]}" --one-hot town --folds 3 --output towns >towns.txt 2>towns.err || fail "--one-hot fails: $(cat towns.err)"
grep -q "3 features, a regression of 'price'" towns.err || fail "a number and two towns are other features: $(head -n 1 towns.err)"

# Those of scikit-learn, where Debian's package is there.
sk=${LANEGRAD_SKLEARN_DATA:-/usr/lib/python3/dist-packages/sklearn/datasets/data}
if [[ -d $sk ]]; then
  learns() { # words, then what train is given
    local words=$1
    shift
    "$bin/train" --scale standard --epochs 5 --batch 16 --rate 0.01 --no-record "$@" >sk.txt 2>&1 || fail "$*: $(cat sk.txt)"
    grep -q "$words" sk.txt || fail "no '$words' of: $*"
  }
  learns "64 features, 10 classes" --data "$sk/digits.csv.gz"
  learns "4 features, 3 classes" --data "$sk/iris.csv" --header skip
  learns "13 features, 3 classes" --data "$sk/wine_data.csv" --header skip
  learns "10 features, a regression" --data "$sk/diabetes_data_raw.csv.gz" --target-column "$sk/diabetes_target.csv.gz"
fi
finish "tables are learned from, cross-validated and refused"
