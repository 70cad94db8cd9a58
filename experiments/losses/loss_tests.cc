// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "experiments/losses/loss_claims.h"
#include "experiments/records/numbered.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

using Numbers = std::vector<double>;

Numbers Minus(const Numbers& a, const Numbers& b) {
  Numbers difference;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference.push_back(a[i] - b[i]);
  }
  return difference;
}

// The test of differences that should be above 0.
LossTest TestOf(std::string_view name, const Numbers& differences) {
  const Numbers zeros(differences.size(), 0.0);
  return {.name = std::string(name),
          .pairs = ComparePairs(differences, zeros),
          .count = differences.size(),
          .adjusted = 1.0};
}

// Of several, the one that shows least: against the claim first, then by p.
LossTest Weakest(std::vector<LossTest> tests) {
  return *std::max_element(tests.begin(), tests.end(), [](const LossTest& a, const LossTest& b) {
    const bool a_against = a.pairs.difference < 0.0, b_against = b.pairs.difference < 0.0;
    return a_against != b_against ? b_against : a.pairs.p < b.pairs.p;
  });
}

Numbers Accuracy(const Evidence& evidence, std::string_view loss, std::string_view output,
                 std::string_view noise = "0") {
  return NumbersWith(evidence, "training", {{"loss", loss}, {"output", output}, {"noise", noise}},
                     "accuracy");
}

Numbers WrongStart(const Evidence& evidence, std::string_view loss) {
  return NumbersWith(evidence, "wrong_start", {{"loss", loss}, {"bias", "8"}}, "accuracy");
}

Numbers Pair(const Evidence& evidence, std::string_view loss, std::string_view output) {
  return NumbersWith(evidence, "wrong_pair", {{"loss", loss}, {"output", output}}, "accuracy");
}

Numbers Calibrated(const Evidence& evidence, std::string_view loss, std::string_view what) {
  return NumbersWith(evidence, "calibration", {{"loss", loss}, {"length", "long"}}, what);
}

Numbers LineErrors(const Evidence& evidence, std::string_view loss, std::string_view share) {
  return NumbersWith(evidence, "outliers", {{"loss", loss}, {"share", share}}, "error");
}

}  // namespace

std::vector<double> NumbersWith(const Evidence& evidence, std::string_view series,
                                const RowSettings& settings, std::string_view stem) {
  return NumbersOf(evidence.Row(series, settings).values, stem);
}

std::vector<LossTest> LossTests(const Evidence& evidence) {
  const std::string_view softmax = "softmax_cross_entropy", binary = "binary_cross_entropy";
  std::vector<LossTest> tests = {
      TestOf("softmax-beats-mse",
             Minus(Accuracy(evidence, softmax, "identity"), Accuracy(evidence, "mse", "sigmoid"))),
      TestOf("softmax-beats-mse-of-softmax",
             Minus(Accuracy(evidence, softmax, "identity"), Accuracy(evidence, "mse", "softmax"))),
      TestOf("softmax-beats-binary", Minus(Accuracy(evidence, softmax, "identity"),
                                           Accuracy(evidence, binary, "identity"))),
      TestOf("mae-says-no",
             Minus(Accuracy(evidence, "mae", "softmax"), Accuracy(evidence, "mae", "sigmoid"))),
      TestOf("wrong-start", Minus(WrongStart(evidence, binary), WrongStart(evidence, "mse"))),
      TestOf("mae-forgives", Minus(Accuracy(evidence, "mae", "softmax", "0.4"),
                                   Accuracy(evidence, softmax, "identity", "0.4"))),
      TestOf("too-sure", Calibrated(evidence, softmax, "over")),
      TestOf("smoothing-calibrates",
             Minus(Calibrated(evidence, softmax, "ece"),
                   Calibrated(evidence, "softmax_cross_entropy:0.1", "ece"))),
      TestOf("focal-calibrates",
             Minus(Calibrated(evidence, softmax, "ece"), Calibrated(evidence, "focal", "ece"))),
      TestOf("mse-is-best-without-outliers",
             Minus(LineErrors(evidence, "mae", "0"), LineErrors(evidence, "mse", "0"))),
      TestOf("poisson-counts-better",
             Minus(NumbersWith(evidence, "counts", {{"loss", "mse"}}, "error"),
                   NumbersWith(evidence, "counts", {{"loss", "poisson"}}, "error"))),
      TestOf("softmax-twice-hurts",
             Minus(Pair(evidence, softmax, "identity"), Pair(evidence, softmax, "softmax")))};
  std::vector<LossTest> robust, barriers;
  for (const char* loss : {"mae", "huber", "log_cosh"}) {
    robust.push_back(TestOf("outliers-spoil-mse", Minus(LineErrors(evidence, "mse", "0.2"),
                                                        LineErrors(evidence, loss, "0.2"))));
  }
  for (const Measurement& row : evidence.Series("path")) {
    Numbers shares = NumbersOf(row.values, "barrier");
    for (double& each : shares) each /= row.values.Number("start_1");  // of the first loss
    barriers.push_back(TestOf("solutions-are-apart", shares));
  }
  tests.push_back(Weakest(robust));
  tests.push_back(Weakest(barriers));
  std::vector<double> p;
  for (const LossTest& test : tests) p.push_back(test.pairs.p);
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < tests.size(); ++i) tests[i].adjusted = adjusted[i];
  return tests;
}

Finding ByTest(const Evidence& evidence, std::string_view name, double scale, std::string_view what,
               std::string_view unit) {
  for (const LossTest& test : LossTests(evidence)) {
    if (test.name != name) continue;
    const PairedComparison& pairs = test.pairs;
    const bool shown = test.adjusted <= 0.05;
    return {!shown                   ? Verdict::kNotDecided
            : pairs.difference > 0.0 ? Verdict::kSupported
                                     : Verdict::kNotSupported,
            fmt::format("{} is {:+.3g}{} (95 % interval {:+.3g} to {:+.3g}, {} pairs, p {} after "
                        "Holm)",
                        what, scale * pairs.difference, unit, scale * pairs.interval.low,
                        scale * pairs.interval.high, test.count,
                        test.adjusted < 0.001 ? "< 0.001" : fmt::format("{:.3f}", test.adjusted))};
  }
  throw DataError(fmt::format("no test is called {}", name));
}

}  // namespace lanegrad
