// SPDX-License-Identifier: Apache-2.0
// The figures of chapter 5.3.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/little_data/judgements.h"
#include "experiments/little_data/learning_curves.h"
#include "experiments/little_data/methods.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

constexpr const char* kSamples = "labelled training samples";

std::string Subsets(const LearningCurve& curve) {
  return fmt::format("mean of {} subsets with 95 % interval", SeedsOf(curve).size());
}

// A line at zero, where neither of two is ahead.
LineSeries ZeroLine(const LearningCurve& curve) {
  LineSeries line = {.name = "no difference", .points = {}, .theory = true};
  for (const double n : {curve.n.front(), curve.n.back()}) line.points.push_back({.x = n, .y = 0});
  return line;
}

// Differences of a family by size, in points. The sizes are those of `curve`, in order.
LineSeries DifferenceCurve(const std::string& name, const std::vector<SeedPairs>& family,
                           const std::vector<double>& n) {
  LineSeries series = {.name = name, .points = {}};
  for (std::size_t i = 0; i < std::min(family.size(), n.size()); ++i) {
    const PairedComparison& found = family[i].found;
    series.points.push_back({.x = n[i],
                             .y = 100.0 * found.difference,
                             .low = 100.0 * found.interval.low,
                             .high = 100.0 * found.interval.high,
                             .note = fmt::format("p {:.2g}", family[i].p)});
  }
  return series;
}

std::vector<SeedPairs> OfLabel(std::vector<SeedPairs> family, const std::string& label) {
  std::erase_if(family,
                [&](const SeedPairs& each) { return !each.name.starts_with(label + " at "); });
  return family;
}

}  // namespace

Figure CurveFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "05_3_little_data_curves",
                       .title = "",
                       .subtitle = "",
                       .x_label = kSamples,
                       .y_label = "test error (%)",
                       .x_log = true,
                       .y_log = true,
                       .panels = {}};
  for (const char* name : {"none", "linear", "neighbours"}) {
    const LearningCurve curve = CurveOf(evidence, name);
    const CurveLaw found = LawOf(curve);
    LinePanel panel = {.title = std::string(name) == "none" ? "network 784-64-10" : curve.label,
                       .series = {}};
    LineSeries measured = {.name = "measured", .points = {}};
    LineSeries law = {.name = "fitted power law", .points = {}, .theory = true};
    for (std::size_t i = 0; i < curve.n.size(); ++i) {
      const Interval interval = MeanInterval(curve.accuracy[i]);
      measured.points.push_back({.x = curve.n[i],
                                 .y = 100.0 * (1.0 - Mean(curve.accuracy[i])),
                                 .low = 100.0 * (1.0 - interval.high),
                                 .high = 100.0 * (1.0 - interval.low)});
      law.points.push_back({.x = curve.n[i], .y = 100.0 * found.law.At(curve.n[i])});
      if (i + 1 == curve.n.size()) continue;
      const double between = std::sqrt(curve.n[i] * curve.n[i + 1]);
      law.points.push_back({.x = between, .y = 100.0 * found.law.At(between)});
    }
    panel.series = {measured, law};
    figure.panels.push_back(panel);
    if (std::string(name) != "none") continue;
    figure.subtitle = Subsets(curve) + "; dashed: power law, fitted to all sizes";
    figure.title = fmt::format(
        "From {} to {} samples the error of the network falls from {:.0f} to {:.0f} %, with "
        "exponent {:.2f}{}",
        CountText(curve.n.front()), CountText(curve.n.back()), measured.points.front().y,
        measured.points.back().y, found.law.exponent,
        found.with_offset ? fmt::format(" above an offset of {:.0f} %", 100.0 * found.law.offset)
                          : "");
  }
  return figure;
}

Figure CrossingFigure(const Evidence& evidence) {
  const std::vector<SeedPairs> all = LittleDataPairs(evidence);
  const LearningCurve none = CurveOf(evidence, "none");
  LineFigure figure = {.name = "05_3_little_data_crossings",
                       .title = "",
                       .subtitle = "difference of test accuracy on the same subsets, 95 % interval",
                       .x_label = kSamples,
                       .y_label = "ahead of the network (points of accuracy)",
                       .x_log = true,
                       .panels = {{.title = "", .series = {}}}};
  std::string behind;
  for (const char* name : {"linear", "neighbours"}) {
    const LearningCurve curve = CurveOf(evidence, name);
    const std::vector<SeedPairs> family = FamilyOf(all, name);
    figure.panels[0].series.push_back(DifferenceCurve(curve.label, family, curve.n));
    const double ahead = 100.0 * family.back().found.difference;
    behind += fmt::format("{}{} {} {:.1f} points {}", behind.empty() ? "" : ", ", curve.label,
                          behind.empty() ? "is" : "are", std::fabs(ahead),
                          ahead < 0.0 ? "behind" : "ahead");
  }
  figure.title =
      fmt::format("With {} samples, against the network, {}", CountText(none.n.back()), behind);
  figure.panels[0].series.push_back(ZeroLine(none));
  return figure;
}

