// SPDX-License-Identifier: Apache-2.0
#include "network/saved_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "network/parameters.h"

namespace lanegrad {
namespace {

// name=value lines.
std::map<std::string, std::string, std::less<>> Lines(std::string_view text) {
  std::map<std::string, std::string, std::less<>> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t equals = std::min(line.find('='), line.size());
    lines.emplace(line.substr(0, equals), line.substr(std::min(equals + 1, line.size())));
    begin = end + 1;
  }
  return lines;
}

void CheckSameRun(const Checkpoint& checkpoint, const Settings& settings, const Dataset& data,
                  const Network& network) {
  if (checkpoint.numeric_version != kNumericVersion) {
    throw DataError(fmt::format(
        "{}: made under numeric specification {}; this program keeps {}, and would go on with "
        "other bits",
        checkpoint.name, checkpoint.numeric_version, kNumericVersion));
  }
  if (checkpoint.data_checksum != data.checksum) {
    throw DataError(fmt::format(
        "{}: of a run on {} (checksum {}), not on {} (checksum {}); give its --data",
        checkpoint.name, checkpoint.data_name, checkpoint.data_checksum, data.name, data.checksum));
  }
  const auto own = Lines(checkpoint.settings), wanted = Lines(Canonical(settings));
  const Settings defaults;
  std::string differences;
  for (const SettingsField& field : SettingsFields()) {
    const auto was = own.find(field.name), is = wanted.find(field.name);
    const std::string usual = field.get(defaults);
    const std::string& old = was == own.end() ? usual : was->second;
    const std::string& now = is == wanted.end() ? usual : is->second;
    if (old == now) continue;
    if (!differences.empty()) differences += ", ";
    differences += fmt::format("{} {}, not {}", field.name, old, now);
  }
  if (!differences.empty()) {
    throw UsageError(
        fmt::format("{}: of a run with other settings: {}", checkpoint.name, differences));
  }
  const std::size_t batch = std::min(settings.batch, settings.samples);
  const bool sound =
      checkpoint.numbers.size() == CountNumbers(network, Numbers::kWeightsAndStates) &&
      (checkpoint.best.empty() ||
       checkpoint.best.size() == CountNumbers(network, Numbers::kWeights)) &&
      checkpoint.losses.size() == checkpoint.place * (data.regression() ? 2 : 1) &&
      checkpoint.place <= settings.samples &&
      (checkpoint.place % batch == 0 || checkpoint.place == settings.samples) &&
      checkpoint.correct <= checkpoint.place && checkpoint.epochs.size() <= settings.epochs &&
      (checkpoint.place == 0 || checkpoint.epochs.size() < settings.epochs);
  if (!sound) {
    throw DataError(
        fmt::format("{}: its parts are not those of a run with its own settings", checkpoint.name));
  }
}

}  // namespace

Settings SettingsOf(const Checkpoint& checkpoint) {
  Settings settings;
  try {
    for (const auto& [setting, value] : Lines(checkpoint.settings)) {
      FieldNamed(setting).set(settings, value);
    }
  } catch (const std::invalid_argument& error) {  // UsageError, UnknownName, BadParameter
    throw DataError(fmt::format("{}: of a run that this program cannot make: {}", checkpoint.name,
                                error.what()));
  }
  return settings;
}

Checkpoint Saved(const RunResult& result, const Dataset& data, const Network& network,
                 const TrainingPass& pass, std::size_t place) {
  // Who was broken off has not ended.
  const bool goes_on = result.status == Status::kInterrupted || result.status == Status::kOutOfTime;
  return {.settings = Canonical(result.settings),
          .data_name = data.name,
          .data_checksum = data.checksum,
          .status = goes_on ? Status::kOk : result.status,
          .steps = result.steps,
          .bad_step = result.bad_step,
          .place = place,
          .correct = place > 0 ? pass.Correct() : 0,
          .seconds = result.train_seconds,
          .epochs = result.epochs,
          .losses = pass.SavedLosses(place),
          .numbers = TakeNumbers(network, Numbers::kWeightsAndStates)};
}

void Restore(const Checkpoint& from, const Dataset& data, RunResult& result, Network& network,
             EpochHistory& history) {
  CheckSameRun(from, result.settings, data, network);
  PutNumbers(network, Numbers::kWeightsAndStates, from.numbers);
  result.epochs = from.epochs;
  for (EpochMetrics& epoch : result.epochs) {
    // The file has a 0 where nothing is held out.
    if (result.settings.validation == 0) epoch.validation_loss = epoch.validation_accuracy = {};
    history.Add(epoch);
  }
  result.status = from.status;
  result.steps = from.steps;
  result.bad_step = from.bad_step;
  result.train_seconds = from.seconds;
}

}  // namespace lanegrad
