/// @file
/// Initial weights. The catalogue is the list at the foot of initializer.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_INITIALIZER_H_
#define LANEGRAD_NETWORK_INITIALIZER_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "kernels/matrix.h"
#include "kernels/random.h"

namespace lanegrad {

/// What a catalogue row says of an initializer.
struct InitializerInfo {
  std::string_view name;     ///< As the command line spells it.
  std::string_view summary;  ///< One line for a list of choices.
  std::string_view formula;  ///< LaTeX of the distribution.
  std::string_view source;   ///< Who proposed it: author and year.
  double mean;               ///< Mean of the distribution.
  /// Its standard deviation for a layer of so many inputs and outputs.
  double (*deviation)(std::size_t in, std::size_t out);
  /// Draws one weight of such a layer.
  float (*draw)(RandomStream& random, std::size_t in, std::size_t out);
};

/// A handle on one row of the catalogue.
class Initializer {
 public:
  /// Looks `name` up. Throws UnknownName, which says what was meant.
  static Initializer Named(std::string_view name);
  /// The initializer of a row; `row < Initializers().size()`.
  explicit constexpr Initializer(std::size_t row) : row_(row) {}
  std::size_t row() const { return row_; }  ///< The row in the catalogue.
  const InitializerInfo& info() const;      ///< What the catalogue says of it.

 private:
  std::size_t row_;
};

/// Every initializer there is, in catalogue order.
std::span<const InitializerInfo> Initializers();

/// Fills w (in, out) row after row from `random`; padding is left as it is.
void Initialize(Initializer initializer, RandomStream random, Panels w);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_INITIALIZER_H_
