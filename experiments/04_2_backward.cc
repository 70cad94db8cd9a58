/// @file
/// Article, section 4.2: its training program, why it cannot run, where its formula leads, and one
/// that learns.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/row_table.h"
#include "experiments/statistics/statistics.h"
#include "kernels/elementary.h"
#include "kernels/random.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// One layer of four sigmoids on four inputs, three samples: the smallest case in
// which the article's formula for the gradient has the shape of the weights.
constexpr std::size_t kSize = 4, kSamples = 3;
using Weights = std::array<double, kSize * kSize>;  // from i to j: number i * kSize + j

struct Problem {
  std::array<std::array<double, kSize>, kSamples> x, y;
};

double Output(const Problem& p, const Weights& w, std::size_t s, std::size_t j) {
  double z = 0.0;
  for (std::size_t i = 0; i < kSize; ++i) z += p.x[s][i] * w[i * kSize + j];
  return 1.0 / (1.0 + Exponential(-z));
}

double MeanSquaredError(const Problem& p, const Weights& w) {
  double sum = 0.0;
  for (std::size_t s = 0; s < kSamples; ++s) {
    for (std::size_t j = 0; j < kSize; ++j) {
      const double error = Output(p, w, s, j) - p.y[s][j];
      sum += error * error;
    }
  }
  return sum / (kSamples * kSize);
}

// What the article's program calls the gradient: outputs times errors. The input,
// the slope and the factor 2/N are missing, and the sign is turned.
// [article-gradient]
Weights ArticleGradient(const Problem& p, const Weights& w) {
  Weights g = {};
  for (std::size_t k = 0; k < g.size(); ++k) {
    const std::size_t i = k / kSize, j = k % kSize;
    for (std::size_t s = 0; s < kSamples; ++s) {
      g[k] += Output(p, w, s, i) * (p.y[s][j] - Output(p, w, s, j));
    }
  }
  return g;
}
// [article-gradient]

// dE/dW = x^T (2/N (a - y) a (1 - a)): section 3.2 set right.
// [right-gradient]
Weights RightGradient(const Problem& p, const Weights& w) {
  Weights g = {};
  for (std::size_t k = 0; k < g.size(); ++k) {
    const std::size_t i = k / kSize, j = k % kSize;
    for (std::size_t s = 0; s < kSamples; ++s) {
      const double a = Output(p, w, s, j);
      const double delta = 2.0 / (kSamples * kSize) * (a - p.y[s][j]) * a * (1.0 - a);
      g[k] += p.x[s][i] * delta;
    }
  }
  return g;
}
// [right-gradient]

// The judge that needs no derivation.
Weights Differences(const Problem& p, Weights w) {
  constexpr double kStep = 1e-5;
  Weights g = {};
  for (std::size_t k = 0; k < g.size(); ++k) {
    const double saved = w[k];
    w[k] = saved + kStep;
    const double above = MeanSquaredError(p, w);
    w[k] = saved - kStep;
    g[k] = (above - MeanSquaredError(p, w)) / (2.0 * kStep);
    w[k] = saved;
  }
  return g;
}

double Cosine(const Weights& a, const Weights& b) {
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    ab += a[k] * b[k];
    aa += a[k] * a[k];
    bb += b[k] * b[k];
  }
  return ab / std::sqrt(aa * bb);
}

double LossAfter1000(const Problem& p, Weights w,
                     Weights (*gradient)(const Problem&, const Weights&), double rate) {
  for (int step = 0; step < 1000; ++step) {
    const Weights g = gradient(p, w);
    for (std::size_t k = 0; k < w.size(); ++k) w[k] -= rate * g[k];
  }
  return MeanSquaredError(p, w);
}

