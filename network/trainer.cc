// SPDX-License-Identifier: Apache-2.0
#include "network/trainer.h"

#include <algorithm>
#include <exception>

#include "network/epoch_history.h"
#include "network/evaluation.h"
#include "network/initial_weights.h"
#include "network/parallel.h"
#include "network/parameters.h"
#include "network/resolved_settings.h"
#include "network/saved_run.h"
#include "network/split.h"
#include "network/stopwatch.h"
#include "network/team_size.h"
#include "network/training_pass.h"

namespace lanegrad {
namespace {

// One run: what its leader does and knows.
class Run {
 public:
  Run(const Settings& settings, const Dataset& data, const RunOptions& options)
      : resolved_(Resolve(settings, data)),
        data_(data),
        options_(options),
        split_(SplitSamples(settings_, data)),
        network_(settings_.layers, resolved_.activations, resolved_.output),
        team_(WorthwhileThreads(options.threads,
                                network_.FlopsPerSample() * static_cast<double>(settings_.batch))),
        history_(settings_, resolved_.schedule),
        pass_(resolved_, data, split_.train, history_, network_, team_.size(),
              options.weights != nullptr && options.weights->scaling ? &*options.weights->scaling
                                                                     : nullptr),
        watch_(options.profile) {
    team_.CountWaits(watch_.waited());
    if (options.resume == nullptr) SetInitialWeights(network_, resolved_, options.weights);
    network_.Prepare(resolved_.optimizer);
    result_.settings = settings_;
    result_.scaling = pass_.scaling();
    if (options.resume != nullptr) GoOnFrom(*options.resume);
  }

  // `network`, where not null, receives the network.
  RunResult Execute(Network* network) {
    team_.Run([this] { Lead(); });
    if (failure_) std::rethrow_exception(failure_);
    if (result_.status != Status::kOutOfTime) {
      result_.digest = DigestOf(result_, data_, network_);
    }
    FindDivergence(result_);
    if (options_.health) {
      Diagnose(result_, network_, resolved_.loss, data_, pass_.labels(), split_.train,
               pass_.scaling());
    }
    if (result_.train_seconds > 0.0) {
      result_.samples_per_second = static_cast<double>(samples_done_) / result_.train_seconds;
    }
    if (network != nullptr) *network = std::move(network_);
    return result_;
  }

 private:
  // [lead]
  // What the leader does from beginning to end; the others do what it hands out.
  void Lead() {
    // OpenMP may have given fewer threads than were asked for.
    team_size_ = TeamSize(team_.size());
    result_.threads = team_.size();
    for (std::size_t epoch = result_.epochs.size(); epoch < settings_.epochs && !finished_;
         ++epoch) {
      TakeEpoch(epoch);
    }
    RestoreBest();
    const bool broken_off =
        result_.status == Status::kInterrupted || result_.status == Status::kOutOfTime;
    if (options_.test && !broken_off) {
      const Evaluation final = Evaluate(TestSamples(settings_, data_), split_.test);
      result_.test_loss = final.loss;
      result_.test_accuracy = final.accuracy;
      result_.test_rmse = final.rmse;
      result_.test_samples = split_.test.size();
      result_.tested = true;
    }
    watch_.Lap(Phase::kEvaluate);
    result_.profiled = options_.profile;
    result_.phase_seconds = watch_.seconds();
  }
  // [lead]

  void TakeEpoch(std::size_t epoch) {
    epoch_begin_ = Now();
    pass_.Begin(epoch, resumed_.losses, resumed_.correct);
    // Of a regression squared errors are behind the losses.
    place_ = resumed_.losses.size() / (data_.regression() ? 2 : 1);
    resumed_ = {};
    while (place_ < pass_.size() && !finished_) TakeSteps();
    result_.train_seconds += Now() - epoch_begin_;
    if (finished_) return;
    EpochMetrics metrics = {.train_loss = pass_.MeanLoss(), .train_accuracy = pass_.Accuracy()};
    if (!split_.validation.empty()) {
      const Evaluation held_out = Evaluate(HeldOutSamples(data_), split_.validation);
      metrics.validation_loss = held_out.loss;
      metrics.validation_accuracy = held_out.accuracy;
    }
    if (options_.test_every_epoch) {
      const Evaluation test = Evaluate(TestSamples(settings_, data_), split_.test);
      metrics.test_loss = test.loss;
      metrics.test_accuracy = test.accuracy;
    }
    FinishEpoch(epoch, metrics);
    watch_.Lap(Phase::kEvaluate);
    const bool last = finished_ || result_.epochs.size() == settings_.epochs;
    if (options_.save && (options_.save_every == 0 || last)) Save();
    watch_.Lap(Phase::kSave);
  }

