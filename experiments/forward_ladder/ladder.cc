// SPDX-License-Identifier: Apache-2.0
#include "experiments/forward_ladder/ladder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "kernels/random.h"
#include "network/parallel.h"

namespace lanegrad {
namespace {

constexpr std::size_t kOneChain = static_cast<std::size_t>(-1);

void ActivateRows(LayerProblem& p) {
  const ActivationSweep sigmoid = SweepOf(Activation::Named("sigmoid"));
  const std::size_t out = p.w.cols();
  for (std::size_t s = 0; s < p.x.rows(); ++s) {
    float* z = &p.a_rows[s * out];
    for (std::size_t j = 0; j < out; ++j) z[j] += p.bias[j];
    float slopes[kPanel];
    for (std::size_t j = 0; j < out; j += kPanel) {
      sigmoid(z + j, std::min(kPanel, out - j), z + j, slopes);
    }
  }
}

// [rung-plain]
void PlainLoop(LayerProblem& p, std::size_t) {
  const std::size_t in = p.x.cols(), out = p.w.cols();
  for (std::size_t s = 0; s < p.x.rows(); ++s) {
    for (std::size_t j = 0; j < out; ++j) {
      float z = 0.0f;
      for (std::size_t i = 0; i < in; ++i) z += p.x_rows[s * in + i] * p.w_rows[i * out + j];
      p.a_rows[s * out + j] = z;
    }
  }
  ActivateRows(p);
}
// [rung-plain]

// [rung-order]
void LoopOrder(LayerProblem& p, std::size_t) {
  const std::size_t in = p.x.cols(), out = p.w.cols();
  std::fill(p.a_rows.begin(), p.a_rows.end(), 0.0f);
  for (std::size_t s = 0; s < p.x.rows(); ++s) {
    float* z = &p.a_rows[s * out];
    for (std::size_t i = 0; i < in; ++i) {
      const float x = p.x_rows[s * in + i];
      const float* w = &p.w_rows[i * out];
      for (std::size_t j = 0; j < out; ++j) z[j] += x * w[j];
    }
  }
  ActivateRows(p);
}
// [rung-order]

// Sixteen neighbouring sums of one sample over a block: few enough to stay in registers.
template <std::size_t kWidth>
void AddBlock(const float* x, const float* w, std::size_t terms, std::size_t out, float* z) {
  float sum[kWidth] = {};
  for (std::size_t i = 0; i < terms; ++i, w += out) {
    for (std::size_t j = 0; j < kWidth; ++j) sum[j] += x[i] * w[j];
  }
  for (std::size_t j = 0; j < kWidth; ++j) z[j] += sum[j];
}

// [rung-blocks]
void Blocks(LayerProblem& p, std::size_t) {
  const std::size_t in = p.x.cols(), out = p.w.cols();
  std::fill(p.a_rows.begin(), p.a_rows.end(), 0.0f);
  for (std::size_t i = 0; i < in; i += kSumBlock) {
    const std::size_t terms = std::min(kSumBlock, in - i);
    for (std::size_t j = 0; j < out;) {
      const bool whole = j + kPanel <= out;
      // 256 x 16 weights, which stay in the first-level cache while all samples pass.
      for (std::size_t s = 0; s < p.x.rows(); ++s) {
        (whole ? AddBlock<kPanel> : AddBlock<1>)(&p.x_rows[s * in + i], &p.w_rows[i * out + j],
                                                 terms, out, &p.a_rows[s * out + j]);
      }
      j += whole ? kPanel : 1;
    }
  }
  ActivateRows(p);
}
// [rung-blocks]

void Unfused(LayerProblem& p, std::size_t) {
  Multiply(p.x.view(), p.w.view(), {0, p.x.rows()}, p.a.view());
  const ActivationSweep sigmoid = SweepOf(Activation::Named("sigmoid"));
  for (std::size_t panel = 0; panel < PanelCount(p.w.cols()); ++panel) {
    for (std::size_t s = 0; s < p.x.rows(); ++s) {
      float* z = p.a.view().Row(panel, s);
      for (std::size_t j = 0; j < kPanel; ++j) z[j] += p.bias[panel * kPanel + j];
    }
  }
  sigmoid(p.a.view().data, p.a.view().size(), p.a.view().data, p.slopes.view().data);
}

void FusedAlone(LayerProblem& p, std::size_t) { p.Fused({0, p.x.rows()}); }

// [rung-threads]
void Threads(LayerProblem& p, std::size_t threads) {
  RunTeam(threads, [&](std::size_t member, std::size_t members) {
    p.Fused(Slice({0, p.x.rows()}, member, members));
  });
}
// [rung-threads]

constexpr std::array<Rung, 6> kRungs = {{
    {"plain loop", {.block = kOneChain, .fused = false}, false, PlainLoop},
    {"loop order", {.block = kOneChain, .fused = false}, false, LoopOrder},
    {"blocks", {.block = kSumBlock, .fused = false}, false, Blocks},
    {"kernel", {}, true, Unfused},
    {"fused", {}, true, FusedAlone},
    {"threads", {}, true, Threads},
}};

bool SameBits(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

}  // namespace

LayerProblem::LayerProblem(std::size_t batch, std::size_t in, std::size_t out)
    : x(batch, in), w(in, out), a(batch, out), slopes(batch, out), bias(PanelCount(out) * kPanel) {
  RandomStream random(1, Stream::kData);
  const auto number = [&] { return static_cast<float>(2.0 * random.Uniform() - 1.0); };
  for (std::size_t s = 0; s < batch; ++s) {
    for (std::size_t i = 0; i < in; ++i) x(s, i) = number();
  }
  for (std::size_t i = 0; i < in; ++i) {
    for (std::size_t j = 0; j < out; ++j) w(i, j) = number() * 0.05f;
  }
  for (std::size_t j = 0; j < out; ++j) bias[j] = number();
}

void LayerProblem::Fused(Range rows) {
  Multiply(x.view(), w.view(), rows, a.view(),
           {.bias = bias.data(),
            .sweep = SweepOf(Activation::Named("sigmoid")),
            .slope = slopes.view()});
}

void LayerProblem::FillRows() {
  x_rows.clear();
  w_rows.clear();
  for (std::size_t s = 0; s < x.rows(); ++s) {
    for (std::size_t i = 0; i < x.cols(); ++i) x_rows.push_back(x(s, i));
  }
  for (std::size_t i = 0; i < w.rows(); ++i) {
    for (std::size_t j = 0; j < w.cols(); ++j) w_rows.push_back(w(i, j));
  }
  a_rows.assign(x.rows() * w.cols(), 0.0f);
}

// [plain-loop]
float SpecifiedSum(const LayerProblem& p, std::size_t s, std::size_t j, SumOrder order) {
  const std::size_t in = p.x.cols(), block = std::min(order.block, in);
  float z = 0.0f;
  for (std::size_t begin = 0; begin < in; begin += block) {
    float sum = 0.0f;
    for (std::size_t i = begin; i < std::min(begin + block, in); ++i) {
      sum = order.fused ? std::fma(p.x(s, i), p.w(i, j), sum) : sum + p.x(s, i) * p.w(i, j);
    }
    z = begin == 0 ? sum : z + sum;
  }
  return z + p.bias[j];
}
// [plain-loop]

float SigmoidOf(float z) {
  float a, slope;
  Activate(Activation::Named("sigmoid"), &z, 1, &a, &slope);
  return a;
}

std::span<const Rung> Rungs() { return kRungs; }

RungCheck CheckRung(const Rung& rung, LayerProblem& p, std::size_t threads) {
  p.FillRows();
  rung.run(p, threads);
  RungCheck check;
  const std::size_t out = p.w.cols();
  for (std::size_t s = 0; s < p.x.rows(); ++s) {
    for (std::size_t j = 0; j < out; ++j) {
      const float answer = rung.panels ? p.a(s, j) : p.a_rows[s * out + j];
      const float z = SpecifiedSum(p, s, j, rung.order);
      check.differ += !SameBits(answer, SigmoidOf(z));
      check.differ_kernel += !SameBits(answer, SigmoidOf(SpecifiedSum(p, s, j, {})));
      double exact = 0.0, sizes = 0.0;  // products of floats are exact in double
      for (std::size_t i = 0; i < p.x.cols(); ++i) {
        const double product = static_cast<double>(p.x(s, i)) * static_cast<double>(p.w(i, j));
        exact += product;
        sizes += std::fabs(product);
      }
      exact += static_cast<double>(p.bias[j]);
      check.mean_error += std::fabs(static_cast<double>(z) - exact) / (sizes * 0x1p-24);
    }
  }
  check.mean_error /= static_cast<double>(p.x.rows() * out);
  return check;
}

namespace {

// [by-columns]
// z_j = sum_i W'(j, i) x_i + b_j, with W' in plain rows of (out, in): samples are columns.
float ByColumns(const std::vector<float>& turned, const LayerProblem& p, std::size_t s,
                std::size_t j) {
  const std::size_t in = p.x.cols();
  float z = 0.0f;
  for (std::size_t begin = 0; begin < in; begin += kSumBlock) {
    float sum = 0.0f;
    for (std::size_t i = begin; i < std::min(begin + kSumBlock, in); ++i) {
      sum = std::fma(turned[j * in + i], p.x(s, i), sum);
    }
    z = begin == 0 ? sum : z + sum;
  }
  return SigmoidOf(z + p.bias[j]);
}
// [by-columns]

}  // namespace

ConventionCheck CheckConvention(LayerProblem& p) {
  p.FillRows();
  p.Fused({0, p.x.rows()});
  const std::size_t in = p.x.cols(), out = p.w.cols();
  std::vector<float> turned(in * out);
  for (std::size_t i = 0; i < in; ++i) {
    for (std::size_t j = 0; j < out; ++j) turned[j * in + i] = p.w_rows[i * out + j];
  }
  ConventionCheck check;
  for (std::size_t s = 0; s < p.x.rows(); ++s) {
    for (std::size_t j = 0; j < out; ++j) {
      check.differ_turned += !SameBits(ByColumns(turned, p, s, j), p.a(s, j));
      if (in != out) continue;
      const float wrong = ByColumns(p.w_rows, p, s, j);
      check.differ_as_is += !SameBits(wrong, p.a(s, j));
      check.mean_change += std::fabs(static_cast<double>(wrong) - static_cast<double>(p.a(s, j)));
    }
  }
  check.mean_change /= static_cast<double>(p.x.rows() * out);
  return check;
}

}  // namespace lanegrad
