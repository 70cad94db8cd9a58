// SPDX-License-Identifier: Apache-2.0
//
// What chapter 4.3 measures.
#include "experiments/xor/xor_tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/plane/plane.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

// Seeds that no final run has.
constexpr std::uint64_t kFirstTuningSeed = 1'000'001;

struct Budget {
  std::vector<float> rates;
  std::size_t tuning_seeds;
};

Budget BudgetOf(const Scope& scope) {
  if (scope.profile == "quick") return {{0.3f, 1.0f, 3.0f, 10.0f}, 20};
  return {{0.1f, 0.3f, 1.0f, 3.0f, 10.0f, 30.0f}, scope.profile == "full" ? 1000u : 200u};
}

XorStart StartOf(const XorCell& cell) {
  return cell.start == "glorot"    ? XorStart::kGlorot
         : cell.start == "uniform" ? XorStart::kUniform
                                   : XorStart::kArticle;
}

XorLoss LossOf(const XorCell& cell) {
  return cell.loss == "mse" ? XorLoss::kMeanSquaredError : XorLoss::kCrossEntropy;
}

XorNetwork NetworkOf(const XorCell& cell, std::uint64_t seed) {
  return MakeXorNetwork(cell.width, Activation::Named(cell.activation), StartOf(cell), seed);
}

struct Tuned {
  float rate = 0.0f;
  double learned = -1.0;
  double steps = 0.0;
};

// The rate with which most of the tuning seeds learn; of equals, in the fewest steps.
// [xor-tune]
Tuned ChooseRate(const XorCell& cell, const Budget& budget) {
  Tuned best;
  for (const float rate : budget.rates) {
    Tuned tried = {.rate = rate, .learned = 0.0};
    for (std::uint64_t k = 0; k < budget.tuning_seeds; ++k) {
      XorNetwork network = NetworkOf(cell, kFirstTuningSeed + k);
      const XorEnd end = Train(network, LossOf(cell), rate, kXorSteps);
      tried.learned += end.learned;
      tried.steps += static_cast<double>(end.steps);
    }
    if (tried.learned > best.learned ||
        (tried.learned == best.learned && tried.steps < best.steps)) {
      best = tried;
    }
  }
  return best;
}
// [xor-tune]

void MeasureCell(const XorCell& cell, const Budget& budget, std::size_t seeds, Measurement& row) {
  const Tuned tuned = ChooseRate(cell, budget);
  std::vector<double> learned(std::min(seeds, kXorBlocks), 0.0), steps;
  double dead = 0.0, dead_learned = 0.0, later = 0.0;
  std::array<double, 4> endings = {};
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    XorNetwork network = NetworkOf(cell, seed);
    const XorEnd end = Train(network, LossOf(cell), tuned.rate, kXorSteps);
    if (end.learned) {
      learned[(seed - 1) % learned.size()] += 1.0;
      steps.push_back(static_cast<double>(end.steps));
      dead_learned += end.dead > 0;
      continue;
    }
    dead += end.dead > 0;
    endings[static_cast<std::size_t>(EndingOf(end.answers))] += 1.0;
    if (cell.width == 2) {
      later += Train(network, LossOf(cell), tuned.rate, kXorPatience * kXorSteps).learned;
    }
  }
  row.values.Set("rate", static_cast<double>(tuned.rate));
  for (std::size_t b = 0; b < learned.size(); ++b) {
    row.values.Set(fmt::format("learned_{}", b + 1), learned[b]);
  }
  if (!steps.empty()) row.values.Set("median_steps", Median(steps));
  row.values.Set("pair", endings[0]);
  row.values.Set("triple", endings[1]);
  row.values.Set("halves", endings[2]);
  row.values.Set("other", endings[3]);
  row.values.Set("failed_with_dead", dead);
  row.values.Set("learned_with_dead", dead_learned);
  if (cell.width == 2) row.values.Set("learned_later", later);
}

