// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/gradient_mistake.h"

namespace lanegrad {
namespace {

constexpr MistakeInfo kMistakes[] = {
    {GradientMistake::kNoSlope, "no slope", "f'(z) left out", "4.2"},
    {GradientMistake::kSlopeOfValue, "slope of the value", "f'(a) in place of f'(z)", ""},
    {GradientMistake::kNoInput, "no input", "a layer's outputs in place of its inputs", "4.2"},
    {GradientMistake::kWrongSign, "wrong sign", "y - a in place of a - y", "3.2 and 4.2"},
    {GradientMistake::kSum, "no mean", "summed over samples and outputs, without 1/N", "4.2"},
    {GradientMistake::kTransposed, "weights not transposed", "carried back by W, not its transpose",
     ""},
    {GradientMistake::kOwnTarget, "no recursion", "each layer held against the final target",
     "4.2"},
    {GradientMistake::kOwnOutput, "its own output as target",
     "the target is what the network answers", "4.2"},
    {GradientMistake::kStepFirst, "step first", "a layer updated before its delta is carried on",
     "3.2"},
    {GradientMistake::kNoBias, "no bias", "biases not learned", "4.2"},
    {GradientMistake::kArticle, "the article's formula",
     "outputs transposed times (y - a), each layer alone", "4.2"},
};

}  // namespace

std::span<const MistakeInfo> Mistakes() { return kMistakes; }

}  // namespace lanegrad
