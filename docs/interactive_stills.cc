// SPDX-License-Identifier: Apache-2.0
#include "docs/interactive_stills.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "docs/figure_data.h"
#include "docs/still_curves.h"
#include "docs/still_networks.h"
#include "docs/still_records.h"
#include "experiments/back_propagation/plain_network.h"
#include "experiments/xor/xor_network.h"
#include "kernels/activation.h"
#include "kernels/loss.h"

namespace lanegrad {
namespace {

// What both passes compute by hand: one input of 1, two units of tanh, one linear output.
NetworkDiagram TinyNetwork() {
  const std::array<std::size_t, 3> sizes = {1, 2, 1};
  const std::array<Curve, 2> curves = {CurveOf(Activation::Named("tanh")),
                                       CurveOf(Activation::Named("identity"))};
  PlainNetwork network(sizes, curves, Loss::Named("mse"));
  network.layers()[0].w = {0.5, -1.0};
  network.layers()[1].w = {1.0, 2.0};
  const PlainBatch batch = {.count = 1, .x = {1.0}, .y = {1.0}};
  const PlainPass pass = network.Forward(batch);
  const std::vector<double> gradient = network.BackPropagate(batch, pass);
  const auto unit = [](double a) { return fmt::format("{:.2f}", a); };
  return {
      .name = "still_back_propagation",
      .title = fmt::format("Loss {:.2f}: the gradient by the first weight is {:.2f}, by the "
                           "second {:.2f}",
                           network.MeanLoss(batch, pass), gradient[0], gradient[1]),
      .subtitle =
          "input 1, weights 0.5 and −1, then 1 and 2; two units of tanh, one linear "
          "output that should be 1",
      .panels = {
          {.title = "what the units answer",
           .layers = {{.label = "input", .units = {"1"}},
                      {.label = "hidden",
                       .units = {unit(pass.a[0][0]), unit(pass.a[0][1])},
                       .weights = {0.5, -1.0}},
                      {.label = "output", .units = {unit(pass.a[1][0])}, .weights = {1.0, 2.0}}}}}};
}

// A field over the square from -0.6 to 1.6, with the four rows of xor.
template <class Field>
ImagePanel OverTheSquare(const Field& field) {
  constexpr std::size_t kSide = 44;
  ImagePanel panel = {.title = "", .rows = kSide, .columns = kSide, .values = {}};
  const auto place = [](double pixel) { return -0.6 + 2.2 * pixel / double{kSide}; };
  for (std::size_t r = 0; r < kSide; ++r) {
    for (std::size_t c = 0; c < kSide; ++c) {
      panel.values.push_back(field(place(static_cast<double>(c) + 0.5),
                                   place(double{kSide} - 0.5 - static_cast<double>(r))));
    }
  }
  for (std::size_t s = 0; s < kXorRows; ++s) {
    const double x = static_cast<double>(kXorInputs[s][0]),
                 y = static_cast<double>(kXorInputs[s][1]);
    panel.points.push_back({.x = (x + 0.6) / 2.2 * double{kSide},
                            .y = double{kSide} - (y + 0.6) / 2.2 * double{kSide},
                            .group = static_cast<std::size_t>(kXorTargets[s])});
  }
  return panel;
}

ImageFigure Square(std::string name, std::string title, std::string subtitle, ImagePanel panel) {
  return {.name = std::move(name),
          .title = std::move(title),
          .subtitle = std::move(subtitle),
          .value_label = "answer",
          .x_label = "x₁",
          .y_label = "x₂",
          .low = 0.0,
          .high = 1.0,
          .x_ends = {-0.6, 1.6},
          .y_ends = {-0.6, 1.6},
          .panels = {std::move(panel)}};
}

ImageFigure Line() {
  const auto answer = [](double x1, double x2) { return x1 + x2 - 0.5 > 0.0 ? 1.0 : 0.0; };
  std::size_t right = 0;
  for (std::size_t s = 0; s < kXorRows; ++s) {
    right += answer(static_cast<double>(kXorInputs[s][0]), static_cast<double>(kXorInputs[s][1])) ==
             static_cast<double>(kXorTargets[s]);
  }
  return Square("still_decision_line",
                fmt::format("One line has {} of the four rows of xor", right),
                "the unit says 1 where x₁ + x₂ is more than ½; marks tell the two classes apart",
                OverTheSquare(answer));
}

// Two soft steps of x1 + x2, at ½ and at 1½, and their difference.
ImageFigure TwoSteps() {
  XorNetwork network = {.width = 2, .activation = Activation::Named("sigmoid")};
  network.w1[0] = network.w1[1] = network.w1[2] = network.w1[3] = 10.0f;
  network.b1[0] = -5.0f;
  network.b1[1] = -15.0f;
  network.w2[0] = 10.0f;
  network.w2[1] = -10.0f;
  network.b2 = -5.0f;
  const XorPass pass = Forward(network);
  const Activation sigmoid = network.activation;
  const auto answer = [&](double x1, double x2) {
    const double h1 = sigmoid.Value(10.0 * (x1 + x2) - 5.0);
    const double h2 = sigmoid.Value(10.0 * (x1 + x2) - 15.0);
    return sigmoid.Value(10.0 * (h1 - h2) - 5.0);
  };
  return Square("still_xor",
                fmt::format("Two steps and their difference answer {:.2f}, {:.2f}, {:.2f}, {:.2f}",
                            pass.a2[0], pass.a2[1], pass.a2[2], pass.a2[3]),
                "one hidden unit steps where x₁ + x₂ passes ½, the other where it passes 1½",
                OverTheSquare(answer));
}

}  // namespace

std::vector<StillFigure> InteractiveStills(const std::filesystem::path& records) {
  return {WidthStill(),
          PatienceStill(),
          RavineStill(),
          Line(),
          VoltageStill(),
          TinyNetwork(),
          ActivationStill(),
          LossStill(),
          BowlStill(),
          TwoSteps(),
          BaseRateStill(),
          ForwardStill(),
          FirstLearningStill(),
          TwoLessonsStill(),
          AttributionStill(),
          DescriptionStill(),
          GradientCheckStill(),
          ResponseStill(),
          TemperatureStill(),
          LearningCurveStill(ReadEvidence(records, "05_3_little_data")),
          BudgetStill(ReadEvidence(records, "05_1_compute"))};
}

std::string InteractiveElement(std::string_view name, std::string_view svg) {
  return fmt::format(
      "<div class=\"interactive\" data-figure=\"{}\"><div class=\"still\">\n{}</div></div>\n", name,
      svg);
}

}  // namespace lanegrad
