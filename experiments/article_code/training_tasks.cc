// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/training_tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/article_code/layer_gradient.h"
#include "experiments/article_code/layers_apart.h"
#include "experiments/article_code/program_stages.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/trainings.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSteps = 1000;  // the article's iterations

// How the chapter's trainings are sized: layers apart, and stages of the program.
struct ChapterSize {
  std::size_t train, held_out, test, passes, tune_seeds, final_seeds, pair_steps;
  std::vector<float> rates;
};

ChapterSize SizeOf(std::string_view profile) {
  if (profile == "quick") return {100, 100, 300, 10, 1, 3, 500, {0.1f, 10.0f}};
  const std::vector<float> rates = {0.01f, 0.1f, 1.0f, 10.0f, 100.0f};
  if (profile == "full") return {2000, 1000, 10000, 300, 3, 40, 20000, rates};
  return {500, 250, 2000, 100, 2, 12, 5000, rates};
}

void MeasureGradient(Measurement& row) {
  LayerTask task;
  LayerWeights w;
  DrawLayer(row.seed, task, w);
  const LayerWeights truth = DifferenceGradient(task, w);
  row.values.Set("loss_before", LayerError(task, w));
  for (const NamedGradient& each : LayerGradients()) {
    row.values.Set(fmt::format("{}_cosine", each.name), CosineOf(each.gradient(task, w), truth));
    row.values.Set(fmt::format("loss_{}", each.name),
                   ErrorAfter(task, w, each.gradient, 0.1, kSteps));
  }
  row.values.Set("loss_right_rate_10", ErrorAfter(task, w, TrueGradient, 10.0, kSteps));
  const LayerOutputs article = ArticleOutputGradient(task, w), right = TrueOutputGradient(task, w);
  row.values.Set("output_cosine", CosineOf({article[0].data(), kLayerSamples * kLayerSize},
                                           {right[0].data(), kLayerSamples * kLayerSize}));
  row.values.Set("output_factor", std::fabs(article[0][0] / right[0][0]));
  // The network's own outputs as targets, as the article's program has them.
  LayerTask own = task;
  own.y = LayerAnswers(task, w);
  double largest = 0.0;
  for (const double g : ArticleGradient(own, w)) largest = std::max(largest, std::fabs(g));
  row.values.Set("own_target_step", largest);
  LayerWeights callers = w;
  Descend(task, callers, 0.1, kSteps);
  row.values.Set("copy_changed", static_cast<double>(callers != w));
  DescendInPlace(task, callers, 0.1, kSteps);
  row.values.Set("in_place_changed", static_cast<double>(callers != w));
}

// A difference of two matrices as NumPy takes it: each size must be equal, or 1.
bool Subtractable(double rows_a, double cols_a, double rows_b, double cols_b) {
  return (rows_a == rows_b || rows_a == 1 || rows_b == 1) &&
         (cols_a == cols_b || cols_a == 1 || cols_b == 1);
}

// The two calls of section 4.2 by their shapes, for its network 3-4-2 and its one sample: each
// subtracts a layer's outputs from the target, and takes outputs^T errors for the gradient.
void MeasureShapes(Measurement& row) {
  constexpr double kTarget = 2.0;
  const double inputs = row.settings.Number("inputs"), outputs = row.settings.Number("outputs");
  const bool error = Subtractable(1, kTarget, 1, outputs);
  row.values.Set("error_defined", error);
  row.values.Set("gradient_rows", outputs);
  row.values.Set("gradient_cols", std::max(kTarget, outputs));
  row.values.Set("step_defined",
                 error && Subtractable(inputs, outputs, outputs, std::max(kTarget, outputs)));
}

Dataset TruthTable() {
  Dataset data;
  data.name = "truth table of xor";
  data.classes = 2;
  data.train = {.count = 4,
                .features = 2,
                .bytes = {},
                .values = {0, 0, 0, 1, 1, 0, 1, 1},
                .labels = {0, 1, 1, 0}};
  data.test = data.train;
  SetChecksum(data);
  return data;
}

