/// @file
/// How a name finds its row in a catalogue, and what is said when it does not.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_CATALOGUE_H_
#define LANEGRAD_KERNELS_CATALOGUE_H_

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// Thrown where a name is in no catalogue. Its text is one line that teaches:
/// "unknown activation 'sigmiod'; did you mean 'sigmoid'?", or, where nothing
/// is near, "unknown activation 'foo'; known: identity sigmoid tanh ...".
class UnknownName : public std::invalid_argument {
 public:
  /// Composes the message for `name` among the `known` names of a `noun`.
  UnknownName(std::string_view noun, std::string_view name,
              std::span<const std::string_view> known);
};

/// Returns the name in `known` nearest to `name` by edit distance, or an empty
/// view where none is near enough to be a likely slip of the finger (more than
/// a third of the letters differ). Cost: |known| x |name|^2.
std::string_view NearestName(std::string_view name, std::span<const std::string_view> known);

/// Returns the row of `name` in a catalogue of records that have a `.name`.
/// Throws UnknownName, with `noun` saying what was looked for.
template <class Info>
std::size_t RowNamed(std::string_view noun, std::span<const Info> catalogue,
                     std::string_view name) {
  std::vector<std::string_view> known;
  for (std::size_t row = 0; row < catalogue.size(); ++row) {
    if (catalogue[row].name == name) return row;
    known.push_back(catalogue[row].name);
  }
  throw UnknownName(noun, name, known);
}

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_CATALOGUE_H_
