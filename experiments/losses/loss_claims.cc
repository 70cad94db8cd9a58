// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/loss_claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

constexpr const char* kPoints = " points of test accuracy";

Finding FormulaComputes(const Evidence& evidence) {
  const Fields values = evidence.Series("written").front().values;
  const double in_float = values.Number("first_failure_float");
  const double in_double = values.Number("first_failure_double");
  const auto from = [](double z) {
    return z == 0.0 ? std::string("nowhere") : fmt::format("from |z| = {:g} on", z);
  };
  return {in_float == 0.0 && in_double == 0.0   ? Verdict::kSupported
          : in_float == 0.0 || in_double == 0.0 ? Verdict::kQualified
                                                : Verdict::kNotSupported,
          fmt::format("behind a sigmoid it is infinite or not a number, in float, {}, in double, "
                      "{}; from logits its largest error there is {:.1g}",
                      from(in_float), from(in_double), values.Number("kernel_error"))};
}

Finding AnyOutputWillDo(const Evidence& evidence) {
  const Fields values = evidence.Series("written").front().values;
  std::vector<double> shares;
  for (const char* output : {"tanh", "relu", "identity"}) {
    shares.push_back(values.Number(fmt::format("computable_{}", output)));
  }
  const double least = *std::min_element(shares.begin(), shares.end());
  const double most = *std::max_element(shares.begin(), shares.end());
  return {least >= 1.0   ? Verdict::kSupported
          : most >= 0.99 ? Verdict::kQualified
                         : Verdict::kNotSupported,
          fmt::format("of weighted inputs from -20 to 20 the formula has a value for {:.0f} % "
                      "behind tanh, {:.0f} % behind ReLU, {:.0f} % behind the identity",
                      100.0 * shares[0], 100.0 * shares[1], 100.0 * shares[2])};
}

Finding OneCrossEntropy(const Evidence& evidence) {
  const Fields two = evidence.Row("two_entropies", {{"classes", "2"}}).values;
  const Fields ten = evidence.Row("two_entropies", {{"classes", "10"}}).values;
  const bool same_two = std::fabs(two.Number("largest_difference")) <= 1e-9;
  const bool same_ten = std::fabs(ten.Number("largest_difference")) <= 1e-9;
  return {
      same_two && same_ten ? Verdict::kSupported
      : same_two           ? Verdict::kQualified
                           : Verdict::kNotSupported,
      fmt::format("with two classes it differs from the softmax cross-entropy by at most {:.1g}; "
                  "with ten its mean is {:.2f}, the other's {:.2f}",
                  two.Number("largest_difference"), ten.Number("binary"), ten.Number("softmax"))};
}

Finding FactorIsARate(const Evidence& evidence) {
  double least = 1.0, unscaled = 1.0;
  bool accurate = true;
  for (const Measurement& row : evidence.Series("factor")) {
    if (row.settings.Text("optimizer") != "sgd") continue;
    const double equal = row.values.Number("equal");
    if (row.settings.Number("factor") == 1.0) {
      unscaled = equal;
      continue;
    }
    least = std::min(least, equal);
    accurate =
        accurate && row.values.Number("accuracy_first") == row.values.Number("accuracy_second");
  }
  return {least == 1.0 ? Verdict::kSupported
          : accurate   ? Verdict::kQualified
                       : Verdict::kNotSupported,
          fmt::format("half the loss at twice the rate ends with {:.0f} % of the weights equal to "
                      "the last bit; at the same rate with {:.1f} %",
                      100.0 * least, 100.0 * unscaled)};
}

Finding LeastLossIsKnown(const Evidence& evidence) {
  double largest = 0.0;
  std::size_t known = 0;
  for (const Measurement& row : evidence.Series("minimiser")) {
    if (!row.values.Has("oracle")) continue;
    ++known;
    largest =
        std::max(largest, std::fabs(row.values.Number("found") - row.values.Number("oracle")));
  }
  return {largest <= 1e-5 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("the answers found for {} losses lie within {:.1g} of mean, median, quantile "
                      "and logarithm of the mean",
                      known, largest)};
}

