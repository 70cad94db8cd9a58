// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/row_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>

#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// What holds the field; null where nothing does.
const Fields* HolderOf(const Measurement& row, std::string_view field) {
  for (const Fields* each : std::array{&row.values, &row.settings, &row.machine}) {
    if (each->Has(field)) return each;
  }
  return nullptr;
}

bool IsNumber(const Measurement& row, std::string_view field) {
  if (field == "seed") return true;
  const Fields* holder = HolderOf(row, field);
  return holder != nullptr &&
         std::any_of(holder->all().begin(), holder->all().end(), [&](const auto& each) {
           return each.first == field && std::holds_alternative<double>(each.second);
         });
}

}  // namespace

double NumberOf(const Measurement& row, std::string_view field) {
  if (field == "seed") return static_cast<double>(row.seed);
  const Fields* holder = HolderOf(row, field);
  return (holder == nullptr ? row.values : *holder).Number(field);
}

NamedTable RowTable(std::string_view name, std::string_view caption,
                    std::span<const Measurement> rows, const std::vector<RowColumn>& columns) {
  NamedTable named = {.name = std::string(name),
                      .table = {.caption = std::string(caption), .columns = {}, .rows = {}}};
  for (const RowColumn& column : columns) {
    const bool numeric = std::any_of(rows.begin(), rows.end(),
                                     [&](const auto& row) { return IsNumber(row, column.field); });
    named.table.columns.push_back({std::string(column.heading), numeric, std::string(column.help)});
  }
  for (const Measurement& row : rows) {
    std::vector<Cell>& cells = named.table.rows.emplace_back();
    for (const RowColumn& column : columns) {
      const Fields* holder = HolderOf(row, column.field);
      if (IsNumber(row, column.field)) {
        const double number = column.scale * NumberOf(row, column.field);
        cells.push_back(
            {UnsignedZero(fmt::format(fmt::runtime(column.format), number)), number, false});
      } else {
        cells.push_back({holder == nullptr ? "" : holder->Text(column.field), 0.0, false});
      }
    }
  }
  return named;
}

}  // namespace lanegrad
