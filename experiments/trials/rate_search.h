/// @file
/// A learning rate of its own for everything that is compared: tried on held-out samples, then
/// run again with fresh seeds.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRIALS_RATE_SEARCH_H_
#define LANEGRAD_EXPERIMENTS_TRIALS_RATE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace lanegrad {

/// One training: with which rate and seed, and why.
struct Trial {
  float rate = 0.0f;       ///< Learning rate.
  std::uint64_t seed = 1;  ///< Of weights and order.
  bool final = false;      ///< Whether it may read the test set; else it is for choosing a rate.
};

/// Carries out a trial. While a rate is chosen only the first number counts: the accuracy on
/// held-out samples. A final one returns whatever is to be kept. Called on several threads.
using TrialNumbers = std::function<std::vector<double>(const Trial&)>;

/// How much is tried: the same for all that is compared.
struct RateSearch {
  std::vector<float> rates;     ///< By growing rate.
  std::size_t tune_seeds = 2;   ///< Each rate is tried with the seeds 1, 2, ...
  std::size_t final_seeds = 1;  ///< The best one with as many others, from kFirstFinalSeed on.
  std::size_t threads = 1;      ///< Trials side by side; decides nothing.
};

/// The seeds of final trials begin here, so that no rate is chosen by a seed that it is judged by.
inline constexpr std::uint64_t kFirstFinalSeed = 1001;

/// What came of a search.
struct RateSearchResult {
  std::vector<double> tuning;               ///< Mean of the first numbers, a rate each.
  std::size_t best = 0;                     ///< The rate with the highest; of equals the smallest.
  std::vector<std::vector<double>> finals;  ///< The numbers of the final trials, a seed each.
};

/// Tries every rate, then the best one with fresh seeds. The result does not depend on the
/// number of threads. Ends early, with numbers missing, when interrupted.
/// Cost: rates x tune_seeds + final_seeds trainings.
RateSearchResult SearchRate(const RateSearch& search, const TrialNumbers& train);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRIALS_RATE_SEARCH_H_
