// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_instances.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr std::array<std::string_view, 6> kAggregates = {"mean", "median", "stddev",
                                                         "cv",   "BigO",   "RMS"};

bool IsComplexity(const BenchmarkRow& row) {
  return row.aggregate == "BigO" || row.aggregate == "RMS";
}

// The name without the ending of an aggregate and that ending, or none.
std::pair<std::string, std::string> SplitAggregate(const std::string& name) {
  for (const std::string_view kind : kAggregates) {
    if (name.size() > kind.size() + 1 && name.ends_with(kind) &&
        name[name.size() - kind.size() - 1] == '_') {
      return {name.substr(0, name.size() - kind.size() - 1), std::string(kind)};
    }
  }
  return {name, ""};
}

// CSV and old JSON tell aggregates by the endings of their names alone. An aggregate comes
// once, so that several rows of a name whose stem nothing else has are a benchmark, which
// happens to be called "row_mean".
void RecogniseAggregates(std::vector<BenchmarkRow>& rows) {
  std::map<std::string, std::size_t> of_name;
  std::map<std::string, std::set<std::string>> of_stem;
  std::map<std::string, double> repetitions;  // of a mean, by stem
  for (const BenchmarkRow& row : rows) {
    const auto [stem, kind] = SplitAggregate(row.name);
    ++of_name[row.name];
    of_stem[row.typed ? row.name : stem].insert(row.typed ? row.aggregate : kind);
  }
  for (BenchmarkRow& row : rows) {
    if (row.typed) continue;
    auto [stem, kind] = SplitAggregate(row.name);
    if (kind.empty() || (of_name[row.name] > 1 && of_stem[stem].size() == 1)) continue;
    if (kind == "mean") repetitions[stem] = row.iterations;
    row.name = std::move(stem);
    row.aggregate = std::move(kind);
  }
  // Statistics of a program's own, "x_max" beside "x_mean", of as many repetitions.
  for (BenchmarkRow& row : rows) {
    const std::size_t bar = row.name.rfind('_');
    if (row.typed || !row.aggregate.empty() || bar == row.name.npos) continue;
    const auto mean = repetitions.find(row.name.substr(0, bar));
    if (mean == repetitions.end() || mean->second != row.iterations) continue;
    if (of_name[row.name] > 1 || of_stem[row.name].size() > 1) continue;
    row.aggregate = row.name.substr(bar + 1);
    row.name.erase(bar);
  }
}

// A benchmark under construction.
struct Growing {
  BenchmarkInstance instance;
  std::size_t last = 0;             // the row that came last, from 0
  std::set<std::size_t> seen = {};  // repetition indices
  bool told = false;                // by an index or a count, and not by order alone
};

// Whether the row, which has no index, must be another benchmark of the same name.
bool BeginsAnother(const Growing& open, const BenchmarkRow& row, std::size_t place) {
  if (!row.aggregate.empty()) return open.instance.aggregates.contains(row.aggregate);
  if (!open.instance.aggregates.empty()) return true;
  if (row.repetitions > 0) return open.instance.repetitions.size() >= row.repetitions;
  return place != open.last + 1;
}

void Add(Growing& open, BenchmarkRow row, std::size_t place) {
  open.last = place;
  if (!row.aggregate.empty()) {
    const std::string kind = row.aggregate, name = row.name;
    if (!open.instance.aggregates.emplace(kind, std::move(row)).second) {
      throw DataError(
          fmt::format("{}: its {} is there twice; were files put together?", name, kind));
    }
    return;
  }
  if (row.repetition && !open.seen.insert(*row.repetition).second) {
    throw DataError(fmt::format("{}: repetition {} is there twice; were files put together?",
                                row.name, *row.repetition));
  }
  open.told = open.told || row.family || row.repetition || row.repetitions > 0;
  open.instance.repetitions.push_back(std::move(row));
}

// Rows of one name after each other, and no word of repetitions.
bool IsDoubtful(const Growing& open) {
  return !open.told && open.instance.repetitions.size() > 1 && open.instance.aggregates.empty() &&
         open.instance.repetitions.front().failure.empty();
}

// Google Benchmark repeats with the same number of iterations, so that others are others'.
bool AreSeveral(const Growing& open) {
  const std::vector<BenchmarkRow>& rows = open.instance.repetitions;
  return IsDoubtful(open) && std::any_of(rows.begin(), rows.end(), [&](const BenchmarkRow& row) {
           return row.iterations != rows.front().iterations;
         });
}

// Tells equal names apart.
void NumberNames(std::vector<BenchmarkInstance>& instances) {
  std::map<std::string, std::size_t> count, number;
  std::set<std::string> taken;
  for (const BenchmarkInstance& each : instances) {
    ++count[each.name];
    taken.insert(each.name);
  }
  for (BenchmarkInstance& each : instances) {
    const std::size_t of = count[each.name];
    if (of == 1) continue;
    std::string numbered = fmt::format("{} [{} of {}]", each.name, ++number[each.name], of);
    while (!taken.insert(numbered).second) numbered.push_back('\'');
    each.name = std::move(numbered);
  }
}

}  // namespace

std::vector<BenchmarkInstance> FindInstances(std::vector<BenchmarkRow> rows,
                                             std::vector<std::string>& warnings) {
  RecogniseAggregates(rows);
  using Key = std::tuple<std::string, std::optional<std::size_t>, std::optional<std::size_t>>;
  std::vector<Growing> all;
  std::map<Key, std::size_t> open;  // where in `all` the last of each key is
  for (std::size_t i = 0; i < rows.size(); ++i) {
    BenchmarkRow& row = rows[i];
    if (IsComplexity(row)) continue;
    const bool indexed = row.family || row.repetition;
    const auto [place, is_new] = open.try_emplace({row.name, row.family, row.instance}, all.size());
    if (!is_new && !indexed && BeginsAnother(all[place->second], row, i)) {
      place->second = all.size();
    }
    if (place->second == all.size()) {
      all.emplace_back();
      all.back().instance.name = row.name;
    }
    Add(all[place->second], std::move(row), i);
  }
  std::vector<BenchmarkInstance> instances;
  std::vector<std::string> doubtful;
  for (Growing& each : all) {
    if (AreSeveral(each)) {
      for (BenchmarkRow& row : each.instance.repetitions) {
        BenchmarkInstance& alone = instances.emplace_back();
        alone.name = each.instance.name;
        alone.repetitions.push_back(std::move(row));
      }
      continue;
    }
    if (IsDoubtful(each)) doubtful.push_back(each.instance.name);
    instances.push_back(std::move(each.instance));
  }
  if (!doubtful.empty()) {
    warnings.push_back(
        fmt::format("rows of one name are taken for repetitions, though nothing says so: {}{}",
                    doubtful.front(),
                    doubtful.size() > 1 ? fmt::format(" and {} more", doubtful.size() - 1) : ""));
  }
  NumberNames(instances);
  return instances;
}

}  // namespace lanegrad
