// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/outcome.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

namespace lanegrad {
namespace {

constexpr double kTail = 0.001;

// A member of `health` that says yes.
bool Says(const Json& health, const char* name) {
  const auto member = health.find(name);
  return member != health.end() && member->is_boolean() && member->get<bool>();
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  constexpr std::string_view kNames[] = {"ok", "stuck", "diverged"};
  return kNames[static_cast<std::size_t>(outcome)];
}

void OutcomeCounts::Add(Outcome outcome) {
  ok += outcome == Outcome::kOk;
  stuck += outcome == Outcome::kStuck;
  diverged += outcome == Outcome::kDiverged;
}

void OutcomeCounts::Add(const OutcomeCounts& other) {
  ok += other.ok;
  stuck += other.stuck;
  diverged += other.diverged;
}

bool IsLikeChance(double accuracy, std::size_t samples, double chance) {
  const double n = static_cast<double>(samples);
  const double right = std::round(accuracy * n);
  if (!(right > 0.0)) return true;
  // P(X >= right) = P(X > right - 1).
  return boost::math::cdf(boost::math::complement(boost::math::binomial(n, chance),
                                                  std::min(right, n) - 1.0)) > kTail;
}

Outcome OutcomeOf(const Json& record, double chance) {
  const auto health = record.find("health");
  const bool told = health != record.end() && health->is_object();
  if (record.at("status") == "diverged" || (told && Says(*health, "diverged"))) {
    return Outcome::kDiverged;
  }
  if (told && health->contains("stuck")) {
    return Says(*health, "stuck") ? Outcome::kStuck : Outcome::kOk;
  }
  const Json& epochs = record.at("epochs");
  if (epochs.empty()) return Outcome::kStuck;
  const Json& settings = record.at("settings");
  const auto held_out = settings.at("validation").get<std::size_t>();
  const double accuracy =
      FromJson(epochs.back().at(held_out > 0 ? "validation_accuracy" : "train_accuracy"));
  const std::size_t samples = held_out > 0 ? held_out : settings.at("samples").get<std::size_t>();
  return IsLikeChance(accuracy, samples, chance) ? Outcome::kStuck : Outcome::kOk;
}

}  // namespace lanegrad
