/// @file
/// The pages of benchmarks and of how they are measured.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_BENCHMARK_PAGES_H_
#define LANEGRAD_DOCS_BENCHMARK_PAGES_H_

#include <filesystem>

#include "docs/figure_writer.h"

namespace lanegrad {

/// Writes what docs/benchmarks.md and docs/measuring.md include, from their records.
void GenerateBenchmarkPages(const std::filesystem::path& records,
                            const std::filesystem::path& output, FigureWriter& figures);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_BENCHMARK_PAGES_H_
