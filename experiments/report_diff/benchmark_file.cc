// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <sstream>
#include <system_error>

#include "experiments/report_diff/benchmark_instances.h"
#include "experiments/statistics/statistics.h"
#include "network/dataset.h"
#include "network/device.h"

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Measurement Measure(const BenchmarkInstance& instance) {
  Measurement measured;
  for (const BenchmarkRow& row : instance.repetitions) {
    if (!row.failure.empty()) {
      measured.failure = row.failure;
    } else if (!row.odd.empty()) {
      measured.odd = row.odd;
    } else {
      measured.nanoseconds.push_back(row.nanoseconds);
    }
  }
  measured.repetitions = measured.nanoseconds.size();
  if (!instance.repetitions.empty()) return measured;
  for (const auto& [kind, row] : instance.aggregates) {
    if (!row.failure.empty()) measured.failure = row.failure;
    if (kind == "stddev" && row.nanoseconds >= 0.0) measured.deviation = row.nanoseconds;
    if (kind != "mean" && kind != "median") continue;
    (kind == "mean" ? measured.mean : measured.median) = row.odd.empty() ? row.nanoseconds : kNan;
    if (!row.odd.empty()) measured.odd = row.odd;
    // A count of repetitions; what does not fit is none.
    const double count =
        row.repetitions > 0 ? static_cast<double>(row.repetitions) : row.iterations;
    if (count >= 1.0 && count <= 1e9) measured.repetitions = static_cast<std::size_t>(count);
  }
  if (std::isnan(measured.Typical()) && measured.odd.empty() && measured.failure.empty()) {
    measured.odd = "has no repetition, no mean and no median";
  }
  return measured;
}

}  // namespace

double Measurement::Typical() const {
  if (!nanoseconds.empty()) return Median(nanoseconds);
  return std::isnan(mean) ? median : mean;
}

BenchmarkFile ParseBenchmarks(std::string_view text, std::string_view name, BenchmarkTime time) {
  BenchmarkRows rows = ParseBenchmarkRows(text, name, time);
  BenchmarkFile file;
  file.name = name;
  file.identity = std::move(rows.identity);
  file.source = std::move(rows.source);
  file.load = rows.load;
  file.warnings = std::move(rows.warnings);
  std::vector<BenchmarkInstance> instances;
  try {
    instances = FindInstances(std::move(rows.rows), file.warnings);
  } catch (const DataError& why) {
    throw DataError(fmt::format("{}: {}", name, why.what()));
  }
  if (instances.empty()) throw DataError(fmt::format("{}: holds no benchmark", name));
  std::size_t medians = 0;
  for (const BenchmarkInstance& instance : instances) {
    const Measurement measured = Measure(instance);
    medians +=
        instance.repetitions.empty() && std::isnan(measured.mean) && std::isfinite(measured.median);
    file.order.push_back(instance.name);
    file.measurements.emplace(instance.name, measured);
  }
  if (medians > 0) {
    file.warnings.push_back(fmt::format(
        "{} benchmark{} by a median alone: it is compared, but without repetitions or a mean "
        "with its deviation there is no interval and no verdict",
        medians, medians == 1 ? " is there" : "s are there"));
  }
  return file;
}

BenchmarkFile ReadBenchmarks(const std::filesystem::path& path, BenchmarkTime time) {
  RefuseDevice(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw DataError(fmt::format("{}: cannot be read: {}", path.string(),
                                std::generic_category().message(errno)));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return ParseBenchmarks(text.view(), path.string(), time);
}

namespace {

const std::string* FindIdentity(const BenchmarkFile& file, std::string_view key) {
  for (const auto& [name, value] : file.identity) {
    if (name == key) return &value;
  }
  return nullptr;
}

// Adds one sentence of all that one file says of itself and the other does not; CSV says
// hardly anything.
void AddSilence(std::vector<std::string>& differences, const BenchmarkFile& speaks,
                const BenchmarkFile& other, std::string_view speaker, std::string_view silent) {
  std::string said;
  for (const auto& [name, value] : speaks.identity) {
    if (FindIdentity(other, name) != nullptr) continue;
    said.append(fmt::format("{}{} {}", said.empty() ? "" : ", ", name, value));
  }
  if (!said.empty()) {
    differences.push_back(fmt::format("{} does not say what {} does: {}", silent, speaker, said));
  }
}

std::string LoadText(double load) {
  return std::isnan(load) ? "unknown" : fmt::format("{:.2f}", load);
}

}  // namespace

std::vector<std::string> IdentityDifferences(const BenchmarkFile& a, const BenchmarkFile& b,
                                             std::string_view a_name, std::string_view b_name) {
  std::vector<std::string> differences;
  for (const auto& [name, value] : a.identity) {
    const std::string* other = FindIdentity(b, name);
    if (other != nullptr && *other != value) {
      differences.push_back(
          fmt::format("{} differs: {} has {}, {} has {}", name, a_name, value, b_name, *other));
    }
  }
  AddSilence(differences, a, b, a_name, b_name);
  AddSilence(differences, b, a, b_name, a_name);
  return differences;
}

std::vector<std::string> EnvironmentDifferences(const BenchmarkFile& a, const BenchmarkFile& b) {
  std::vector<std::string> differences = IdentityDifferences(a, b);
  // Half a processor busy with something else is enough to show.
  if (std::fmax(a.load, b.load) > 0.5) {
    differences.push_back(
        fmt::format("the machine was not idle: load {} when A began, {} when B did",
                    LoadText(a.load), LoadText(b.load)));
  }
  return differences;
}

}  // namespace lanegrad
