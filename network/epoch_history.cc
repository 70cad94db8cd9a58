// SPDX-License-Identifier: Apache-2.0
#include "network/epoch_history.h"

#include <algorithm>

namespace lanegrad {

EpochHistory::EpochHistory(const Settings& settings, Schedule schedule)
    : settings_(settings), schedule_(schedule) {}

void EpochHistory::Add(const EpochMetrics& epoch) {
  losses_.push_back(epoch.validation_loss.value_or(epoch.train_loss));
  last_ = epoch;
}

StepScalars EpochHistory::Scalars(std::size_t step, Progress at, std::size_t rows) const {
  at.epochs = settings_.epochs;
  at.losses = losses_;
  double factor = schedule_.Factor(at);
  // The first step is not wasted: it has the rate that its end deserves.
  const double after = at.time() + static_cast<double>(rows) / static_cast<double>(at.samples);
  if (settings_.warmup > 0.0) factor *= std::min(1.0, after / settings_.warmup);
  StepScalars scalars = {.rate = static_cast<float>(static_cast<double>(settings_.rate) * factor),
                         .beta1 = settings_.momentum,
                         .beta2 = settings_.decay,
                         .epsilon = settings_.epsilon,
                         .weight_decay = settings_.weight_decay,
                         .clip = settings_.clip,
                         .l1 = settings_.l1,
                         .l2 = settings_.l2};
  scalars.CountSteps(step);
  return scalars;
}

std::size_t EpochHistory::Best() const {
  return static_cast<std::size_t>(std::min_element(losses_.begin(), losses_.end()) -
                                  losses_.begin());
}

// [ended]
bool EpochHistory::Ended() const {
  if (losses_.empty()) return false;
  return (settings_.patience > 0 && losses_.size() - Best() > settings_.patience) ||
         (settings_.stop_loss > 0.0 && last_.train_loss <= settings_.stop_loss) ||
         (settings_.stop_accuracy > 0.0 &&
          last_.validation_accuracy.value_or(0.0) >= settings_.stop_accuracy);
}
// [ended]

}  // namespace lanegrad
