// SPDX-License-Identifier: Apache-2.0
#include "network/trainer.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <optional>

#include "kernels/reduce.h"
#include "network/batch.h"
#include "network/epoch_history.h"
#include "network/evaluation.h"
#include "network/gradient_norm.h"
#include "network/initial_weights.h"
#include "network/max_norm.h"
#include "network/parallel.h"
#include "network/parameters.h"
#include "network/saved_run.h"
#include "network/setting_text.h"
#include "network/split.h"
#include "network/stopwatch.h"
#include "network/team_size.h"

namespace lanegrad {
namespace {

// One run: what its threads share.
class Run {
 public:
  Run(const Settings& settings, const Dataset& data, const RunOptions& options)
      : settings_(Resolve(settings, data)),
        data_(data),
        options_(options),
        loss_(Loss::Named(settings_.loss)),
        optimizer_(Optimizer::Named(settings_.optimizer)),
        history_(settings_),
        network_(settings_.layers,
                 HandlesOf<Activation>(settings_.activation, settings_.layers.size() - 2),
                 Output::Named(settings_.output)),
        team_(WorthwhileThreads(options.threads,
                                network_.FlopsPerSample() * static_cast<double>(settings_.batch))),
        team_size_(team_.size()),
        tallies_(team_.size()),
        split_(SplitSamples(settings_, data)),
        order_(split_.train.size()),
        batch_(settings_, data, split_.train, network_),
        watch_(options.profile) {
    team_.CountWaits(watch_.waited());
    if (options.resume == nullptr) Begin();
    network_.Prepare(optimizer_);
    if (settings_.clip_norm > 0.0f) gradient_norm_.emplace(network_);
    space_ = network_.MakeWorkspace(batch_.rows());
    losses_.resize(std::max({settings_.samples, data.test.count, split_.validation.size()}));
    result_.settings = settings_;
    if (options.resume != nullptr) GoOnFrom(*options.resume);
  }

  RunResult Execute() {
    team_.Run([this] { Lead(); });
    if (failure_) std::rethrow_exception(failure_);
    if (options_.health) Diagnose(result_, network_, data_, batch_.labels(), split_.train);
    result_.digest = DigestOf(result_, data_, network_);
    if (result_.train_seconds > 0.0) {
      result_.samples_per_second = static_cast<double>(samples_done_) / result_.train_seconds;
    }
    return result_;
  }

  Network& network() { return network_; }

 private:
  // The weights before the first step.
  void Begin() {
    if (options_.weights != nullptr || IsImported(settings_.initializer)) {
      PutInitialWeights(network_, settings_.initializer, options_.weights);
    } else {
      network_.Initialize(
          HandlesOf<Initializer>(settings_.initializer, settings_.layers.size() - 1),
          settings_.seed);
    }
  }

  // What the leader does from beginning to end; the others do what it hands out.
  void Lead() {
    // OpenMP may have given fewer threads than were asked for.
    team_size_ = TeamSize(team_.size());
    result_.threads = team_.size();
    const std::size_t begin = begin_epoch_;
    for (std::size_t epoch = begin; epoch < settings_.epochs && !finished_; ++epoch) {
      Permutation(RandomStream(settings_.seed, Stream::kShuffle, epoch), order_.data(),
                  order_.size());
      for (std::uint32_t& each : order_) each = split_.train[each];
      epoch_begin_ = Now();
      Count(epoch == begin ? begin_correct_ : 0);
      for (place_ = epoch == begin ? begin_place_ : 0; place_ < order_.size() && !finished_;) {
        TakeSteps();
      }
      result_.train_seconds += Now() - epoch_begin_;
      if (finished_) break;
      EpochMetrics metrics;
      metrics.train_loss = Mean(order_.size());
      metrics.train_accuracy = Accuracy(order_.size());
      const Evaluation held_out = Evaluate(data_.train, split_.validation);
      metrics.validation_loss = held_out.loss;
      metrics.validation_accuracy = held_out.accuracy;
      FinishEpoch(epoch, metrics);
      watch_.Lap(Phase::kEvaluate);
      if (options_.save &&
          (options_.save_every == 0 || finished_ || result_.epochs.size() == settings_.epochs)) {
        Save();
      }
      watch_.Lap(Phase::kSave);
    }
    RestoreBest();
    if (options_.test && result_.status != Status::kInterrupted) {
      const Evaluation final = Evaluate(data_.test, split_.test);
      result_.test_loss = final.loss;
      result_.test_accuracy = final.accuracy;
      result_.tested = true;
    }
    watch_.Lap(Phase::kEvaluate);
    result_.profiled = options_.profile;
    result_.phase_seconds = watch_.seconds();
  }

