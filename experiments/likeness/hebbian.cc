// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/hebbian.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "experiments/experiment/row_table.h"
#include "experiments/likeness/picture.h"
#include "experiments/likeness/trials.h"
#include "experiments/neuroscience/hebbian_learning.h"
#include "experiments/neuroscience/principal_components.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/trainings.h"
#include "kernels/elementary.h"

namespace lanegrad {
namespace {

constexpr std::size_t kComponents = 5;
constexpr std::size_t kBatch = 100;
constexpr std::size_t kMarks = 20;  // places at which a length is recorded
constexpr double kHebbRate = 0.001;

// The samples, the truth about them, and how long is learned.
struct Ground {
  explicit Ground(const Scope& scope)
      : samples(scope.profile == "quick" ? 2000 : 60000),
        epochs(scope.profile == "quick"  ? 10
               : scope.profile == "full" ? 20
                                         : 5) {}
  std::size_t samples, epochs;
  std::optional<PrincipalComponents> centred, raw;

  const PrincipalComponents& Centred() {
    if (!centred)
      centred = FindPrincipalComponents(FashionMnist().train, samples, kComponents, true);
    return *centred;
  }
  const PrincipalComponents& Raw() {
    if (!raw) raw = FindPrincipalComponents(FashionMnist().train, samples, 1, false);
    return *raw;
  }
  std::size_t Steps() const { return epochs * (samples / kBatch); }
};

// Calls learn(x, step) for every batch, in an order drawn anew each epoch.
template <class Learn>
void ForEachBatch(const Ground& ground, const std::vector<double>& mean, std::uint64_t seed,
                  std::size_t steps, const Learn& learn) {
  const std::size_t batches = ground.samples / kBatch;
  Matrix x(kBatch, FashionMnist().train.features);
  std::vector<std::uint32_t> order(batches);
  for (std::size_t step = 0; step < steps; ++step) {
    if (step % batches == 0) {
      Permutation(RandomStream(seed, Stream::kShuffle, step / batches), order.data(), batches);
    }
    LoadRows(FashionMnist().train, order[step % batches] * kBatch, kBatch, mean, x);
    learn(x.view(), step);
  }
}

void MeasureTruth(Ground& ground, Measurement& row) {
  const PrincipalComponents& truth = ground.Centred();
  row.values.Set("total_variance", truth.total);
  for (std::size_t k = 0; k < kComponents; ++k) {
    row.values.Set(fmt::format("eigenvalue_{}", k + 1), truth.values[k]);
    row.values.Set(fmt::format("explained_{}", k + 1), truth.values[k] / truth.total);
  }
  row.values.Set("raw_eigenvalue_1", ground.Raw().values[0]);
  for (std::size_t k = 0; k < kComponents; ++k) {
    row.values.Set(fmt::format("picture_{}", k + 1), PictureText(truth.directions[k], truth.mean));
  }
  row.values.Set("picture_mean", PictureText(truth.mean, truth.mean));
}

void MeasureHebb(Ground& ground, Measurement& row) {
  const PrincipalComponents& truth = ground.Centred();
  HebbianLayer layer(truth.mean.size(), 1, kBatch, row.seed);
  // From where the theory begins: the part of the first weights along the first component.
  const double first = std::fabs(CosineBetween(layer.WeightsOf(0), truth.directions[0]));
  const double time = kHebbRate * truth.values[0];  // of a step
  const auto steps = static_cast<std::size_t>(24.0 / time);
  std::vector<double> logs;
  const auto mark = [&](std::size_t step) {
    logs.push_back(Logarithm(LengthOf(layer.WeightsOf(0)) / first));
    row.values.Set(fmt::format("time_{}", logs.size() - 1), time * static_cast<double>(step));
    row.values.Set(fmt::format("log_length_{}", logs.size() - 1), logs.back());
  };
  mark(0);
  ForEachBatch(ground, truth.mean, row.seed, steps, [&](ConstPanels x, std::size_t step) {
    layer.Learn(HebbianRule::kHebb, x, kBatch, kHebbRate);
    if ((step + 1) * kMarks / steps > step * kMarks / steps) mark(step + 1);
  });
  const double last = row.values.Number(fmt::format("time_{}", kMarks));
  const double middle = row.values.Number(fmt::format("time_{}", kMarks / 2));
  row.values.Set("growth", (logs[kMarks] - logs[kMarks / 2]) / (last - middle));
}

void MeasureSanger(Ground& ground, Measurement& row) {
  const PrincipalComponents& truth = ground.Centred();
  HebbianLayer layer(truth.mean.size(), kComponents, kBatch, row.seed);
  const std::size_t steps = ground.Steps();
  ForEachBatch(ground, truth.mean, row.seed, steps, [&](ConstPanels x, std::size_t step) {
    const double left = 1.0 - static_cast<double>(step) / static_cast<double>(steps);
    layer.Learn(HebbianRule::kSanger, x, kBatch, 0.02 * left);
  });
  // What each unit explains: the variance of its output, w^T C w, by the samples themselves.
  std::vector<double> variance(kComponents);
  Matrix x(kBatch, truth.mean.size());
  for (std::size_t first = 0; first + kBatch <= ground.samples; first += kBatch) {
    LoadRows(FashionMnist().train, first, kBatch, truth.mean, x);
    const std::vector<double> squares = layer.MeanSquares(x.view(), kBatch);
    for (std::size_t k = 0; k < kComponents; ++k) variance[k] += squares[k];
  }
  const std::size_t batches = ground.samples / kBatch;
  for (std::size_t k = 0; k < kComponents; ++k) {
    const std::vector<double> w = layer.WeightsOf(k);
    const double square = LengthOf(w) * LengthOf(w);
    row.values.Set(fmt::format("length_{}", k + 1), LengthOf(w));
    row.values.Set(fmt::format("cosine_{}", k + 1),
                   std::fabs(CosineBetween(w, truth.directions[k])));
    row.values.Set(fmt::format("explained_{}", k + 1),
                   variance[k] / static_cast<double>(batches) / square / truth.total);
    if (row.seed > 1) continue;  // one set of pictures is enough
    const double sign =
        CosineBetween(w, truth.directions[k]) * CosineBetween(truth.directions[k], truth.mean);
    std::vector<double> like = w;  // so that it is turned as the component beside it
    for (double& each : like) each *= sign;
    row.values.Set(fmt::format("picture_{}", k + 1), PictureText(w, like));
  }
}

void MeasureRaw(Ground& ground, Measurement& row) {
  const PrincipalComponents& truth = ground.Raw();
  HebbianLayer layer(truth.mean.size(), 1, kBatch, row.seed);
  const std::size_t steps = ground.Steps();
  ForEachBatch(ground, {}, row.seed, steps, [&](ConstPanels x, std::size_t step) {
    const double left = 1.0 - static_cast<double>(step) / static_cast<double>(steps);
    layer.Learn(HebbianRule::kOja, x, kBatch, 0.004 * left);
  });
  const std::vector<double> w = layer.WeightsOf(0);
  row.values.Set("length", LengthOf(w));
  row.values.Set("cosine_mean", std::fabs(CosineBetween(w, truth.mean)));
  row.values.Set("cosine_first", std::fabs(CosineBetween(w, truth.directions[0])));
  row.values.Set("cosine_centred", std::fabs(CosineBetween(w, ground.Centred().directions[0])));
  if (row.seed == 1) row.values.Set("picture", PictureText(w, truth.mean));
}

double Least(const std::vector<double>& values) {
  return *std::min_element(values.begin(), values.end());
}
double Most(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

}  // namespace

void AddHebbianTasks(const Scope& scope, std::vector<Task>& tasks) {
  const auto ground = std::make_shared<Ground>(scope);
  const Fields settings = {{"samples", static_cast<double>(ground->samples)},
                           {"epochs", static_cast<double>(ground->epochs)}};
  const auto add = [&](const char* series, std::uint64_t seed,
                       void (*measure)(Ground&, Measurement&)) {
    tasks.push_back(
        {.series = series, .settings = settings, .seed = seed, .measure = [=](Measurement& row) {
           measure(*ground, row);
         }});
  };
  add("components", 0, MeasureTruth);
  for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) add("hebb", seed, MeasureHebb);
  for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) add("sanger", seed, MeasureSanger);
  for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) add("uncentred", seed, MeasureRaw);
}

