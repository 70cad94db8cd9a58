// SPDX-License-Identifier: Apache-2.0
#include "docs/kernel_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "docs/peer_activations.h"
#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// Everyone who appears in a column of the rows, in the order of first appearance.
std::vector<std::string> Names(const Json& rows, const char* column) {
  std::vector<std::string> names;
  for (const Json& row : rows) {
    for (const auto& [name, value] : row.at(column).items()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

// The largest error of one grade and kind in an entry of the record, rounded up.
Cell LargestError(const Json& entries, std::string_view name, const char* kind) {
  for (const Json& entry : entries) {
    if (entry.at("name") != name) continue;
    const double ulp = std::ceil(100.0 * entry.at(kind).at("max_ulp").get<double>()) / 100.0;
    return {fmt::format("{:.2f}", ulp), ulp, false};
  }
  return {"", 0, false};
}

// "784x128x128 (a^T b)", as a record has it, for the head of a column: with spaces, so that a
// narrow column can break the line there, and without notation that a page would show as typed.
std::string ShapeInWords(std::string_view shape) {
  constexpr std::string_view kTransposed = " (a^T b)";
  const bool transposed = shape.ends_with(kTransposed);
  if (transposed) shape.remove_suffix(kTransposed.size());
  std::string words;
  for (const char c : shape) words += c == 'x' ? std::string(" × ") : std::string(1, c);
  return transposed ? words + ", left operand transposed" : words;
}

}  // namespace

std::string ErrorTable(const Json& exhaustive) {
  Table table = {.caption = {},
                 .columns = {{"activation", false, {}},
                             {"values wrong", true, {}},
                             {"slopes wrong", true, {}},
                             {"largest error, ULP", true, {}},
                             {"inputs that needed 240 bits", true, {}}},
                 .rows = {}};
  // Of the other grades, those that the record has, and the largest error of each.
  std::vector<std::pair<std::string, double>> grades;
  for (const char* grade : {"fast", "fastest"}) {
    if (!exhaustive.contains(grade)) continue;
    grades.emplace_back(grade, 0.0);
    table.columns.push_back({fmt::format("{}: value, ULP", grade), true, {}});
    table.columns.push_back({fmt::format("{}: slope, ULP", grade), true, {}});
  }
  std::uint64_t wrong = 0, all = 0;
  for (const Json& row : exhaustive.at("activations")) {
    const auto count = [&](const char* what, const char* of) {
      return row.at(what).at(of).get<std::uint64_t>();
    };
    const auto cell = [](std::uint64_t n) {
      return Cell{fmt::format("{}", n), static_cast<double>(n), false};
    };
    const std::string name = row.at("name").get<std::string>();
    const double largest = std::max(row.at("value").at("max_ulp").get<double>(),
                                    row.at("slope").at("max_ulp").get<double>());
    wrong += count("value", "misrounded") + count("slope", "misrounded");
    all += std::uint64_t{2} << 32;
    table.rows.push_back({{name, 0, false},
                          cell(count("value", "misrounded")),
                          cell(count("slope", "misrounded")),
                          {fmt::format("{}", largest), largest, false},
                          cell(count("value", "hard_cases") + count("slope", "hard_cases"))});
    for (auto& [grade, error] : grades) {
      for (const char* kind : {"value", "slope"}) {
        table.rows.back().push_back(LargestError(exhaustive.at(grade), name, kind));
        error = std::max(error, table.rows.back().back().sort);
      }
    }
  }
  std::string others;
  for (const auto& [grade, error] : grades) {
    others += fmt::format(
        "\nOf the {} grade no value and no slope is off by more than {:.2f} ULP; where its columns "
        "are empty there is no such version. Command: `build/release/bin/exhaustive --precision "
        "{}`\n",
        grade, error, grade);
  }
  return fmt::format(
      "{}\n{} results in {:.0f} thousand million are not the nearest float. Command: "
      "`build/release/bin/exhaustive`\n{}",
      MarkdownTable(table), wrong, static_cast<double>(all) / 1e9, others);
}

std::string ProductTable(const Json& peers) {
  const Json& rows = PartOf(peers, "products");
  Table table = {.caption = {}, .columns = {{"library", false, {}}}, .rows = {}};
  std::vector<double> best;
  for (const Json& row : rows) {
    table.columns.push_back({ShapeInWords(row.at("shape").get<std::string>()), true, {}});
    best.push_back(0.0);
    for (const auto& [name, value] : row.at("gflops").items()) {
      best.back() = std::max(best.back(), value.get<double>());
    }
  }
  for (const std::string& name : Names(rows, "gflops")) {
    std::vector<Cell> cells = {{name, 0, false}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      // Not every library takes every shape.
      const double value = rows[i].at("gflops").value(name, 0.0);
      cells.push_back({value > 0.0 ? fmt::format("{:.0f}", value) : "-", value, value == best[i]});
    }
    table.rows.push_back(std::move(cells));
  }
  return MarkdownTable(table);
}

std::string SmallSquares(const Json& peers) {
  Table table = {.caption = {}, .columns = {{"rows, columns, terms", false, {}}}, .rows = {}};
  std::vector<Cell> ratios = {{"libxsmm over lanegrad", 0, false}};
  for (const Json& row : PartOf(peers, "sweeps").at(0).at("rows")) {
    const int size = row.at("size").get<int>();
    if ((size & (size - 1)) != 0) continue;  // the powers of two say enough
    for (const auto& [name, value] : row.at("gflops").items()) {
      if (!name.starts_with("libxsmm")) continue;
      const double ratio = value.get<double>() / row.at("gflops").at("lanegrad").get<double>();
      table.columns.push_back({fmt::format("{}", size), true, {}});
      ratios.push_back({fmt::format("{:.2f}", ratio), ratio, false});
    }
  }
  if (table.columns.size() == 1) return {};
  table.rows.push_back(std::move(ratios));
  return MarkdownTable(table);
}

std::string PeerMachine(const Json& peers) {
  const Json& provenance = PartOf(peers, "provenance");
  std::string peaks;
  for (const auto& [target, peak] : PartOf(peers, "peak_gflops").items()) {
    peaks += fmt::format("{}{:.0f} GFLOP/s for {}", peaks.empty() ? "" : ", ", peak.get<double>(),
                         target);
  }
  return fmt::format(
      "Measured on {}, one thread; multiply-add peak measured in the same process: {}. Source "
      "{}.\n",
      provenance.at("processor").get<std::string>(), peaks,
      provenance.at("source").get<std::string>());
}

}  // namespace lanegrad