Figure GainFigure(const Evidence& evidence) {
  const std::vector<SeedPairs> family = FamilyOf(LittleDataPairs(evidence), "regulariser");
  const LearningCurve none = CurveOf(evidence, "none");
  struct Group {
    const char* title;
    std::vector<const char*> names;
  };
  const Group groups[] = {{"small weights", {"l2", "l1", "max_norm"}},
                          {"noise", {"dropout", "input_noise", "label_smoothing"}},
                          {"time and data", {"early_stopping", "shifts"}}};
  LineFigure figure = {.name = "05_3_little_data_gains",
                       .title = "",
                       .subtitle =
                           "against the network without regulariser, same subsets, same "
                           "number of trials; 95 % intervals",
                       .x_label = kSamples,
                       .y_label = "gain (points of accuracy)",
                       .x_log = true,
                       .y_low = -6.0,  // below, one curve would leave no room to see the others
                       .y_high = 5.0,
                       .panels = {}};
  for (const Group& group : groups) {
    LinePanel panel = {.title = group.title, .series = {}};
    for (const char* name : group.names) {
      const std::string label(MethodNamed(name).label);
      panel.series.push_back(DifferenceCurve(label, OfLabel(family, label), none.n));
    }
    figure.panels.push_back(panel);
  }
  const auto better = std::count_if(family.begin(), family.end(),
                                    [](const SeedPairs& each) { return each.above(); });
  const auto worse = std::count_if(family.begin(), family.end(),
                                   [](const SeedPairs& each) { return each.below(); });
  figure.title =
      fmt::format("Of {} comparisons of a regulariser with none, {} show a gain and {} a loss",
                  family.size(), better, worse);
  return figure;
}

Figure ExponentFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "05_3_little_data_exponents",
                      .title = "",
                      .subtitle =
                          "of the power law without offset through all sizes; bootstrap "
                          "interval over subsets, 95 %",
                      .x_label = "exponent of the error",
                      .rows = {}};
  const std::vector<LearningCurve> curves = AllCurves(evidence);
  const auto shortest =
      std::min_element(curves.begin(), curves.end(),
                       [](const auto& a, const auto& b) { return a.n.size() < b.n.size(); });
  figure.subtitle = fmt::format(
      "of the power law without offset, {} to {} samples; bootstrap interval over subsets, 95 %",
      CountText(shortest->n.front()), CountText(shortest->n.back()));
  for (const LearningCurve& whole : curves) {
    const LearningCurve curve = CommonPart(whole, *shortest);
    const std::vector<double> seeds = SeedsOf(curve);
    const auto exponent = [&](const std::vector<double>& some) {
      return FitPowerLaw(curve.n, MeanErrors(curve, some)).exponent;
    };
    const Interval interval = ExponentInterval(curve);
    figure.rows.push_back({.label = curve.label,
                           .group = curve.name == "none"         ? "network"
                                    : curve.name == "linear"     ? "other models"
                                    : curve.name == "neighbours" ? "other models"
                                                                 : "network with a regulariser",
                           .value = exponent(seeds),
                           .low = interval.low,
                           .high = interval.high,
                           .text = fmt::format("{:.3f}", exponent(seeds)),
                           .note = {}});
  }
  std::stable_sort(figure.rows.begin(), figure.rows.end(),
                   [](const DotRow& a, const DotRow& b) { return a.value > b.value; });
  figure.title =
      fmt::format("Exponents lie between {:.2f} ({}) and {:.2f} ({})", figure.rows.back().value,
                  figure.rows.back().label, figure.rows.front().value, figure.rows.front().label);
  return figure;
}

Figure ChoiceFigure(const Evidence& evidence) {
  const std::vector<SeedPairs> all = LittleDataPairs(evidence);
  const LearningCurve none = CurveOf(evidence, "none");
  const std::vector<SeedPairs> luxury = FamilyOf(all, "choice"), again = FamilyOf(all, "again");
  LineFigure figure = {
      .name = "05_3_little_data_choice",
      .title = fmt::format("A rate chosen by many further samples changes accuracy by {2:+.1f} "
                           "points with {0} samples, "
                           "by {3:+.1f} with {1}",
                           luxury.front().name, luxury.back().name,
                           100.0 * luxury.front().found.difference,
                           100.0 * luxury.back().found.difference),
      .subtitle = "network without regulariser, same subsets; 95 % intervals",
      .x_label = kSamples,
      .y_label = "gain (points of accuracy)",
      .x_log = true,
      .panels = {{.title = "",
                  .series = {DifferenceCurve("choice by many further samples", luxury, none.n),
                             DifferenceCurve("held-out fifth learned as well", again, none.n),
                             ZeroLine(none)}}}};
  return figure;
}

Figure ShiftedFigure(const Evidence& evidence) {
  const std::vector<double> pixels = NumbersOf(evidence.Series("shifted").at(0).values, "pixel");
  const std::size_t side = 28, image = side * side;
  ImageFigure figure = {.name = "05_3_little_data_shifted",
                        .title = "",
                        .subtitle = "one training image as it is, then moved by at most 2 pixels",
                        .value_label = "brightness (0 to 255)",
                        .panels = {}};
  for (std::size_t i = 0; (i + 1) * image <= pixels.size(); ++i) {
    const auto begin = pixels.begin() + static_cast<std::ptrdiff_t>(i * image);
    figure.panels.push_back({.title = i == 0 ? "as it is" : fmt::format("copy {}", i),
                             .rows = side,
                             .columns = side,
                             .values = {begin, begin + static_cast<std::ptrdiff_t>(image)}});
  }
  figure.title = fmt::format("One labelled image makes {}", figure.panels.size());
  return figure;
}

}  // namespace lanegrad
