// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/contrast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/neuroscience/contrastive_hebbian.h"
#include "experiments/statistics/statistics.h"
#include "kernels/random.h"
#include "network/network.h"

namespace lanegrad {
namespace {

constexpr double kGammas[] = {1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};

// One layer: output activation and loss. Of the last the gradient has a slope that the delta rule
// lacks.
struct OneLayer {
  const char *output, *loss;
  bool matches;
};
constexpr OneLayer kLayers[] = {{"identity", "mse", true},
                                {"identity", "softmax_cross_entropy", true},
                                {"sigmoid", "mse", false}};

// dw_ij = sum over samples of x_i (a_j - y_j), from the two ends of a weight and a teacher.
// [delta-rule]
std::vector<double> DeltaRule(const Matrix& x, const Matrix& a, const Matrix& y) {
  std::vector<double> change;
  for (std::size_t i = 0; i < x.cols(); ++i) {
    for (std::size_t j = 0; j < y.cols(); ++j) {
      double sum = 0.0;
      for (std::size_t s = 0; s < x.rows(); ++s) sum += x(s, i) * (double{a(s, j)} - y(s, j));
      change.push_back(sum);
    }
  }
  return change;
}
// [delta-rule]

void MeasureDeltaRule(const OneLayer& kind, Measurement& row) {
  constexpr std::size_t kSizes[] = {20, 5};
  constexpr std::size_t kRows = 30;
  Network network(kSizes, Activation::Named("relu"), Activation::Named(kind.output));
  network.Initialize(Initializer::Named("glorot_uniform"), row.seed);
  RandomStream random(row.seed, Stream::kData);
  Matrix x(kRows, kSizes[0]), y(kRows, kSizes[1]);
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t i = 0; i < kSizes[0]; ++i) x(r, i) = random.Normal();
    y(r, random.Below(kSizes[1])) = 1.0f;
  }
  Workspace space = network.MakeWorkspace(kRows);
  network.Forward(x.view(), kRows, space);
  Matrix answers = space.values[0];
  if (std::string_view(kind.loss) == "softmax_cross_entropy") {
    Apply(Head::Named("softmax"), {0, kRows}, answers.view());  // its loss contains it
  }
  std::vector<double> losses(kRows);
  network.Evaluate(Loss::Named(kind.loss), y.view(), {0, kRows}, 1.0 / kRows, losses.data(), space);
  Matrix gradient(kSizes[0], kSizes[1]);
  Array bias(kPanel);
  network.Gradient(x.view(), kRows, space, 0, gradient.view(), bias.data());
  std::vector<double> truth;
  for (std::size_t i = 0; i < kSizes[0]; ++i) {
    for (std::size_t j = 0; j < kSizes[1]; ++j) truth.push_back(gradient(i, j));
  }
  row.values.Set("chord", ChordBetween({DeltaRule(x, answers, y)}, {truth}));
}

void MeasureContrast(Measurement& row) {
  const std::vector<std::size_t> sizes = {20, 16, 12, 5};
  const SettlingNetwork network(sizes, row.seed);
  RandomStream random(row.seed, Stream::kData);
  std::vector<SettlingNetwork::Changes> sums(std::size(kGammas) + 1);
  const auto add = [](SettlingNetwork::Changes& sum, const SettlingNetwork::Changes& one) {
    if (sum.empty()) return void(sum = one);
    for (std::size_t l = 0; l < sum.size(); ++l) {
      for (std::size_t k = 0; k < sum[l].size(); ++k) sum[l][k] += one[l][k];
    }
  };
  for (int sample = 0; sample < 10; ++sample) {
    std::vector<double> x(sizes.front()), y(sizes.back());
    for (double& each : x) each = random.Normal();
    y[random.Below(y.size())] = 1.0;
    add(sums.back(), network.Descent(x, y));
    for (std::size_t g = 0; g < std::size(kGammas); ++g) {
      add(sums[g], network.Contrast(x, y, kGammas[g]));
    }
  }
  for (std::size_t g = 0; g < std::size(kGammas); ++g) {
    row.values.Set(fmt::format("chord_{}", kGammas[g]), ChordBetween(sums[g], sums.back()));
  }
}

