#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The program compare-reports on benchmarks: files with a seeded regression, and
# programs that it runs itself.
#
#     tests/compare_reports_test.sh PROGRAM_DIRECTORY
export LC_ALL=C
compare=$1/compare-reports
# shellcheck source=tests/expect.sh
source "$(dirname "$0")/expect.sh"

# expects CODE TEXT ARGUMENT...: ends with CODE and says TEXT, on standard output or
# in a single line of standard error.
expects() {
  local code=$1 text=$2
  shift 2
  "$compare" "$@" >"$work/out" 2>"$work/err"
  local got=$?
  ((got == code)) || fail "$*: exit code $got, expected $code: $(cat "$work/err")"
  cat "$work/out" "$work/err" | grep -qF -- "$text" || fail "$*: does not say '$text' but: $(cat "$work/out" "$work/err")"
  if ((code > 1)); then
    (($(wc -l <"$work/err") == 1)) || fail "$*: said more than one line: $(cat "$work/err")"
    [[ ! -s $work/out ]] || fail "$*: wrote to standard output"
  fi
}

# benchmark_file SCALE: nine repetitions of two benchmarks; the first takes SCALE
# thousandths of 100 us.
benchmark_file() {
  printf '{"context": {"num_cpus": 2, "load_avg": [0.1], "flags": "-O3"},\n"benchmarks": [\n'
  local i
  for i in 0 1 2 3 4 5 6 7 8; do
    ((i == 0)) || printf ',\n'
    printf '{"name": "gemm", "run_name": "gemm", "run_type": "iteration", "repetitions": 9, "iterations": 5, "real_time": %d, "cpu_time": %d, "time_unit": "ns"},\n' \
      $(($1 * 100 + (i * 5 % 9) * 40)) $(($1 * 100))
    printf '{"name": "relu", "run_name": "relu", "run_type": "iteration", "repetitions": 9, "iterations": 5, "real_time": %d, "cpu_time": 7000, "time_unit": "ns"}' \
      $((7000 + i * 5 % 9))
  done
  printf ']}\n'
}

# Two files.
benchmark_file 1000 >"$work/a.json"
benchmark_file 1100 >"$work/slow.json"
benchmark_file 900 >"$work/fast.json"
expects 0 "No regression beyond 2 % is shown." "$work/a.json" "$work/a.json"
expects 1 "REGRESSION: 1 of 2 benchmarks, by more than 2 %." "$work/a.json" "$work/slow.json"
expects 1 "1.10× slower" "$work/a.json" "$work/slow.json"
expects 0 "1.11× faster" "$work/a.json" "$work/fast.json"
expects 0 "No regression beyond 15 % is shown." "$work/a.json" "$work/slow.json" --threshold 15
sed 's/"-O3"/"-O2"/' "$work/a.json" >"$work/other.json"
expects 0 "!  flags differs: A has -O3, B has -O2" "$work/a.json" "$work/other.json"
expects 3 "not comparable under --strict: flags differs" "$work/a.json" "$work/other.json" --strict
sed 's/gemm/conv/; s/gemm/conv/; s/relu/gelu/; s/relu/gelu/' "$work/a.json" >"$work/disjoint.json"
expects 3 "have no benchmark in common" "$work/a.json" "$work/disjoint.json"
head -c 700 "$work/a.json" >"$work/torn.json"
expects 3 "torn.json: not the JSON of Google Benchmark: damaged or cut off at line 6, column 151" "$work/a.json" "$work/torn.json"
expects 3 "/no/such.json: no such file or directory" "$work/a.json" /no/such.json
expects 3 "holds records of runs" "$work" "$work/a.json"
expects 2 "give two reports A B" "$work/a.json" "$work/a.json" --aa true
expects 2 "two reports are compared" "$work/a.json"
expects 2 "arguments after --" "$work/a.json" "$work/a.json" -- --benchmark_filter=x
expects 4 "cannot be written" "$work/a.json" "$work/a.json" --html "$work/a.json/below.html"
"$compare" "$work/a.json" "$work/slow.json" --markdown "$work/r.md" --html "$work/r.html" --json >"$work/r.json"
if ! { grep -q '^REGRESSION' "$work/r.md" && grep -q '<svg' "$work/r.html" && grep -q '"regressions": 1' "$work/r.json"; }; then
  fail "the reports do not tell of the regression"
fi

# Records of runs along a setting: two sets, one set, and what is refused.
for activation in relu tanh; do
  for seed in 1 2; do
    "$1/train" --data moons --layers 2-4-2 --epochs 2 --activation "$activation" --seed "$seed" \
      --output "$work/$activation" >/dev/null 2>&1 || fail "train fails"
  done
