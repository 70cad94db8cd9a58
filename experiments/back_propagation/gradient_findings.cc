// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/gradient_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "experiments/back_propagation/evidence_rows.h"
#include "experiments/back_propagation/gradient_check.h"

namespace lanegrad {

Finding RecursionIsTheGradient(const Evidence& evidence) {
  const double all = Total(evidence.Numbers("gradients", "combinations"));
  const double right = Total(evidence.Numbers("gradients", "recursion_right"));
  return {
      right == all ? Verdict::kSupported : Verdict::kNotSupported,
      fmt::format("in {} of {} networks every derivative by the recursion agrees with a central "
                  "difference, to {:.2g} of the largest or better; {} of {} derivatives were left "
                  "out, since a kink was too near",
                  right, all, Most(evidence.Numbers("gradients", "recursion_error")),
                  Total(evidence.Numbers("gradients", "kinks")),
                  Total(evidence.Numbers("gradients", "numbers")))};
}

Finding KernelsAgree(const Evidence& evidence) {
  const double all = Total(evidence.Numbers("gradients", "combinations"));
  const double right = Total(evidence.Numbers("gradients", "kernels_right"));
  return {right == all ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("in {} of {} networks, to {:.2g} of the largest derivative or better", right,
                      all, Most(evidence.Numbers("gradients", "kernels_error")))};
}

Finding ArticleIsAGradient(const Evidence& evidence) {
  const Measurement row = evidence.Row("mistakes", {{"mistake", "the article's formula"}});
  const double all = row.values.Number("combinations");
  const double wrong = row.values.Number("caught_by_differences");
  return {
      ByCount(all - wrong, all),
      fmt::format("it differs from central differences in {} of {} networks; in {} of them even "
                  "the smallest step along it makes the loss no smaller",
                  wrong, all, row.values.Number("caught_by_loss"))};
}

Finding DifferencesCatchAll(const Evidence& evidence) {
  const double changed = Total(evidence.Numbers("mistakes", "changed"));
  const double caught = Total(evidence.Numbers("mistakes", "caught_by_differences"));
  return {caught >= 0.99 * changed && changed > 0.0 ? Verdict::kSupported
          : caught >= 0.9 * changed                 ? Verdict::kQualified
                                                    : Verdict::kNotSupported,
          fmt::format(
              "{} mistakes were planted in {} networks each; of {} gradients that they changed, "
              "differences caught {}; {} changed by less than the tolerance of {}",
              evidence.Series("mistakes").size(),
              evidence.Numbers("mistakes", "combinations").front(), changed, caught,
              Total(evidence.Numbers("mistakes", "within_tolerance")), kGradientTolerance)};
}

Finding FallingLossProves(const Evidence& evidence) {
  double changed = 0.0, passed = 0.0;
  std::size_t mostly = 0;
  const std::vector<Measurement> rows = evidence.Series("mistakes");
  for (const Measurement& row : rows) {
    const double of = row.values.Number("changed");
    const double falls = of - row.values.Number("caught_by_loss");
    changed += of;
    passed += falls;
    mostly += of > 0.0 && falls > 0.9 * of;
  }
  return {
      passed <= 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
      fmt::format("of {} wrong gradients {} still make the loss smaller in a small step; {} of {} "
                  "mistakes do so in more than nine networks of ten",
                  changed, passed, mostly, rows.size())};
}

Finding BackwardCostsTwo(const Evidence& evidence) {
  std::vector<double> counted, timed;
  for (const Measurement& row : evidence.Series("passes")) {
    counted.push_back(row.values.Number("backward") / row.values.Number("forward"));
    timed.push_back(row.machine.Number("backward_ns") / row.machine.Number("forward_ns"));
  }
  std::sort(counted.begin(), counted.end());
  std::sort(timed.begin(), timed.end());
  return {
      counted.front() >= 1.0 && counted.back() <= 2.0 ? Verdict::kSupported
                                                      : Verdict::kNotSupported,
      fmt::format("it takes {:.2f} to {:.2f} times the multiply-adds of the forward pass in {} "
                  "networks, and took {:.2f} to {:.2f} times as long, step of the weights included",
                  counted.front(), counted.back(), counted.size(), timed.front(), timed.back())};
}

Finding RecursionIsCheap(const Evidence& evidence) {
  std::vector<double> recursion, rivals, parameters;
  for (const Measurement& row : evidence.Series("cost")) {
    const double forward = row.values.Number("forward");
    recursion.push_back(row.values.Number("back_propagation") / forward);
    rivals.push_back(std::min(row.values.Number("differences"), row.values.Number("forward_mode")) /
                     forward);
    parameters.push_back(row.values.Number("parameters"));
  }
  const bool cheap = Most(recursion) <= 3.0;
  const bool dear = rivals.back() >= parameters.back();
  return {cheap && dear   ? Verdict::kSupported
          : cheap || dear ? Verdict::kQualified
                          : Verdict::kNotSupported,
          fmt::format("a gradient by back-propagation costs at most {:.2g} forward passes; of {} "
                      "parameters the cheaper of the two others costs {:.0f}",
                      Most(recursion), parameters.back(), rivals.back())};
}

Finding SmallerStepIsBetter(const Evidence& evidence) {
  const std::vector<double> errors = evidence.Numbers("step", "central");
  const std::vector<double> exponents = evidence.Numbers("step", "exponent");
  const std::vector<double> floats = evidence.Numbers("step", "central_float");
  const auto best = std::min_element(errors.begin(), errors.end()) - errors.begin();
  const auto best_float = std::min_element(floats.begin(), floats.end()) - floats.begin();
  const auto at = [](const auto& of, std::ptrdiff_t i) { return of[static_cast<std::size_t>(i)]; };
  return {at(errors, best) == errors.back() ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("in double the error of a central difference is least, {:.1g}, for a step of "
                      "1e-{}, and {:.1g} for 1e-{}; in float it is never below {:.1g}",
                      at(errors, best), at(exponents, best), errors.back(), exponents.back(),
                      at(floats, best_float))};
}

}  // namespace lanegrad
