// SPDX-License-Identifier: Apache-2.0
#include "network/setting_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace lanegrad {

void RefuseText(std::string_view name, std::string_view what, std::string_view text) {
  throw UsageError(fmt::format("{} must be {}, not '{}'", name, what, text));
}

std::optional<double> RealOf(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash != text.npos) {
    const std::string_view upper = text.substr(0, slash), lower = text.substr(slash + 1);
    if (text.find('/', slash + 1) != text.npos || text.find('%') != text.npos) return {};
    const std::optional<double> above = RealOf(upper), below = RealOf(lower);
    if (!above || !below || !(*below > 0.0) || !std::isfinite(*above / *below)) return {};
    return *above / *below;
  }
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    const std::optional<double> hundreds = RealOf(text);
    if (!hundreds || text.ends_with('%')) return {};
    return *hundreds / 100.0;
  }
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

std::size_t ReadCount(std::string_view name, std::string_view text, std::size_t least) {
  return ReadNumber<std::size_t>(name, text, least, std::numeric_limits<std::uint32_t>::max(),
                                 fmt::format("a whole number of at least {}", least));
}

float ReadReal(std::string_view name, std::string_view text) {
  return ReadNumber<float>(name, text, 0.0f, std::numeric_limits<float>::max(),
                           "a number of at least 0");
}

float ReadRealOrAuto(std::string_view name, std::string_view text) {
  if (text == "auto") return kAuto;
  return ReadNumber<float>(name, text, 0.0f, std::numeric_limits<float>::max(),
                           "a number of at least 0, or auto");
}

float ReadShareOrAuto(std::string_view name, std::string_view text) {
  if (text == "auto") return kAuto;
  return ReadNumber<float>(name, text, 0.0f, 0x1.fffffep-1f, "a number from 0 to below 1, or auto");
}

std::optional<std::uint64_t> ReadOwnSeed(std::string_view name, std::string_view text) {
  if (text == "seed") return {};
  return ReadNumber<std::uint64_t>(name, text, 0, std::numeric_limits<std::uint64_t>::max(),
                                   "a whole number of at least 0, or seed");
}

std::string OwnSeedText(const std::optional<std::uint64_t>& seed) {
  return seed ? fmt::format("{}", *seed) : "seed";
}

std::string RealText(float value) { return std::isnan(value) ? "auto" : fmt::format("{}", value); }

std::vector<std::size_t> ReadSizes(std::string_view text) {
  std::vector<std::size_t> sizes;
  for (std::size_t begin = 0, dash = 0; dash != text.npos; begin = dash + 1) {
    dash = text.find('-', begin);
    sizes.push_back(ReadNumber<std::size_t>("layers", text.substr(begin, dash - begin), 1, 1u << 20,
                                            "sizes joined by dashes, like 784-128-10"));
  }
  if (sizes.size() == 1) {
    throw UsageError("layers must name at least inputs and outputs, like 784-10");
  }
  return sizes;
}

std::vector<std::string> Pieces(std::string_view text) {
  std::vector<std::string> pieces;
  for (std::size_t begin = 0, end = 0; end != text.npos; begin = end + 1) {
    end = text.find(kBetween, begin);
    pieces.emplace_back(text.substr(begin, end == text.npos ? end : end - begin));
  }
  return pieces;
}

std::string Joined(const std::vector<std::string>& pieces) {
  if (std::count(pieces.begin(), pieces.end(), pieces.front()) ==
      static_cast<std::ptrdiff_t>(pieces.size())) {
    return pieces.front();
  }
  return fmt::format("{}", fmt::join(pieces, std::string(1, kBetween)));
}

}  // namespace lanegrad