done
cat "$work"/relu/runs.jsonl "$work"/tanh/runs.jsonl >"$work/both.jsonl"
expects 3 "they differ in activation (relu; tanh) and initializer (he_uniform; glorot_uniform); to compare along it: --along activation" \
  "$work/relu" "$work/tanh"
expects 0 "activation (A: relu; B: tanh)" "$work/relu" "$work/tanh" --along activation
expects 0 "activation (A: tanh; B: relu)" --along activation=tanh,relu "$work/both.jsonl"
expects 0 "activation and initializer (A: activation relu, initializer he_uniform;" "$work/relu" "$work/tanh" --along activation --along initializer
expects 3 "say which values: $work/both.jsonl has activation relu, tanh" "$work/both.jsonl" --along activation
expects 2 "unknown setting 'activaton'; did you mean 'activation'?" "$work/relu" "$work/tanh" --along activaton
expects 2 "--along is for one or two sets of records" "$work/a.json" --along rate --group 'x|y'
expects 3 "--along is for records of runs: $work/a.json holds none" "$work/a.json" "$work/a.json" --along rate
expects 2 "--same-bits asks for equal bits" "$work/relu" "$work/tanh" --along activation --same-bits

# Several files a side: each is one process, and five and five allow a verdict of two benchmarks.
for i in 1 2 3 4 5; do
  benchmark_file "$((1000 + i))" >"$work/before$i.json"
  benchmark_file "$((1200 + i))" >"$work/after$i.json"
done
expects 1 "1.20× slower" "$work"/before[1-5].json --against "$work"/after[1-5].json
expects 1 "before1.json and 4 more" "$work"/before[1-5].json --against "$work"/after[1-5].json
expects 1 "those with a verdict, Hodges and Lehmann's estimate over processes)" "$work"/before[1-5].json --against "$work"/after[1-5].json
expects 0 "3+3 files: no interval at 95 %" "$work"/before[1-3].json --against "$work"/after[1-3].json
expects 2 "a.json is given twice: each file is one process" "$work/a.json" "$work/a.json" --against "$work/slow.json"
expects 2 "two reports are compared: give A and B; or A... --against B..." "$work/a.json" "$work/a.json" "$work/slow.json"
expects 2 "--against, --group and --trend are for reports" --run true true --against "$work/a.json"

# Groups inside one file: ours, the first, is judged.
sed 's|gemm|gemm/ours/8|g; s|relu|gemm/theirs/8|g' "$work/slow.json" >"$work/ours.json"
expects 0 "theirs is" "$work/ours.json" --group 'theirs|ours'
expects 1 "SLOWER: ours in 1 of 1 benchmarks, by more than 2 %." "$work/ours.json" --group 'ours|theirs'
expects 0 "theirs is nowhere shown to be slower by more than 2 %." "$work/ours.json" --group 'theirs|ours'
for i in 1 2 3 4 5 6; do sed "s|num_cpus|run$i|" "$work/ours.json" >"$work/run$i.json"; done
expects 1 "6 pairs" "$work"/run[1-6].json --group 'ours|theirs'
expects 2 "--group takes two alternatives, as in 'lanegrad|oneDNN', and not 'ours'" "$work/ours.json" --group ours
expects 2 "--group: '*x' is no regular expression" "$work/ours.json" --group '*x|x'
expects 2 "--group: 'x*' matches every name" "$work/ours.json" --group 'ours|x*'
expects 3 "ours.json: no benchmark's name has 'oneDNN'" "$work/ours.json" --group 'ours|oneDNN'
sed 's|theirs|ours2|g' "$work/ours.json" >"$work/twins.json"
expects 3 "are of one group and both 'gemm/8' without it" "$work/twins.json" --group 'ours2?|theirs'

# A trend: the tenth of eighteen files is the first of a slower program.
series=()
for i in {10..27}; do
  benchmark_file "$(((i < 19 ? 1000 : 1300) + i * 7 % 11))" >"$work/t$i.json"
  series+=("$work/t$i.json")
