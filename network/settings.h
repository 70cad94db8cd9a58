/// @file
/// The settings of a run, and the one table that names them.
///
/// A setting is one row of the table in settings.cc; its command-line flag, its
/// place in a record, its axis in a grid and its part in the digest follow.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_SETTINGS_H_
#define LANEGRAD_NETWORK_SETTINGS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// Settings that make no sense, alone or together. Programs end with exit code 2
/// and this one line.
class UsageError : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The version of the numeric specification: raised by any change of any bit of
/// any result, but for those of one schedule's runs, which has a revision of its own
/// (schedule.h). Part of every digest.
inline constexpr int kNumericVersion = 3;

/// What an optimizer's number is where it is not given: what is usual with it.
inline constexpr float kAuto = std::numeric_limits<float>::quiet_NaN();

/// What decides a run's result. Threads, targets and machines are not here: they
/// decide nothing.
struct Settings {
  std::vector<std::size_t> layers;  ///< Inputs, hidden ..., outputs; empty: in-128-classes.
  std::string activation = "relu";  ///< Of hidden layers: one for all, or one each.
  std::string output = "auto";      ///< Of the last layer; auto: what suits the loss.
  std::string precision = "exact";  ///< Of activations: "exact", "fast" or "fastest".
  std::string loss = "softmax_cross_entropy";  ///< What is minimised.
  std::string optimizer = "sgd";               ///< How.
  float rate = kAuto;                          ///< Learning rate.
  std::string schedule = "constant";           ///< How the rate changes.
  double warmup = 0.0;                         ///< Epochs in which the rate rises from zero.
  float momentum = kAuto;                      ///< For optimizers that have it.
  float decay = kAuto;                         ///< What a mean of squares keeps.
  float epsilon = kAuto;                       ///< Added to denominators.
  float clip = 0.0f;                 ///< Gradients are cut at plus and minus this; 0: never.
  float clip_norm = 0.0f;            ///< Longer gradients are shortened to this; 0: never.
  float max_norm = 0.0f;             ///< Most norm of the weights into a hidden unit; 0: any.
  float l1 = 0.0f;                   ///< Weight of the sum of |w|.
  float l2 = 0.0f;                   ///< Weight of half the sum of w^2.
  float weight_decay = 0.0f;         ///< Weight decay beside the gradient.
  std::string initializer = "auto";  ///< Initial weights; auto: by the activation; or imported.
  std::string bias_initializer = "constant";  ///< Initial biases; constant: all zero.
  std::size_t batch = 32;                     ///< Samples a step.
  std::size_t epochs = 10;                    ///< At most so many passes over the training data.
  std::uint64_t seed = 1;                     ///< Of all that is random and has no seed of its own.
  std::optional<std::uint64_t> weight_seed = {};  ///< Of initial weights; none: `seed`.
  std::optional<std::uint64_t> order_seed = {};   ///< Of the order of samples; none: `seed`.
  std::optional<std::uint64_t> noise_seed = {};   ///< Of noise and dropout; none: `seed`.
  /// Of which samples are held out and which are used. Fixed, so that runs of other seeds are
  /// judged by the same samples; none: `seed`.
  std::optional<std::uint64_t> split_seed = 0;
  std::size_t samples = 0;       ///< Training samples to use; 0: all that are left.
  std::size_t validation = 0;    ///< Training samples held out to choose by.
  std::string split = "random";  ///< Which: "random", or "first": train on the first samples.
  std::string fold = "none";     ///< Of cross-validation, like "2/5": tested by it (folds.h).
  std::string scale = "unit";    ///< What inputs are scaled to (input_scaling.h).
  std::string target_scale = "standard";  ///< The same of a regression's targets.
  double stop_loss = 0.0;                 ///< Stop when an epoch's training loss is at most this.
  double stop_accuracy = 0.0;  ///< Stop when validation accuracy is at least this; 0: never.
  float dropout = 0.0f;        ///< Share of hidden units left out of a step.
  std::size_t patience = 0;    ///< Stop after so many epochs without a smaller loss; 0: never.
  bool restore_best = false;   ///< End with the weights of the least loss.
  std::string class_weights = "none";  ///< "balanced", or a number a class, like "1/2/0.5".
  float input_noise = 0.0f;            ///< Deviation of normal noise on training inputs.
  double label_noise = 0.0;            ///< Share of training labels that are replaced by others.
};

/// The seed of something random: its own, or `seed`, which is that of everything.
inline std::uint64_t SeedOr(const std::optional<std::uint64_t>& own, std::uint64_t seed) {
  return own.value_or(seed);
}

/// Where a search looks for a setting's value, and how values are spread there.
struct SearchRange {
  /// What is uniform: the value, its logarithm, or the logarithm of what it lacks of 1.
  enum class Scale { kLinear, kLog, kLogOfRest };
  double low = 0.0;           ///< The smallest value.
  double high = 1.0;          ///< The largest.
  Scale scale = Scale::kLog;  ///< How values are spread between.
};

/// One setting: its name, and how it is read and written as text.
struct SettingsField {
  /// What the text is, for JSON and for help.
  enum class Kind { kText, kInteger, kReal };
  std::string_view name;   ///< Flag without dashes, and key in records.
  std::string_view help;   ///< One line.
  Kind kind;               ///< What the text is.
  std::string_view group;  ///< The heading that it stands under in help.
  /// Sets it. Throws UsageError or UnknownName, with what would be right.
  void (*set)(Settings&, std::string_view text);
  /// Its text, from which set() restores it exactly.
  std::string (*get)(const Settings&);
  /// The names it may take, where it names a row of a catalogue; else null.
  std::vector<std::string_view> (*choices)() = nullptr;
  /// The setting that makes this one idle, so that no bit of a run depends on it, such as
  /// "optimizer" where that one has no momentum; empty where it counts. Takes resolved
  /// settings. Null: it counts whatever the others are.
  std::string_view (*idle_by)(const Settings&) = nullptr;
  /// Whether it came when records had been stored: they leave it out where it is at its default,
  /// so that a line that was written before is written again as it was.
  bool late = false;
  /// Where a search looks for it, given the other settings, resolved; null: it is not searched for.
  SearchRange (*search)(const Settings&) = nullptr;
};

/// Every setting there is, in the order of help and records.
std::span<const SettingsField> SettingsFields();

/// The field called `name`. Throws UnknownName.
const SettingsField& FieldNamed(std::string_view name);

/// Why a setting changes no bit of a run of these resolved settings, in words: "with optimizer
/// 'sgd'". Empty where it counts.
std::string WhyIdle(const SettingsField& field, const Settings& resolved);

/// `settings` with the default in place of all that is idle with `resolved`, which are the same
/// settings, resolved. Runs of equal ones have equal weights and losses.
Settings WithoutIdle(Settings settings, const Settings& resolved);

/// The settings as one line a field, `name=value`: what the key of a run is the
/// hash of. What is as it would be if nobody had said anything is left out, so that a
/// setting that is added to the program renames no run that was made before it.
std::string Canonical(const Settings& settings);

/// The key of a run: a 128-bit hash of resolved settings, data and numeric version.
std::string RunKey(const Settings& settings, const Dataset& data);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SETTINGS_H_
