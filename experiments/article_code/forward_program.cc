// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/forward_program.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Beyond the range of Exponential() and Logarithm(): what double arithmetic has there.
double WholeExponential(double x) {
  return x > 709.0 ? kInfinity : x < -708.0 ? 0.0 : Exponential(x);
}
double WholeLogarithm(double x) { return x > 0.0 ? Logarithm(x) : -kInfinity; }

double SigmoidOf(double z) { return 1.0 / (1.0 + Exponential(-z)); }

// [written-formulas]
double WrittenSigmoidDenominator() { return 1.0 + WholeExponential(1000.0); }  // at z = -1000
double WrittenTanh() {
  const double up = WholeExponential(1000.0), down = WholeExponential(-1000.0);
  return (up - down) / (up + down);
}
double WrittenEntropy(double y, double a) {
  return -(y * WholeLogarithm(a) + (1.0 - y) * WholeLogarithm(1.0 - a));
}
// [written-formulas]

double MendedSigmoidDenominator() { return 1.0 + WholeExponential(-1000.0); }

double MendedTanh() {
  const double e = WholeExponential(-2.0 * 1000.0);
  return (1.0 - e) / (1.0 + e);
}

// From the weighted input z: max(z, 0) - y z + log(1 + e^-|z|). An answer of exactly 1 is what a
// z of 40 gives in double.
double MendedEntropy(double y, double z) {
  return std::max(z, 0.0) - y * z + WholeLogarithm(1.0 + WholeExponential(-std::fabs(z)));
}

}  // namespace

ForwardProgram DrawProgram(std::uint64_t seed, bool biases) {
  ForwardProgram program;
  RandomStream random(seed, Stream::kWeights);
  for (double& w : program.w1) w = static_cast<double>(random.Uniform());
  for (double& w : program.w2) w = static_cast<double>(random.Uniform());
  if (!biases) return program;
  for (double& b : program.b1) b = static_cast<double>(random.Uniform());
  for (double& b : program.b2) b = static_cast<double>(random.Uniform());
  return program;
}

std::array<double, 4> RowSums(const ForwardProgram& program, const ProgramInput& x) {
  std::array<double, 4> z = {};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) z[j] += x[i] * program.w1[i * 4 + j];
  }
  return z;
}

std::array<double, 4> ColumnSums(const ForwardProgram& program, const ProgramInput& x) {
  std::array<double, 12> transposed = {};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) transposed[j * 3 + i] = program.w1[i * 4 + j];
  }
  std::array<double, 4> z = {};
  for (std::size_t j = 0; j < 4; ++j) {
    for (std::size_t i = 0; i < 3; ++i) z[j] += transposed[j * 3 + i] * x[i];
  }
  return z;
}

std::array<double, 4> HiddenAnswers(const ForwardProgram& program, const ProgramInput& x) {
  std::array<double, 4> a = RowSums(program, x);
  for (std::size_t j = 0; j < 4; ++j) a[j] = SigmoidOf(a[j] + program.b1[j]);
  return a;
}

std::array<double, 2> ProgramAnswers(const ForwardProgram& program, const ProgramInput& x) {
  const std::array<double, 4> hidden = HiddenAnswers(program, x);
  std::array<double, 2> answers = {};
  for (std::size_t k = 0; k < 2; ++k) {
    double z = program.b2[k];
    for (std::size_t j = 0; j < 4; ++j) z += hidden[j] * program.w2[j * 2 + k];
    answers[k] = SigmoidOf(z);
  }
  return answers;
}

std::span<const WrittenFormula> WrittenFormulas() {
  static constexpr WrittenFormula kFormulas[] = {
      {"denominator of the sigmoid at -1000", "for z < 0, e^z / (1 + e^z)",
       WrittenSigmoidDenominator, MendedSigmoidDenominator},
      {"tanh at 1000", "(1 - e^-2z) / (1 + e^-2z) for z > 0", WrittenTanh, MendedTanh},
      {"cross-entropy, target 1, answer 1", "from z instead of the answer",
       [] { return WrittenEntropy(1.0, 1.0); }, [] { return MendedEntropy(1.0, 40.0); }},
      {"cross-entropy, target 0, answer 1", "from z instead of the answer",
       [] { return WrittenEntropy(0.0, 1.0); }, [] { return MendedEntropy(0.0, 40.0); }},
      {"sigmoid at 2", "none needed", [] { return SigmoidOf(2.0); }, [] { return SigmoidOf(2.0); }},
      {"cross-entropy, target 1, answer 0.9", "from z instead of the answer",
       [] { return WrittenEntropy(1.0, 0.9); }, [] { return MendedEntropy(1.0, Logarithm(9.0)); }},
  };
  return kFormulas;
}

}  // namespace lanegrad
