// SPDX-License-Identifier: Apache-2.0
#include "network/initializer.h"

#include <algorithm>
#include <cmath>
#include <vector>

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

double GlorotDeviation(std::size_t in, std::size_t out, double /*parameter*/ = 0.0) {
  return std::sqrt(2.0 / (Number(in) + Number(out)));
}
double HeDeviation(std::size_t in, std::size_t /*out*/, double /*parameter*/ = 0.0) {
  return std::sqrt(2.0 / Number(in));
}
double LecunDeviation(std::size_t in, std::size_t /*out*/, double /*parameter*/ = 0.0) {
  return std::sqrt(1.0 / Number(in));
}

/// Keeps the size of signals through layers that are linear near zero.
struct GlorotUniform {
  static constexpr InitializerInfo kInfo = {
      .name = "glorot_uniform",
      .proper = "Glorot uniform",
      .aliases = "xavier_uniform xavier",
      .summary = "uniform, deviation sqrt(2 / (in + out)): for sigmoid and tanh",
      .formula = R"(w \sim U(-l, l), \quad l = \sqrt{6 / (n_\mathrm{in} + n_\mathrm{out})})",
      .source = "Glorot and Bengio 2010",
      .mean = 0.0,
      .deviation = &GlorotDeviation,
      .draw = [](RandomStream& random, std::size_t in, std::size_t out,
                 double) { return Uniform(random, GlorotDeviation(in, out)); },
  };
};

/// The same, normal.
struct GlorotNormal {
  static constexpr InitializerInfo kInfo = {
      .name = "glorot_normal",
      .proper = "Glorot normal",
      .aliases = "xavier_normal",
      .summary = "normal, deviation sqrt(2 / (in + out)): for sigmoid and tanh",
      .formula = R"(w \sim N(0, 2 / (n_\mathrm{in} + n_\mathrm{out})))",
      .source = "Glorot and Bengio 2010",
      .mean = 0.0,
      .deviation = &GlorotDeviation,
      .draw = [](RandomStream& random, std::size_t in, std::size_t out,
                 double) { return Normal(random, GlorotDeviation(in, out)); },
  };
};

/// Makes up for the half that a rectifier throws away.
struct HeUniform {
  static constexpr InitializerInfo kInfo = {
      .name = "he_uniform",
      .proper = "He uniform",
      .aliases = "kaiming_uniform",
      .summary = "uniform, deviation sqrt(2 / in): for rectifiers",
      .formula = R"(w \sim U(-l, l), \quad l = \sqrt{6 / n_\mathrm{in}})",
      .source = "He, Zhang, Ren and Sun 2015",
      .mean = 0.0,
      .deviation = &HeDeviation,
      .draw = [](RandomStream& random, std::size_t in, std::size_t out,
                 double) { return Uniform(random, HeDeviation(in, out)); },
  };
};

/// The same, normal.
struct HeNormal {
  static constexpr InitializerInfo kInfo = {
      .name = "he_normal",
      .proper = "He normal",
      .aliases = "kaiming_normal",
      .summary = "normal, deviation sqrt(2 / in): for rectifiers",
      .formula = R"(w \sim N(0, 2 / n_\mathrm{in}))",
      .source = "He, Zhang, Ren and Sun 2015",
      .mean = 0.0,
      .deviation = &HeDeviation,
      .draw = [](RandomStream& random, std::size_t in, std::size_t out,
                 double) { return Normal(random, HeDeviation(in, out)); },
  };
};

/// Unit variance in, unit variance out.
struct LecunUniform {
  static constexpr InitializerInfo kInfo = {
      .name = "lecun_uniform",
      .proper = "LeCun uniform",
      .summary = "uniform, deviation sqrt(1 / in): for selu and linear layers",
      .formula = R"(w \sim U(-l, l), \quad l = \sqrt{3 / n_\mathrm{in}})",
      .source = "LeCun, Bottou, Orr and Müller 1998",
      .mean = 0.0,
      .deviation = &LecunDeviation,
      .draw = [](RandomStream& random, std::size_t in, std::size_t out,
                 double) { return Uniform(random, LecunDeviation(in, out)); },
  };
};