  // Steps, by all or by the leader alone, until something else is due.
  void TakeSteps() {
    step_begin_ = Now();
    team_.Dispatch(team_size_.size(), [&, first = place_](const Member& member) {
      Stopwatch none(false);
      Range samples = {first, first};
      do {
        samples = {samples.end, std::min(samples.end + pass_.step_size(), pass_.size())};
        pass_.Step(member, samples, result_.steps, member.part == 0 ? watch_ : none);
        if (member.part == 0) FinishStep(samples, member.parts);
        member.Wait();
      } while (more_);  // which the leader cannot change before the next barrier
    });
    watch_.Lap(Phase::kUpdate);
    if (save_due_) Save();
    watch_.Lap(Phase::kSave);
  }

  // What the leader does while the others may still be busy with their weights.
  void FinishStep(Range samples, std::size_t parts) {
    ++result_.steps;
    samples_done_ += samples.size();
    place_ = samples.end;
    if (pass_.LastStepWasBad()) {
      End(Status::kDiverged);
    } else if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) {
      End(Status::kInterrupted);
    }
    const double now = Now();
    if (!finished_ && now >= options_.deadline && !LastStep()) End(Status::kOutOfTime);
    team_size_.Note(now - step_begin_, samples.size());
    step_begin_ = now;
    save_due_ =
        options_.save &&
        (finished_ || (options_.save_every > 0 && result_.steps % options_.save_every == 0));
    more_ = !finished_ && !save_due_ && place_ < pass_.size() && team_size_.size() == parts;
  }

  // Whether no step is left: then the run is done, whatever the clock says.
  bool LastStep() const {
    return place_ == pass_.size() && result_.epochs.size() + 1 == settings_.epochs;
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
      End(Status::kDiverged);
    } else if (history_.Ended()) {
      End(Status::kStopped);
    }
    if (options_.progress) {
      options_.progress(epoch, metrics, static_cast<double>(samples_done_) / result_.train_seconds);
    }
  }

  // No step follows.
  void End(Status status) {
    result_.status = status;
    if (status == Status::kDiverged) result_.bad_step = result_.steps;
    finished_ = true;
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
    Checkpoint checkpoint = Saved(result_, data_, network_, pass_, place_);
    checkpoint.samples = samples_done_;
    checkpoint.best = best_;
    if (place_ > 0) checkpoint.seconds += begin - epoch_begin_;
    try {
      options_.save(checkpoint);
    } catch (...) {
      failure_ = std::current_exception();
      End(Status::kInterrupted);
    }
    epoch_begin_ += Now() - begin;
  }

  // Takes over the state of a run that was saved.
  void GoOnFrom(const Checkpoint& from) {
    Restore(from, data_, result_, network_, history_);
    best_ = from.best;
    samples_done_ = from.samples;
    place_ = from.place;
    resumed_ = {.losses = from.losses, .correct = from.correct};
    finished_ = from.status != Status::kOk;
  }

  Evaluation Evaluate(const Samples& samples, std::span<const std::uint32_t> chosen) {
    return EvaluateNetwork(network_, resolved_.loss, samples, chosen, team_, team_size_.size(),
                           pass_.scaling());
  }

  // Given: nobody writes these once the run has begun.
  const ResolvedSettings resolved_;
  const Settings& settings_ = resolved_.settings;
  const Dataset& data_;
  const RunOptions& options_;
  const Split split_;

  // What the members of the team share. In a step each writes its own part of the network
  // (training_pass.h); between two steps the leader alone, as it does the history.
  Network network_;
  Team team_;
  EpochHistory history_;
  TrainingPass pass_;

  // The leader writes these in or after a step, before the barrier that ends it; the others
  // read `more_` and `result_.steps` after that barrier.
  bool more_ = false;  // whether another step follows at once
  RunResult result_;

  // The leader's alone.
  TeamSize team_size_{1};  // of those that there are
  Stopwatch watch_;
  bool save_due_ = false;
  bool finished_ = false;
  std::size_t place_ = 0;         // samples of the running epoch that are done
  std::size_t samples_done_ = 0;  // in all epochs
  double epoch_begin_ = 0.0, step_begin_ = 0.0;
  std::vector<float> best_;     // weights of the best epoch, where kept
  std::exception_ptr failure_;  // of a save

  // What the epoch that is gone on with had come to.
  struct Resumed {
    std::vector<double> losses;
    std::size_t correct = 0;
  };
  Resumed resumed_;
};

}  // namespace

RunResult Train(const Settings& settings, const Dataset& data, const RunOptions& options,
                Network* network) {
  return Run(settings, data, options).Execute(network);
}

}  // namespace lanegrad
