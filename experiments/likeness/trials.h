/// @file
/// The trained networks of section 2.3: who takes part, each at its own best rate.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_TRIALS_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_TRIALS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/neuroscience/credit_training.h"

namespace lanegrad {

/// How large a training is in a profile.
struct TrialSize {
  std::size_t samples;        ///< Training samples.
  std::size_t validation;     ///< Held-out samples, by which rates are chosen.
  std::size_t tests;          ///< Test samples.
  std::size_t epochs;         ///< Passes over the training samples.
  std::size_t hidden;         ///< Units of each of two hidden layers.
  std::size_t tuning_seeds;   ///< Trainings at each rate when a rate is chosen.
  std::vector<double> rates;  ///< To choose from.
};

/// That of a profile.
TrialSize SizeOf(const Scope& scope);

/// One that takes part.
struct Contender {
  std::string name;    ///< "feedback_alignment".
  Settings settings;   ///< All but rate and seed.
  CreditRule rule;     ///< Where its error signals come from.
  Wiring wiring = {};  ///< What it may be connected by.
};

/// All of them. With tanh in two hidden layers: every rule of credit, by its name, a network
/// without hidden layers (`shallow`), and back-propagation with the weight decay that Kolen and
/// Pollack's rule needs (`decayed`). With relu: `relu`, `relu_feedback_alignment`,
/// `relu_frozen_hidden`; under a wiring `dale`, `connectivity_20`, `connectivity_10`, and one so
/// narrow that it has as many weights as the last of them (`narrow`). And `sigmoid`.
std::vector<Contender> Contenders(const TrialSize& size);

/// Trains contenders, side by side, and remembers what was chosen and, of the last seed, trained.
class Trials {
 public:
  explicit Trials(const Scope& scope);                               ///< Of a profile.
  const TrialSize& size() const { return size_; }                    ///< How large.
  const std::vector<Contender>& contenders() const { return all_; }  ///< All of them.

  /// Mean accuracy on held-out samples at each of size().rates, over the tuning seeds, which are no
  /// others' seeds. Computed once.
  const std::vector<double>& Tune(const std::string& name);
  /// The rate of the highest; the smallest of equal ones.
  double RateOf(const std::string& name);

  /// The trained networks of some contenders from one seed; valid until another seed is asked for.
  std::vector<const CreditRun*> Train(const std::vector<std::string>& names, std::uint64_t seed);

  /// Accuracy on the first size().tests test samples.
  double TestAccuracy(const Network& network) const;
  /// The numbers of those samples.
  const std::vector<std::uint32_t>& test_samples() const { return test_samples_; }

  /// Runs body(i) for i < count, as many at a time as there are threads.
  void SideBySide(std::size_t count, const std::function<void(std::size_t)>& body) const;

 private:
  const Contender& Named(const std::string& name) const;
  TrialSize size_;
  std::size_t threads_;
  std::vector<Contender> all_;
  std::vector<std::uint32_t> test_samples_;
  std::map<std::string, std::vector<double>> tuned_;
  std::uint64_t seed_ = 0;
  std::map<std::string, CreditRun> trained_;  // of seed_
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_TRIALS_H_
