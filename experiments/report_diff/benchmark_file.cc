// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>

#include "experiments/statistics/statistics.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// What the context holds and yet identifies nothing: another each time, or each place
// of a program.
constexpr std::array<std::string_view, 6> kNoIdentity = {
    "date", "executable", "mhz_per_cpu", "load_avg", "source", "json_schema_version"};

double NanosecondsIn(const Json& row) {
  const std::string unit = row.value("time_unit", "ns");
  if (unit == "ns") return 1.0;
  if (unit == "us") return 1e3;
  if (unit == "ms") return 1e6;
  if (unit == "s") return 1e9;
  throw DataError(fmt::format("unknown time unit '{}'", unit));
}

void AddRow(BenchmarkFile& file, const Json& row, BenchmarkTime time) {
  const std::string name = row.contains("run_name") ? row.at("run_name").get<std::string>()
                                                    : row.at("name").get<std::string>();
  const auto [place, is_new] = file.measurements.try_emplace(name);
  if (is_new) file.order.push_back(name);
  Measurement& measured = place->second;
  if (is_new) measured.deviation = kNan;
  if (row.value("error_occurred", false)) {
    measured.failure = row.value("error_message", "no reason given");
    return;
  }
  const char* field = time == BenchmarkTime::kReal ? "real_time" : "cpu_time";
  if (row.value("run_type", "iteration") == "aggregate") {
    const std::string aggregate = row.value("aggregate_name", "");
    if (aggregate != "mean" && aggregate != "stddev") return;  // median, cv, BigO, RMS
    const double value = row.at(field).get<double>() * NanosecondsIn(row);
    (aggregate == "mean" ? measured.mean : measured.deviation) = value;
    if (measured.nanoseconds.empty()) {
      measured.repetitions = row.value("repetitions", row.value("iterations", std::size_t{0}));
    }
    return;
  }
  const double value = row.at(field).get<double>() * NanosecondsIn(row);
  if (!(value > 0.0) || !std::isfinite(value)) {
    throw DataError(fmt::format("{} took {} ns, which no benchmark can", name, value));
  }
  measured.nanoseconds.push_back(value);
  measured.repetitions = measured.nanoseconds.size();
}

std::string TextOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : JsonText(value);
}

}  // namespace

double Measurement::Typical() const {
  if (!nanoseconds.empty()) return Median(nanoseconds);
  return repetitions > 0 && mean > 0.0 ? mean : kNan;
}

BenchmarkFile ParseBenchmarks(std::string_view text, std::string_view name, BenchmarkTime time) {
  if (!text.starts_with('{')) {
    const std::size_t brace = text.find("\n{");
    text = brace == text.npos ? std::string_view() : text.substr(brace + 1);
  }
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("benchmarks") || !json["benchmarks"].is_array()) {
    throw DataError(fmt::format("{}: not the JSON of Google Benchmark{}", name,
                                text.empty()          ? ": no brace begins a line"
                                : json.is_discarded() ? ": damaged or cut off"
                                                      : ""));
  }
  BenchmarkFile file;
  file.name = name;
  file.load = kNan;
  try {
    if (json.contains("context")) {
      for (const auto& [key, value] : json.at("context").items()) {
        if (key == "load_avg" && value.is_array() && !value.empty()) {
          file.load = value.front().get<double>();
        }
        if (key == "source") file.source = TextOf(value);
        if (std::find(kNoIdentity.begin(), kNoIdentity.end(), key) == kNoIdentity.end()) {
          file.identity.emplace_back(key, TextOf(value));
        }
      }
    }
    for (const Json& row : json.at("benchmarks")) AddRow(file, row, time);
  } catch (const nlohmann::json::exception& why) {
    throw DataError(fmt::format("{}: not the JSON of Google Benchmark: {}", name, why.what()));
  } catch (const DataError& why) {
    throw DataError(fmt::format("{}: {}", name, why.what()));
  }
  if (file.order.empty()) throw DataError(fmt::format("{}: holds no benchmark", name));
  return file;
}

BenchmarkFile ReadBenchmarks(const std::filesystem::path& path, BenchmarkTime time) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw DataError(fmt::format("{}: cannot be read: {}", path.string(),
                                std::generic_category().message(errno)));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return ParseBenchmarks(text.view(), path.string(), time);
}

std::string Describe(const BenchmarkFile& file) {
  std::string text = file.name;
  for (const char* key : {"compiler", "build", "processor", "target"}) {
    for (const auto& [name, value] : file.identity) {
      if (name == key) text.append(", ").append(value);
    }
  }
  if (!file.source.empty()) text.append(", source ").append(file.source);
  if (std::isfinite(file.load)) text.append(fmt::format(", load {:.2f}", file.load));
  return text;
}

Json ToJson(const BenchmarkFile& file) {
  Json json = {{"name", file.name}, {"source", file.source}, {"load", ToJson(file.load)}};
  for (const auto& [name, value] : file.identity) json["environment"][name] = value;
  return json;
}

std::vector<std::string> EnvironmentDifferences(const BenchmarkFile& a, const BenchmarkFile& b) {
  std::vector<std::string> differences;
  const auto find = [](const BenchmarkFile& file, std::string_view key) -> const std::string* {
    for (const auto& [name, value] : file.identity) {
      if (name == key) return &value;
    }
    return nullptr;
  };
  for (const auto& [name, value] : a.identity) {
    const std::string* other = find(b, name);
    if (other == nullptr || *other != value) {
      differences.push_back(fmt::format("{} differs: A has {}, B has {}", name, value,
                                        other == nullptr ? "nothing to say of it" : *other));
    }
  }
  for (const auto& [name, value] : b.identity) {
    if (find(a, name) == nullptr) {
      differences.push_back(
          fmt::format("{} differs: A has nothing to say of it, B has {}", name, value));
    }
  }
  // Half a processor busy with something else is enough to show.
  if (std::max(a.load, b.load) > 0.5) {
    differences.push_back(fmt::format(
        "the machine was not idle: load {:.2f} when A began, {:.2f} when B did", a.load, b.load));
  }
  return differences;
}

}  // namespace lanegrad
