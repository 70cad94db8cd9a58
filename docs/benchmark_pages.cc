// SPDX-License-Identifier: Apache-2.0
#include "docs/benchmark_pages.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "bench/benchmark_figures.h"
#include "docs/measuring_figures.h"
#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// The page of benchmarks.
void GenerateBenchmarks(const Json& record, const std::filesystem::path& output,
                        FigureWriter& figures) {
  figures.Add(ProductRoofline(record));
  figures.Add(MemoryRoofline(record));
  figures.Add(TargetLadder(record));
  figures.Add(ThreadScaling(record));
  figures.Add(PeersBySize(record.at("peers")));
  Write(output / "benchmark_machine.md", BenchmarkMachine(record));
  Write(output / "benchmark_table.md", MarkdownTable(BenchmarkTable(record)));
}

// The page of what is measured besides a kernel.
void GenerateMeasuring(const std::filesystem::path& records, const std::filesystem::path& output,
                       FigureWriter& figures) {
  const Json record = ReadRecord(records / "measuring.json");
  figures.Add(CachesFigure(record));
  figures.Add(BranchesFigure(record));
  figures.Add(LayoutFigure(record, false));
  figures.Add(LayoutFigure(record, true));
  figures.Add(LicencesFigure(record));
  figures.Add(TraceFigure(record));
  figures.Add(ProcessesFigure(record));
  Write(output / "measuring_noise.md", NoiseTable(record));
  Write(output / "measuring_machine.md", MeasuringMachine(record));
  Write(output / "training_libraries.md",
        TrainingLibraries(ReadRecord(records / "training_libraries.json")));
}

}  // namespace

Json ReadRecord(const std::filesystem::path& path) {
  std::ifstream file(path);
  Json record = Json::parse(file, nullptr, false);
  if (record.is_discarded()) throw WriteError(fmt::format("{}: no JSON", path.string()));
  return record;
}

void GenerateBenchmarkPages(const std::filesystem::path& records,
                            const std::filesystem::path& output, FigureWriter& figures) {
  GenerateBenchmarks(ReadRecord(records / "benchmarks.json"), output, figures);
  GenerateMeasuring(records, output, figures);
}

}  // namespace lanegrad