void LearnXor(const XorRun& run, Measurement& row) {
  Settings settings;
  settings.layers = {2, 4, 1};
  settings.activation = "sigmoid";
  settings.loss = "mse";
  settings.rate = run.rate;
  settings.batch = 4;
  settings.epochs = run.iterations;
  settings.seed = row.seed;
  const RunResult result = Train(settings, TruthTable());
  row.values.Set("learned", result.test_accuracy == 1.0);
  row.values.Set("loss", result.test_loss);
  row.values.Set("weights", result.digest);
}

constexpr std::pair<const char*, LayerOrder> kOrders[] = {{"stale", LayerOrder::kStale},
                                                          {"apart", LayerOrder::kApart},
                                                          {"together", LayerOrder::kTogether}};

void MeasureApart(LayerOrder order, const ChapterSize& size, const Scope& scope, Measurement& row) {
  const RateSearch search = {.rates = {0.1f, 1.0f, 10.0f, 100.0f},
                             .tune_seeds = 5,
                             .final_seeds = std::max<std::size_t>(scope.seeds, 5),
                             .threads = scope.threads};
  // The rate with the least loss; xor has no rows to hold out.
  const RateSearchResult found = SearchRate(search, [&](const Trial& trial) {
    const PairEnd end = TrainPair(MakePairNetwork(trial.seed), order,
                                  static_cast<double>(trial.rate), size.pair_steps);
    return std::vector<double>{-end.loss, end.right};
  });
  std::vector<double> losses, right;
  for (const std::vector<double>& each : found.finals) {
    losses.push_back(-each[0]);
    right.push_back(each[1]);
  }
  row.values.Set("rate", static_cast<double>(search.rates[found.best]));
  SetNumbers(row.values, "loss", losses);
  SetNumbers(row.values, "right", right);
}

Samples Part(const Samples& all, std::size_t first, std::size_t count) {
  const auto at = [&](std::size_t s) { return static_cast<std::ptrdiff_t>(s * all.features); };
  return {.count = count,
          .features = all.features,
          .bytes = {all.bytes.begin() + at(first), all.bytes.begin() + at(first + count)},
          .values = {},
          .labels = {all.labels.begin() + static_cast<std::ptrdiff_t>(first),
                     all.labels.begin() + static_cast<std::ptrdiff_t>(first + count)}};
}

// [stage-protocol]
void MeasureStage(const ProgramStage& stage, const ChapterSize& size, const Scope& scope,
                  Measurement& row) {
  const Dataset drawn = Draw(FashionMnist(), size.train + size.held_out, size.test, 1);
  Dataset choosing = drawn, judged = drawn;
  judged.train = choosing.train = Part(drawn.train, 0, size.train);
  choosing.test = Part(drawn.train, size.train, size.held_out);
  SetChecksum(choosing);
  SetChecksum(judged);
  const RateSearch search = {.rates = size.rates,
                             .tune_seeds = size.tune_seeds,
                             .final_seeds = size.final_seeds,
                             .threads = scope.threads};
  const RateSearchResult found = SearchRate(search, [&](const Trial& trial) {
    return std::vector<double>{TrainStage(stage, trial.final ? judged : choosing,
                                          static_cast<double>(trial.rate), size.passes,
                                          trial.seed)};
  });
  // [stage-protocol]
  std::vector<double> accuracies;
  for (const std::vector<double>& each : found.finals) accuracies.push_back(each[0]);
  const float rate = search.rates[found.best];
  row.values.Set("rate", static_cast<double>(rate));
  SetNumbers(row.values, "held_out", found.tuning);
  SetNumbers(row.values, "accuracy", accuracies);
  if (stage.last == LastGradient::kNone) return;
  const double seconds = SecondsOfAPass(stage, judged, static_cast<double>(rate),
                                        std::min<std::size_t>(size.passes, 10));
  row.machine.Set("pass_ms", 1000.0 * seconds);
}

}  // namespace

const std::vector<XorRun>& XorRuns() {
  static const std::vector<XorRun> runs = {
      {0.1f, 1000}, {0.1f, 20000}, {10.0f, 1000}, {10.0f, 5000}};
  return runs;
}

