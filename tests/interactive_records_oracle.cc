// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "docs/figure_data.h"
#include "experiments/compute/workload.h"
#include "experiments/little_data/learning_curves.h"
#include "experiments/neuroscience/integrate_and_fire.h"
#include "experiments/neuroscience/response_fit.h"
#include "tests/interactive_oracle.h"

namespace lanegrad {
namespace {

// Rows of model, law, how many sizes it was fitted to, and what it promises for the last one.
Json LawRows(const Evidence& evidence) {
  Json all;
  for (const char* name : {"none", "linear", "neighbours"}) {
    const LearningCurve curve = CurveOf(evidence, name);
    const std::vector<double> errors = MeanErrors(curve, SeedsOf(curve));
    for (std::size_t used = 3; used <= curve.n.size() && used <= 7; ++used) {
      const auto n = std::span<const double>(curve.n).first(used);
      const auto error = std::span<const double>(errors).first(used);
      all.push_back(
          {curve.label, "without offset", used, FitPowerLaw(n, error).At(curve.n.back())});
      // Three numbers go through three points, whatever they are: there is nothing to compare.
      if (used < 4) continue;
      all.push_back(
          {curve.label, "with offset", used, FitPowerLawWithOffset(n, error).At(curve.n.back())});
    }
  }
  return all;
}

// Rows of activation, the largest current, and what the best fit explains.
Json ResponseRows() {
  Json all;
  for (const double most : {2.0, 5.0, 20.0}) {
    const std::vector<double> inputs = EvenInputs(most, 81);
    std::vector<double> rates;
    for (const double input : inputs) rates.push_back(FiringRate(IntegrateAndFire{}, input));
    for (const Response& response : Responses()) {
      const ResponseFit fit = FitResponse(response, inputs, rates);
      all.push_back({response.name, most, fit.gain, fit.threshold, fit.amplitude, fit.r_squared});
    }
  }
  return all;
}

// Rows of history and temperature, and the bits of the next letter.
Json LetterRows() {
  Json all;
  for (const std::string& history : LetterHistories()) {
    double bits = 0.0;
    for (const double share : LetterShares(history)) bits -= share * std::log2(share);
    all.push_back({history, bits});
  }
  return all;
}

}  // namespace

void AddRecordRows(const std::filesystem::path& records, Json& all) {
  all["laws"] = LawRows(ReadEvidence(records, "05_3_little_data"));
  all["responses"] = ResponseRows();
  all["letters"] = LetterRows();
  for (const std::size_t width : {16u, 1024u}) all["work"].push_back({width, TrainingWork(width)});
}

}  // namespace lanegrad
