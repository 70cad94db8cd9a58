#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the examples of docs/grids.md as they stand, in order, and holds them to what
# the page says of them.
#
#     tests/grids_page_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
bin=$(realpath -- "$1")
page=$(dirname "$(realpath -- "$0")")/../docs/grids.md
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"
# block LANGUAGE [N]: the text of the page's blocks of a language, or of the Nth alone.
block() {
  awk -v fence="\`\`\`$1" -v which="${2:-0}" '$0 == fence { inside = 1; count++; next }
    /^```/ { inside = 0 } inside && (which == 0 || which == count)' "$page"
}
mkdir -p "$work/build/release"
ln -s "$bin" "$work/build/release/bin"
block toml 1 >"$work/grid.toml"
block toml 2 >"$work/table.toml"
block json >"$work/grid.json"
block python >"$work/two_lines.py"
block r >"$work/read.r"
cd "$work" || exit 1

commands=0
while read -r command; do
  commands=$((commands + 1))
  bash -c "$command --quiet" >"out.$commands" 2>"err.$commands" ||
    fail "ended with $?: $command"$'\n'"$(cat "err.$commands")"
done < <(block sh)
((commands >= 12)) || fail "only $commands commands were found on the page"
digest() { grep -hoE 'digest [0-9a-f]{32}' "$@" | sort | uniq -c; }

# The two files say the same, and a file can be re-reported without a run.
here=$(grep -lF 'report: results/batch/report.html' out.* | sort -t. -k2n | head -n 2)
# shellcheck disable=SC2086
[[ $(digest $here | wc -l) == 1 ]] || fail "grid.json does not say what grid.toml says"
# Shards come to the digest of the whole.
"$bin/compare" --grid grid.toml --quiet --output results/whole >out.whole || fail "the whole failed"
merged=$(grep -lF 'report: results/merged/report.html' out.*) || fail "the merged shards have no report"
[[ $(digest out.whole "$merged" | wc -l) == 1 ]] || fail "sharded and merged: another digest"
for half in one two; do
  (($(wc -l <results/$half/runs.jsonl) > $(wc -l <results/whole/runs.jsonl) / 2)) || fail "$half has too few runs"
  (($(wc -l <results/$half/runs.jsonl) < $(wc -l <results/whole/runs.jsonl))) || fail "$half has run it all"
done
sorted() { grep -o '"key":"[^"]*"\|"digest":"[^"]*"' "$1" | paste - - | sort; }
[[ $(sorted results/merged/runs.jsonl) == "$(sorted results/whole/runs.jsonl)" ]] || fail "merged: other records"
grep -qF 'loss=hinge, output-activation=softmax' err.* || fail "--skip-illegal does not say what it skips"

# The tables, by those who will read them.
if command -v python3 >/dev/null; then
  python3 - <<'END' || fail "Python's csv does not read the tables"
import csv, json
records = {}
for line in open("results/batch/runs.jsonl"):
    record = json.loads(line)
    records[record["key"]] = record
rows = list(csv.DictReader(open("results/batch/runs.csv", newline="")))
assert len(rows) == len(records), (len(rows), len(records))
for row in rows:
    record = records[row["key"]]
    assert None not in row and None not in row.values(), "rows of different lengths"
    assert float(row["rate"]) == record["settings"]["rate"]
    assert row["command"] == record["provenance"]["command"]
    assert (row["test_accuracy"] == "NA") == (row["phase"] == "tune")
    assert float(row["last_validation_accuracy"]) == float(record["epochs"][-1]["validation_accuracy"])
epochs = list(csv.DictReader(open("results/batch/epochs.csv", newline="")))
assert len(epochs) == sum(len(r["epochs"]) for r in records.values())
for row in epochs:
    assert float(row["train_loss"]) == float(records[row["key"]]["epochs"][int(row["epoch"]) - 1]["train_loss"])
END
fi
pandas=
for python in python3 /usr/bin/python3; do
  if "$python" -c 'import pandas' 2>/dev/null; then pandas=$python; fi
done
if [[ -n $pandas ]]; then
  {
    echo "import pandas"
    cat two_lines.py
    echo 'assert runs.test_accuracy.dtype == float and runs.rate.dtype == float'
    echo 'assert pandas.read_csv("results/batch/epochs.csv").train_loss.dtype == float'
  } >check.py
  "$pandas" check.py >/dev/null || fail "pandas does not read the tables"
else
  echo "no pandas here: its two lines were not run"
fi
if command -v Rscript >/dev/null; then
  Rscript read.r >/dev/null || fail "R does not read the tables"
fi

finish "$commands commands of the page do what it says"
