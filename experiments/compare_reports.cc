/// @file
/// Two reports, compared: what learned better, what ran faster, and how sure that is.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "experiments/cli/command_line.h"
#include "experiments/cli/print_error.h"
#include "experiments/cli/progress.h"
#include "experiments/report_diff/along.h"
#include "experiments/report_diff/benchmark_group.h"
#include "experiments/report_diff/benchmark_run.h"
#include "experiments/report_diff/false_alarm_report.h"
#include "experiments/report_diff/quality_report.h"
#include "experiments/report_diff/speed_report.h"
#include "experiments/report_diff/trend_report.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

struct Flags {
  std::vector<std::string> paths;
  std::vector<std::string> against;
  std::vector<std::string> run;
  std::vector<std::string> along;
  std::string aa;
  double threshold = std::numeric_limits<double>::quiet_NaN();  // per cent, or points
  std::size_t pairs = 12, rounds = 10;
  bool cpu_time = false, trend = false, strict = false, same_bits = false, json = false,
       quiet = false;
  std::string markdown, html, group;
  // What follows "--", for the benchmarks.
  std::vector<std::string> arguments;
};

// A change of speed below two per cent is noise on most machines; half a point of
// accuracy is fifty of ten thousand test samples.
constexpr double kSpeedThreshold = 2.0, kQualityThreshold = 0.5;

double Threshold(const Flags& flags, double standard) {
  return (std::isnan(flags.threshold) ? standard : flags.threshold) / 100.0;
}

void WritePages(const Flags& flags, const std::string& markdown, const std::string& html) {
  const auto write = [](const std::string& path, const std::string& page, const char* flag) {
    if (!path.empty()) WriteFileAtomically(path, page, {.flag = flag, .kept = false});
  };
  write(flags.markdown, markdown, "--markdown");
  write(flags.html, html, "--html");
}

void Print(const Flags& flags, const VerdictPage& page, const Json& json) {
  if (flags.json) {
    fmt::print("{}\n", JsonText(json, 1));
  } else {
    fmt::print("{}", TerminalPage(page, TerminalColumns(STDOUT_FILENO)));
  }
}

void Write(const Flags& flags, const VerdictPage& brief, const VerdictPage& full,
           const Json& json) {
  WritePages(flags, MarkdownPage(full), HtmlPage(full));
  Print(flags, brief, json);
}

// A directory, or a file whose name or first line says so, holds records.
bool HoldsRecords(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) || path.ends_with(".jsonl");
}

// Runs of different settings have different digests: nothing is to be had from those.
int CompareLearningAlong(const Flags& flags, double threshold) {
  const std::vector<AlongSetting> along = ReadAlong(flags.along);
  const ResultSet a = ReadResultSet(flags.paths[0]);
  const AlignedSets sets = flags.paths.size() == 1
                               ? AlignAlong(a, a, along)
                               : AlignAlong(a, ReadResultSet(flags.paths[1]), along);
  const QualityComparison comparison = CompareAligned(sets, threshold);
  Write(flags, QualityPage(comparison, sets.a, sets.b, threshold, false),
        QualityPage(comparison, sets.a, sets.b, threshold, true),
        QualityJson(comparison, sets.a, sets.b, threshold));
  return comparison.Count(QualityVerdict::kWorse) > 0 ? kClaimFailed : kDone;
}

int CompareLearning(const Flags& flags) {
  const double threshold = Threshold(flags, kQualityThreshold);
  if (!flags.along.empty()) return CompareLearningAlong(flags, threshold);
  const ResultSet a = ReadResultSet(flags.paths[0]), b = ReadResultSet(flags.paths[1]);
  const QualityComparison comparison = CompareSets(a, b, threshold);
  Write(flags, QualityPage(comparison, a, b, threshold, false),
        QualityPage(comparison, a, b, threshold, true), QualityJson(comparison, a, b, threshold));
  const bool other_bits = flags.same_bits && comparison.identical < comparison.pairs;
  return comparison.Count(QualityVerdict::kWorse) > 0 || other_bits ? kClaimFailed : kDone;
}

int Report(const Flags& flags, const std::vector<SpeedRow>& rows, const BenchmarkFile& a,
           const BenchmarkFile& b, const SpeedFacts& facts) {
  const bool any = std::any_of(rows.begin(), rows.end(), [](const SpeedRow& row) {
    return row.verdict != SpeedVerdict::kOnlyA && row.verdict != SpeedVerdict::kOnlyB;
  });
  if (!any) {
    throw DataError(
        fmt::format("not comparable: {} and {} have no benchmark in common", a.name, b.name));
  }
  const VerdictPage page = SpeedPage(rows, a, b, facts);
  Write(flags, page, page, SpeedJson(rows, a, b, facts));
  return Regressions(rows) > 0 ? kClaimFailed : kDone;
}

