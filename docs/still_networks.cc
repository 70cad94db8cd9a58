// SPDX-License-Identifier: Apache-2.0
#include "docs/still_networks.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "docs/hand_networks.h"
#include "docs/moon_network.h"
#include "docs/small_lessons.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSide = 44;

// The names that `name(x, y)` gives over a square, x and y from -1 to 1.
template <class Name>
ImagePanel NamesOver(std::string title, const Name& name) {
  ImagePanel panel = {.title = std::move(title), .rows = kSide, .columns = kSide, .values = {}};
  for (std::size_t r = 0; r < kSide; ++r) {
    for (std::size_t c = 0; c < kSide; ++c) {
      const double across = (static_cast<double>(c) + 0.5) / double{kSide};
      const double upwards = 1.0 - (static_cast<double>(r) + 0.5) / double{kSide};
      panel.values.push_back(static_cast<double>(name(2.0 * across - 1.0, 2.0 * upwards - 1.0)));
    }
  }
  return panel;
}

// Half a side of the square that holds all points.
constexpr double kHalf = 2.4;

// The same of a network over that square, with the points that it learns.
ImagePanel NamesOf(std::string title, const PlainNetwork& network,
                   std::span<const NamedPoint> points) {
  ImagePanel panel = NamesOver(std::move(title), [&](double x, double y) {
    return NameAt(network, {kHalf * x, kHalf * y});
  });
  const auto pixel = [](double share) { return share * double{kSide}; };
  for (const NamedPoint& point : points) {
    panel.points.push_back({.x = pixel((point.x[0] + kHalf) / (2.0 * kHalf)),
                            .y = pixel((kHalf - point.x[1]) / (2.0 * kHalf)),
                            .group = point.name});
  }
  return panel;
}

ImageFigure NamesFigure(std::string name, std::string title, std::string subtitle, double names,
                        std::vector<ImagePanel> panels) {
  return {.name = std::move(name),
          .title = std::move(title),
          .subtitle = std::move(subtitle),
          .value_label = "name",
          .x_label = "x₁",
          .y_label = "x₂",
          .low = 0.0,
          .high = names - 1.0,
          .x_ends = {-kHalf, kHalf},
          .y_ends = {-kHalf, kHalf},
          .in_row = 3,
          .panels = std::move(panels)};
}

}  // namespace

NetworkDiagram ForwardStill() {
  const Network network = ForwardNetwork();
  Matrix x(1, 2);
  x(0, 0) = kForwardInputs[0];
  x(0, 1) = kForwardInputs[1];
  Workspace space = network.MakeWorkspace(1, false);
  network.Forward(x.view(), 1, space);
  const auto text = [](float value) { return fmt::format("{:.2f}", value); };
  DiagramPanel panel = {
      .title = "what the units answer",
      .layers = {{.label = "inputs", .units = {text(x(0, 0)), text(x(0, 1))}}, {}, {}}};
  for (std::size_t l = 0; l < 2; ++l) {
    DiagramLayer& drawn = panel.layers[l + 1];
    drawn.label = l == 0 ? "hidden" : "output";
    for (const DescribedLayer layer = Describe(network)[l]; const double weight : layer.weights) {
      drawn.weights.push_back(weight);
    }
    for (std::size_t j = 0; j < network.layers()[l].out(); ++j) {
      drawn.units.push_back(text(space.values[l](0, j)));
      drawn.biases.push_back(static_cast<double>(network.layers()[l].bias.data()[j]));
    }
  }
  return {.name = "still_forward_pass",
          .title = fmt::format("Two inputs become the answer {}", text(space.values[1](0, 0))),
          .subtitle =
              "each unit adds up its inputs, each times a weight, and its bias; the hidden "
              "ones pass it through a sigmoid",
          .panels = {std::move(panel)}};
}

ImageFigure FirstLearningStill() {
  const SmallLesson lesson = PointsToLearn();
  PlainNetwork right = lesson.network, lots = lesson.network;
  std::vector<NamedPoint> told = lesson.train;
  for (std::size_t i = 0; i < told.size(); ++i) told[i].name = lesson.lots[i];
  LearnInTurn(right, lesson.train, 200 * lesson.train.size(), lesson.rate);
  LearnInTurn(lots, told, 200 * told.size(), lesson.rate);
  return NamesFigure(
      "still_first_learning",
      fmt::format("Right names: {:.0f} % of new points are named rightly; names drawn by lot: "
                  "{:.0f} %",
                  100.0 * ShareNamed(right, lesson.fresh), 100.0 * ShareNamed(lots, lesson.fresh)),
      "what a small network answers over the plane, and the thirty points that it was shown", 3.0,
      {NamesOf("before its first step", lesson.network, lesson.train),
       NamesOf("200 passes, right names", right, lesson.train),
       NamesOf("200 passes, names by lot", lots, told)});
}