Finding HebbGrowsWithoutBound(const Evidence& evidence) {
  const std::vector<double> growth = evidence.Numbers("hebb", "growth");
  const double farthest = std::max(std::fabs(Least(growth) - 1.0), std::fabs(Most(growth) - 1.0));
  return {farthest <= 0.05  ? Verdict::kSupported
          : farthest <= 0.2 ? Verdict::kQualified
                            : Verdict::kNotSupported,
          fmt::format(
              "over {} seeds the exponent is between {:.3f} and {:.3f} times η λ₁, with λ₁ {:.2f}",
              growth.size(), Least(growth), Most(growth),
              evidence.Numbers("components", "eigenvalue_1").at(0))};
}

Finding SangerFindsComponents(const Evidence& evidence) {
  double first = 1.0, all = 1.0;
  std::string found, truth;
  for (std::size_t k = 1; k <= kComponents; ++k) {
    const double least = Least(evidence.Numbers("sanger", fmt::format("cosine_{}", k)));
    if (k == 1) first = least;
    all = std::min(all, least);
    const std::string name = fmt::format("explained_{}", k);
    found +=
        fmt::format("{} {:.2f}", k == 1 ? "" : ",", 100.0 * Mean(evidence.Numbers("sanger", name)));
    truth += fmt::format("{} {:.2f}", k == 1 ? "" : ",",
                         100.0 * evidence.Numbers("components", name).at(0));
  }
  return {all >= 0.99     ? Verdict::kSupported
          : first >= 0.99 ? Verdict::kQualified
                          : Verdict::kNotSupported,
          fmt::format("the units explain{} % of the variance, the principal components{} %; the "
                      "least cosine between the two is {:.4f}, of the first unit {:.4f}",
                      found, truth, all, first)};
}