  // Steps, by all or by the leader alone, until something else is due.
  void TakeSteps() {
    step_begin_ = Now();
    team_.Dispatch(team_size_.size(), [&, first = place_](const Member& member) {
      Range samples = {first, first};
      do {
        samples = {samples.end, std::min(samples.end + batch_.rows(), order_.size())};
        Step(member, samples);
        if (member.part == 0) FinishStep(samples, member.parts);
        member.Wait();
      } while (more_);  // which the leader cannot change before the next barrier
    });
    watch_.Lap(Phase::kUpdate);
    if (save_due_) Save();
    watch_.Lap(Phase::kSave);
  }

  // One step: the members of a team share each matrix that it computes, and wait where
  // one needs what another has computed. `samples` are places in the epoch's order.
  // [step]
  void Step(const Member& member, Range samples) {
    Stopwatch none(false);
    Stopwatch& watch = member.part == 0 ? watch_ : none;
    const std::size_t count = samples.size();
    const Range rows = member.Slice({0, count});
    const std::span<const std::uint32_t> chosen(order_.data() + samples.begin, count);
    batch_.Load(chosen, rows, result_.epochs.size());
    watch.Lap(Phase::kGather);
    if (member.part == 0) PrepareStep(samples.begin);
    const Dropout dropout = {
        .share = settings_.dropout, .seed = settings_.seed, .step = result_.steps};
    network_.Forward(batch_.x(), count, space_, member,
                     settings_.dropout > 0.0f ? &dropout : nullptr);
    watch.Lap(Phase::kForward);
    tallies_[member.part].count +=
        batch_.Evaluate(network_, loss_, chosen, rows, losses_.data() + samples.begin, space_);
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
    network_.Update(optimizer_, scalars_, batch_.x(), count, space_, member);
    if (settings_.max_norm > 0.0f) LimitNorms(network_, settings_.max_norm, member);
    watch.Lap(Phase::kUpdate);
  }
  // [step]

  // The rate of this step, and what depends on its number. Nobody needs it before the
  // first barrier, nor after the last.
  void PrepareStep(std::size_t first) {
    const double all = static_cast<double>(order_.size());
    const double epoch =
        static_cast<double>(result_.epochs.size()) + static_cast<double>(first) / all;
    scalars_ = history_.Scalars(result_.steps + 1, epoch,
                                epoch + static_cast<double>(batch_.rows()) / all);
  }

  // What the leader does while the others may still be busy with their weights.
  void FinishStep(Range samples, std::size_t parts) {
    ++result_.steps;
    samples_done_ += samples.size();
    place_ = samples.end;
    if (std::any_of(tallies_.begin(), tallies_.end(), [](const Tally& each) { return each.bad; })) {
      result_.status = Status::kDiverged;
      result_.bad_step = result_.steps;
      finished_ = true;
    } else if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) {
      result_.status = Status::kInterrupted;
      finished_ = true;
    }
    const double now = Now();
    team_size_.Note(now - step_begin_, samples.size());
    step_begin_ = now;
    save_due_ =
        options_.save &&
        (finished_ || (options_.save_every > 0 && result_.steps % options_.save_every == 0));
    more_ = !finished_ && !save_due_ && place_ < order_.size() && team_size_.size() == parts;
  }

  void FinishEpoch(std::size_t epoch, const EpochMetrics& metrics) {
    result_.epochs.push_back(metrics);
    place_ = 0;
    history_.Add(metrics);
    if (settings_.restore_best && history_.LastIsBest()) {
      best_ = TakeNumbers(network_, Numbers::kWeights);
    }
    // A rectifier can hide a ruined weight behind outputs that are finite.
    if (!network_.Finite()) {
      result_.status = Status::kDiverged;
      result_.bad_step = result_.steps;
      finished_ = true;
    } else if (history_.Ended()) {
      result_.status = Status::kStopped;
      finished_ = true;
    }
    if (options_.progress) {
      options_.progress(epoch, metrics, static_cast<double>(samples_done_) / result_.train_seconds);
    }
  }

  // Ends with the weights of the best epoch, where that is asked for and they are sound.
  void RestoreBest() {
    const bool sound = result_.status == Status::kOk || result_.status == Status::kStopped;
    if (best_.empty() || !sound) return;
    PutNumbers(network_, Numbers::kWeights, best_);
    result_.kept_epoch = history_.Best() + 1;
  }

