// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "kernels/catalogue.h"
#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::array<std::uint32_t, 13> kBases = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41};

std::vector<std::string_view> Searchable() {
  std::vector<std::string_view> names;
  for (const SettingsField& field : SettingsFields()) {
    if (field.search != nullptr) names.push_back(field.name);
  }
  return names;
}

// What is uniform in a range: the value, or a logarithm.
double Spread(SearchRange::Scale scale, double value) {
  switch (scale) {
    case SearchRange::Scale::kLinear:
      return value;
    case SearchRange::Scale::kLog:
      return Logarithm(value);
    case SearchRange::Scale::kLogOfRest:
      return -Logarithm(1.0 - value);
  }
  return value;
}

double Gathered(SearchRange::Scale scale, double spread) {
  switch (scale) {
    case SearchRange::Scale::kLinear:
      return spread;
    case SearchRange::Scale::kLog:
      return Exponential(spread);
    case SearchRange::Scale::kLogOfRest:
      return 1.0 - Exponential(-spread);
  }
  return spread;
}

// Short, and within the range.
std::string Rounded(const SettingsField& field, const SearchRange& range, double value) {
  if (field.kind == SettingsField::Kind::kInteger) return fmt::format("{:.0f}", std::round(value));
  // Of 0.99912 it is what lacks of 1 that counts.
  if (range.scale == SearchRange::Scale::kLogOfRest) {
    const double rest = std::stod(fmt::format("{:.3g}", 1.0 - value));
    return fmt::format("{:.7g}", std::min(range.high, std::max(range.low, 1.0 - rest)));
  }
  return fmt::format("{:.4g}", value);
}

}  // namespace

std::vector<std::string> ParseTuned(std::string_view list) {
  const std::vector<std::string_view> searchable = Searchable();
  std::vector<std::string> names;
  for (std::size_t begin = 0, end = 0; end != list.npos; begin = end + 1) {
    end = list.find(',', begin);
    std::string name(list.substr(begin, end - begin));
    std::replace(name.begin(), name.end(), '_', '-');
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      throw UsageError(fmt::format("--tune names '{}' twice", name));
    }
    names.push_back(std::move(name));
  }
  std::vector<std::string> ordered;
  for (const std::string& name : names) {
    if (std::find(searchable.begin(), searchable.end(), name) != searchable.end()) continue;
    const auto fields = SettingsFields();
    if (std::any_of(fields.begin(), fields.end(), [&](const auto& f) { return f.name == name; })) {
      throw UsageError(
          fmt::format("'{}' cannot be tuned: no range is stated for it, as it is for {}", name,
                      fmt::join(searchable, ", ")));
    }
    throw UnknownName("setting to tune", name, searchable);
  }
  for (const std::string_view name : searchable) {
    if (std::find(names.begin(), names.end(), name) != names.end()) ordered.emplace_back(name);
  }
  return ordered;
}

double ScrambledHalton(std::uint64_t seed, std::size_t dimension, std::uint64_t index) {
  const std::uint32_t base = kBases.at(dimension);
  std::array<std::uint32_t, kBases.back()> order = {};
  double value = 0.0, share = 1.0;
  // Until a digit is worth less than the last bit of a double; zeros are permuted as well.
  for (std::uint64_t place = 0; share > 0x1p-53; ++place, index /= base) {
    Permutation(RandomStream(seed, Stream::kSearch, std::uint64_t{dimension} << 32 | place),
                order.data(), base);
    share /= base;
    value += order[index % base] * share;
  }
  return std::min(value, 1.0 - 0x1p-53);
}

double ValueAt(const SearchRange& range, double place) {
  const double low = Spread(range.scale, range.low), high = Spread(range.scale, range.high);
  return Gathered(range.scale, low + place * (high - low));
}

double PlaceOf(const SearchRange& range, double value) {
  const double low = Spread(range.scale, range.low), high = Spread(range.scale, range.high);
  return (Spread(range.scale, value) - low) / (high - low);
}

std::string RangeText(const SearchRange& range) {
  const char* how[] = {"evenly", "by logarithm", "by the logarithm of 1 less it"};
  return fmt::format("{:.4g} to {:.4g}, {}", range.low, range.high,
                     how[static_cast<std::size_t>(range.scale)]);
}

std::vector<Settings> SettingsToTry(const Search& search, const Settings& cell,
                                    const Settings& resolved) {
  std::vector<Settings> tries(search.budget, cell);
  for (std::size_t dimension = 0; dimension < search.settings.size(); ++dimension) {
    const SettingsField& field = FieldNamed(search.settings[dimension]);
    if (!WhyIdle(field, resolved).empty()) continue;
    const SearchRange range = field.search(resolved);
    for (std::size_t i = 0; i < tries.size(); ++i) {
      const double place = ScrambledHalton(search.seed, dimension, i);
      field.set(tries[i], Rounded(field, range, ValueAt(range, place)));
    }
  }
  return tries;
}

std::string TriedText(const Settings& settings, std::span<const std::string> searched) {
  if (searched.empty()) return fmt::format("rate {}", settings.rate);
  std::vector<std::string> parts;
  for (const std::string& name : searched) {
    const SettingsField& field = FieldNamed(name);
    if (!WhyIdle(field, settings).empty()) continue;
    parts.push_back(fmt::format("{} {}", name, field.get(settings)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace lanegrad
