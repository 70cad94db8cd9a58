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

/// Where a training stands before a step.
struct Progress {
  double epoch = 0.0;              ///< Epochs done, with their fraction.
  double epochs = 1.0;             ///< Epochs in all.
  std::span<const double> losses;  ///< One an epoch that is done: of validation, else of training.
};

/// What a catalogue row says of a schedule.
struct ScheduleInfo {
  std::string_view name;     ///< As the command line spells it.
  std::string_view summary;  ///< One line for a list of choices.
  std::string_view formula;  ///< LaTeX of the factor; t is the epoch, T their number.
  std::string_view source;   ///< Who proposed it: author and year.
  /// What the rate is multiplied by: a function of the progress alone, so that a
  /// training that is resumed goes on as if it had never stopped.
  double (*factor)(const Progress& progress, double parameter);
  Parameter parameter = {};  ///< The number it takes, if it takes one.
};

/// A handle on one row of the catalogue, with the value of its parameter.
class Schedule {
 public:
  /// Looks `name` up, "cosine" or "step:0.5". Throws UnknownName or BadParameter.
  static Schedule Named(std::string_view name);
  std::size_t row() const { return row_; }  ///< The row in the catalogue.
  const ScheduleInfo& info() const;         ///< What the catalogue says of it.
  std::string spelled() const;              ///< What Named() reads back.
  /// What the rate is multiplied by. The same bits on every machine.
  double Factor(const Progress& progress) const;

 private:
  constexpr Schedule(std::size_t row, float parameter) : row_(row), parameter_(parameter) {}
  std::size_t row_;
  float parameter_;
};

/// Every schedule there is, in catalogue order.
std::span<const ScheduleInfo> Schedules();

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SCHEDULE_H_
