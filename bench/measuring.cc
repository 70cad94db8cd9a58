// SPDX-License-Identifier: Apache-2.0
//
// What a benchmark shows besides the kernel: caches, predicted branches, where arrays lie, the
// clock under wide registers, and noise that comes in waves. Each is measured by itself and all
// are written as one record, from which the book's page is made.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "bench/measuring_effects.h"
#include "experiments/cli/command_line.h"
#include "experiments/json/json.h"
#include "experiments/records/disk.h"
#include "experiments/records/provenance.h"

int main(int argc, char** argv) {
  using namespace lanegrad;
  std::string output;
  CommandLine line("measuring", "Shows what a benchmark measures besides the kernel.");
  line.Option("--output", output, "file for the record, as JSON");
  bool slice = false;
  line.Flag("--slice", slice, "print the pace of one kernel in this process, and end");
  return line.Run(argc, argv, [&] {
    if (slice) {
      fmt::print("{}\n", MedianSlice());
      return static_cast<int>(kDone);
    }
    Json record = {{"schema", 1}, {"program", "measuring"}, {"provenance", Provenance()}};
    for (const MeasuringEffect& effect : MeasuringEffects()) {
      fmt::print(stderr, "{}\n", effect.name);
      record[std::string(effect.name)] = effect.measure();
    }
    if (output.empty()) {
      fmt::print("{}\n", JsonText(record, 1));
    } else {
      WriteFileAtomically(output, JsonText(record, 1) + "\n",
                          {.flag = "--output FILE", .kept = false});
    }
    return static_cast<int>(kDone);
  });
}