BenchmarkTime TimeOf(const Flags& flags) {
  return flags.cpu_time ? BenchmarkTime::kCpu : BenchmarkTime::kReal;
}

// One that is given twice would count as two processes.
std::vector<BenchmarkFile> ReadFiles(const Flags& flags, const std::vector<std::string>& paths) {
  std::vector<BenchmarkFile> files;
  for (auto path = paths.begin(); path != paths.end(); ++path) {
    if (std::find(paths.begin(), path, *path) != path) {
      throw UsageError(fmt::format("{} is given twice: each file is one process", *path));
    }
    files.push_back(ReadBenchmarks(*path, TimeOf(flags)));
  }
  return files;
}

// One side's files, which ought to be of one machine and build.
std::vector<BenchmarkFile> ReadSide(const Flags& flags, const std::vector<std::string>& paths) {
  std::vector<BenchmarkFile> files = ReadFiles(flags, paths);
  for (std::size_t i = 1; i < files.size(); ++i) {
    const std::vector<std::string> differences =
        IdentityDifferences(files[0], files[i], files[0].name, files[i].name);
    if (differences.empty()) continue;
    if (flags.strict) {
      throw DataError(fmt::format("not comparable under --strict: {}", differences[0]));
    }
    files[0].warnings.push_back(differences[0]);
  }
  return files;
}

// The first of them, called by all their names.
BenchmarkFile FirstOf(std::vector<BenchmarkFile> files) {
  if (files.size() > 1) {
    files[0].name.append(fmt::format(" and {} more", files.size() - 1));
  }
  return std::move(files[0]);
}

void RefuseDifferences(const Flags& flags, const BenchmarkFile& a, const BenchmarkFile& b) {
  const std::vector<std::string> differences = EnvironmentDifferences(a, b);
  if (flags.strict && !differences.empty()) {
    throw DataError(fmt::format("not comparable under --strict: {}", differences.front()));
  }
}

int CompareBenchmarkFiles(const Flags& flags) {
  const std::vector<BenchmarkFile> a = ReadSide(flags, {flags.paths[0]});
  const std::vector<BenchmarkFile> b = ReadSide(flags, {flags.paths[1]});
  RefuseDifferences(flags, a[0], b[0]);
  const SpeedFacts facts = {.threshold = Threshold(flags, kSpeedThreshold)};
  return Report(flags, CompareFiles(a[0], b[0], facts.threshold), a[0], b[0], facts);
}

int CompareManyFiles(const Flags& flags) {
  const std::vector<BenchmarkFile> a = ReadSide(flags, flags.paths);
  const std::vector<BenchmarkFile> b = ReadSide(flags, flags.against);
  RefuseDifferences(flags, a[0], b[0]);
  SpeedFacts facts = {.threshold = Threshold(flags, kSpeedThreshold), .samples = true};
  const std::vector<SpeedRow> rows = CompareSamples(a, b, facts.threshold);
  facts.overall = OverallOfProcesses(rows, a, b, false);
  return Report(flags, rows, FirstOf(a), FirstOf(b), facts);
}

// Each file is one process, whose two groups are a pair.
int CompareGroups(const Flags& flags) {
  const GroupPattern pattern = ReadGroupPattern(flags.group);
  std::vector<BenchmarkFile> a, b;
  std::size_t left_out = 0;
  for (const BenchmarkFile& file : ReadSide(flags, flags.paths)) {
    BenchmarkGroups groups = SplitGroups(file, pattern);
    a.push_back(std::move(groups.a));
    b.push_back(std::move(groups.b));
    left_out = std::max(left_out, groups.left_out);
  }
  if (left_out > 0) {
    a[0].warnings.push_back(fmt::format(
        "{} of {} benchmarks have neither '{}' nor '{}' in their names", left_out,
        left_out + a[0].order.size() + b[0].order.size(), pattern.judged, pattern.against));
  }
  SpeedFacts facts = {.threshold = Threshold(flags, kSpeedThreshold),
                      .processes = a.size() > 1,
                      .pairs = a.size(),
                      .groups = true,
                      .a = pattern.against,
                      .b = pattern.judged};
  if (!facts.processes) {
    return Report(flags, CompareFiles(a[0], b[0], facts.threshold), a[0], b[0], facts);
  }
  const std::vector<SpeedRow> rows = CompareProcesses(a, b, facts.threshold);
  facts.overall = OverallOfProcesses(rows, a, b, true);
  return Report(flags, rows, FirstOf(a), FirstOf(b), facts);
}