std::vector<Task> TrainingProgramTasks(const Scope& scope) {
  std::vector<Task> tasks;
  for (const auto& [inputs, outputs] : {std::pair{3.0, 4.0}, {4.0, 2.0}}) {
    tasks.push_back({.series = "shapes",
                     .settings = {{"inputs", inputs}, {"outputs", outputs}},
                     .seed = 0,
                     .measure = MeasureShapes});
  }
  for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) {
    tasks.push_back(
        {.series = "gradient", .settings = {}, .seed = seed, .measure = MeasureGradient});
  }
  const ChapterSize size = SizeOf(scope.profile);
  for (const auto& [name, order] : kOrders) {
    tasks.push_back({.series = "apart",
                     .settings = {{"order", name},
                                  {"steps", static_cast<double>(size.pair_steps)},
                                  {"seeds", static_cast<double>(scope.seeds)}},
                     .seed = 0,
                     .measure = [=, which = order](Measurement& row) {
                       MeasureApart(which, size, scope, row);
                     }});
  }
  for (const XorRun& run : XorRuns()) {
    for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) {
      tasks.push_back({.series = "xor",
                       .settings = {{"rate", fmt::format("{}", run.rate)},
                                    {"iterations", static_cast<double>(run.iterations)}},
                       .seed = seed,
                       .measure = [run](Measurement& row) { LearnXor(run, row); }});
    }
  }
  const auto add = [&](const char* series, std::span<const ProgramStage> programs) {
    double number = 0.0;
    for (const ProgramStage& program : programs) {
      tasks.push_back(
          {.series = series,
           .settings = {{"number", number++},
                        {"name", std::string(program.name)},
                        {"samples", static_cast<double>(size.train)},
                        {"passes", static_cast<double>(size.passes)}},
           .seed = 0,
           .measure = [=](Measurement& row) { MeasureStage(program, size, scope, row); }});
    }
  };
  add("stage", ProgramStages());
  add("without", ProgramsWithout());
  return tasks;
}

std::vector<Measurement> RowsOf(const Evidence& evidence, const XorRun& run) {
  std::vector<Measurement> rows = evidence.Series("xor");
  std::erase_if(rows, [&](const Measurement& row) {
    return row.settings.Text("rate") != fmt::format("{}", run.rate) ||
           row.settings.Number("iterations") != static_cast<double>(run.iterations);
  });
  return rows;
}

std::size_t LearnedIn(const std::vector<Measurement>& rows) {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const auto& row) {
    return row.values.Number("learned") == 1.0;
  }));
}

Measurement ApartRow(const Evidence& evidence, std::string_view order) {
  for (const Measurement& row : evidence.Series("apart")) {
    if (row.settings.Text("order") == order) return row;
  }
  throw DataError(fmt::format("no row of the series 'apart' has the order '{}'", order));
}

Measurement WholeProgram(const Evidence& evidence) {
  for (const Measurement& row : evidence.Series("stage")) {
    if (row.settings.Text("name") == "cross-entropy") return row;
  }
  throw DataError("no row of the series 'stage' has the name 'cross-entropy'");
}

// [training-family]
std::vector<SeedPairs> ComparedInTraining(const Evidence& evidence) {
  std::vector<SeedPairs> pairs;
  const std::vector<Measurement> stages = evidence.Series("stage");
  for (std::size_t i = 1; i < stages.size(); ++i) {
    pairs.push_back({.family = "stage",
                     .name = stages[i].settings.Text("name"),
                     .a = NumbersOf(stages[i].values, "accuracy"),
                     .b = NumbersOf(stages[i - 1].values, "accuracy")});
  }
  for (const Measurement& row : evidence.Series("without")) {
    pairs.push_back({.family = "without",
                     .name = row.settings.Text("name"),
                     .a = NumbersOf(row.values, "accuracy"),
                     .b = NumbersOf(WholeProgram(evidence).values, "accuracy")});
  }
  const std::vector<double> together = NumbersOf(ApartRow(evidence, "together").values, "loss");
  for (const char* order : {"stale", "apart"}) {
    pairs.push_back({.family = "apart",
                     .name = order,
                     .a = NumbersOf(ApartRow(evidence, order).values, "loss"),
                     .b = together});
  }
  JudgeTogether(pairs);
  return pairs;
}
// [training-family]

}  // namespace lanegrad