void SetNetwork(std::string_view which, const XorNetwork& network, Measurement& row) {
  const auto set = [&](const std::string& name, float value) {
    row.values.Set(fmt::format("{}_{}", which, name), static_cast<double>(value));
  };
  for (std::size_t k = 0; k < 4; ++k)
    set(fmt::format("w1_{}{}", k / 2 + 1, k % 2 + 1), network.w1[k]);
  for (std::size_t j = 0; j < 2; ++j) set(fmt::format("b1_{}", j + 1), network.b1[j]);
  for (std::size_t j = 0; j < 2; ++j) set(fmt::format("w2_{}", j + 1), network.w2[j]);
  set("b2", network.b2);
}

// One network, from the first step to the last, and then with as few decimals as will do.
void MeasureDemonstration(const XorCell& cell, const Budget& budget, Measurement& row) {
  const float rate = ChooseRate(cell, budget).rate;
  constexpr std::uint64_t kTries = 100;
  std::uint64_t seed = 0;
  XorEnd end;
  XorNetwork trained = NetworkOf(cell, 1);
  while (!end.learned && seed < kTries) {
    trained = NetworkOf(cell, ++seed);
    end = Train(trained, LossOf(cell), rate, kXorSteps);
  }
  row.values.Set("rate", static_cast<double>(rate));
  row.values.Set("first_seed_that_learned", static_cast<double>(seed));
  row.values.Set("learned", end.learned);
  row.values.Set("steps", static_cast<double>(end.steps));
  SetNetwork("trained", trained, row);
  int decimals = 0;
  while (decimals < 6 && !Learned(Forward(Rounded(trained, decimals)).a2, kXorRoundedMargin)) {
    ++decimals;
  }
  const XorNetwork rounded = Rounded(trained, decimals);
  row.values.Set("decimals", decimals);
  SetNetwork("rounded", rounded, row);
  const XorPass pass = Forward(rounded);
  for (std::size_t s = 0; s < kXorRows; ++s) {
    row.values.Set(fmt::format("rounded_answer_{}", s + 1), static_cast<double>(pass.a2[s]));
  }
  // The way there: the same steps again, with a look at about a hundred of them.
  std::size_t shown = 0;
  for (std::size_t step = 0;; step += std::max<std::size_t>(1, end.steps / 60)) {
    step = std::min(step, end.steps);
    XorNetwork network = NetworkOf(cell, seed);
    const XorEnd now = Train(network, LossOf(cell), rate, step);
    ++shown;
    row.values.Set(fmt::format("step_{}", shown), static_cast<double>(step));
    row.values.Set(fmt::format("loss_{}", shown), XorError(now.answers));
    for (std::size_t s = 0; s < kXorRows; ++s) {
      row.values.Set(fmt::format("answer{}_{}", s + 1, shown), static_cast<double>(now.answers[s]));
    }
    if (step == end.steps) break;
  }
  row.values.Set("shown", static_cast<double>(shown));
}

void MeasureLine(Measurement& row) {
  const Samples table = {.count = kXorRows,
                         .features = 2,
                         .bytes = {},
                         .values = {0, 0, 0, 1, 1, 0, 1, 1},
                         .labels = {0, 1, 1, 0}};
  row.values.Set("wrong", kXorRows * (1.0 - BestLine(table, 360)));
}

std::vector<XorCell> Cells(const Scope& scope) {
  std::vector<XorCell> cells;
  const bool quick = scope.profile == "quick";
  for (const std::string& activation : ArticleActivations()) {
    for (const std::size_t width : XorWidths(scope.profile)) {
      cells.push_back({.width = width, .activation = activation});
    }
    for (const std::size_t width : {2u, 4u}) {
      for (const char* start : {"uniform", "article"}) {
        cells.push_back({.width = width, .activation = activation, .start = start});
      }
    }
    cells.push_back({.width = 2, .activation = activation, .loss = "cross_entropy"});
  }
  if (quick) return cells;
  for (const ActivationInfo& info : Activations()) {
    const std::string name(info.name);
    if (std::ranges::count(ArticleActivations(), name) > 0) continue;
    cells.push_back({.width = 2, .activation = name});
  }
  return cells;
}