done
expects 1 "1.30× slower from $work/t19.json on" --trend "${series[@]}" --html "$work/trend.html"
grep -q '<svg' "$work/trend.html" || fail "the trend has no curves"
grep -qE '(src|href)="?https?:' "$work/trend.html" && fail "the page of the trend needs the network"
expects 1 "REGRESSION: the last change of 1 benchmark was for the worse." --trend "${series[@]}"
expects 0 "No benchmark is shown to have changed its level." --trend "${series[@]:0:9}"
expects 0 "2 of 2 benchmarks cannot be judged, by so few files" --trend "${series[@]:0:5}"
sed -i 's/"-O3"/"-O2"/' "$work/t19.json"
expects 1 "flags differs: $work/t18.json has -O3, $work/t19.json has -O2" --trend "${series[@]}"
expects 3 "not comparable under --strict: flags differs: $work/t18.json has -O3" "${series[@]:8:3}" --against "$work/a.json" --strict
expects 3 "not comparable under --strict: flags differs" --trend "${series[@]}" --strict
expects 2 "one of --against, --group and --trend at a time" --trend "$work/a.json" --group 'x|y'

# One program run twice, every row without a verdict: nothing is said on the whole.
sed 's/"repetitions": 9/"repetitions": 1/' "$work/a.json" | head -4 | sed '$s/,$/]}/' >"$work/once.json"
"$compare" "$work/once.json" "$work/once.json" >"$work/out"
if grep -q "On the whole" "$work/out" || ! grep -q "cannot be judged" "$work/out"; then
  fail "rows without a verdict are spoken of on the whole: $(cat "$work/out")"
fi

# Programs: each prints one benchmark, some ten thousand nanoseconds with noise of one
# per cent that is another in every process.
program() {
  cat >"$work/$1" <<END
#!/usr/bin/env bash
n=\$(cat "$work/$1.count" 2>/dev/null || echo 0)
echo \$((n + 1)) >"$work/$1.count"
echo "$1" >>"$work/order"
printf '{"benchmarks": [{"name": "gemm", "run_type": "iteration", "iterations": 1, "real_time": %d, "cpu_time": 1, "time_unit": "ns"}]}\n' \$(($2 + (n * 37 + $3) % 101))
END
  chmod +x "$work/$1"
}
program before 10000 0
program after 11000 50
program again 10000 50
expects 1 "REGRESSION: 1 of 1 benchmarks" --run "$work/before" "$work/after" --pairs 8 --quiet
expects 0 "1.10× faster" --run "$work/after" "$work/before" --pairs 8 --quiet
expects 0 "No regression beyond 2 % is shown." --run "$work/before" "$work/again" --pairs 8 --quiet
expects 0 "5+5 processes: no interval at 95 %; 6 pairs at least" --run "$work/before" "$work/after" --pairs 5 --quiet
expects 0 "1 benchmark cannot be judged: that is no all-clear." --run "$work/before" "$work/after" --pairs 5 --quiet
expects 0 "0 of 3" --aa "$work/before" --pairs 6 --rounds 3 --quiet

# In turn, each first in every other pair, after a pair that is thrown away.
rm "$work/order"
"$compare" --run "$work/before" "$work/after" --pairs 2 --quiet >/dev/null
[[ $(tr '\n' ' ' <"$work/order") == "before after after before before after " ]] ||
  fail "the processes ran in the order $(tr '\n' ' ' <"$work/order")"

# Arguments reach the programs; a failure is told with its exit code and last words.
printf '#!/usr/bin/env bash\necho starting >&2\necho "got $*" >&2\nexit 7\n' >"$work/fails"
printf '#!/usr/bin/env bash\nkill -9 $$\n' >"$work/dies"
chmod +x "$work/fails" "$work/dies"
expects 3 "fails: ended with exit code 7, saying: got --benchmark_filter=x --benchmark_format=json" \
  --run "$work/fails" "$work/before" --quiet -- --benchmark_filter=x
expects 3 "dies: was killed by signal 9" --run "$work/before" "$work/dies" --quiet
expects 3 "/no/program: cannot be run: No such file or directory" --aa /no/program --quiet
expects 3 "true: not the JSON of Google Benchmark" --aa true --quiet

# Pages that cannot be written: the flag that names the file is named.
for flag in --markdown --html; do
  expects 4 "$work/before: cannot be written: Not a directory; choose another place with $flag" \
    "$work/a.json" "$work/a.json" $flag "$work/before/below"
done

# Ctrl-C: no verdict of half a comparison.
printf '#!/usr/bin/env bash\nsleep 0.2\nexec "%s/before"\n' "$work" >"$work/sleeps"
chmod +x "$work/sleeps"
timeout --foreground --preserve-status -s INT 0.5 "$compare" --aa "$work/sleeps" --quiet >"$work/out" 2>"$work/err"
(($? == 130)) || fail "interrupted: another exit code than 130"
if ! grep -q "interrupted" "$work/err" || [[ -s $work/out ]]; then
  fail "interrupted: $(cat "$work/out" "$work/err")"
fi

finish "compare-reports tells what it should"