ImageFigure TwoLessonsStill() {
  const SmallLesson lesson = TwoLessons();
  const std::vector<NamedPoint> first = WithNames(lesson.train, 0, 2);
  const std::vector<NamedPoint> second = WithNames(lesson.train, 2, 4);
  const std::vector<NamedPoint> asked = WithNames(lesson.fresh, 0, 2);
  PlainNetwork one = lesson.network;
  LearnInTurn(one, first, kFirstLessonSteps, lesson.rate);
  PlainNetwork alone = one, rehearsed = one;
  LearnInTurn(alone, second, 600, lesson.rate);
  for (std::size_t t = 0; t < 600; ++t) {
    StepOn(rehearsed,
           t % 5 == 4 ? first[t / 5 % first.size()] : second[(t - t / 5) % second.size()],
           lesson.rate);
  }
  const auto knows = [&](const PlainNetwork& network) {
    return fmt::format("{:.0f} %", 100.0 * ShareNamed(network, asked));
  };
  return NamesFigure(
      "still_two_lessons",
      fmt::format("Of the first lesson {} are left after the second; with old points among the "
                  "new, {}",
                  knows(alone), knows(rehearsed)),
      "what a small network answers over the plane; the first lesson is above, the second below",
      4.0,
      {NamesOf("after the first lesson", one, first),
       NamesOf("600 steps of the second", alone, lesson.train),
       NamesOf("one point in five is old", rehearsed, lesson.train)});
}

DotFigure AttributionStill() {
  constexpr std::array<float, 2> kPixels = {1.0f, 1.0f};
  const PixelNetwork either = std::move(PixelNetworks().front());
  DotFigure figure = {
      .name = "still_attribution",
      .title = "Where either pixel is enough, gradient and occlusion see neither",
      .subtitle = fmt::format("two pixels, {} and {}, beside a black picture; the output has "
                              "gained {:.2f}",
                              kPixels[0], kPixels[1],
                              OutputAt(either.network, kPixels) - OutputAt(either.network, {0, 0})),
      .x_label = "what the map says of the pixel",
      .reference = 0.0,
      .rows = {}};
  for (const MapKindInfo& info : kMapKinds) {
    if (info.kind == MapKind::kContrast) continue;
    const std::array<double, 2> map = PixelMapOf(info.kind, either.network, kPixels, 0.0f);
    for (std::size_t i = 0; i < 2; ++i) {
      figure.rows.push_back({.label = fmt::format("{}, pixel {}", info.text, i + 1),
                             .group = i == 0 ? "pixel 1" : "pixel 2",
                             .value = map[i],
                             .note = {}});
    }
  }
  return figure;
}

ImageFigure DescriptionStill() {
  const Description complete = MoonDescription();
  ImageFigure figure = {.name = "still_description",
                        .title = "The same network, built from four descriptions of it",
                        .subtitle =
                            "2-8-2 with tanh; the two regions that its answer makes of the "
                            "plane",
                        .value_label = "answer",
                        .x_label = "x₁",
                        .y_label = "x₂",
                        .low = 0.0,
                        .high = 1.0,
                        .x_ends = {kMoonLeft, kMoonLeft + kMoonSide},
                        .y_ends = {kMoonBottom, kMoonBottom + kMoonSide},
                        .in_row = 4,
                        .panels = {}};
  for (const Change change :
       {Change::kNone, Change::kBiases, Change::kActivation, Change::kFewDigits}) {
    const Description changed = Changed(complete, change, 1);
    std::string_view name;
    for (const NamedChange& each : kChanges) {
      if (each.change == change) name = each.name;
    }
    figure.panels.push_back(NamesOver(std::string(name), [&](double x, double y) {
      const auto byte = [](double at) { return static_cast<std::uint8_t>(127.5 * (at + 1.0)); };
      const std::array<std::uint8_t, 2> pixels = {byte(x), byte(y)};
      return Answer(changed, pixels.data());
    }));
  }
  return figure;
}

}  // namespace lanegrad
