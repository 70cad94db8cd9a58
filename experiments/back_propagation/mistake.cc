// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/mistake.h"

namespace lanegrad {
namespace {

constexpr MistakeInfo kMistakes[] = {
    {Mistake::kNoSlope, "no slope", "f'(z) left out", "4.2"},
    {Mistake::kSlopeOfValue, "slope of the value", "f'(a) in place of f'(z)", ""},
    {Mistake::kNoInput, "no input", "a layer's outputs in place of its inputs", "4.2"},
    {Mistake::kWrongSign, "wrong sign", "y - a in place of a - y", "3.2 and 4.2"},
    {Mistake::kSum, "no mean", "summed over samples and outputs, without 1/N", "4.2"},
    {Mistake::kTransposed, "weights not transposed", "carried back by W, not its transpose", ""},
    {Mistake::kOwnTarget, "no recursion", "each layer held against the final target", "4.2"},
    {Mistake::kOwnOutput, "its own output as target", "the target is what the network answers",
     "4.2"},
    {Mistake::kStepFirst, "step first", "a layer updated before its delta is carried on", "3.2"},
    {Mistake::kNoBias, "no bias", "biases not learned", "4.2"},
    {Mistake::kArticle, "the article's formula",
     "outputs transposed times (y - a), each layer alone", "4.2"},
};

}  // namespace

std::span<const MistakeInfo> Mistakes() { return kMistakes; }

}  // namespace lanegrad