Finding AskForProbability(const Evidence& evidence) {
  std::vector<std::string> honest, others;
  for (const Measurement& row : evidence.Series("answer")) {
    const double error =
        std::fabs(row.values.Number("as_probability") - row.values.Number("share"));
    (error <= 1e-4 ? honest : others).push_back(row.settings.Text("loss"));
  }
  return {others.empty()   ? Verdict::kSupported
          : honest.empty() ? Verdict::kNotSupported
                           : Verdict::kQualified,
          fmt::format("of answers of which 3 in 10 are yes, {} ask for 0.3; {} ask for something "
                      "else",
                      honest.empty() ? "none" : fmt::format("{}", fmt::join(honest, ", ")),
                      others.empty() ? "none" : fmt::format("{}", fmt::join(others, ", ")))};
}

Finding SaturatedUnitIsSlow(const Evidence& evidence) {
  const std::vector<double> mse = evidence.Numbers("unit", "mse_steps");
  const std::vector<double> entropy = evidence.Numbers("unit", "binary_cross_entropy_steps");
  const std::size_t last = mse.size() - 1;
  const double growth = mse[last] / mse[last - 1], other = entropy[last] / entropy[last - 1];
  const bool exponential = growth > 2.4 && growth < 3.0, slow = other < 1.5;
  return {
      exponential && slow ? Verdict::kSupported
      : exponential       ? Verdict::kQualified
                          : Verdict::kNotSupported,
      fmt::format("a weighted input of {:g} instead of {:g} takes the squared error {:.2f} "
                  "times as many steps (e is 2.72), cross-entropy {:.2f} times; from {:g} they "
                  "need {:.0f} and {:.0f}",
                  evidence.Numbers("unit", "z")[last], evidence.Numbers("unit", "z")[last - 1],
                  growth, other, evidence.Numbers("unit", "z")[last], mse[last], entropy[last])};
}

Finding ConvexForAUnit(const Evidence& evidence) {
  const double mse = evidence.Row("convexity", {{"loss", "mse"}}).values.Number("broken");
  const double entropy =
      evidence.Row("convexity", {{"loss", "binary_cross_entropy"}}).values.Number("broken");
  return {entropy == 0.0 && mse > 0.0 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("the middle of {:.1f} % of random chords lies below the surface of squared "
                      "error, of {:.1f} % below that of cross-entropy",
                      100.0 * mse, 100.0 * entropy)};
}

Finding StartToEndDescends(const Evidence& evidence) {
  std::size_t falling = 0, all = 0;
  for (const Measurement& row : evidence.Series("path")) {
    const double start = row.values.Number("start_1");
    for (const double rise : NumbersOf(row.values, "rise")) {
      falling += rise <= 0.01 * start;
      ++all;
    }
  }
  return {falling == all       ? Verdict::kSupported
          : 2 * falling >= all ? Verdict::kQualified
                               : Verdict::kNotSupported,
          fmt::format("on {} of {} straight lines the loss never rises by more than 1 % of what it "
                      "began with",
                      falling, all)};
}

