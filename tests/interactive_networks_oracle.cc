// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "docs/hand_networks.h"
#include "docs/moon_network.h"
#include "docs/small_lessons.h"
#include "experiments/article_code/layer_gradient.h"
#include "tests/interactive_oracle.h"

namespace lanegrad {
namespace {

// Rows of activation, whether there are biases, both inputs, and z, a and the answer.
Json ForwardRows() {
  Json all;
  for (const char* name : {"sigmoid", "tanh", "relu", "identity"}) {
    for (const bool biases : {true, false}) {
      PlainNetwork network(ForwardNetwork(), Loss::Named("mse"));
      network.layers()[0].f = CurveOf(Activation::Named(name));
      for (PlainLayer& layer : network.layers()) {
        if (!biases) layer.b.assign(layer.out, 0.0);
      }
      const PlainPass pass = network.Forward({.count = 1, .x = {0.35, 0.9}, .y = {}});
      all.push_back({name, biases, 0.35, 0.9, pass.z[0][0], pass.z[0][1], pass.a[0][0],
                     pass.a[0][1], pass.a[1][0]});
    }
  }
  return all;
}

// What each formula has for the first weight, and what central differences of steps h say of it.
Json GradientRows() {
  LayerTask task;
  LayerWeights w;
  DrawLayer(1, task, w);
  Json formulas = {{"true", TrueGradient(task, w)[0]},
                   {"article", ArticleGradient(task, w)[0]},
                   {"turned", TurnedGradient(task, w)[0]},
                   {"sloped", SlopedGradient(task, w)[0]},
                   {"input", InputGradient(task, w)[0]}};
  Json quotients;
  for (const int power : {-4, -2, -1, 0}) {
    const double h = std::pow(10.0, power);
    LayerWeights up = w, down = w;
    up[0] += h;
    down[0] -= h;
    quotients.push_back({power, (LayerError(task, up) - LayerError(task, down)) / (2.0 * h),
                         (LayerError(task, up) - LayerError(task, w)) / h});
  }
  return {{"formulas", formulas}, {"quotients", quotients}};
}

// Rows of rule, both pixels, the reference, the output, and four maps of two numbers.
Json PixelRows() {
  Json all;
  for (const PixelNetwork& each : PixelNetworks()) {
    for (const std::array<float, 3>& at : {std::array<float, 3>{0.75f, 0.5f, 0.0f},
                                           {0.25f, 1.0f, 0.0625f},
                                           {0.375f, 0.25f, 0.875f}}) {
      Json maps;
      for (const MapKindInfo& info : kMapKinds) {
        if (info.kind == MapKind::kContrast) continue;
        maps[std::string(info.text)] = PixelMapOf(info.kind, each.network, {at[0], at[1]}, at[2]);
      }
      all.push_back({each.rule, at[0], at[1], at[2], OutputAt(each.network, {at[0], at[1]}), maps});
    }
  }
  return all;
}

std::vector<double> OutputsAt(const PlainNetwork& network, double x, double y) {
  return network.Forward({.count = 1, .x = {x, y}, .y = {}}).a.back();
}

// Rows of names, passes, the outputs at a place, and the share of new points named rightly.
Json LearningRows() {
  Json all;
  const SmallLesson lesson = PointsToLearn();
  std::vector<NamedPoint> lots = lesson.train;
  for (std::size_t i = 0; i < lots.size(); ++i) lots[i].name = lesson.lots[i];
  for (const bool right : {true, false}) {
    PlainNetwork network = lesson.network;
    for (const std::size_t passes : {0u, 5u, 45u}) {
      const std::vector<NamedPoint>& told = right ? lesson.train : lots;
      if (passes > 0) {
        LearnInTurn(network, told, (passes == 5 ? 5 : 40) * told.size(), lesson.rate);
      }
      all.push_back({right ? "right names" : "drawn by lot", passes, OutputsAt(network, 0.3, -0.4),
                     ShareNamed(network, lesson.fresh)});
    }
  }
  return all;
}

// Rows of the share of old points, steps of the second lesson, and the outputs at a place.
Json LessonRows() {
  Json all;
  const SmallLesson lesson = TwoLessons();
  const std::vector<NamedPoint> first = WithNames(lesson.train, 0, 2);
  const std::vector<NamedPoint> second = WithNames(lesson.train, 2, 4);
  for (const bool rehearsed : {false, true}) {
    PlainNetwork network = lesson.network;
    LearnInTurn(network, first, kFirstLessonSteps, lesson.rate);
    std::size_t old = 0;
    for (std::size_t t = 0; t < 120; ++t) {
      const bool is_old = rehearsed && t % 5 == 4;
      StepOn(network, is_old ? first[old % first.size()] : second[(t - old) % second.size()],
             lesson.rate);
      old += is_old;
    }
    all.push_back({rehearsed ? 0.2 : 0.0, 120, OutputsAt(network, -0.6, 0.2),
                   ShareNamed(network, WithNames(lesson.fresh, 0, 2))});
  }
  return all;
}

// Rows of what is changed, bits, and the answers over every fifth byte of the square.
Json DescribedRows() {
  Json all;
  struct Try {
    const char* change;
    int bits;
    Change kind;
  };
  for (const Try& each :
       {Try{"nothing", 24, Change::kNone}, Try{"the biases are left out", 24, Change::kBiases},
        Try{"the activation is left out", 24, Change::kActivation},
        Try{"nothing", kKeptBits, Change::kDigits}, Try{"nothing", kFewBits, Change::kFewDigits}}) {
    const Description changed = Changed(MoonDescription(), each.kind, 1);
    std::string answers;
    for (int y = 0; y < 256; y += 5) {
      for (int x = 0; x < 256; x += 5) {
        const std::array<std::uint8_t, 2> pixels = {static_cast<std::uint8_t>(x),
                                                    static_cast<std::uint8_t>(y)};
        answers += Answer(changed, pixels.data()) == 0 ? '0' : '1';
      }
    }
    all.push_back({each.change, each.bits, answers});
  }
  return all;
}

}  // namespace

void AddNetworkRows(Json& all) {
  all["forward"] = ForwardRows();
  all["gradient"] = GradientRows();
  all["pixels"] = PixelRows();
  all["learning"] = LearningRows();
  all["lessons"] = LessonRows();
  all["described"] = DescribedRows();
}

}  // namespace lanegrad