/// The same, normal.
struct LecunNormal {
  static constexpr InitializerInfo kInfo = {
      .name = "lecun_normal",
      .proper = "LeCun normal",
      .summary = "normal, deviation sqrt(1 / in): for selu and linear layers",
      .formula = R"(w \sim N(0, 1 / n_\mathrm{in}))",
      .source = "LeCun, Bottou, Orr and Müller 1998",
      .mean = 0.0,
      .deviation = &LecunDeviation,
      .draw = [](RandomStream& random, std::size_t in, std::size_t out,
                 double) { return Normal(random, LecunDeviation(in, out)); },
  };
};

/// The same deviation in every layer, whatever its size.
struct PlainNormal {
  static constexpr InitializerInfo kInfo = {
      .name = "normal",
      .summary = "normal, of one deviation for all layers",
      .formula = R"(w \sim N(0, s^2))",
      .source = "-",
      .mean = 0.0,
      .deviation = [](std::size_t, std::size_t, double deviation) { return deviation; },
      .draw = [](RandomStream& random, std::size_t, std::size_t,
                 double deviation) { return Normal(random, deviation); },
      .parameter = {.name = "s",
                    .summary = "standard deviation",
                    .default_value = 0.05f,
                    .min = 0.0f,
                    .max = 1e6f},
  };
};

/// The same without what lies beyond two deviations, which is drawn again: no weight is far out.
struct TruncatedNormal {
  static constexpr InitializerInfo kInfo = {
      .name = "truncated_normal",
      .summary = "normal, of one deviation, drawn again beyond two of them",
      .formula = R"(w \sim N(0, s^2) \text{ given } |w| \le 2 s)",
      .source = "Abadi et al. 2016, TensorFlow",
      .mean = 0.0,
      // 1 - 2 * 2 phi(2) / (2 Phi(2) - 1), the variance that is left of 1.
      .deviation = [](std::size_t, std::size_t,
                      double deviation) { return 0.87962566103423978 * deviation; },
      .draw =
          [](RandomStream& random, std::size_t, std::size_t, double deviation) {
            float z = random.Normal();
            while (z < -2.0f || z > 2.0f) z = random.Normal();
            return z * static_cast<float>(deviation);
          },
      .parameter = {.name = "s",
                    .summary = "deviation before the cut",
                    .default_value = 0.05f,
                    .min = 0.0f,
                    .max = 1e6f},
  };
};

/// What PyTorch's nn.Linear draws, weights and biases alike, when nobody says otherwise.
struct FanInUniform {
  static constexpr InitializerInfo kInfo = {
      .name = "fan_in_uniform",
      .proper = "fan-in uniform",
      .summary = "uniform up to sqrt(1 / in): what PyTorch's Linear has by default, biases too",
      .formula = R"(w \sim U(-l, l), \quad l = \sqrt{1 / n_\mathrm{in}})",
      .source = "LeCun, Bottou, Orr and Müller 1998, as in PyTorch",
      .mean = 0.0,
      .deviation = [](std::size_t in, std::size_t,
                      double) { return std::sqrt(1.0 / (3.0 * Number(in))); },
      .draw = [](RandomStream& random, std::size_t in, std::size_t,
                 double) { return Uniform(random, std::sqrt(1.0 / (3.0 * Number(in)))); },
  };
};

