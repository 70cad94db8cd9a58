// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_rows.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/records/record.h"
#include "network/dataset.h"

namespace lanegrad {

std::string OneLine(std::string_view text) {
  const std::string valid =
      Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace))
          .get<std::string>();
  std::string line;
  for (const char c : valid) {
    if (c == '\n') {
      line.append("\\n");
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      line.append(fmt::format("\\x{:02x}", static_cast<unsigned>(c)));
    } else {
      line.push_back(c);
    }
  }
  return line;
}

void SetTime(BenchmarkRow& row, std::optional<double> value, std::string_view unit) {
  double scale = 1.0;
  if (unit == "us") {
    scale = 1e3;
  } else if (unit == "ms") {
    scale = 1e6;
  } else if (unit == "s") {
    scale = 1e9;
  } else if (unit != "ns" && !unit.empty()) {
    row.odd = fmt::format("unknown time unit '{}'", OneLine(unit));
    return;
  }
  if (!value) {
    row.odd = "has no time";
    return;
  }
  row.nanoseconds = *value * scale;
  if (!(row.nanoseconds > 0.0) || !std::isfinite(row.nanoseconds)) {
    row.odd = fmt::format("took {} ns, which has no ratio", row.nanoseconds);
  }
}

BenchmarkRows ParseBenchmarkRows(std::string_view text, std::string_view name, BenchmarkTime time) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // What PowerShell's > writes.
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    throw DataError(fmt::format("{}: is UTF-16; save it as UTF-8, or use --benchmark_out", name));
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::string_view rest = text.substr(begin);
    const std::size_t word = rest.find_first_not_of(" \t\r");
    if (word != rest.npos && rest[word] == '{') {
      return ParseBenchmarkJson(rest, text.substr(0, begin), name, time);
    }
    if (rest.starts_with("name,iterations,")) {
      return ParseBenchmarkCsv(rest, text.substr(0, begin), name, time);
    }
    const std::size_t end = rest.find('\n');
    begin = end == rest.npos ? text.size() : begin + end + 1;
  }
  throw DataError(
      fmt::format("{}: not the JSON of Google Benchmark: no brace begins a line, nor do the "
                  "headings of its CSV",
                  name));
}

}  // namespace lanegrad
