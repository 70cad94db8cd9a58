// SPDX-License-Identifier: Apache-2.0
//
// The main of every benchmark: says of which build and source the figures are.
// Debian's library calls itself a debug build; the code that is timed is not.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/suite.h"
#include "experiments/records/provenance.h"

namespace {

int Run(int argc, char** argv) {
  const lanegrad::Json provenance = lanegrad::Provenance();
  for (const char* name : {"source", "target", "processor", "compiler", "build", "flags"}) {
    benchmark::AddCustomContext(name, provenance.at(name).get<std::string>());
  }
  std::string libraries;
  for (const auto& [name, version] : provenance.at("libraries").items()) {
    libraries += (libraries.empty() ? "" : ", ") + name + " " +
                 (version.is_string() ? version.get<std::string>() : lanegrad::JsonText(version));
  }
  benchmark::AddCustomContext("libraries", libraries);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  // One that gave up is reported, but the library has no exit code for it.
  return lanegrad::Refused() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
    return 1;
  }
}