// Files in the order of time, or of commits.
int ShowTrend(const Flags& flags) {
  const std::vector<BenchmarkFile> files = ReadFiles(flags, flags.paths);
  for (std::size_t i = 1; i < files.size(); ++i) RefuseDifferences(flags, files[i - 1], files[i]);
  const double threshold = Threshold(flags, kSpeedThreshold);
  const std::vector<TrendRow> rows = FindTrend(files, threshold);
  const VerdictPage page = TrendPage(rows, files, threshold);
  WritePages(flags, MarkdownPage(page), TrendHtml(rows, files, threshold));
  Print(flags, page, TrendJson(rows, files, threshold));
  return std::any_of(rows.begin(), rows.end(), [](const TrendRow& row) { return row.IsSlower(); })
             ? kClaimFailed
             : kDone;
}

int Interrupted() {
  PrintError("compare-reports: interrupted; part of a comparison is none\n");
  return kInterrupted;
}

int Run(const Flags& flags) {
  SpeedFacts facts = {
      .threshold = Threshold(flags, kSpeedThreshold), .processes = true, .pairs = flags.pairs};
  const BenchmarkPairs pairs = RunInTurn({.a = flags.run[0],
                                          .b = flags.run[1],
                                          .arguments = flags.arguments,
                                          .pairs = flags.pairs,
                                          .time = TimeOf(flags),
                                          .quiet = flags.quiet});
  if (pairs.a.size() < flags.pairs) return Interrupted();
  const std::vector<SpeedRow> rows = CompareProcesses(pairs.a, pairs.b, facts.threshold);
  facts.overall = OverallOfProcesses(rows, pairs.a, pairs.b, true);
  return Report(flags, rows, pairs.a[0], pairs.b[0], facts);
}

int CompareWithItself(const Flags& flags) {
  const SpeedFacts facts = {
      .threshold = Threshold(flags, kSpeedThreshold), .processes = true, .pairs = flags.pairs};
  const std::size_t pairs_in_all = flags.pairs * flags.rounds;
  const BenchmarkPairs pairs = RunInTurn({.a = flags.aa,
                                          .b = flags.aa,
                                          .arguments = flags.arguments,
                                          .pairs = pairs_in_all,
                                          .time = TimeOf(flags),
                                          .quiet = flags.quiet});
  if (pairs.a.size() < pairs_in_all) return Interrupted();
  const FalseAlarms alarms = CountFalseAlarms(pairs, flags.pairs, facts.threshold);
  const VerdictPage page = FalseAlarmPage(alarms, pairs.a[0], facts);
  Write(flags, page, page, FalseAlarmJson(alarms, pairs.a[0], facts));
  return alarms.comparisons.Bounds().low > 0.05 ? kClaimFailed : kDone;
}

// Before anything is read: paths that do not exist, and too few or too many of them.
void RefuseWhatIsNotThere(const Flags& flags) {
  const int ways = !flags.group.empty() + !flags.against.empty() + flags.trend;
  if (ways > 1) throw UsageError("one of --against, --group and --trend at a time");
  const bool within_one = !flags.along.empty() && flags.paths.size() == 1;
  if (ways == 0 && flags.paths.size() != 2 && !within_one) {
    throw UsageError(
        "two reports are compared: give A and B; or A... --against B...; or --group with one; or "
        "--trend with many");
  }
  for (const std::vector<std::string>* side : {&flags.paths, &flags.against}) {
    for (const std::string& path : *side) {
      std::error_code ignored;
      if (!std::filesystem::exists(path, ignored)) {
        throw DataError(fmt::format("{}: no such file or directory", path));
      }
      if (ways > 0 && HoldsRecords(path)) {
        throw UsageError(fmt::format("{} holds records of runs: two such are compared", path));
      }
    }
  }
}

void RefuseAlongElsewhere(const Flags& flags) {
  if (flags.along.empty()) return;
  ReadAlong(flags.along);  // a setting that there is not is said before a path that there is not
  if (flags.paths.empty() || flags.trend || !flags.against.empty() || !flags.group.empty()) {
    throw UsageError("--along is for one or two sets of records");
  }
  if (flags.same_bits) {
    throw UsageError(
        "--same-bits asks for equal bits, which runs of different settings never have");
  }
}

