// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/plan_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/fitted_table.h"
#include "experiments/runs/estimate.h"
#include "experiments/runs/search.h"

namespace lanegrad {
namespace {

// Values in lines of at most 100 characters, the later ones indented like the first.
std::string Wrapped(const std::vector<std::string>& values, std::size_t indent) {
  std::string text;
  std::size_t column = indent;
  for (const std::string& value : values) {
    if (column > indent && column + 1 + value.size() > 100) {
      text.append("\n").append(indent, ' ');
      column = indent;
    } else if (column > indent) {
      text += ' ';
      ++column;
    }
    text.append(value);
    column += value.size();
  }
  return text;
}

std::string Known(std::size_t known) {
  return known == 0 ? std::string() : fmt::format(", {} of them recorded", known);
}

// Where a setting is searched for: a range, and where it differs by optimizer, each with its name.
std::string SearchedText(const std::string& name, const TuningPlan& plan) {
  const SettingsField& field = FieldNamed(name);
  std::vector<std::pair<std::string, std::string>> ranges;  // optimizer, range
  for (const PlannedRun& run : plan.runs) {
    const std::string text = WhyIdle(field, run.settings).empty()
                                 ? RangeText(field.search(run.settings))
                                 : std::string("no effect");
    const std::pair<std::string, std::string> range = {run.settings.optimizer, text};
    if (std::find(ranges.begin(), ranges.end(), range) == ranges.end()) ranges.push_back(range);
  }
  const bool same = std::all_of(ranges.begin(), ranges.end(), [&](const auto& range) {
    return range.second == ranges.front().second;
  });
  if (same) return "tuned: " + ranges.front().second;
  std::vector<std::string> texts;
  for (const auto& [optimizer, range] : ranges) {
    texts.push_back(fmt::format("{} ({})", range, optimizer));
  }
  return fmt::format("tuned: {}", fmt::join(texts, "; "));
}

}  // namespace

PlanCounts CountPlan(const Protocol& protocol, const TuningPlan& plan, const RemainingWork& work,
                     const Shard& shard) {
  PlanCounts counts = {.cells = plan.cells,
                       .tuning = plan.runs.size(),
                       .finals = plan.cells * protocol.final_seeds * protocol.Folds().size(),
                       .tuning_known = CountRecorded(work.tuned),
                       .finals_known = CountRecorded(work.final_records),
                       .tuning_left = work.tuning.size(),
                       .finals_left = work.final_runs.size()};
  if (work.finals.empty()) {
    for (std::size_t i = 0; i < counts.finals; ++i) counts.finals_left += shard.Has(i);
  }
  return counts;
}

std::vector<PlannedRun> RunsLeft(const Protocol& protocol, const TuningPlan& plan,
                                 const RemainingWork& work, const Shard& shard) {
  std::vector<PlannedRun> left;
  for (const std::size_t i : work.tuning) left.push_back(plan.runs[i]);
  for (const std::size_t i : work.final_runs) left.push_back(work.finals[i]);
  if (!work.finals.empty()) return left;
  std::size_t i = 0;
  for (const PlannedRun& run : plan.runs) {
    // The first run of each cell stands for its final ones.
    if (&run != &plan.runs.front() && run.cell == (&run - 1)->cell) continue;
    const std::size_t finals = protocol.final_seeds * protocol.Folds().size();
    for (std::size_t seed = 0; seed < finals; ++seed) {
      if (!shard.Has(i++)) continue;
      left.push_back(run);
      left.back().phase = "final";
      left.back().test = true;
    }
  }
  return left;
}

std::string PlanText(const Protocol& protocol, const TuningPlan& plan, const RemainingWork& work,
                     const Shard& shard, const Dataset& data, std::size_t threads,
                     std::size_t columns) {
  const PlanCounts counts = CountPlan(protocol, plan, work, shard);
  std::size_t width = 7;
  for (const std::string& name : protocol.search.settings) width = std::max(width, name.size());
  for (const Axis& axis : protocol.grid) width = std::max(width, axis.setting.size());
  std::string text;
  const auto line = [&](std::string_view name, std::string_view what) {
    const std::string head = fmt::format("{:<{}}  ", name, width);
    // What has lines of its own keeps them.
    const bool lines = what.find('\n') != what.npos;
    text.append(HangingText(head, what, lines ? 0 : columns));
  };
  std::vector<std::string> factors;
  std::size_t rates = 1;
  for (const Axis& axis : protocol.grid) {
    line(axis.setting,
         Wrapped(axis.values, width + 2) +
             (axis.tied_to.empty() ? "" : fmt::format("  (tied to {})", axis.tied_to)));
    if (axis.setting == "rate") {
      rates = axis.values.size();
    } else if (axis.tied_to.empty()) {
      factors.push_back(fmt::format("{} {}", axis.values.size(), axis.setting));
    }
  }
  const Search& search = protocol.search;
  for (const std::string& name : search.settings) line(name, SearchedText(name, plan));
  const bool searches = !search.settings.empty();
  if (searches) rates = search.budget;
  const Settings& first = plan.runs.front().settings;
  line("each run", fmt::format("{}: {} samples, {} epochs; {} held out", data.name, first.samples,
                               first.epochs, first.validation));
  line("cells",
       fmt::format("{}{}", counts.cells,
                   factors.empty() ? "" : fmt::format(" ({})", fmt::join(factors, " x "))));
  for (const IllegalCells& each : plan.illegal) {
    line("left out", fmt::format("{} ({}): {}", each.count, each.which, each.why));
  }
  for (const std::string& why : plan.once) line("once", why);
  const std::string folds = protocol.folds == 0 ? "" : fmt::format(" x {} folds", protocol.folds);
  line("tune", fmt::format("{} runs ({} cells x {} {} x {} seeds{}){}", counts.tuning, counts.cells,
                           rates, searches ? "settings" : "rates", protocol.tune_seeds, folds,
                           Known(counts.tuning_known)));
  line("final", fmt::format("{} runs ({} cells x {} fresh seeds{}){}", counts.finals, counts.cells,
                            protocol.final_seeds, folds, Known(counts.finals_known)));
  if (shard.count > 1) {
    line("shard", fmt::format("{}/{}: {} tuning runs are left for it, then {} final ones",
                              shard.index, shard.count, counts.tuning_left, counts.finals_left));
  }
  const std::vector<PlannedRun> left = RunsLeft(protocol, plan, work, shard);
  PlanRecords records = work.tuned;
  records.insert(records.end(), work.final_records.begin(), work.final_records.end());
  const Estimate estimate = EstimateTime(left, records, data, threads);
  const std::string time = estimate.seconds < 0.1 ? std::string("less than 0.1 s")
                                                  : "about " + Duration(estimate.seconds);
  line("time", left.empty() ? std::string("nothing is left to run")
                            : fmt::format("{} for {} runs, {} side by side ({})", time, left.size(),
                                          std::min(threads, left.size()), estimate.source));
  return text;
}

}  // namespace lanegrad
