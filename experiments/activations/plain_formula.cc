// SPDX-License-Identifier: Apache-2.0
#include "experiments/activations/plain_formula.h"

#include <bit>
#include <cmath>

#include "kernels/activation.h"
#include "kernels/elementary.h"

namespace lanegrad {
namespace {

// [plain-formulas]
float PlainSigmoid(float z) { return 1.0f / (1.0f + FloatExponential(-z)); }
float PlainTanh(float z) {
  const float up = FloatExponential(z), down = FloatExponential(-z);
  return (up - down) / (up + down);
}
float TanhBySigmoid(float z) { return 2.0f * PlainSigmoid(2.0f * z) - 1.0f; }
// [plain-formulas]

float KernelOf(std::string_view activation, bool slope, float z) {
  float value, derivative;
  Activate(Activation::Named(activation), &z, 1, &value, &derivative);
  return slope ? derivative : value;
}
// The value is the nearest float: what is wrong with the slope is the formula's own.
float SlopeBySigmoid(float z) {
  const float a = KernelOf("sigmoid", false, z);
  return a * (1.0f - a);
}
float SlopeByTanh(float z) {
  const float a = KernelOf("tanh", false, z);
  return 1.0f - a * a;
}

constexpr PlainFormula kFormulas[] = {
    {"sigmoid", "sigmoid", "1 / (1 + exp(-z))", false, true, true, PlainSigmoid},
    {"tanh-large", "tanh", "(exp(z) - exp(-z)) / (exp(z) + exp(-z))", false, false, true,
     PlainTanh},
    {"tanh-small", "tanh", "(exp(z) - exp(-z)) / (exp(z) + exp(-z))", false, false, false,
     PlainTanh},
    {"tanh-by-sigmoid", "tanh", "2 sigmoid(2 z) - 1", false, false, false, TanhBySigmoid},
    {"sigmoid-slope", "sigmoid", "a (1 - a)", true, false, true, SlopeBySigmoid},
    {"tanh-slope", "tanh", "1 - a^2", true, false, true, SlopeByTanh},
};

float PlainValue(const PlainFormula& formula, float z) { return formula.plain(z); }

// The float of these bits, with the sign of the formula's side.
float At(const PlainFormula& formula, std::uint32_t bits) {
  const float z = std::bit_cast<float>(bits);
  return formula.negative ? -z : z;
}

constexpr std::uint32_t kOne = std::bit_cast<std::uint32_t>(1.0f);
constexpr std::uint32_t kLargest = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::max());
constexpr std::uint32_t kSmallest = 1;

}  // namespace

float FloatExponential(float x) {
  // Halfway between the largest float and the next power of two: from there on it is infinite.
  constexpr double kOverflow = 0x1.ffffffp127;
  const double e = x > 100.0f ? HUGE_VAL : Exponential(static_cast<double>(x));
  return e >= kOverflow ? std::numeric_limits<float>::infinity() : static_cast<float>(e);
}

std::span<const PlainFormula> PlainFormulas() { return kFormulas; }

float KernelValue(const PlainFormula& formula, float z) {
  return KernelOf(formula.activation, formula.slope, z);
}

// [find-break]
FormulaBreak FindBreak(const PlainFormula& formula, float (*value)(const PlainFormula&, float)) {
  const auto broken = [&](std::uint32_t bits) {
    const float answer = value(formula, At(formula, bits));
    return std::isnan(answer) || answer == 0.0f;
  };
  std::uint32_t whole = kOne, bad = formula.growing ? kLargest : kSmallest;
  if (!broken(bad)) {
    const float never = formula.growing ? std::numeric_limits<float>::infinity() : 0.0f;
    return {.z = formula.negative ? -never : never, .answer = value(formula, At(formula, bad))};
  }
  while (whole + 1 != bad && bad + 1 != whole) {
    const std::uint32_t middle = whole / 2 + bad / 2 + (whole % 2 + bad % 2) / 2;
    (broken(middle) ? bad : whole) = middle;
  }
  return {.z = At(formula, bad), .answer = value(formula, At(formula, bad)), .found = true};
}
// [find-break]

FormulaBreak FindPlainBreak(const PlainFormula& formula) { return FindBreak(formula, PlainValue); }
FormulaBreak FindKernelBreak(const PlainFormula& formula) {
  return FindBreak(formula, KernelValue);
}

std::uint64_t FloatsBetween(float a, float b) {
  // Their order is that of their bits, but for the sign.
  const auto place = [](float x) {
    const std::int64_t bits = std::bit_cast<std::uint32_t>(std::fabs(x));
    return std::signbit(x) ? -bits : bits;
  };
  const std::int64_t difference = place(a) - place(b);
  return static_cast<std::uint64_t>(difference < 0 ? -difference : difference);
}

FormulaError LargestError(const PlainFormula& formula, const FormulaBreak& end, std::size_t count) {
  const double first = kOne;
  const double last = end.found ? std::bit_cast<std::uint32_t>(std::fabs(end.z))
                                : (formula.growing ? kLargest : kSmallest);
  FormulaError largest;
  for (std::size_t i = 0; i < count; ++i) {  // the end itself is not tried
    const double share = static_cast<double>(i) / static_cast<double>(count);
    const float z = At(formula, static_cast<std::uint32_t>(first + share * (last - first)));
    const std::uint64_t ulp = FloatsBetween(formula.plain(z), KernelValue(formula, z));
    if (ulp > largest.ulp) largest = {.ulp = ulp, .z = z};
  }
  return largest;
}

}  // namespace lanegrad
