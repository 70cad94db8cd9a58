// SPDX-License-Identifier: Apache-2.0
//
// All suites of benchmarks, in turn, several times: one record, and a page that draws it.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/benchmark_figures.h"
#include "bench/benchmark_record.h"
#include "experiments/cli/command_line.h"
#include "experiments/records/disk.h"
#include "experiments/report/report.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

std::string Page(const Json& record) {
  Report report(
      "Benchmarks",
      "Every kernel of lanegrad, what this machine could do at most, and other libraries.");
  report.Paragraph(BenchmarkMachine(record));
  report.Heading("Products under their roof");
  report.AddFigures({MakeDrawing(ProductRoofline(record))});
  report.Heading("Everything else under the memory's");
  report.AddFigures({MakeDrawing(MemoryRoofline(record))});
  report.Heading("The ladder of instruction sets");
  report.AddFigures({MakeDrawing(TargetLadder(record))});
  report.Heading("Threads");
  report.AddFigures({MakeDrawing(ThreadScaling(record))});
  if (record.contains("peers") && record.at("peers").contains("sweeps")) {
    report.Heading("Other libraries, by size");
    report.AddFigures({MakeDrawing(PeersBySize(record.at("peers")))});
  }
  report.Heading("All numbers");
  report.AddTable(BenchmarkTable(record));
  return report.Html();
}

int Measure(const BenchmarkPlan& plan, const std::string& output, const std::string& kept) {
  const Json record = RunBenchmarks(plan);
  const fs::path directory = output;
  fs::create_directories(directory);
  WriteFileAtomically(directory / "benchmarks.json", JsonText(record, 1) + "\n",
                      {.flag = "--output DIR", .kept = false});
  WriteFileAtomically(directory / "report.html", Page(record),
                      {.flag = "--output DIR", .kept = false});
  if (!kept.empty()) {
    WriteFileAtomically(kept, JsonText(record, 1) + "\n", {.flag = "--record FILE", .kept = false});
  }
  fmt::print("record: {}\nreport: {}\n", (directory / "benchmarks.json").string(),
             (directory / "report.html").string());
  return kDone;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  BenchmarkPlan plan;
  plan.programs = fs::read_symlink("/proc/self/exe").parent_path();
  std::string output = "results/benchmarks", kept;
  bool no_peers = false, quiet = false;
  CommandLine line("benchmarks", "Runs all benchmarks, writes one record and draws it.");
  line.Option("--output", output, "directory for benchmarks.json and report.html");
  line.Option("--record", kept, "file for a copy of the record");
  line.Option("--suite", plan.suites,
              "a suite to run: loss, gemm, ...; may be repeated (default: all)");
  line.Option("--filter", plan.filter, "which benchmarks, a regular expression");
  line.Count("--rounds", plan.rounds, {.min = 1, .max = 1000}, "how often each suite is run");
  line.Number("--seconds", plan.seconds, 0.0, 60.0, "least time of a benchmark in a round");
  line.Flag("--no-peers", no_peers, "leave other libraries out");
  line.Flag("--quiet", quiet, "say nothing on the way");
  return line.Run(argc, argv, [&] {
    plan.peers = !no_peers;
    plan.say = [&](const std::string& what) {
      if (!quiet) fmt::print(stderr, "{}\n", what);
    };
    return Measure(plan, output, kept);
  });
}
