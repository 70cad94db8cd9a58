// SPDX-License-Identifier: Apache-2.0
#include "docs/benchmark_pages.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "bench/benchmark_figures.h"
#include "docs/front_page.h"
#include "docs/kernel_tables.h"
#include "docs/measuring_figures.h"
#include "docs/peer_activations.h"
#include "docs/training_tables.h"
#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// What is known of one machine. Records of two machines stand side by side and are never mixed:
// `machine` is in the names of its records, tables and figures.
struct Machine {
  std::string_view record, output;
};
constexpr Machine kMachines[] = {{"", ""}, {"_amd", "amd_"}};

class MachinePages {
 public:
  MachinePages(const Machine& machine, std::filesystem::path records, std::filesystem::path output,
               FigureWriter& figures)
      : machine_(machine),
        records_(std::move(records)),
        output_(std::move(output)),
        figures_(figures) {}

  // Beside other libraries.
  void Peers() {
    const Json peers = Read("peers");
    Page("peer_error_table", PeerErrorTable(peers));
    Page("product_table", ProductTable(peers));
    Page("small_squares", SmallSquares(peers));
    Page("speed_table", SpeedTable(peers));
    Page("peer_machine", PeerMachine(peers));
    Draw(ErrorSpeedFigure(peers));
  }
  // Whole steps, beside PyTorch and numpy.
  void Training() {
    const Json training = Read("training_peers");
    Page("training_table", TrainingTable(training));
    Page("step_table", StepTable(training));
    Page("thread_table", ThreadTable(training));
    Page("phase_table", PhaseTable(training));
    Page("training_machine", TrainingMachine(training));
    Page("grid_pace", GridPace(training));
    Draw(PaceOfTraining(training));
  }
  // Every kernel beside what the machine can do.
  void Benchmarks() {
    const Json record = Read("benchmarks");
    Draw(ProductRoofline(record));
    Draw(MemoryRoofline(record));
    Draw(TargetLadder(record));
    Draw(ThreadScaling(record));
    Draw(PeersBySize(record.at("peers")));
    Page("benchmark_machine", BenchmarkMachine(record));
    Page("benchmark_table", MarkdownTable(BenchmarkTable(record)));
  }

 private:
  Json Read(std::string_view name) const {
    return ReadRecord(records_ / fmt::format("{}{}.json", name, machine_.record));
  }
  void Page(std::string_view name, std::string_view text) const {
    Write(output_ / fmt::format("{}{}.md", machine_.output, name), text);
  }
  void Draw(auto figure) const {
    figure.name.insert(0, machine_.output);
    figures_.Add(figure);
  }

  Machine machine_;
  std::filesystem::path records_, output_;
  FigureWriter& figures_;
};

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
  for (const Machine& machine : kMachines) {
    MachinePages pages(machine, records, output, figures);
    pages.Peers();
    pages.Training();
    pages.Benchmarks();
  }
  GenerateMeasuring(records, output, figures);
}

}  // namespace lanegrad
