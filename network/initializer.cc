// SPDX-License-Identifier: Apache-2.0
#include "network/initializer.h"

#include <cmath>

#include "kernels/catalogue.h"
#include "kernels/op_list.h"

namespace lanegrad {
namespace {

double Number(std::size_t n) { return static_cast<double>(n); }

// A uniform distribution of zero mean and this deviation ends at sqrt(3) of it.
// Everything is rounded in a stated order: sqrt is exact to the last bit by IEEE
// 754, and 2 u - 1 is exact, so the weight is rounded once.
float Uniform(RandomStream& random, double deviation) {
  const float limit = static_cast<float>(std::sqrt(3.0 * deviation * deviation));
  return (2.0f * random.Uniform() - 1.0f) * limit;
}

float Normal(RandomStream& random, double deviation) {
  return random.Normal() * static_cast<float>(deviation);
}

double GlorotDeviation(std::size_t in, std::size_t out) {
  return std::sqrt(2.0 / (Number(in) + Number(out)));
}
double HeDeviation(std::size_t in, std::size_t /*out*/) { return std::sqrt(2.0 / Number(in)); }
double LecunDeviation(std::size_t in, std::size_t /*out*/) { return std::sqrt(1.0 / Number(in)); }

/// Keeps the size of signals through layers that are linear near zero.
struct GlorotUniform {
  static constexpr InitializerInfo kInfo = {
      "glorot_uniform",
      "uniform, deviation sqrt(2 / (in + out)): for sigmoid and tanh",
      R"(w \sim U(-l, l), \quad l = \sqrt{6 / (n_\mathrm{in} + n_\mathrm{out})})",
      "Glorot and Bengio 2010",
      0.0,
      &GlorotDeviation,
      [](RandomStream& random, std::size_t in, std::size_t out) {
        return Uniform(random, GlorotDeviation(in, out));
      }};
};

/// The same, normal.
struct GlorotNormal {
  static constexpr InitializerInfo kInfo = {
      "glorot_normal",
      "normal, deviation sqrt(2 / (in + out)): for sigmoid and tanh",
      R"(w \sim N(0, 2 / (n_\mathrm{in} + n_\mathrm{out})))",
      "Glorot and Bengio 2010",
      0.0,
      &GlorotDeviation,
      [](RandomStream& random, std::size_t in, std::size_t out) {
        return Normal(random, GlorotDeviation(in, out));
      }};
};

/// Makes up for the half that a rectifier throws away.
struct HeUniform {
  static constexpr InitializerInfo kInfo = {
      "he_uniform",
      "uniform, deviation sqrt(2 / in): for rectifiers",
      R"(w \sim U(-l, l), \quad l = \sqrt{6 / n_\mathrm{in}})",
      "He, Zhang, Ren and Sun 2015",
      0.0,
      &HeDeviation,
      [](RandomStream& random, std::size_t in, std::size_t out) {
        return Uniform(random, HeDeviation(in, out));
      }};
};

/// The same, normal.
struct HeNormal {
  static constexpr InitializerInfo kInfo = {
      "he_normal",
      "normal, deviation sqrt(2 / in): for rectifiers",
      R"(w \sim N(0, 2 / n_\mathrm{in}))",
      "He, Zhang, Ren and Sun 2015",
      0.0,
      &HeDeviation,
      [](RandomStream& random, std::size_t in, std::size_t out) {
        return Normal(random, HeDeviation(in, out));
      }};
};

/// Unit variance in, unit variance out.
struct LecunUniform {
  static constexpr InitializerInfo kInfo = {
      "lecun_uniform",
      "uniform, deviation sqrt(1 / in): for selu and linear layers",
      R"(w \sim U(-l, l), \quad l = \sqrt{3 / n_\mathrm{in}})",
      "LeCun, Bottou, Orr and Mueller 1998",
      0.0,
      &LecunDeviation,
      [](RandomStream& random, std::size_t in, std::size_t out) {
        return Uniform(random, LecunDeviation(in, out));
      }};
};

/// The same, normal.
struct LecunNormal {
  static constexpr InitializerInfo kInfo = {
      "lecun_normal",
      "normal, deviation sqrt(1 / in): for selu and linear layers",
      R"(w \sim N(0, 1 / n_\mathrm{in}))",
      "LeCun, Bottou, Orr and Mueller 1998",
      0.0,
      &LecunDeviation,
      [](RandomStream& random, std::size_t in, std::size_t out) {
        return Normal(random, LecunDeviation(in, out));
      }};
};

/// What the article's program draws: all weights positive, so that a wide layer
/// starts saturated. Kept to show just that (chapter 4.1).
struct ArticleUniform {
  static constexpr InitializerInfo kInfo = {
      "article_uniform",
      "uniform in [0, 1), as in the article's section 4.1: starts saturated",
      R"(w \sim U(0, 1))",
      "the article, section 4.1",
      0.5,
      [](std::size_t, std::size_t) { return std::sqrt(1.0 / 12.0); },
      [](RandomStream& random, std::size_t, std::size_t) { return random.Uniform(); }};
};

/// Every initializer there is. Their order is the order of tables.
using InitializerList = OpList<GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform,
                               LecunNormal, ArticleUniform>;

constexpr auto kCatalogue =
    Tabulate(InitializerList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const InitializerInfo> Initializers() { return kCatalogue; }

Initializer Initializer::Named(std::string_view name) {
  return Initializer(RowNamed("initializer", Initializers(), name));
}

const InitializerInfo& Initializer::info() const { return kCatalogue[row_]; }

void Initialize(Initializer initializer, RandomStream random, Panels w) {
  for (std::size_t i = 0; i < w.rows; ++i) {
    for (std::size_t j = 0; j < w.cols; ++j) {
      w.At(i, j) = initializer.info().draw(random, w.rows, w.cols);
    }
  }
}

}  // namespace lanegrad