// Behind the article's sigmoids, and behind a softmax.
Finding SoftmaxBeatsMse(const Evidence& evidence) {
  Finding finding = ByTest(evidence, "softmax-beats-mse", 100.0,
                           "softmax cross-entropy minus squared error of sigmoids", kPoints);
  const Finding other = ByTest(evidence, "softmax-beats-mse-of-softmax", 100.0,
                               "minus squared error of a softmax it", "");
  if (finding.verdict == Verdict::kSupported && other.verdict != Verdict::kSupported) {
    finding.verdict = Verdict::kQualified;
  }
  finding.figure += "; " + other.figure;
  return finding;
}
Finding SoftmaxBeatsBinary(const Evidence& evidence) {
  return ByTest(evidence, "softmax-beats-binary", 100.0,
                "softmax cross-entropy minus ten binary ones", kPoints);
}
Finding WrongStart(const Evidence& evidence) {
  return ByTest(evidence, "wrong-start", 100.0,
                "with biases that begin at 8, cross-entropy minus squared error", kPoints);
}
Finding SolutionsAreApart(const Evidence& evidence) {
  return ByTest(evidence, "solutions-are-apart", 100.0,
                "for the loss that shows it least surely, the height of the hill between two "
                "solutions",
                " % of the first loss");
}
Finding MaeForgives(const Evidence& evidence) {
  return ByTest(evidence, "mae-forgives", 100.0,
                "with 40 % wrong labels, mae minus cross-entropy, both of a softmax,", kPoints);
}
Finding TooSure(const Evidence& evidence) {
  return ByTest(evidence, "too-sure", 100.0, "mean confidence minus accuracy", " points");
}
// What holds after long training and not after short is qualified.
Finding OfLongTraining(const Evidence& evidence, std::string_view test, std::string_view loss,
                       std::string_view what) {
  Finding finding = ByTest(evidence, test, 100.0, what, " points");
  const auto error = [&](std::string_view of) {
    return Mean(NumbersWith(evidence, "calibration", {{"loss", of}, {"length", "short"}}, "ece"));
  };
  const double at_first = error("softmax_cross_entropy") - error(loss);
  if (finding.verdict == Verdict::kSupported && at_first < 0.0) {
    finding.verdict = Verdict::kQualified;
  }
  finding.figure += fmt::format("; after the shortest training it is {:+.3g}", 100.0 * at_first);
  return finding;
}

Finding SmoothingCalibrates(const Evidence& evidence) {
  return OfLongTraining(evidence, "smoothing-calibrates", "softmax_cross_entropy:0.1",
                        "after long training the calibration error without smoothing minus that "
                        "with 0.1");
}
Finding FocalCalibrates(const Evidence& evidence) {
  return OfLongTraining(evidence, "focal-calibrates", "focal",
                        "after long training the calibration error of cross-entropy minus that of "
                        "the focal loss");
}
Finding MaeSaysNo(const Evidence& evidence) {
  return ByTest(evidence, "mae-says-no", 100.0, "mae of a softmax minus mae of ten sigmoids",
                kPoints);
}
Finding OutliersSpoilMse(const Evidence& evidence) {
  return ByTest(evidence, "outliers-spoil-mse", 1.0,
                "with 20 % outliers the error of mse minus that of the robust loss that gains "
                "least",
                "");
}
Finding MseIsBest(const Evidence& evidence) {
  return ByTest(evidence, "mse-is-best-without-outliers", 1.0,
                "without outliers the error of mae minus that of mse", "");
}
Finding PoissonCounts(const Evidence& evidence) {
  return ByTest(evidence, "poisson-counts-better", 1.0,
                "the error of least squares minus that of Poisson's loss, in the logarithm of the "
                "rate,",
                "");
}
Finding SoftmaxTwice(const Evidence& evidence) {
  return ByTest(evidence, "softmax-twice-hurts", 100.0, "one softmax minus two", kPoints);
}

}  // namespace

