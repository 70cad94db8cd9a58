// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/feedback_alignment.h"

#include <array>
#include <cmath>
#include <cstring>

#include "kernels/gemm.h"
#include "kernels/random.h"
#include "kernels/tiny.h"

namespace lanegrad {
namespace {

// Of the weight stream's substreams a network takes the first few, one a layer.
constexpr std::uint64_t kFirstSubstream = 1000;

// How much of the feedback weights a mirror phase replaces. With batches of 50 some ten thousand
// noisy patterns are in the average at any time, and it forgets its random beginning within an
// epoch of four hundred steps.
constexpr float kMirrored = 0.01f;

constexpr std::array<CreditRuleInfo, 8> kRules = {{
    {CreditRule::kBackPropagation, "back_propagation", "the weights themselves, transposed",
     "Rumelhart, Hinton and Williams 1986", 0.0f},
    {CreditRule::kSignSymmetry, "sign_symmetry", "the signs of the weights, all of one size",
     "Liao, Leibo and Poggio 2016", 0.0f},
    {CreditRule::kKolenPollack, "kolen_pollack",
     "weights of their own; both learn by the same changes, and decay", "Kolen and Pollack 1994",
     0.003f},
    {CreditRule::kWeightMirror, "weight_mirror",
     "weights of their own that learn from noise sent through the others", "Akrout et al. 2019",
     0.0f},
    {CreditRule::kFeedbackAlignment, "feedback_alignment", "random weights that never change",
     "Lillicrap et al. 2016", 0.0f},
    {CreditRule::kDirectFeedbackAlignment, "direct_feedback_alignment",
     "the same, straight from the outputs", "Nøkland 2016", 0.0f},
    {CreditRule::kRedrawnFeedback, "redrawn_feedback",
     "control: random weights, drawn anew at every step", "ours", 0.0f},
    {CreditRule::kFrozenHidden, "frozen_hidden", "control: hidden layers keep their first weights",
     "ours", 0.0f},
}};

double Cosine(ConstPanels a, ConstPanels b, std::size_t rows) {
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t j = 0; j < a.cols; ++j) {
      const double x = a.At(r, j), y = b.At(r, j);
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
  }
  return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : 0.0;
}

}  // namespace

std::span<const CreditRuleInfo> CreditRules() { return kRules; }

const CreditRuleInfo& InfoOf(CreditRule rule) { return kRules[static_cast<std::size_t>(rule)]; }

Feedback::Feedback(CreditRule rule, const Network& network, Initializer initializer,
                   std::uint64_t seed)
    : rule_(rule), initializer_(initializer), seed_(seed) {
  const bool none = rule == CreditRule::kBackPropagation || rule == CreditRule::kFrozenHidden;
  for (std::size_t l = 0; !none && l + 1 < network.layers().size(); ++l) {
    const Layer& above = network.layers()[l + 1];
    const bool direct = rule == CreditRule::kDirectFeedbackAlignment;
    matrices_.emplace_back(above.in(), direct ? network.outputs() : above.out());
    sizes_.push_back(static_cast<float>(
        initializer.info().deviation(above.in(), above.out(), initializer.parameter())));
  }
  Draw(0);
}

void Feedback::Draw(std::size_t step) {
  for (std::size_t l = 0; l < matrices_.size(); ++l) {
    Initialize(initializer_,
               RandomStream(seed_, Stream::kWeights, kFirstSubstream * (step + 1) + l),
               matrices_[l].view());
  }
}

// [feedback]
void Feedback::Backward(const Network& network, std::size_t count, std::size_t step,
                        Workspace& space) {
  DropTiny({0, count}, space.deltas.back().view());
  if (rule_ == CreditRule::kRedrawnFeedback) Draw(step);
  for (std::size_t l = network.layers().size() - 1; l-- > 0;) {
    const Panels delta = space.deltas[l].view();
    if (rule_ == CreditRule::kFrozenHidden) {
      std::memset(delta.data, 0, delta.size() * sizeof(float));
      continue;
    }
    const Matrix& weights = network.layers()[l + 1].weights;
    if (rule_ == CreditRule::kSignSymmetry) {
      for (std::size_t i = 0; i < weights.rows(); ++i) {
        for (std::size_t j = 0; j < weights.cols(); ++j) {
          matrices_[l](i, j) = std::copysign(sizes_[l], weights(i, j));
        }
      }
    }
    const bool direct = rule_ == CreditRule::kDirectFeedbackAlignment;
    const Matrix& from = direct ? space.deltas.back() : space.deltas[l + 1];
    const Matrix& back = rule_ == CreditRule::kBackPropagation ? weights : matrices_[l];
    MultiplyByTransposed(from.view(), back.view(), {0, count}, {0, PanelCount(delta.cols)}, delta,
                         {.bias = nullptr, .factor = space.slopes[l].view(), .sweep = {}});
  }
}
// [feedback]

void Feedback::Learn(const StepScalars& scalars, std::size_t count, const Workspace& space) {
  if (rule_ != CreditRule::kKolenPollack) return;
  for (std::size_t l = 0; l < matrices_.size(); ++l) {
    MultiplyTransposedAndStep(space.values[l].view(), space.deltas[l + 1].view(), count,
                              {0, PanelCount(matrices_[l].rows())},
                              {.optimizer = Optimizer::Named("sgd"),
                               .scalars = &scalars,
                               .weights = matrices_[l].view()});
  }
}

// [mirror]
void Feedback::Mirror(const Network& network, std::size_t count, std::size_t step) {
  if (rule_ != CreditRule::kWeightMirror) return;
  StepScalars scalars;
  scalars.rate = kMirrored;
  scalars.l2 = 1.0f;  // B - m (-x^T (x W) / count + B)
  noise_.resize(matrices_.size());
  arrived_.resize(matrices_.size());
  for (std::size_t l = 0; l < matrices_.size(); ++l) {
    const Matrix& weights = network.layers()[l + 1].weights;
    Matrix &noise = noise_[l], &arrived = arrived_[l];
    if (noise.rows() < count) {
      noise = Matrix(count, weights.rows());
      arrived = Matrix(count, weights.cols());
    }
    RandomStream random(seed_, Stream::kNoise, kFirstSubstream * (step + 1) + l);
    for (std::size_t r = 0; r < count; ++r) {
      for (std::size_t i = 0; i < weights.rows(); ++i) {
        noise(r, i) = random.Uniform() < 0.5f ? -1.0f : 1.0f;
      }
    }
    Multiply(noise.view(), weights.view(), {0, count}, arrived.view());
    for (std::size_t r = 0; r < count; ++r) {
      for (std::size_t j = 0; j < weights.cols(); ++j) {
        arrived(r, j) /= -static_cast<float>(count);
      }
    }
    MultiplyTransposedAndStep(noise.view(), arrived.view(), count,
                              {0, PanelCount(matrices_[l].rows())},
                              {.optimizer = Optimizer::Named("sgd"),
                               .scalars = &scalars,
                               .weights = matrices_[l].view()});
  }
}
// [mirror]

double Feedback::AlignmentWith(const Network& network, std::size_t l) const {
  const Matrix& weights = network.layers()[l + 1].weights;
  if (rule_ == CreditRule::kBackPropagation) return 1.0;
  if (l >= matrices_.size() || matrices_[l].cols() != weights.cols()) return 0.0;
  return Cosine(matrices_[l].view(), weights.view(), weights.rows());
}

double SignalCosine(const Workspace& a, const Workspace& b, std::size_t count, std::size_t l) {
  return Cosine(a.deltas[l].view(), b.deltas[l].view(), count);
}

}  // namespace lanegrad
