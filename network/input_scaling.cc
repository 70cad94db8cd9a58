// SPDX-License-Identifier: Apache-2.0
#include "network/input_scaling.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "network/hash.h"
#include "network/setting_text.h"

namespace lanegrad {
namespace {

constexpr std::string_view kImported = "imported:";

constexpr std::string_view kWhat =
    "unit, byte, standard, or MEAN/SD like 0.1307/0.3081, of inputs from 0 to 1";

std::string ImportedName(std::span<const double> numbers) {
  Hasher hasher;
  hasher.Add(numbers.data(), numbers.size() * sizeof(double));
  return fmt::format("{}{}", kImported, hasher.Hex());
}

bool IsImportedName(std::string_view text) {
  if (!text.starts_with(kImported)) return false;
  const std::string_view digits = text.substr(kImported.size());
  return digits.size() == 32 && digits.find_first_not_of("0123456789abcdef") == digits.npos;
}

// Throws where a scale stands for that of a file, which is not the one `own` names.
void RequireGiven(std::string_view setting, std::string_view scale, std::string_view own) {
  if (scale == own) return;
  throw UsageError(
      fmt::format("{} '{}' stands for that of a file, which train --import FILE brings: give the "
                  "file, also where a checkpoint is gone on from",
                  setting, scale));
}

// Mean and deviation of each feature of bytes, in whole numbers: exact until the last division, and
// no order of summation in it.
InputScaling StandardOfBytes(const Samples& samples, std::span<const std::uint32_t> chosen) {
  std::vector<std::uint64_t> sums(samples.features), squares(samples.features);
  for (const std::uint32_t i : chosen) {
    const std::uint8_t* row = samples.bytes.data() + std::size_t{i} * samples.features;
    for (std::size_t j = 0; j < samples.features; ++j) {
      sums[j] += row[j];
      squares[j] += std::uint64_t{row[j]} * row[j];
    }
  }
  InputScaling scaling;
  const auto n = static_cast<double>(chosen.size());
  for (std::size_t j = 0; j < samples.features; ++j) {
    // n * squares - sums^2 stays below 2^53 up to 3.7e5 samples, and beyond 2^64 at 1.6e7; the
    // products are taken in double, whose error is far below that of a float.
    const double sum = static_cast<double>(sums[j]);
    const double spread = n * static_cast<double>(squares[j]) - sum * sum;
    scaling.shift.push_back(sum / n / 255.0);
    scaling.factor.push_back(spread > 0.0 ? 255.0 * n / std::sqrt(spread) : 1.0);
  }
  return scaling;
}

// The same of numbers, in two passes: the squares of what is left when the mean is taken away.
InputScaling StandardOfNumbers(const Samples& samples, std::span<const std::uint32_t> chosen) {
  std::vector<double> sums(samples.features), squares(samples.features);
  const auto each = [&](const auto& add) {
    for (const std::uint32_t i : chosen) {
      const float* row = samples.values.data() + std::size_t{i} * samples.features;
      for (std::size_t j = 0; j < samples.features; ++j) add(j, static_cast<double>(row[j]));
    }
  };
  const auto n = static_cast<double>(chosen.size());
  each([&](std::size_t j, double x) { sums[j] += x; });
  for (double& sum : sums) sum /= n;
  each([&](std::size_t j, double x) { squares[j] += (x - sums[j]) * (x - sums[j]); });
  InputScaling scaling;
  scaling.shift = sums;
  for (const double square : squares) {
    scaling.factor.push_back(square > 0.0 ? std::sqrt(n / square) : 1.0);
  }
  return scaling;
}

}  // namespace

void InputScaling::Apply(Range rows, Panels x) const {
  if (shift.empty()) return;
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    for (std::size_t j = 0; j < x.cols; ++j) {
      const double moved = static_cast<double>(x.At(r, j)) - shift[j];
      x.At(r, j) = static_cast<float>(moved * factor[j]);
    }
  }
}

