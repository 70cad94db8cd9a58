/// @file
/// Initial weights. The catalogue is the list at the foot of initializer.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_INITIALIZER_H_
#define LANEGRAD_NETWORK_INITIALIZER_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "kernels/catalogue.h"
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
  double (*deviation)(std::size_t in, std::size_t out, double parameter);
  /// Draws one weight of such a layer.
  float (*draw)(RandomStream& random, std::size_t in, std::size_t out, double parameter);
  void (*finish)(Panels w) = nullptr;  ///< What is done with all of them together, if anything.
  Parameter parameter = {};            ///< The number it takes, if it takes one.
};

/// A handle on one row of the catalogue, with the value of its parameter.
class Initializer {
 public:
  /// Looks `name` up, "he_normal" or "normal:0.05". Throws UnknownName or
  /// BadParameter.
  static Initializer Named(std::string_view name);
  std::size_t row() const { return row_; }        ///< The row in the catalogue.
  float parameter() const { return parameter_; }  ///< The value of its parameter.
  const InitializerInfo& info() const;            ///< What the catalogue says of it.
  std::string spelled() const;                    ///< What Named() reads back.

 private:
  constexpr Initializer(std::size_t row, float parameter) : row_(row), parameter_(parameter) {}
  std::size_t row_;
  float parameter_;
};

/// Every initializer there is, in catalogue order.
std::span<const InitializerInfo> Initializers();

/// Fills w (in, out) row after row from `random`; padding is left as it is.
void Initialize(Initializer initializer, RandomStream random, Panels w);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_INITIALIZER_H_
