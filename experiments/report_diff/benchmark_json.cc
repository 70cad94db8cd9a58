// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/records/record.h"
#include "experiments/report_diff/benchmark_rows.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

// What the context holds and yet identifies nothing: another each time, or each place
// of a program.
constexpr std::array<std::string_view, 6> kNoIdentity = {
    "date", "executable", "mhz_per_cpu", "load_avg", "source", "json_schema_version"};

constexpr std::string_view kNanText = "n", kInfinityText = "i", kMinusInfinityText = "-i";

bool IsTokenCharacter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '(' || c == ')';
}

// Google Benchmark prints doubles that are not finite as bare words, which are no JSON. Each
// becomes a string of its own length, so that line and column of what follows stay true.
std::string QuoteBareNumbers(std::string_view text) {
  std::string quoted(text);
  bool in_string = false;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (in_string) {
      if (quoted[i] == '\\')
        ++i;
      else if (quoted[i] == '"')
        in_string = false;
      continue;
    }
    if (quoted[i] == '"') in_string = true;
    const bool minus = quoted[i] == '-';
    std::size_t end = i + minus;
    while (end < quoted.size() && IsTokenCharacter(quoted[end])) ++end;
    if (end == i + minus) continue;
    std::string word = quoted.substr(i + minus, end - i - minus);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string_view value;
    if (word == "nan" || word.starts_with("nan(")) value = kNanText;
    if (word == "inf" || word == "infinity") value = minus ? kMinusInfinityText : kInfinityText;
    if (!value.empty()) {
      quoted.replace(i, end - i, fmt::format("{:<{}}", fmt::format("\"{}\"", value), end - i));
    }
    i = end - 1;
  }
  return quoted;
}

std::optional<double> Number(const Json& row, const char* key) {
  const auto place = row.find(key);
  if (place == row.end()) return std::nullopt;
  if (place->is_number()) return place->get<double>();
  if (*place == kNanText) return std::numeric_limits<double>::quiet_NaN();
  if (*place == kInfinityText) return std::numeric_limits<double>::infinity();
  if (*place == kMinusInfinityText) return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

std::optional<std::size_t> Index(const Json& row, const char* key) {
  const auto place = row.find(key);
  if (place == row.end() || !place->is_number_unsigned()) return std::nullopt;
  return place->get<std::size_t>();
}

std::string Text(const Json& row, const char* key) {
  const auto place = row.find(key);
  return place != row.end() && place->is_string() ? OneLine(place->get<std::string>())
                                                  : std::string();
}

bool IsTrue(const Json& row, const char* key) {
  const auto place = row.find(key);
  return place != row.end() && place->is_boolean() && place->get<bool>();
}

std::string Reason(const Json& row, const char* key) {
  const std::string reason = Text(row, key);
  return reason.empty() ? "no reason given" : reason;
}

BenchmarkRow ReadRow(const Json& json, BenchmarkTime time) {
  BenchmarkRow row;
  row.name = Text(json, json.contains("run_name") ? "run_name" : "name");
  row.typed = json.contains("run_type");
  if (Text(json, "run_type") == "aggregate") {
    row.aggregate = Text(json, "aggregate_name");
    if (row.aggregate.empty()) row.aggregate = "unnamed";
  } else if (json.contains("big_o") || json.contains("rms")) {
    row.typed = true;
    row.aggregate = json.contains("rms") ? "RMS" : "BigO";
  } else if (const std::string full = Text(json, "name");
             !row.typed && full.starts_with(row.name + "_")) {
    row.name = full;
  }
  row.family = Index(json, "family_index");
  row.instance = Index(json, "per_family_instance_index");
  row.repetition = Index(json, "repetition_index");
  row.repetitions = Index(json, "repetitions").value_or(0);
  row.iterations = Number(json, "iterations").value_or(0.0);
  if (IsTrue(json, "error_occurred")) {
    row.failure = Reason(json, "error_message");
  } else if (IsTrue(json, "skipped")) {
    row.odd = "skipped: " + Reason(json, "skip_message");
  } else {
    SetTime(row, Number(json, time == BenchmarkTime::kReal ? "real_time" : "cpu_time"),
            Text(json, "time_unit"));
  }
  return row;
}

void ReadContext(BenchmarkRows& rows, const Json& context) {
  if (!context.is_object()) return;
  for (const auto& [key, value] : context.items()) {
    const std::string text =
        OneLine(value.is_string() ? value.get<std::string>() : JsonText(value));
    if (key == "load_avg" && value.is_array() && !value.empty() && value.front().is_number()) {
      rows.load = value.front().get<double>();
    }
    if (key == "source") rows.source = text;
    if (std::find(kNoIdentity.begin(), kNoIdentity.end(), key) == kNoIdentity.end()) {
      rows.identity.emplace_back(OneLine(key), text);
    }
  }
}

// Where the `byte`-th byte is, in words.
std::string Place(std::string_view before, std::string_view text, std::size_t byte) {
  const std::string read(std::string(before).append(text.substr(0, byte == 0 ? 0 : byte - 1)));
  const std::size_t line_begin = read.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", std::count(read.begin(), read.end(), '\n') + 1,
                     read.size() - line_begin + 1);
}

}  // namespace

BenchmarkRows ParseBenchmarkJson(std::string_view text, std::string_view before,
                                 std::string_view name, BenchmarkTime time) {
  Json json;
  try {
    json = Json::parse(QuoteBareNumbers(text));
  } catch (const Json::parse_error& error) {
    throw DataError(fmt::format("{}: not the JSON of Google Benchmark: damaged or cut off at {}",
                                name, Place(before, text, error.byte)));
  } catch (const Json::out_of_range&) {
    throw DataError(
        fmt::format("{}: not the JSON of Google Benchmark: holds a number beyond 1.8e308", name));
  }
  if (!json.is_object() || !json.contains("benchmarks") || !json["benchmarks"].is_array()) {
    throw DataError(
        fmt::format("{}: not the JSON of Google Benchmark: has no list of 'benchmarks'", name));
  }
  BenchmarkRows rows;
  if (json.contains("context")) ReadContext(rows, json["context"]);
  for (const Json& each : json["benchmarks"]) {
    BenchmarkRow row;
    if (each.is_object()) row = ReadRow(each, time);
    if (!row.name.empty()) {
      rows.rows.push_back(std::move(row));
    } else {
      rows.warnings.push_back(
          fmt::format("entry {} of its benchmarks has no name, and was left out",
                      &each - &json["benchmarks"][0] + 1));
    }
  }
  return rows;
}

}  // namespace lanegrad
