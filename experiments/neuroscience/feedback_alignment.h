/// @file
/// Ways to give credit to hidden units: what the error signal of a layer is made of.
///
/// Back-propagation carries the error back through the very weights that carried the activity
/// forward, transposed:
///
///     delta_l = (delta_{l+1} W_{l+1}^T) * f'(z_l) .
///
/// Every other rule here puts something else in the place of W^T, and is otherwise the same
/// program: same network, same loss, same steps.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_FEEDBACK_ALIGNMENT_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_FEEDBACK_ALIGNMENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/optimizer.h"
#include "network/network.h"

namespace lanegrad {

/// Which.
enum class CreditRule {
  kBackPropagation,    ///< The weights themselves.
  kSignSymmetry,       ///< Their signs, all of one size.
  kKolenPollack,       ///< Weights of their own that learn by the same changes, and decay.
  kWeightMirror,       ///< Weights of their own that learn from noise sent through the others.
  kFeedbackAlignment,  ///< Random weights that never change.
  kDirectFeedbackAlignment,  ///< The same, from the outputs straight to every hidden layer.
  kRedrawnFeedback,          ///< Control: random weights, drawn anew at every step.
  kFrozenHidden,  ///< Control: no error signal in hidden layers; decay acts all the same.
};

/// What is to be known of one.
struct CreditRuleInfo {
  CreditRule rule;           ///< Which.
  std::string_view name;     ///< "feedback_alignment".
  std::string_view summary;  ///< In one line.
  std::string_view source;   ///< Author and year.
  float l2;                  ///< Weight decay that belongs to it.
};

/// All of them, back-propagation first.
std::span<const CreditRuleInfo> CreditRules();
/// The row of a rule.
const CreditRuleInfo& InfoOf(CreditRule rule);

/// What stands in the place of the weights on the way back.
class Feedback {
 public:
  /// For `network`. Random matrices are drawn as its weights are, from `initializer` and streams of
  /// their own of `seed`.
  Feedback(CreditRule rule, const Network& network, Initializer initializer, std::uint64_t seed);

  /// Carries deltas of the last layer, which are there already, back through all others, for
  /// `count` samples: fills space.deltas. Step number `step` counts where feedback is redrawn.
  /// Cost: as Network::Backward.
  void Backward(const Network& network, std::size_t count, std::size_t step, Workspace& space);

  /// What feedback learns by itself, with the step that the network takes: of Kolen and Pollack the
  /// same change as the forward weights, from the same operands. To be called before
  /// Network::Update().
  void Learn(const StepScalars& scalars, std::size_t count, const Workspace& space);

  /// The mirror phase of weight mirrors, after a step: the units of each hidden layer send random
  /// signs x through the weights above them, and the feedback weights learn from what arrives,
  ///
  ///     B <- (1 - m) B + m x^T (x W) / count ,
  ///
  /// whose expectation is a moving average of W, since that of x^T x / count is the identity. What
  /// arrives is taken before the activation. [Akrout et al. 2019, section 3.1; m is ours]
  /// Cost: a forward and a gradient product of `count` samples for each layer but the first.
  void Mirror(const Network& network, std::size_t count, std::size_t step);

  /// The cosine between the feedback into hidden layer l and the weights that it stands for, over
  /// all elements: 1 for back-propagation. 0 where there is none of that shape.
  double AlignmentWith(const Network& network, std::size_t l) const;

 private:
  void Draw(std::size_t step);
  CreditRule rule_;
  Initializer initializer_;
  std::uint64_t seed_;
  std::vector<Matrix> matrices_;         // number l: into hidden layer l, (units of l, units above)
  std::vector<float> sizes_;             // of sign symmetry: deviation of the initial weights
  std::vector<Matrix> noise_, arrived_;  // of weight mirrors
};

/// The cosine between the deltas of hidden layer l in two workspaces, over the first `count`
/// samples and all units; 0 where one is zero.
double SignalCosine(const Workspace& a, const Workspace& b, std::size_t count, std::size_t l);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_FEEDBACK_ALIGNMENT_H_
