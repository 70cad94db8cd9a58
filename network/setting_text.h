/// @file
/// Settings as text: how numbers, sizes and names are read, one or several in a row.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_SETTING_TEXT_H_
#define LANEGRAD_NETWORK_SETTING_TEXT_H_

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <vector>

#include "network/settings.h"

namespace lanegrad {

/// Stands between the values of a setting that has one a layer or one a class. Not a
/// comma, which stands between the values of an axis of a grid, nor a colon, which
/// stands before the parameter of a name.
inline constexpr char kBetween = '/';

/// Throws UsageError: `name` must be `what`, not `text`.
[[noreturn]] void RefuseText(std::string_view name, std::string_view what, std::string_view text);

/// The whole of `text` as a finite number, as per cent like 95%, or as a fraction of two of which
/// the lower is above 0, like 5/50000: the quotient in double, rounded once. None where it is
/// none of these.
std::optional<double> RealOf(std::string_view text);

/// Reads the whole of `text` as a number from `least` to `most`; real ones as RealOf() does.
/// Throws UsageError, which says that `name` must be `what`.
template <class T>
T ReadNumber(std::string_view name, std::string_view text, T least, T most, std::string_view what) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool read = error == std::errc() && end == text.data() + text.size();
  if constexpr (std::is_floating_point_v<T>) {
    // Not for plain numbers: a float is rounded once, from its text.
    if (text.find_first_of("/%") != text.npos) {
      const std::optional<double> fraction = RealOf(text);
      read = fraction.has_value();
      value = static_cast<T>(fraction.value_or(0.0));
    }
  }
  if (!read || !(value >= least) || !(value <= most)) RefuseText(name, what, text);
  return value;
}

/// A count of at least `least`. Throws UsageError.
std::size_t ReadCount(std::string_view name, std::string_view text, std::size_t least = 0);

/// A float of at least 0, or such a fraction. Throws UsageError.
float ReadReal(std::string_view name, std::string_view text);

/// The same, or "auto": then kAuto.
float ReadRealOrAuto(std::string_view name, std::string_view text);

/// A float from 0 to below 1, or "auto": what keeps all of itself never learns.
float ReadShareOrAuto(std::string_view name, std::string_view text);

/// A seed, or "seed": then none. Throws UsageError.
std::optional<std::uint64_t> ReadOwnSeed(std::string_view name, std::string_view text);

/// The text of it.
std::string OwnSeedText(const std::optional<std::uint64_t>& seed);

/// The text of such a float: the shortest that reads back, or "auto".
std::string RealText(float value);

/// Sizes of layers, like 784-128-10. Throws UsageError.
std::vector<std::size_t> ReadSizes(std::string_view text);

/// What stands between kBetween in `text`, at least one piece.
std::vector<std::string> Pieces(std::string_view text);

/// The pieces with kBetween between them; where all are equal, that one alone.
std::string Joined(const std::vector<std::string>& pieces);

/// A name in the catalogue of `Handle` as it is spelled, or "auto". Throws UnknownName.
template <class Handle>
std::string ReadName(std::string_view name) {
  if (name == "auto") return "auto";
  if constexpr (requires(Handle handle) { handle.spelled(); }) {
    return Handle::Named(name).spelled();
  } else {
    return std::string(Handle::Named(name).info().name);
  }
}

/// Such names, one or several with kBetween between them.
template <class Handle>
std::string ReadNames(std::string_view text) {
  std::string names;
  for (const std::string& piece : Pieces(text)) {
    if (!names.empty()) names += kBetween;
    names += ReadName<Handle>(piece);
  }
  return names;
}

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SETTING_TEXT_H_
