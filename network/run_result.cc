// SPDX-License-Identifier: Apache-2.0
#include "network/run_result.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "kernels/reduce.h"
#include "network/hash.h"

namespace lanegrad {

std::string_view StatusName(Status status) {
  constexpr std::string_view kNames[] = {"ok", "stopped", "diverged", "interrupted", "out_of_time"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view PhaseName(Phase phase) {
  constexpr std::string_view kNames[kPhases] = {"gather", "forward", "loss",     "backward",
                                                "update", "wait",    "evaluate", "save"};
  return kNames[static_cast<std::size_t>(phase)];
}

void FindDivergence(RunResult& result) {
  if (result.status != Status::kOk && result.status != Status::kStopped) return;
  const auto diverges = [&](std::size_t step) {
    result.status = Status::kDiverged;
    result.bad_step = step;
  };
  const std::size_t batch = result.settings.batch, samples = result.settings.samples;
  for (std::size_t epoch = 0; epoch < result.epochs.size(); ++epoch) {
    if (std::isfinite(result.epochs[epoch].validation_loss.value_or(0.0))) continue;
    return diverges((epoch + 1) * ((samples + batch - 1) / batch));
  }
  if (!std::isfinite(result.test_loss) || result.health.diverged) diverges(result.steps);
}

std::string DigestOf(const RunResult& result, const Dataset& data, const Network& network) {
  Hasher hasher;
  hasher.Add(RunKey(result.settings, data));
  hasher.Add(StatusName(result.status));
  hasher.Add(std::uint64_t{result.steps});
  for (const EpochMetrics& epoch : result.epochs) {
    hasher.Add(epoch.train_loss);
    hasher.Add(epoch.train_accuracy);
    // As it was before "none" was known: digests last.
    hasher.Add(epoch.validation_loss.value_or(0.0));
    hasher.Add(epoch.validation_accuracy.value_or(0.0));
  }
  network.AddTo(hasher);
  return hasher.Hex();
}

// The root of the mean square of the inputs of some samples, as a network sees them.
double InputSize(const Samples& samples, std::span<const std::uint32_t> chosen,
                 const InputScaling& scaling) {
  const Range rows = {0, chosen.size()};
  Matrix x(chosen.size(), samples.features);
  Matrix y(chosen.size(), samples.targets.empty() ? std::size_t{256} : 1);  // any label has room
  Gather(samples, chosen, rows, x.view(), y.view());
  scaling.Apply(rows, x.view());
  std::vector<double> squares;
  squares.reserve(chosen.size() * samples.features);
  for (std::size_t r = 0; r < chosen.size(); ++r) {
    for (std::size_t j = 0; j < samples.features; ++j) {
      const double input = static_cast<double>(x(r, j));
      squares.push_back(input * input);
    }
  }
  return std::sqrt(Sum(squares) / static_cast<double>(squares.size()));
}

// Initial weights and usual rates are made for inputs of about 1; where they are far larger, that
// is the first thing to mend.
void BlameLargeInputs(double size, Health& health) {
  constexpr double kLarge = 10.0;
  if (!(size > kLarge)) return;
  for (Fault& fault : health.faults) {
    fault.remedy = fmt::format(
        "--scale standard, since inputs are of size {:.3g} (root mean square) where about 1 is "
        "expected; or {}",
        size, fault.remedy);
  }
}

// Where a class has a name, a fault has that in place of its label; and to one who trains with
// softmax_cross_entropy, the loss is no remedy.
void SayLostClasses(const Dataset& data, Loss loss, Health& health) {
  std::vector<std::string> labels, names;
  for (std::size_t c = 0; c < health.classes.size(); ++c) {
    if (!health.classes[c].lost()) continue;
    labels.push_back(fmt::format("{}", c));
    names.push_back(c < data.class_names.size() ? data.class_names[c] : labels.back());
  }
  const std::string said = fmt::format("recognised: {}", fmt::join(labels, ", "));
  for (Fault& fault : health.faults) {
    const std::size_t at = fault.what.find(said);
    if (at == std::string::npos) continue;
    fault.what.replace(at, said.size(), fmt::format("recognised: {}", fmt::join(names, ", ")));
    if (loss.info().name == "softmax_cross_entropy") {
      fault.remedy = "more --epochs, another --rate, or for rare classes --class-weights balanced";
    }
  }
}

void Diagnose(RunResult& result, const Network& network, Loss loss, const Dataset& data,
              std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
              const InputScaling& scaling) {
  // Of weights that are not finite there is nothing more to say.
  if (result.status != Status::kDiverged) {
    result.health = Examine(network, loss, data.train, labels, chosen, scaling);
  }
  std::vector<double> accuracies;
  for (const EpochMetrics& epoch : result.epochs) accuracies.push_back(epoch.train_accuracy);
  FindDivergence(result);
  const bool diverged = result.status == Status::kDiverged;
  if (diverged) {
    result.health.layers.clear();
    result.health.classes.clear();
  }
  Conclude(result.health, diverged ? std::optional(result.bad_step) : std::nullopt, accuracies,
           data.regression() ? 0.0 : LargestShare(labels, chosen, data.classes), chosen.size());
  SayLostClasses(data, loss, result.health);
  BlameLargeInputs(InputSize(data.train, EvenlySpread(chosen, kHealthSamples), scaling),
                   result.health);
}

}  // namespace lanegrad
