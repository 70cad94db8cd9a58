// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/score.h"

#include <fmt/format.h>

#include <cmath>

namespace lanegrad {

Score ScoreOf(const RunRecord& run) { return run.target.empty() ? Score::kAccuracy : Score::kR2; }

Score ScoreOf(const Dataset& data) { return data.regression() ? Score::kR2 : Score::kAccuracy; }

std::string_view ScoreName(Score score) { return IsShare(score) ? "accuracy" : "R²"; }

std::string_view ScoreLabel(Score score) { return IsShare(score) ? "accuracy, %" : "R²"; }

std::string ScoreText(Score score, double value) { return ScoreText(score, value, NAN); }

std::string ScoreText(Score score, double value, double half) {
  if (!std::isfinite(value)) return "-";
  const std::string text = DifferenceText(score, value, half);
  return IsShare(score) ? text + " %" : text;
}

std::string DifferenceText(Score score, double difference, double half) {
  const auto text = [&](double value) {
    return IsShare(score) ? fmt::format("{:.2f}", 100.0 * value) : fmt::format("{:.4f}", value);
  };
  return std::isnan(half) ? text(difference) : fmt::format("{} ± {}", text(difference), text(half));
}

std::string_view DifferenceUnit(Score score) {
  return IsShare(score) ? "points of test accuracy" : "test R²";
}

}  // namespace lanegrad