// In degrees.
double Angle(double chord) {
  return 2.0 * std::asin(std::clamp(chord / 2.0, -1.0, 1.0)) * 180.0 / M_PI;
}

std::vector<double> Chords(const Evidence& evidence, double gamma) {
  return evidence.Numbers("contrast", fmt::format("chord_{}", gamma));
}

}  // namespace

void AddDeltaRuleTasks(const Scope& scope, std::vector<Task>& tasks) {
  for (const OneLayer& kind : kLayers) {
    for (std::uint64_t seed = 1; seed <= std::min<std::size_t>(scope.seeds, 10); ++seed) {
      tasks.push_back({.series = "delta",
                       .settings = {{"output", kind.output}, {"loss", kind.loss}},
                       .seed = seed,
                       .measure = [&kind](Measurement& row) { MeasureDeltaRule(kind, row); }});
    }
  }
}

void AddContrastTasks(const Scope& scope, std::vector<Task>& tasks) {
  for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) {
    tasks.push_back({.series = "contrast",
                     .settings = {{"network", "20-16-12-5"}, {"samples", 10.0}},
                     .seed = seed,
                     .measure = MeasureContrast});
  }
}

Finding DeltaRuleIsTheGradient(const Evidence& evidence) {
  double matching = 0.0;
  std::vector<double> other;
  for (const Measurement& row : evidence.Series("delta")) {
    const double chord = std::fabs(row.values.Number("chord"));
    const bool slope = row.settings.Text("output") == "sigmoid";
    if (slope) {
      other.push_back(chord);
    } else {
      matching = std::max(matching, chord);
    }
  }
  return {matching <= 1e-6 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("with linear outputs and squared error, and with softmax and cross-entropy, "
                      "the two directions differ by at most {:.1g} of their length; with sigmoid "
                      "outputs and squared error, whose slope the rule lacks, they are {:.0f} "
                      "degrees apart in the median",
                      matching, Angle(Median(other)))};
}

Finding ContrastNearsTheGradient(const Evidence& evidence) {
  const std::vector<double> strong = Chords(evidence, 1.0), coarse = Chords(evidence, 0.01);
  const std::vector<double> fine = Chords(evidence, 0.001);
  const double most = *std::max_element(fine.begin(), fine.end());
  const double ratio = Median(coarse) / Median(fine);
  return {most <= 0.02 && ratio > 8.0 && ratio < 12.0 ? Verdict::kSupported
          : most <= 0.2                               ? Verdict::kQualified
                                                      : Verdict::kNotSupported,
          fmt::format("over {} networks the median angle to the gradient is {:.2g} degrees at "
                      "γ = 1, {:.2g} at 0.01 and {:.2g} at 0.001: a tenth of the feedback, {:.2g} "
                      "of the angle",
                      fine.size(), Angle(Median(strong)), Angle(Median(coarse)),
                      Angle(Median(fine)), 1.0 / ratio)};
}

Figure ContrastFigure(const Evidence& evidence) {
  LineSeries median = {.name = "contrastive Hebbian", .points = {}};
  LineSeries theory = {.name = "in proportion to γ", .points = {}, .theory = true};
  for (std::size_t g = std::size(kGammas); g-- > 0;) {
    const double gamma = kGammas[g];
    std::vector<double> chords = Chords(evidence, gamma);
    std::sort(chords.begin(), chords.end());
    median.points.push_back({.x = gamma,
                             .y = Angle(Median(chords)),
                             .low = Angle(chords.front()),
                             .high = Angle(chords.back()),
                             .note = ""});
    theory.points.push_back({.x = gamma, .y = median.points.front().y * gamma / kGammas[6]});
  }
  return LineFigure{
      .name = "02_3_likeness_contrast",
      .title = fmt::format("Contrastive Hebbian learning comes within {:.2g} degrees of the "
                           "gradient as its feedback fades",
                           median.points.front().y),
      .subtitle = fmt::format("20-16-12-5, median and range of {} random networks",
                              Chords(evidence, 1.0).size()),
      .x_label = "strength of feedback γ",
      .y_label = "angle to the gradient, degrees",
      .x_log = true,
      .y_log = true,
      .panels = {{.title = "", .series = {median, theory}}}};
}

}  // namespace lanegrad
