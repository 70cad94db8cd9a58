// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/outcome.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

namespace lanegrad {
namespace {

constexpr double kTail = 0.001;

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  constexpr std::string_view names[] = {"ok", "stuck", "diverged", "out of time"};
  return names[static_cast<std::size_t>(outcome)];
}

void OutcomeCounts::Add(Outcome outcome) {
  ok += outcome == Outcome::kOk;
  stuck += outcome == Outcome::kStuck;
  diverged += outcome == Outcome::kDiverged;
  out_of_time += outcome == Outcome::kOutOfTime;
}

void OutcomeCounts::Add(const OutcomeCounts& other) {
  ok += other.ok;
  stuck += other.stuck;
  diverged += other.diverged;
  out_of_time += other.out_of_time;
}

bool IsLikeChance(double accuracy, std::size_t samples, double chance) {
  const double n = static_cast<double>(samples);
  const double right = std::round(accuracy * n);
  if (!(right > 0.0)) return true;
  // P(X >= right) = P(X > right - 1).
  return boost::math::cdf(boost::math::complement(boost::math::binomial(n, chance),
                                                  std::min(right, n) - 1.0)) > kTail;
}

Outcome OutcomeOf(const RunRecord& record, double chance) {
  if (record.status == Status::kOutOfTime) return Outcome::kOutOfTime;
  const bool told = record.health.has_value();
  if (record.status == Status::kDiverged || (told && record.health->diverged)) {
    return Outcome::kDiverged;
  }
  if (told) return record.health->stuck ? Outcome::kStuck : Outcome::kOk;
  if (record.epochs.empty()) return Outcome::kStuck;
  const EpochMetrics& last = record.epochs.back();
  const bool guesses =
      last.validation_accuracy
          ? IsLikeChance(*last.validation_accuracy, record.settings.validation, chance)
          : IsLikeChance(last.train_accuracy, record.settings.samples, chance);
  return guesses ? Outcome::kStuck : Outcome::kOk;
}

}  // namespace lanegrad
