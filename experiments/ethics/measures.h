/// @file
/// What the experiment of chapter 5.5 measures: a function a series, each fills one row.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ETHICS_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_ETHICS_MEASURES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/ethics/groups.h"
#include "experiments/experiment/experiment.h"
#include "experiments/trials/rate_search.h"
#include "network/settings.h"

namespace lanegrad {

/// How much a profile does.
struct EthicsScale {
  std::size_t common = 0;       ///< Training samples of a common group.
  std::size_t rare = 0;         ///< Training samples of a rare one.
  std::size_t held_out = 0;     ///< Samples of a group that rates are chosen by.
  std::size_t tests = 0;        ///< Test samples of a group.
  std::size_t epochs = 1;       ///< Passes over as many samples as there are where none is rare.
  std::size_t members = 0;      ///< Samples that are learned from where membership is asked.
  std::size_t long_epochs = 1;  ///< Passes over them at most.
  std::vector<float> rates = {0.01f, 0.03f, 0.1f, 0.3f};  ///< To choose from.
  std::size_t tune_seeds = 1;                             ///< Trainings at each rate.
  std::size_t seeds = 1;                                  ///< Random repetitions.
  std::size_t threads = 1;                                ///< Trainings at once.
};

/// That of a profile.
EthicsScale EthicsScaleOf(const Scope& scope);

/// Fashion-MNIST's number of the coat.
inline constexpr std::uint8_t kCoat = 4;
/// That of the trouser.
inline constexpr std::uint8_t kTrouser = 1;
/// That of the shirt.
inline constexpr std::uint8_t kShirt = 6;
/// The share of others that an attacker may name by mistake where he is to be sure.
inline constexpr double kFewFalse = 0.01;
/// The shares of others at which the curve of an attack is recorded.
inline constexpr double kFalseShares[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0};

/// The groups of the task with ten classes; `rare` is the rare one, above 9: none is.
std::vector<Group> ClassGroups(const EthicsScale& scale, std::size_t rare);
/// The groups of the task with two classes: T-shirts and pullovers against coats and shirts, of
/// which the last are rare, or not.
std::vector<Group> SubgroupGroups(const EthicsScale& scale, bool rare);

/// Recall of every group at the best rate: values group_G_S for group G and seed S. `method` is
/// "none", "class weights", "repeat" or "drop".
void MeasureGroups(const EthicsScale& scale, const std::vector<Group>& groups,
                   const std::string& method, Measurement& row);

/// Trainings that an attacker looks at share their rate, which is searched when first needed.
class MembershipPlan {
 public:
  explicit MembershipPlan(const EthicsScale& scale) : scale_(scale) {}  ///< Of such sizes.
  /// How much the losses of a network give away that learned from `members` samples, `epochs`
  /// times over, at the rate that is best for the largest such training.
  void MeasureAttack(std::size_t members, std::size_t epochs, Measurement& row);
  /// The same of scale.members samples under a defence with a rate of its own: "l2", "dropout",
  /// "input noise" or "patience", with its strength.
  void MeasureDefence(const std::string& defence, double strength, Measurement& row);

 private:
  const EthicsScale scale_;
  std::optional<float> rate_;
};

/// What a mark on this share of the shirts does, and what shows it.
void MeasureMark(const EthicsScale& scale, double share, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ETHICS_MEASURES_H_