  // Hands the state of the run out, between two steps.
  void Save() {
    const double begin = Now();
    Checkpoint checkpoint = Saved(result_, data_, network_);
    checkpoint.samples = samples_done_;
    checkpoint.best = best_;
    if (place_ > 0) {
      checkpoint.place = place_;
      checkpoint.correct = Correct();
      checkpoint.losses.assign(losses_.begin(),
                               losses_.begin() + static_cast<std::ptrdiff_t>(place_));
      checkpoint.seconds += begin - epoch_begin_;
    }
    try {
      options_.save(checkpoint);
    } catch (...) {
      failure_ = std::current_exception();
      result_.status = Status::kInterrupted;
      finished_ = true;
    }
    epoch_begin_ += Now() - begin;
  }

  // Takes over the state of a run that was saved.
  void GoOnFrom(const Checkpoint& from) {
    Restore(from, data_, result_, network_, history_);
    best_ = from.best;
    std::copy(from.losses.begin(), from.losses.end(), losses_.begin());
    samples_done_ = from.samples;
    begin_epoch_ = from.epochs.size();
    begin_place_ = place_ = from.place;
    begin_correct_ = from.correct;
    finished_ = from.status != Status::kOk;
  }

  // Judges the network by `chosen` samples: each thread takes whole chunks; the
  // per-sample losses are then added in sample order.
  Evaluation Evaluate(const Samples& samples, const std::vector<std::uint32_t>& chosen) {
    if (chosen.empty()) return {};
    Count(0);
    const std::size_t chunks = (chosen.size() + kEvaluationChunk - 1) / kEvaluationChunk;
    team_.Dispatch(team_size_.size(), [&](const Member& member) {
      const Range mine = member.Slice({0, chunks});
      const Range places = {mine.begin * kEvaluationChunk,
                            std::min(mine.end * kEvaluationChunk, chosen.size())};
      tallies_[member.part].count =
          EvaluateSlice(network_, loss_, samples, chosen, places, losses_.data());
    });
    return {Mean(chosen.size()), Accuracy(chosen.size())};
  }

  double Mean(std::size_t count) const {
    return Sum({losses_.data(), count}) / static_cast<double>(count);
  }

  // Begins to count anew those that are right.
  void Count(std::size_t from) {
    for (Tally& each : tallies_) each.count = 0;
    tallies_.front().count = from;
  }

  std::size_t Correct() const {
    std::size_t correct = 0;
    for (const Tally& each : tallies_) correct += each.count;
    return correct;
  }

  double Accuracy(std::size_t count) const {
    return static_cast<double>(Correct()) / static_cast<double>(count);
  }

  // Each thread's own, on its own cache lines.
  struct alignas(128) Tally {
    std::size_t count = 0;  // of samples that were right
    bool bad = false;       // whether a loss of its last step was not finite
  };

  const Settings settings_;
  const Dataset& data_;
  const RunOptions& options_;
  const Loss loss_;
  const Optimizer optimizer_;
  EpochHistory history_;
  StepScalars scalars_;  // of the step; written before its first barrier
  bool more_ = false;    // whether another step follows at once
  bool save_due_ = false;
  Network network_;
  Team team_;
  TeamSize team_size_;
  std::vector<Tally> tallies_;  // of each thread
  const Split split_;
  std::vector<std::uint32_t> order_;
  std::optional<GradientNorm> gradient_norm_;
  Batch batch_;
  Workspace space_;
  std::vector<double> losses_;
  std::vector<float> best_;  // weights of the best epoch, where kept
  std::size_t begin_epoch_ = 0, begin_place_ = 0, begin_correct_ = 0;  // where it goes on from
  std::size_t place_ = 0;  // samples of the running epoch that are done
  bool finished_ = false;
  std::exception_ptr failure_;  // of a save
  double epoch_begin_ = 0.0, step_begin_ = 0.0;
  Stopwatch watch_;  // of the leader
  std::size_t samples_done_ = 0;
  RunResult result_;
};

}  // namespace

std::size_t WorthwhileThreads(std::size_t wanted, double flops_per_step) {
  // Two barriers a step cost a thread a few microseconds; a megaflop is about ten.
  constexpr double kFlopsPerThread = 2e6;
  const double worth = std::max(1.0, flops_per_step / kFlopsPerThread);
  return std::max<std::size_t>(1, std::min(wanted, static_cast<std::size_t>(worth)));
}

RunResult Train(const Settings& settings, const Dataset& data, const RunOptions& options,
                Network* network) {
  Run run(settings, data, options);
  RunResult result = run.Execute();
  if (network != nullptr) *network = std::move(run.network());
  return result;
}

}  // namespace lanegrad