// Makes the shorter of rows and columns orthonormal, one after the other, each by
// taking from it its shares of those before (Gram and Schmidt); twice, because once
// leaves rounding errors that are not small [Giraud, Langou and Rozloznik 2005].
void Orthonormalise(Panels w) {
  const bool by_columns = w.cols <= w.rows;
  const std::size_t count = by_columns ? w.cols : w.rows, length = by_columns ? w.rows : w.cols;
  std::vector<double> all(count * length);
  for (std::size_t v = 0; v < count; ++v) {
    double* own = all.data() + v * length;
    for (std::size_t i = 0; i < length; ++i) {
      own[i] = static_cast<double>(by_columns ? w.At(i, v) : w.At(v, i));
    }
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t u = 0; u < v; ++u) {
        const double* other = all.data() + u * length;
        double share = 0.0;
        for (std::size_t i = 0; i < length; ++i) share += own[i] * other[i];
        for (std::size_t i = 0; i < length; ++i) own[i] -= share * other[i];
      }
    }
    double square = 0.0;
    for (std::size_t i = 0; i < length; ++i) square += own[i] * own[i];
    const double size = std::sqrt(square);
    for (std::size_t i = 0; i < length; ++i) {
      own[i] /= size;
      (by_columns ? w.At(i, v) : w.At(v, i)) = static_cast<float>(own[i]);
    }
  }
}

/// A random rotation: signals keep their length through linear layers of any depth.
struct Orthogonal {
  static constexpr InitializerInfo kInfo = {
      .name = "orthogonal",
      .summary = "a random rotation: rows or columns of length 1 at right angles",
      .formula = R"(W^{\mathsf T} W = I \text{ or } W W^{\mathsf T} = I)",
      .source = "Saxe, McClelland and Ganguli 2014",
      .mean = 0.0,
      .deviation = [](std::size_t in, std::size_t out,
                      double) { return std::sqrt(1.0 / Number(std::max(in, out))); },
      .draw = [](RandomStream& random, std::size_t, std::size_t,
                 double) { return random.Normal(); },
      .finish = &Orthonormalise,
  };
};

/// All weights equal: units of a layer then never differ, which is what it is for.
struct ConstantWeights {
  static constexpr InitializerInfo kInfo = {
      .name = "constant",
      .summary = "all equal: units of a layer then stay equal for ever",
      .formula = R"(w = c)",
      .source = "-",
      .mean = 0.0,
      .deviation = [](std::size_t, std::size_t, double) { return 0.0; },
      .draw = [](RandomStream&, std::size_t, std::size_t,
                 double c) { return static_cast<float>(c); },
      .parameter =
          {.name = "c", .summary = "the weight", .default_value = 0.0f, .min = -1e6f, .max = 1e6f},
  };
};

/// What the article's program draws: all weights positive, so that a wide layer
/// starts saturated. Kept to show just that (chapter 4.1).
struct ArticleUniform {
  static constexpr InitializerInfo kInfo = {
      .name = "article_uniform",
      .summary = "uniform in [0, 1), as in the article's section 4.1: starts saturated",
      .formula = R"(w \sim U(0, 1))",
      .source = "the article, section 4.1",
      .mean = 0.5,
      .deviation = [](std::size_t, std::size_t, double) { return std::sqrt(1.0 / 12.0); },
      .draw = [](RandomStream& random, std::size_t, std::size_t,
                 double) { return random.Uniform(); },
  };
};

/// Every initializer there is. Their order is the order of tables.
using InitializerList =
    OpList<GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal, PlainNormal,
           TruncatedNormal, FanInUniform, Orthogonal, ConstantWeights, ArticleUniform>;

constexpr auto kCatalogue =
    Tabulate(InitializerList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const InitializerInfo> Initializers() { return kCatalogue; }

void Initialize(Initializer initializer, RandomStream random, Panels w) {
  const InitializerInfo& info = initializer.info();
  const double parameter = static_cast<double>(initializer.parameter());
  for (std::size_t i = 0; i < w.rows; ++i) {
    for (std::size_t j = 0; j < w.cols; ++j) {
      w.At(i, j) = info.draw(random, w.rows, w.cols, parameter);
    }
  }
  if (info.finish != nullptr) info.finish(w);
}

void InitializeBias(Initializer initializer, RandomStream random, std::size_t in,
                    std::span<float> bias) {
  const InitializerInfo& info = initializer.info();
  const double parameter = static_cast<double>(initializer.parameter());
  for (float& each : bias) each = info.draw(random, in, bias.size(), parameter);
}

}  // namespace lanegrad