std::vector<Claim> TestedClaims() {
  const char* net = "784-32-10, one data set, few samples, each at its own best rate";
  return {
      {"softmax-beats-mse", "Cross-entropy classifies better than squared error.",
       "Golik, Doetsch and Ney 2013", net, SoftmaxBeatsMse},
      {"softmax-beats-binary", "For ten classes the softmax form beats the binary one.",
       "Bridle 1990, by its reason", net, SoftmaxBeatsBinary},
      {"mae-says-no", "mae trains a softmax, but not ten sigmoids.",
       "ours, section 3.4.3: the median of a rare answer is no", net, MaeSaysNo},
      {"wrong-start", "A network that begins wrong and sure is freed by cross-entropy sooner.",
       "Solla, Levin and Fleisher 1988", "a quarter of the epochs; each at its own best rate",
       WrongStart},
      {"solutions-are-apart",
       "Between the solutions of two seeds lies a hill, on the straight line.",
       "Frankle et al. 2020", "units are not matched first, which may flatten it",
       SolutionsAreApart},
      {"mae-forgives",
       "Where many labels are wrong, the absolute error classifies better than cross-entropy.",
       "Ghosh, Kumar and Sastry 2017",
       "wrong labels are spread evenly; rates are chosen on right ones", MaeForgives},
      {"too-sure", "A network that is trained for long is surer than it is right.",
       "Guo et al. 2017", net, TooSure},
      {"smoothing-calibrates", "Label smoothing makes confidences more honest.",
       "Müller, Kornblith and Hinton 2019", "smoothing 0.1, ten bins, rates chosen by accuracy",
       SmoothingCalibrates},
      {"focal-calibrates", "The focal loss makes confidences more honest.", "Mukhoti et al. 2020",
       "γ = 2, ten bins, rates chosen by accuracy", FocalCalibrates},
      {"outliers-spoil-mse",
       "Where some targets are far off, mae, Huber's loss and log-cosh beat squared error.",
       "Huber 1964", "one linear unit, outliers on one side", OutliersSpoilMse},
      {"mse-is-best-without-outliers", "Where the noise is normal, squared error beats mae.",
       "Gauss 1809", "one linear unit", MseIsBest},
      {"poisson-counts-better", "Counts are better fitted by their own loss than by least squares.",
       "Nelder and Wedderburn 1972", "the same model, counts that are Poisson's", PoissonCounts},
      {"softmax-twice-hurts", "A softmax before a loss that contains one does harm.",
       "ours, section 3.4.3", net, SoftmaxTwice},
  };
}

std::vector<Claim> LossClaims() {
  std::vector<Claim> claims = {
      {"formula-computes", "The cross-entropy of section 3.4 can be computed as it is written.",
       "article, section 3.4", "integer weighted inputs up to 200", FormulaComputes,
       Verdict::kNotSupported},
      {"any-output-will-do",
       "It makes sense of the outputs of tanh and ReLU, the other activations that are named.",
       "article, sections 3.3 and 3.4, together", "321 weighted inputs", AnyOutputWillDo,
       Verdict::kNotSupported},
      {"one-cross-entropy", "The formula of section 3.4 is the cross-entropy of classification.",
       "article, section 3.4", "random logits", OneCrossEntropy, Verdict::kQualified},
      {"factor-is-a-rate",
       "A factor before a loss, 1/2 or 1/n, is a learning rate and nothing else.",
       "ours, section 3.4.3", "plain gradient descent without penalties, powers of two",
       FactorIsARate, Verdict::kSupported},
      {"least-loss-is-known",
       "Squared error asks for the mean, absolute error for the median, quantile loss for the "
       "quantile, Poisson's for the mean's logarithm.",
       "Koenker and Bassett 1978; Gneiting 2011", "one constant output, 101 targets",
       LeastLossIsKnown, Verdict::kSupported},
      {"loss-asks-for-probability", "An output with the least loss is a probability.",
       "article, sections 3.4 and 4, by its use", "one constant output", AskForProbability,
       Verdict::kQualified},
      {"saturated-unit-is-slow",
       "The surer a sigmoid is of a wrong answer, the longer squared error needs: exponentially. "
       "Cross-entropy needs time in proportion.",
       "Solla, Levin and Fleisher 1988; Nielsen 2015, chapter 3", "one unit, one sample",
       SaturatedUnitIsSlow, Verdict::kSupported},
      {"convex-for-a-unit", "For one unit cross-entropy is convex, and squared error is not.",
       "Solla, Levin and Fleisher 1988", "ten samples on a line; chords in a square",
       ConvexForAUnit, Verdict::kSupported},
      {"start-to-end-descends",
       "On the straight line from the start of a training to its end the loss has no hill.",
       "Goodfellow, Vinyals and Saxe 2015", "21 places on each line, three losses",
       StartToEndDescends}};
  for (const Claim& claim : TestedClaims()) claims.push_back(claim);
  return claims;
}

}  // namespace lanegrad
