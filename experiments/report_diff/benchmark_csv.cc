// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "experiments/report_diff/benchmark_rows.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

// A line of CSV, which quotes may make longer than a line of text.
struct Line {
  std::size_t number = 0;  // in the file, from 1
  std::vector<std::string> cells;
};

// RFC 4180. Throws DataError where a quote is not closed.
std::vector<Line> SplitCsv(std::string_view text, std::size_t number, std::string_view name) {
  std::vector<Line> lines;
  Line line = {number, {""}};
  std::size_t opened = 0;  // the line of an open quote, or 0
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++number;
    if (c == '"' && opened != 0 && text.substr(i + 1).starts_with('"')) {
      line.cells.back().push_back('"');
      ++i;
    } else if (c == '"') {
      opened = opened == 0 ? number : 0;
    } else if (c == ',' && opened == 0) {
      line.cells.emplace_back();
    } else if (c == '\n' && opened == 0) {
      lines.push_back(std::move(line));
      line = {number, {""}};
    } else if (c != '\r') {
      line.cells.back().push_back(c);
    }
  }
  if (opened != 0) {
    throw DataError(fmt::format("{}: damaged or cut off: line {} opens a quote that nothing closes",
                                name, opened));
  }
  if (line.cells.size() > 1 || !line.cells[0].empty()) lines.push_back(std::move(line));
  return lines;
}

std::optional<double> Number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "key: value" of the lines that programs print above; of the machine, what has a name in JSON.
void ReadContext(BenchmarkRows& rows, std::string_view before) {
  for (std::size_t begin = 0; begin < before.size();) {
    const std::size_t end = std::min(before.find('\n', begin), before.size());
    std::string_view line = before.substr(begin, end - begin);
    begin = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    constexpr std::string_view kLoad = "Load Average: ", kMachine = "Run on (";
    if (line.starts_with(kLoad)) {
      line.remove_prefix(kLoad.size());
      rows.load = Number(line.substr(0, line.find(','))).value_or(rows.load);
    } else if (line.starts_with(kMachine)) {
      line.remove_prefix(kMachine.size());
      rows.identity.emplace_back("num_cpus", OneLine(line.substr(0, line.find(' '))));
    } else if (const std::size_t colon = line.find(": ");
               colon != line.npos && line.find(' ') > colon && !line.starts_with('*')) {
      const std::string key = OneLine(line.substr(0, colon));
      const std::string value = OneLine(line.substr(colon + 2));
      if (key == "source") {
        rows.source = value;
      } else {
        rows.identity.emplace_back(key, value);
      }
    }
  }
}

}  // namespace

BenchmarkRows ParseBenchmarkCsv(std::string_view text, std::string_view before,
                                std::string_view name, BenchmarkTime time) {
  const auto lines_before =
      static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::vector<Line> lines = SplitCsv(text, lines_before + 1, name);
  const std::vector<std::string>& heads = lines.front().cells;
  const auto column = [&](std::string_view head) {
    return static_cast<std::size_t>(std::find(heads.begin(), heads.end(), head) - heads.begin());
  };
  const std::string time_head = time == BenchmarkTime::kReal ? "real_time" : "cpu_time";
  for (const std::string& head : {time_head, std::string("time_unit")}) {
    if (column(head) == heads.size()) {
      throw DataError(
          fmt::format("{}: not the CSV of Google Benchmark: line {} names no column '{}'", name,
                      lines.front().number, head));
    }
  }
  BenchmarkRows rows;
  ReadContext(rows, before);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string>& cells = lines[i].cells;
    const auto cell = [&](std::string_view head) {
      const std::size_t place = column(head);
      return place < cells.size() ? std::string_view(cells[place]) : std::string_view();
    };
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (cells.size() < 2 || cells[0].empty()) {
      rows.warnings.push_back(
          fmt::format("line {} is no row of it, and was left out", lines[i].number));
      continue;
    }
    BenchmarkRow row;
    row.name = OneLine(cells[0]);
    row.iterations = Number(cell("iterations")).value_or(0.0);
    if (cell("error_occurred") == "true") {
      row.failure =
          cell("error_message").empty() ? "no reason given" : OneLine(cell("error_message"));
    } else if (!cell("error_message").empty() && cell(time_head).empty()) {
      row.odd = "skipped: " + OneLine(cell("error_message"));
    } else {
      SetTime(row, Number(cell(time_head)), cell("time_unit"));
    }
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace lanegrad