bool IsCell(const Measurement& row, const XorCell& cell) {
  return row.settings.Number("width") == static_cast<double>(cell.width) &&
         row.settings.Text("activation") == cell.activation &&
         row.settings.Text("start") == cell.start && row.settings.Text("loss") == cell.loss;
}

}  // namespace

const std::vector<std::string>& ArticleActivations() {
  static const std::vector<std::string> names = {"sigmoid", "tanh", "relu"};
  return names;
}

std::vector<std::size_t> XorWidths(std::string_view profile) {
  if (profile == "quick") return {2, 4, 8};
  return {2, 3, 4, 8, 16};
}

std::vector<Task> XorTasks(const Scope& scope) {
  const Budget budget = BudgetOf(scope);
  std::vector<Task> tasks;
  tasks.push_back({.series = "line", .settings = {{"rows", 4.0}}, .measure = MeasureLine});
  for (const char* activation : {"relu", "sigmoid"}) {
    const XorCell cell = {.width = 2, .activation = activation};
    tasks.push_back(
        {.series = "demonstration",
         .settings = {{"activation", std::string(activation)}},
         .measure = [cell, budget](Measurement& row) { MeasureDemonstration(cell, budget, row); }});
  }
  for (const XorCell& cell : Cells(scope)) {
    const std::size_t seeds = scope.seeds;
    tasks.push_back({.series = "cell",
                     .settings = {{"width", static_cast<double>(cell.width)},
                                  {"activation", cell.activation},
                                  {"start", cell.start},
                                  {"loss", cell.loss},
                                  {"seeds", static_cast<double>(seeds)}},
                     .measure = [cell, budget, seeds](Measurement& row) {
                       MeasureCell(cell, budget, seeds, row);
                     }});
  }
  return tasks;
}

bool HasCell(const Evidence& evidence, const XorCell& cell) {
  const std::vector<Measurement> rows = evidence.Series("cell");
  return std::ranges::any_of(rows, [&](const Measurement& row) { return IsCell(row, cell); });
}

Measurement CellRow(const Evidence& evidence, const XorCell& cell) {
  for (const Measurement& row : evidence.Series("cell")) {
    if (IsCell(row, cell)) return row;
  }
  throw DataError(fmt::format("no record of {} {} units, start {}, loss {}", cell.width,
                              cell.activation, cell.start, cell.loss));
}

std::vector<double> Blocks(const Measurement& row) {
  std::vector<double> blocks;
  for (std::size_t b = 1; row.values.Has(fmt::format("learned_{}", b)); ++b) {
    blocks.push_back(row.values.Number(fmt::format("learned_{}", b)));
  }
  return blocks;
}

XorShare ShareOf(const Measurement& row) {
  XorShare share = {.seeds = row.settings.Number("seeds")};
  for (const double learned : Blocks(row)) share.learned += learned;
  share.learned = std::clamp(std::round(share.learned), 0.0, share.seeds);
  share.interval =
      ShareInterval(static_cast<std::size_t>(share.learned), static_cast<std::size_t>(share.seeds));
  return share;
}

XorNetwork DemonstratedNetwork(const Measurement& row, std::string_view which) {
  XorNetwork network =
      MakeXorNetwork(2, Activation::Named(row.settings.Text("activation")), XorStart::kGlorot, 1);
  const auto number = [&](const std::string& name) {
    return static_cast<float>(row.values.Number(fmt::format("{}_{}", which, name)));
  };
  for (std::size_t k = 0; k < 4; ++k) {
    network.w1[k] = number(fmt::format("w1_{}{}", k / 2 + 1, k % 2 + 1));
  }
  for (std::size_t j = 0; j < 2; ++j) network.b1[j] = number(fmt::format("b1_{}", j + 1));
  for (std::size_t j = 0; j < 2; ++j) network.w2[j] = number(fmt::format("w2_{}", j + 1));
  network.b2 = number("b2");
  return network;
}

}  // namespace lanegrad