Finding UncentredFindsTheMean(const Evidence& evidence) {
  const double mean = Least(evidence.Numbers("uncentred", "cosine_mean"));
  const double centred = Most(evidence.Numbers("uncentred", "cosine_centred"));
  return {mean >= 0.99 && mean > centred  ? Verdict::kSupported
          : mean >= 0.9 && mean > centred ? Verdict::kQualified
                                          : Verdict::kNotSupported,
          fmt::format("the least cosine between the weights and the mean image is {:.4f}, the "
                      "largest between them and the first principal component {:.3f}; λ₁ is "
                      "{:.1f}",
                      mean, centred, evidence.Numbers("components", "raw_eigenvalue_1").at(0))};
}

Figure HebbFigure(const Evidence& evidence) {
  constexpr std::size_t kShownSeeds = 3;
  const std::vector<double> growth = evidence.Numbers("hebb", "growth");
  LineFigure figure = {
      .name = "02_3_likeness_hebb",
      .title =
          fmt::format("Hebb's weights grow as exp({:.2f} η λ₁ t), without bound", Mean(growth)),
      .subtitle =
          fmt::format("length of the weights, relative to their first component along λ₁; the "
                      "first {} of {} seeds",
                      std::min(kShownSeeds, growth.size()), growth.size()),
      .x_label = "time, in units of 1 / (η λ₁)",
      .y_label = "length of the weights",
      .y_log = true,
      .dots = false,
      .panels = {{.title = "", .series = {}}}};
  LineSeries theory = {.name = "exp(η λ₁ t)", .points = {}, .theory = true};
  for (const Measurement& row : evidence.Series("hebb")) {
    LineSeries series = {.name = fmt::format("seed {}", row.seed), .points = {}};
    theory.points.clear();
    for (std::size_t k = 0; k <= kMarks; ++k) {
      const double time = row.values.Number(fmt::format("time_{}", k));
      series.points.push_back(
          {.x = time, .y = std::exp(row.values.Number(fmt::format("log_length_{}", k)))});
      theory.points.push_back({.x = time, .y = std::exp(time)});
    }
    if (figure.panels[0].series.size() < kShownSeeds)
      figure.panels[0].series.push_back(std::move(series));
  }
  figure.panels[0].series.push_back(std::move(theory));
  return figure;
}

Figure PictureFigure(const Evidence& evidence) {
  const Measurement truth = evidence.Series("components").at(0);
  const Measurement sanger = evidence.Series("sanger").at(0);
  const Measurement raw = evidence.Series("uncentred").at(0);
  double least = 1.0;
  for (std::size_t k = 1; k <= kComponents; ++k) {
    least = std::min(least, Least(evidence.Numbers("sanger", fmt::format("cosine_{}", k))));
  }
  ImageFigure figure = {
      .name = "02_3_likeness_pictures",
      .title = fmt::format("Sanger's units come to look like the principal components: cosines of "
                           "{:.4f} and more",
                           least),
      .subtitle =
          "above: principal components and mean of Fashion-MNIST; below: weights that "
          "Sanger's rule and, on pixels as they are, Oja's rule have learned",
      .value_label = "weight, over the largest",
      .diverging = true,
      .low = -1.0,
      .high = 1.0,
      .in_row = kComponents + 1,
      .panels = {}};
  const auto add = [&](const std::string& title, const std::string& text) {
    figure.panels.push_back({.title = title, .rows = 28, .columns = 28, .values = PictureOf(text)});
  };
  for (std::size_t k = 1; k <= kComponents; ++k) {
    add(fmt::format("component {}", k), truth.values.Text(fmt::format("picture_{}", k)));
  }
  add("mean", truth.values.Text("picture_mean"));
  for (std::size_t k = 1; k <= kComponents; ++k) {
    add(fmt::format("unit {}", k), sanger.values.Text(fmt::format("picture_{}", k)));
  }
  add("not centred", raw.values.Text("picture"));
  return figure;
}

NamedTable SangerTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "sanger",
      .table = {.caption = "Sanger's rule beside the principal components of Fashion-MNIST",
                .columns = {{"component", true, ""},
                            {"eigenvalue", true, ""},
                            {"explains", true, "of the variance of the pixels"},
                            {"the unit explains", true, "mean over seeds"},
                            {"least cosine", true, "between weights and component, over seeds"}},
                .rows = {}}};
  for (std::size_t k = 1; k <= kComponents; ++k) {
    const auto truth = [&](const char* name) {
      return evidence.Numbers("components", fmt::format("{}_{}", name, k)).at(0);
    };
    const double found = Mean(evidence.Numbers("sanger", fmt::format("explained_{}", k)));
    const double cosine = Least(evidence.Numbers("sanger", fmt::format("cosine_{}", k)));
    named.table.rows.push_back(
        {{fmt::format("{}", k), static_cast<double>(k)},
         {fmt::format("{:.3f}", truth("eigenvalue")), truth("eigenvalue")},
         {fmt::format("{:.2f} %", 100.0 * truth("explained")), truth("explained")},
         {fmt::format("{:.2f} %", 100.0 * found), found},
         {fmt::format("{:.5f}", cosine), cosine}});
  }
  return named;
}

}  // namespace lanegrad
