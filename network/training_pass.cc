// SPDX-License-Identifier: Apache-2.0
#include "network/training_pass.h"

#include <algorithm>
#include <cmath>

#include "kernels/random.h"
#include "kernels/reduce.h"
#include "network/evaluation.h"
#include "network/max_norm.h"

namespace lanegrad {

TrainingPass::TrainingPass(const ResolvedSettings& resolved, const Dataset& data,
                           std::span<const std::uint32_t> chosen, const EpochHistory& history,
                           Network& network, std::size_t members, const InputScaling* scaling)
    : settings_(resolved.settings),
      loss_(resolved.loss),
      optimizer_(resolved.optimizer),
      history_(history),
      chosen_(chosen),
      samples_(data.train),
      order_(chosen.size()),
      network_(network),
      batch_(resolved, data, chosen, network, scaling),
      space_(network.MakeWorkspace(batch_.rows())),
      losses_(chosen.size()),
      squares_(data.regression() ? chosen.size() : 0),
      tallies_(members) {
  if (settings_.clip_norm > 0.0f) gradient_norm_.emplace(network);
}

void TrainingPass::Begin(std::size_t epoch, std::span<const double> losses, std::size_t correct) {
  epoch_ = epoch;
  Permutation(RandomStream(SeedOr(settings_.order_seed, settings_.seed), Stream::kShuffle, epoch),
              order_.data(), order_.size());
  for (std::uint32_t& each : order_) each = chosen_[each];
  const std::size_t done = squares_.empty() ? losses.size() : losses.size() / 2;
  std::copy_n(losses.begin(), done, losses_.begin());
  std::copy(losses.begin() + static_cast<std::ptrdiff_t>(done), losses.end(), squares_.begin());
  for (Tally& each : tallies_) each.correct = 0;
  tallies_.front().correct = correct;
}

// The members of a team share each matrix that a step computes, and wait where one needs
// what another has computed.
// [step]
void TrainingPass::Step(const Member& member, Range samples, std::size_t taken, Stopwatch& watch) {
  const std::size_t count = samples.size();
  const Range rows = member.Slice({0, count});
  const std::span<const std::uint32_t> chosen(order_.data() + samples.begin, count);
  batch_.Load(chosen, rows, epoch_);
  watch.Lap(Phase::kGather);
  if (member.part == 0) PrepareStep(samples.begin, taken);
  const Dropout dropout = {.share = settings_.dropout,
                           .seed = SeedOr(settings_.noise_seed, settings_.seed),
                           .step = taken};
  network_.Forward(batch_.x(), count, space_, member,
                   settings_.dropout > 0.0f ? &dropout : nullptr);
  watch.Lap(Phase::kForward);
  tallies_[member.part].correct +=
      batch_.Evaluate(network_, loss_, chosen, rows, losses_.data() + samples.begin,
                      squares_.empty() ? nullptr : squares_.data() + samples.begin, space_);
  const std::span<const double> losses(losses_.data() + samples.begin + rows.begin, rows.size());
  tallies_[member.part].bad =
      !std::all_of(losses.begin(), losses.end(), [](double loss) { return std::isfinite(loss); });
  watch.Lap(Phase::kLoss);
  network_.Backward(count, space_, member);
  watch.Lap(Phase::kBackward);
  // A batch of each member's own, which spares the barrier after the gather, gained
  // nothing (784-512-512-10 at batch 128, two threads).
  member.Wait();
  if (gradient_norm_) {
    gradient_norm_->Clip(settings_.clip_norm, network_, batch_.x(), count, space_, member);
  }
  network_.Update(optimizer_, scalars_, batch_.x(), count, space_, member, After(samples, member));
  if (settings_.max_norm > 0.0f) LimitNorms(network_, settings_.max_norm, member);
  watch.Lap(Phase::kUpdate);
}
// [step]

// This member's share of the samples that the next step will gather.
RowsAhead TrainingPass::After(Range samples, const Member& member) const {
  const Range next = {samples.end, std::min(samples.end + step_size(), size())};
  const Range rows = member.Slice(next);
  return samples_.Ahead({order_.data() + rows.begin, rows.size()});
}

// The rate of this step, and what depends on its number.
void TrainingPass::PrepareStep(std::size_t first, std::size_t taken) {
  const Progress at = {
      .epoch = epoch_, .sample = first, .samples = order_.size(), .epochs = 1, .losses = {}};
  scalars_ = history_.Scalars(taken + 1, at, batch_.rows());
}

bool TrainingPass::LastStepWasBad() const {
  return std::any_of(tallies_.begin(), tallies_.end(), [](const Tally& each) { return each.bad; });
}

std::size_t TrainingPass::Correct() const {
  std::size_t correct = 0;
  for (const Tally& each : tallies_) correct += each.correct;
  return correct;
}

double TrainingPass::MeanLoss() const { return Sum(losses_) / static_cast<double>(size()); }

std::vector<double> TrainingPass::SavedLosses(std::size_t count) const {
  const auto end = static_cast<std::ptrdiff_t>(count);
  std::vector<double> saved(losses_.begin(), losses_.begin() + end);
  if (!squares_.empty()) saved.insert(saved.end(), squares_.begin(), squares_.begin() + end);
  return saved;
}

double TrainingPass::Accuracy() const {
  if (!squares_.empty()) return RSquared(squares_, samples_, chosen_);
  return static_cast<double>(Correct()) / static_cast<double>(size());
}

}  // namespace lanegrad
