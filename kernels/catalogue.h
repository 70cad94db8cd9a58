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

/// A number that an operation takes, written after its name: `leaky_relu:0.2`.
struct Parameter {
  std::string_view name;     ///< What it is; empty where the operation takes none.
  std::string_view summary;  ///< What it does, in a few words.
  float usual = 0.0f;        ///< Its value where none is written.
  float least = 0.0f;        ///< Smallest that makes sense.
  float most = 0.0f;         ///< Largest that makes sense.
};

/// Thrown where an operation is given a parameter that it cannot take:
/// "the slope of leaky_relu must be a number from 0 to 1, not 'x'".
class BadParameter : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A name without its parameter: what stands before the colon, if there is one.
inline std::string_view BareName(std::string_view text) { return text.substr(0, text.find(':')); }

/// Reads the parameter of `text`, "name" or "name:number". Throws BadParameter.
float ParameterOf(std::string_view text, const Parameter& parameter);

/// The text that ParameterOf() reads back: `name` alone for the usual value.
std::string Spelled(std::string_view name, const Parameter& parameter, float value);

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