void InputScaling::ApplyToTargets(Range rows, Panels y) const {
  if (target_shift == 0.0 && target_factor == 1.0) return;
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    const double moved = static_cast<double>(y.At(r, 0)) - target_shift;
    y.At(r, 0) = static_cast<float>(moved * target_factor);
  }
}

std::string ImportedScale(const InputScaling& scaling) {
  std::vector<double> numbers = scaling.shift;
  numbers.insert(numbers.end(), scaling.factor.begin(), scaling.factor.end());
  return ImportedName(numbers);
}

std::string ImportedTargetScale(const InputScaling& scaling) {
  return ImportedName(std::array{scaling.target_shift, scaling.target_factor});
}

void FitTargetScaling(std::string_view scale, const Samples& samples,
                      std::span<const std::uint32_t> chosen, InputScaling& scaling,
                      const InputScaling* given) {
  if (samples.targets.empty() || scale == kUnitScale) return;
  if (IsImportedName(scale)) {
    RequireGiven("target-scale", scale, given == nullptr ? "" : ImportedTargetScale(*given));
    scaling.target_shift = given->target_shift;
    scaling.target_factor = given->target_factor;
    return;
  }
  if (chosen.empty()) return;
  const auto n = static_cast<double>(chosen.size());
  double sum = 0.0, square = 0.0;
  for (const std::uint32_t i : chosen) sum += static_cast<double>(samples.targets[i]);
  const double mean = sum / n;
  for (const std::uint32_t i : chosen) {
    const double away = static_cast<double>(samples.targets[i]) - mean;
    square += away * away;
  }
  scaling.target_shift = mean;
  scaling.target_factor = square > 0.0 ? std::sqrt(n / square) : 1.0;
}

std::string ReadScale(std::string_view text) {
  if (text == kUnitScale || text == "byte" || text == "standard") return std::string(text);
  if (IsImportedName(text)) return std::string(text);
  const std::vector<std::string> pieces = Pieces(text);
  if (pieces.size() != 2) RefuseText("scale", kWhat, text);
  const double mean = ReadNumber<double>("scale", pieces[0], -1e6, 1e6, kWhat);
  const double deviation = ReadNumber<double>("scale", pieces[1], 1e-6, 1e6, kWhat);
  return fmt::format("{}{}{}", mean, kBetween, deviation);
}

std::string ReadTargetScale(std::string_view text) {
  if (text != kUnitScale && text != "standard" && !IsImportedName(text)) {
    RefuseText("target-scale", "standard or unit", text);
  }
  return std::string(text);
}

InputScaling FitScaling(std::string_view scale, const Samples& samples,
                        std::span<const std::uint32_t> chosen, const InputScaling* given) {
  if (scale == kUnitScale) return {};
  if (IsImportedName(scale)) {
    RequireGiven("scale", scale, given == nullptr ? "" : ImportedScale(*given));
    if (given->shift.size() != samples.features) {
      throw UsageError(fmt::format("a file scales {} inputs, and these samples have {}",
                                   given->shift.size(), samples.features));
    }
    InputScaling scaling;
    scaling.shift = given->shift;
    scaling.factor = given->factor;
    return scaling;
  }
  const auto alike = [&](double shift, double factor) {
    InputScaling scaling;
    scaling.shift.assign(samples.features, shift);
    scaling.factor.assign(samples.features, factor);
    return scaling;
  };
  if (scale == "byte") {
    if (samples.bytes.empty()) {
      throw UsageError(
          "scale 'byte' is for images of bytes; these inputs are numbers: use "
          "'unit', which leaves them as they are");
    }
    return alike(0.0, 255.0);
  }
  if (scale == "standard") {
    return samples.bytes.empty() ? StandardOfNumbers(samples, chosen)
                                 : StandardOfBytes(samples, chosen);
  }
  const std::vector<std::string> pieces = Pieces(scale);
  return alike(ReadNumber<double>("scale", pieces[0], -1e6, 1e6, kWhat),
               1.0 / ReadNumber<double>("scale", pieces[1], 1e-6, 1e6, kWhat));
}

}  // namespace lanegrad