int Compare(const Flags& flags) {
  const int modes = !flags.paths.empty() + !flags.run.empty() + !flags.aa.empty();
  if (modes != 1) {
    throw UsageError("give two reports A B, or --run A_BINARY B_BINARY, or --aa BINARY");
  }
  if (flags.paths.empty() && (flags.trend || !flags.against.empty() || !flags.group.empty())) {
    throw UsageError("--against, --group and --trend are for reports: give their files");
  }
  if (!flags.arguments.empty() && !flags.paths.empty()) {
    throw UsageError("arguments after -- are for benchmarks that are run: with --run or --aa");
  }
  RefuseAlongElsewhere(flags);
  if (!flags.run.empty()) return Run(flags);
  if (!flags.aa.empty()) return CompareWithItself(flags);
  RefuseWhatIsNotThere(flags);
  if (!flags.group.empty()) return CompareGroups(flags);
  if (!flags.against.empty()) return CompareManyFiles(flags);
  if (flags.trend) return ShowTrend(flags);
  const bool records_a = HoldsRecords(flags.paths.front());
  const bool records_b = HoldsRecords(flags.paths.back());
  if (records_a != records_b) {
    throw DataError(fmt::format("not comparable: {} holds records of runs, {} does not",
                                flags.paths[records_a ? 0 : 1], flags.paths[records_a ? 1 : 0]));
  }
  if (!flags.along.empty() && !records_a) {
    throw DataError(fmt::format("--along is for records of runs: {} holds none", flags.paths[0]));
  }
  return records_a ? CompareLearning(flags) : CompareBenchmarkFiles(flags);
}

int Main(int argc, char** argv) {
  CommandLine line(
      "compare-reports",
      "Compares two reports: result sets (directories with runs.jsonl), or files of Google "
      "Benchmark, JSON or CSV; or runs two benchmark programs in turn and compares them.");
  Flags flags;
  line.Option("reports", flags.paths, "A and B: what was, and what is");
  line.Option("--against", flags.against,
              "files of B, where each side has several: each is one process");
  line.Option("--group", flags.group,
              "compares benchmarks inside a file, the first alternative of a pattern against the "
              "second: 'ours|theirs'; rows are paired by what is left of their names");
  line.Repeated(
      "--along", flags.along,
      "pairs runs that are equal but for a setting: NAME, or NAME=A,B with the value of A "
      "and that of B, as within one set; repeated, or NAME,NAME, for several settings");
  line.Flag("--trend", flags.trend,
            "many files in the order of time or of commits: where did benchmarks change?");
  line.Option("--run", flags.run, 2, "two benchmark programs to run in turn: A_BINARY B_BINARY");
  line.Option("--aa", flags.aa,
              "one benchmark program, to be compared with itself: how often is that called a "
              "difference?");
  line.Count("--pairs", flags.pairs, {.min = 1, .max = 10000},
             "processes of each program in a comparison");
  line.Count("--rounds", flags.rounds, {.min = 1, .max = 10000}, "comparisons that --aa makes");
  line.Number("--threshold", flags.threshold, 0.0, 100.0,
              "least change that counts: per cent of time (default 2), points of accuracy or "
              "hundredths of R² (default 0.5)");
  line.Flag("--cpu-time", flags.cpu_time, "compare processor time instead of real time");
  line.Flag("--strict", flags.strict, "refuse files of different machines or builds");
  line.Flag("--same-bits", flags.same_bits, "a digest that differs is a regression, too");
  line.Option("--markdown", flags.markdown, "file for the report, as Markdown");
  line.Option("--html", flags.html, "file for the report, as one HTML page");
  line.Flag("--json", flags.json, "results as JSON on standard output");
  line.Flag("--quiet", flags.quiet, "no progress on standard error");
  line.Example("compare-reports results/before results/after", "learning, seed by seed");
  line.Example("compare-reports results/run --along activation=relu,tanh",
               "two values of a setting, in one set");
  line.Example("compare-reports before.json after.json --html speed.html",
               "speed: two files of Google Benchmark");
  line.Example("compare-reports before*.json --against after*.json",
               "several processes of each, which say more");
  line.Example("compare-reports this.json --group 'lanegrad|oneDNN'", "two rivals in one file");
  line.Example("compare-reports --trend monday.json tuesday.json wednesday.json --html trend.html",
               "where speed has changed");
  line.Example(
      "compare-reports --run old/bin/gemm_bench new/bin/gemm_bench -- --benchmark_filter=AVX3",
      "two builds, run in turn");
  line.Example("compare-reports --aa bin/gemm_bench", "how often equals are told apart");
  line.Note(
      "Exit code 1 says: a regression beyond the threshold (--along: B is worse; --aa: more false "
      "alarms than 5 %).");
  line.AllowAfterDashes();
  return line.Run(argc, argv, [&] {
    flags.arguments = line.after_dashes();
    return Compare(flags);
  });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