void MeasureGradient(Measurement& row) {
  RandomStream random(row.seed, Stream::kData);
  Problem p;
  Weights w;
  for (auto& each : p.x) {
    for (double& x : each) x = random.Uniform();
  }
  for (auto& each : p.y) {
    for (double& y : each) y = static_cast<double>(random.Below(2));
  }
  for (double& weight : w) weight = random.Uniform();
  const Weights truth = Differences(p, w);
  row.values.Set("article_cosine", Cosine(ArticleGradient(p, w), truth));
  row.values.Set("right_cosine", Cosine(RightGradient(p, w), truth));
  row.values.Set("loss_before", MeanSquaredError(p, w));
  row.values.Set("loss_article", LossAfter1000(p, w, ArticleGradient, 0.1));
  row.values.Set("loss_right", LossAfter1000(p, w, RightGradient, 0.1));
  row.values.Set("loss_right_rate_10", LossAfter1000(p, w, RightGradient, 10.0));
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

void LearnXor(float rate, std::size_t iterations, Measurement& row) {
  Settings settings;
  settings.layers = {2, 4, 1};
  settings.activation = "sigmoid";
  settings.loss = "mse";
  settings.rate = rate;
  settings.batch = 4;
  settings.epochs = iterations;
  settings.seed = row.seed;
  const RunResult result = Train(settings, TruthTable());
  row.values.Set("learned", result.test_accuracy == 1.0);
  row.values.Set("loss", result.test_loss);
  row.values.Set("weights", result.digest);
}

constexpr std::pair<float, std::size_t> kXorRuns[] = {
    {0.1f, 1000}, {0.1f, 20000}, {10.0f, 1000}, {10.0f, 5000}};

std::vector<Task> Tasks(const Scope& scope) {
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
  for (const auto& [rate, iterations] : kXorRuns) {
    for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) {
      tasks.push_back({.series = "xor",
                       .settings = {{"rate", fmt::format("{}", rate)},
                                    {"iterations", static_cast<double>(iterations)}},
                       .seed = seed,
                       .measure = [rate = rate, iterations = iterations](Measurement& row) {
                         LearnXor(rate, iterations, row);
                       }});
    }
  }
  return tasks;
}

// The rows of one line of kXorRuns.
std::vector<Measurement> XorRows(const Evidence& evidence, float rate, std::size_t iterations) {
  std::vector<Measurement> rows = evidence.Series("xor");
  std::erase_if(rows, [&](const Measurement& row) {
    return row.settings.Text("rate") != fmt::format("{}", rate) ||
           row.settings.Number("iterations") != static_cast<double>(iterations);
  });
  return rows;
}

std::size_t Learned(const std::vector<Measurement>& rows) {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const auto& row) {
    return row.values.Number("learned") == 1.0;
  }));
}

Finding ProgramRuns(const Evidence& evidence) {
  for (const Measurement& row : evidence.Series("shapes")) {
    const double outputs = row.settings.Number("outputs");
    if (row.values.Number("error_defined") == 0.0) {
      return {Verdict::kNotSupported,
              fmt::format("its first call takes a (1 x {}) output from a (1 x 2) target, which has "
                          "no meaning",
                          outputs)};
    }
    if (row.values.Number("step_defined") == 0.0) {
      return {Verdict::kNotSupported,
              fmt::format("its step of ({} x {}) has not the shape of its weights",
                          row.values.Number("gradient_rows"), row.values.Number("gradient_cols"))};
    }
  }
  return {Verdict::kSupported, "the shapes of both calls fit"};
}

Finding ArticleStepDescends(const Evidence& evidence) {
  const std::vector<double> cosines = evidence.Numbers("gradient", "article_cosine");
  const auto down = std::count_if(cosines.begin(), cosines.end(), [](double c) { return c > 0.0; });
  const std::vector<double> before = evidence.Numbers("gradient", "loss_before");
  const std::vector<double> after = evidence.Numbers("gradient", "loss_article");
  return {
      down == 0                                             ? Verdict::kNotSupported
      : down == static_cast<std::ptrdiff_t>(cosines.size()) ? Verdict::kSupported
                                                            : Verdict::kQualified,
      fmt::format("made to fit, its formula points downhill in {} of {} problems (median cosine "
                  "to the gradient {:.2f}), and 1,000 steps take the median loss from {:.3f} to "
                  "{:.3f}",
                  down, cosines.size(), Median(cosines), Median(before), Median(after))};
}

Finding RightGradientAgrees(const Evidence& evidence) {
  const std::vector<double> cosines = evidence.Numbers("gradient", "right_cosine");
  const double least = *std::min_element(cosines.begin(), cosines.end());
  return {least > 0.999999 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("its cosine to differences of the loss is at least {:.9f} in {} problems",
                      least, cosines.size())};
}

// Of so many networks: all, most, or fewer.
Verdict ByShare(std::size_t learned, std::size_t all) {
  return learned == all       ? Verdict::kSupported
         : 2 * learned >= all ? Verdict::kQualified
                              : Verdict::kNotSupported;
}

Finding ThousandStepsSuffice(const Evidence& evidence) {
  const std::vector<Measurement> rows = XorRows(evidence, 0.1f, 1000);
  std::vector<double> losses;
  for (const Measurement& row : rows) losses.push_back(row.values.Number("loss"));
  const std::size_t learned = Learned(rows);
  return {ByShare(learned, rows.size()),
          fmt::format("with the right gradient {} of {} networks learn xor at rate 0.1 in 1,000 "
                      "iterations; the median loss is {:.4f}, that of answering 1/2 always 0.25",
                      learned, rows.size(), Median(losses))};
}

