/// @file
/// Schedules: how the learning rate changes while a network learns. See chapter 3.5.
///
/// The catalogue is the list at the foot of network/schedule.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_SCHEDULE_H_
#define LANEGRAD_NETWORK_SCHEDULE_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "kernels/catalogue.h"

namespace lanegrad {

/// Where a training stands before a step, in whole samples.
struct Progress {
  std::size_t epoch = 0;           ///< Epochs done.
  std::size_t sample = 0;          ///< Samples of the running one that are done.
  std::size_t samples = 1;         ///< Samples of an epoch.
  std::size_t epochs = 1;          ///< Epochs in all.
  std::span<const double> losses;  ///< One an epoch that is done: of validation, else of training.
  /// Epochs done, with their fraction, t.
  double time() const {
    return static_cast<double>(epoch) + static_cast<double>(sample) / static_cast<double>(samples);
  }
  /// How many of `parts` equal parts of the whole training are done: floor(parts t / T), of
  /// integers. In floating point 49 (1 / 49) is less than 1, and a part would end a step late.
  std::size_t PartsDone(std::size_t parts) const;
};

/// What a catalogue row says of a schedule.
struct ScheduleInfo {
  std::string_view name;          ///< As the command line spells it.
  std::string_view proper = {};   ///< In papers, where it is not the name with blanks.
  std::string_view aliases = {};  ///< What others call it, parted by blanks.
  std::string_view summary;       ///< One line for a list of choices.
  std::string_view formula;       ///< LaTeX of the factor; t is the epoch, T their number.
  std::string_view source;        ///< Who proposed it: author and year.
  /// What the rate is multiplied by: a function of the progress alone, so that a
  /// training that is resumed goes on as if it had never stopped.
  double (*factor)(const Progress& progress, double parameter);
  Parameter parameter = {};  ///< The number it takes, if it takes one.
  /// How often its bits were corrected. Part of the keys of its own runs, and of no others.
  int revision = 0;
};

/// Every schedule there is, in catalogue order.
std::span<const ScheduleInfo> Schedules();

/// A handle on one schedule, with the value of its parameter.
class Schedule : public Handle<Schedule, ScheduleInfo> {
 public:
  static constexpr std::string_view kNoun = "schedule";                     ///< What a row is.
  static std::span<const ScheduleInfo> Catalogue() { return Schedules(); }  ///< All of them.
  /// What the rate is multiplied by. The same bits on every machine.
  double Factor(const Progress& progress) const;

 private:
  using Handle::Handle;
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SCHEDULE_H_
