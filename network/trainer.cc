// SPDX-License-Identifier: Apache-2.0
#include "network/trainer.h"

#include <algorithm>
#include <cmath>

#include "kernels/reduce.h"
#include "network/evaluation.h"
#include "network/noise.h"
#include "network/parallel.h"
#include "network/schedule.h"
#include "network/split.h"
#include "network/stopwatch.h"

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
        schedule_(Schedule::Named(settings_.schedule)),
        scalars_{.rate = settings_.rate,
                 .momentum = settings_.momentum,
                 .decay = settings_.decay,
                 .epsilon = settings_.epsilon,
                 .shrink = settings_.shrink,
                 .clip = settings_.clip,
                 .l1 = settings_.l1,
                 .l2 = settings_.l2},
        network_(settings_.layers, Activation::Named(settings_.activation),
                 Output::Named(settings_.output)),
        threads_(WorthwhileThreads(
            options.threads, network_.FlopsPerSample() * static_cast<double>(settings_.batch))),
        barrier_(threads_),
        correct_(threads_),
        split_(SplitSamples(settings_, data)),
        order_(split_.train.size()) {
    network_.Initialize(Initializer::Named(settings_.initializer), settings_.seed);
    network_.Prepare(optimizer_);
    labels_ = TaughtLabels(data, split_.train, settings_.label_noise, settings_.seed);
    const std::size_t batch = std::min(settings_.batch, settings_.samples);
    x_ = Matrix(batch, network_.inputs());
    y_ = Matrix(batch, network_.outputs());
    space_ = network_.MakeWorkspace(batch);
    losses_.resize(std::max(settings_.samples, data.test.count));
    losses_.resize(std::max(losses_.size(), split_.validation.size()));
    result_.settings = settings_;
    result_.threads = threads_;
  }

  RunResult Execute() {
    RunTeam(threads_, [this](std::size_t thread) { Work(thread); });
    result_.digest = Digest();
    if (result_.train_seconds > 0.0) {
      result_.samples_per_second = static_cast<double>(samples_done_) / result_.train_seconds;
    }
    return result_;
  }

  Network& network() { return network_; }

 private:
  // What one thread does from beginning to end. Decisions are made by thread 0
  // between two barriers and read by all after the second.
  void Work(std::size_t thread) {
    Stopwatch watch(options_.profile && thread == 0);
    for (std::size_t epoch = 0; epoch < settings_.epochs; ++epoch) {
      if (thread == 0) {
        Permutation(RandomStream(settings_.seed, Stream::kShuffle, epoch), order_.data(),
                    order_.size());
        for (std::uint32_t& each : order_) each = split_.train[each];
        epoch_begin_ = Now();
      }
      correct_[thread].count = 0;
      barrier_.Wait();
      const std::size_t batch = x_.rows();
      for (std::size_t first = 0; first < order_.size() && !finished_; first += batch) {
        Step(thread, {first, std::min(first + batch, order_.size())}, watch);
      }
      if (thread == 0) result_.train_seconds += Now() - epoch_begin_;
      if (finished_) break;
      EpochMetrics metrics;
      if (thread == 0) {
        metrics.train_loss = Mean(order_.size());
        metrics.train_accuracy = Accuracy(order_.size());
      }
      barrier_.Wait();
      const Evaluation held_out = Judge(thread, data_.train, split_.validation);
      if (thread == 0) {
        metrics.validation_loss = held_out.loss;
        metrics.validation_accuracy = held_out.accuracy;
        FinishEpoch(epoch, metrics);
      }
      barrier_.Wait();
      watch.Lap(Phase::kEvaluate);
      if (finished_) break;
    }
    if (options_.test && result_.status != Status::kInterrupted) {
      const Evaluation final = Judge(thread, data_.test, split_.test);
      if (thread == 0) {
        result_.test_loss = final.loss;
        result_.test_accuracy = final.accuracy;
        result_.tested = true;
      }
    }
    watch.Lap(Phase::kEvaluate);
    if (thread == 0) result_.phase_seconds = watch.seconds();
  }

  // One step: each thread carries its share of the batch forward and back, then
  // takes its share of the weights. `samples` are places in the epoch's order.
  // [step]
  void Step(std::size_t thread, Range samples, Stopwatch& watch) {
    const std::size_t count = samples.size();
    const Member member = {thread, threads_, &barrier_};
    const Range rows = member.Of({0, count});
    const std::span<const std::uint32_t> chosen(order_.data() + samples.begin, count);
    Gather(data_.train, chosen, rows, x_.view(), y_.view());
    if (settings_.input_noise > 0.0f) {
      AddNoise(settings_.input_noise, settings_.seed, result_.epochs.size(), chosen, rows,
               x_.view());
    }
    if (settings_.label_noise > 0.0) Mislabel(data_.train, labels_, chosen, rows, y_.view());
    watch.Lap(Phase::kGather);
    if (thread == 0) PrepareStep(samples.begin);
    const Dropout dropout = {
        .share = settings_.dropout, .seed = settings_.seed, .step = result_.steps};
    network_.Forward(x_.view(), count, space_, member,
                     settings_.dropout > 0.0f ? &dropout : nullptr);
    watch.Lap(Phase::kForward);
    network_.Judge(loss_, y_.view(), rows, 1.0 / static_cast<double>(count),
                   losses_.data() + samples.begin, space_);
    correct_[thread].count += CountCorrect(
        space_.values.back().view(), Labels(chosen, rows, thread), rows, loss_.info().threshold);
    watch.Lap(Phase::kLoss);
    network_.Backward(count, space_, member);
    watch.Lap(Phase::kBackward);
    barrier_.Wait();
    watch.Lap(Phase::kWait);
    network_.Update(optimizer_, scalars_, x_.view(), count, space_, member);
    if (thread == 0) FinishStep(samples);
    watch.Lap(Phase::kUpdate);
    barrier_.Wait();
    watch.Lap(Phase::kWait);
  }
  // [step]

  // The labels of a thread's rows of the batch, by row.
  const std::uint8_t* Labels(std::span<const std::uint32_t> chosen, Range rows,
                             std::size_t thread) {
    std::vector<std::uint8_t>& labels = correct_[thread].labels;
    labels.resize(std::max(labels.size(), chosen.size()));
    for (std::size_t r = rows.begin; r < rows.end; ++r) {
      labels[r] = labels_[chosen[r]];
    }
    return labels.data();
  }

  // The rate of this step, and what depends on its number.
  void PrepareStep(std::size_t first) {
    const double epoch = static_cast<double>(result_.epochs.size()) +
                         static_cast<double>(first) / static_cast<double>(order_.size());
    double factor = schedule_.Factor(
        {.epoch = epoch, .epochs = static_cast<double>(settings_.epochs), .losses = judged_});
    if (settings_.warmup > 0.0) {
      // The first step is not wasted: it has the rate that its end deserves.
      const double after =
          epoch + static_cast<double>(x_.rows()) / static_cast<double>(order_.size());
      factor *= std::min(1.0, after / settings_.warmup);
    }
    scalars_.rate = static_cast<float>(static_cast<double>(settings_.rate) * factor);
    scalars_.CountSteps(result_.steps + 1);
  }

  void FinishStep(Range samples) {
    ++result_.steps;
    samples_done_ += samples.size();
    for (std::size_t i = samples.begin; i < samples.end; ++i) {
      if (!std::isfinite(losses_[i])) {
        result_.status = Status::kDiverged;
        result_.bad_step = result_.steps;
        finished_ = true;
        return;
      }
    }
    if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) {
      result_.status = Status::kInterrupted;
      finished_ = true;
    }
  }

  void FinishEpoch(std::size_t epoch, const EpochMetrics& metrics) {
    result_.epochs.push_back(metrics);
    judged_.push_back(settings_.validation > 0 ? metrics.validation_loss : metrics.train_loss);
    const auto least = std::min_element(judged_.begin(), judged_.end());
    const bool tired = settings_.patience > 0 &&
                       static_cast<std::size_t>(judged_.end() - least) > settings_.patience;
    // A rectifier can hide a ruined weight behind outputs that are finite.
    if (!network_.Finite()) {
      result_.status = Status::kDiverged;
      result_.bad_step = result_.steps;
      finished_ = true;
    } else if (tired || (settings_.stop_loss > 0.0 && metrics.train_loss <= settings_.stop_loss) ||
               (settings_.stop_accuracy > 0.0 &&
                metrics.validation_accuracy >= settings_.stop_accuracy)) {
      result_.status = Status::kStopped;
      finished_ = true;
    }
    if (options_.progress) {
      options_.progress(epoch, metrics, static_cast<double>(samples_done_) / result_.train_seconds);
    }
  }

  // Judges the network by `chosen` samples: each thread takes whole chunks; the
  // per-sample losses are then added in sample order. All threads must call it.
  Evaluation Judge(std::size_t thread, const Samples& samples,
                   const std::vector<std::uint32_t>& chosen) {
    if (chosen.empty()) return {};
    const std::size_t chunks = (chosen.size() + kEvaluationChunk - 1) / kEvaluationChunk;
    const Range mine = Slice({0, chunks}, thread, threads_);
    const Range places = {mine.begin * kEvaluationChunk,
                          std::min(mine.end * kEvaluationChunk, chosen.size())};
    correct_[thread].count = JudgeSlice(network_, loss_, samples, chosen, places, losses_.data());
    barrier_.Wait();
    Evaluation evaluation;
    if (thread == 0) evaluation = {Mean(chosen.size()), Accuracy(chosen.size())};
    barrier_.Wait();
    return evaluation;
  }

  double Mean(std::size_t count) const {
    return Sum({losses_.data(), count}) / static_cast<double>(count);
  }

  double Accuracy(std::size_t count) const {
    std::size_t correct = 0;
    for (const Tally& each : correct_) correct += each.count;
    return static_cast<double>(correct) / static_cast<double>(count);
  }

  std::string Digest() const {
    Hasher hasher;
    hasher.Add(RunKey(settings_, data_));
    hasher.Add(StatusName(result_.status));
    hasher.Add(static_cast<std::uint64_t>(result_.steps));
    for (const EpochMetrics& epoch : result_.epochs) {
      hasher.Add(epoch.train_loss);
      hasher.Add(epoch.train_accuracy);
      hasher.Add(epoch.validation_loss);
      hasher.Add(epoch.validation_accuracy);
    }
    network_.AddTo(hasher);
    return hasher.Hex();
  }

  // Each thread's own, on its own cache lines.
  struct alignas(128) Tally {
    std::size_t count = 0;
    std::vector<std::uint8_t> labels;
  };

  const Settings settings_;
  const Dataset& data_;
  const RunOptions& options_;
  const Loss loss_;
  const Optimizer optimizer_;
  const Schedule schedule_;
  StepScalars scalars_;  // written by thread 0 before the first barrier of a step
  Network network_;
  const std::size_t threads_;
  Barrier barrier_;
  std::vector<Tally> correct_;
  const Split split_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint8_t> labels_;  // of the training samples, as they are taught
  Matrix x_, y_;
  Workspace space_;
  std::vector<double> losses_;
  std::vector<double> judged_;  // one loss an epoch, by which rates and ends are decided
  bool finished_ = false;
  double epoch_begin_ = 0.0;
  std::size_t samples_done_ = 0;
  RunResult result_;
};

}  // namespace

std::size_t WorthwhileThreads(std::size_t wanted, double flops_per_step) {
  // Two meetings a step cost a thread a few microseconds; a megaflop is about ten.
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