Finding BackPropagationLearns(const Evidence& evidence) {
  const std::vector<Measurement> rows = XorRows(evidence, 10.0f, 5000);
  const std::size_t learned = Learned(rows);
  return {ByShare(learned, rows.size()),
          fmt::format("at rate 10, {} of {} networks have learned xor after 5,000 iterations, {} "
                      "after 1,000",
                      learned, rows.size(), Learned(XorRows(evidence, 10.0f, 1000)))};
}

NamedTable GradientTable(const Evidence& evidence) {
  std::vector<Measurement> rows = evidence.Series("gradient");
  rows.resize(std::min<std::size_t>(rows.size(), 3));
  return RowTable("gradient", "Where the article's step leads: one layer, 4 to 4, 1,000 iterations",
                  rows,
                  {{"seed", "seed"},
                   {"article_cosine", "cosine, article's", "{:.4f}"},
                   {"right_cosine", "right one", "{:.6f}"},
                   {"loss_before", "loss before", "{:.4f}"},
                   {"loss_article", "article's", "{:.4f}"},
                   {"loss_right", "right", "{:.4f}"},
                   {"loss_right_rate_10", "rate 10", "{:.4f}"}});
}

NamedTable XorTable(const Evidence& evidence) {
  NamedTable named = {.name = "xor",
                      .table = {.caption = "Xor by back-propagation: 2-4-1 sigmoids, mean squared "
                                           "error",
                                .columns = {{"rate", true, ""},
                                            {"iterations", true, ""},
                                            {"learned by", true, "networks that answer all four"},
                                            {"median final loss", true, ""}},
                                .rows = {}}};
  for (const auto& [rate, iterations] : kXorRuns) {
    const std::vector<Measurement> rows = XorRows(evidence, rate, iterations);
    std::vector<double> losses;
    for (const Measurement& row : rows) losses.push_back(row.values.Number("loss"));
    const double learned = static_cast<double>(Learned(rows));
    named.table.rows.push_back({{fmt::format("{}", rate), rate},
                                {fmt::format("{}", iterations), static_cast<double>(iterations)},
                                {fmt::format("{} of {}", learned, rows.size()), learned},
                                {fmt::format("{:.5f}", Median(losses)), Median(losses)}});
  }
  return named;
}

Figure LossFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "04_2_backward_losses",
                      .title = "",
                      .subtitle =
                          "mean squared error after 1,000 steps, a pale dot a problem; the "
                          "large dot is the median",
                      .x_label = "mean squared error",
                      .rows = {}};
  const std::pair<const char*, const char*> rows[] = {
      {"before", "loss_before"},
      {"article's step", "loss_article"},
      {"right step, rate 0.1", "loss_right"},
      {"right step, rate 10", "loss_right_rate_10"}};
  std::vector<double> medians;
  for (const auto& [label, name] : rows) {
    const std::vector<double> losses = evidence.Numbers("gradient", name);
    medians.push_back(Median(losses));
    figure.rows.push_back(
        {.label = label, .group = label, .value = medians.back(), .points = losses});
  }
  figure.title = fmt::format(
      "The article's step takes the median loss from {:.2f} to {:.2f}, the "
      "gradient to {:.2f}",
      medians[0], medians[1], medians[2]);
  return figure;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "04_2_backward",
       .section = "4.2",
       .title = "The training program",
       .summary =
           "Section 4.2 of the article: why its training program cannot run, and one that can.",
       .question = "Does the program of section 4.2 train a network?",
       .task_profiles = {{"quick", 5}, {"default", 20}, {"full", 200}},
       .tasks = Tasks,
       .claims =
           {{"program-runs", "The program trains both weight matrices.", "article, section 4.2",
             "judged by the shapes of its two calls", ProgramRuns, Verdict::kNotSupported},
            {"article-step-descends", "Its step goes down the gradient of the loss.",
             "article, section 4.2",
             "one layer, 4 to 4, where its formula has the shape of the "
             "weights",
             ArticleStepDescends, Verdict::kNotSupported},
            {"right-gradient-agrees",
             "Input times slope times error, summed over samples, is the gradient.",
             "Rumelhart, Hinton and Williams 1986", "checked by central differences, in double",
             RightGradientAgrees, Verdict::kSupported},
            {"thousand-steps-suffice", "1,000 iterations at rate 0.1 train such a network.",
             "article, section 4.2", "on xor, 2-4-1", ThousandStepsSuffice, Verdict::kNotSupported},
            {"back-propagation-learns", "Back-propagation through both layers learns xor.",
             "Rumelhart, Hinton and Williams 1986",
             "four hidden sigmoids; some starts end in a flat "
             "place",
             BackPropagationLearns}},
       .figures = {LossFigure},
       .tables = {GradientTable, XorTable}},
      argc, argv);
}
