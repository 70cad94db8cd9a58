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
  std::string_view name;          ///< As the command line spells it.
  std::string_view proper = {};   ///< In papers, where it is not the name with blanks.
  std::string_view aliases = {};  ///< What others call it, parted by blanks.
  std::string_view summary;       ///< One line for a list of choices.
  std::string_view formula;       ///< LaTeX of the distribution.
  std::string_view source;        ///< Who proposed it: author and year.
  double mean;                    ///< Mean of the distribution.
  /// Its standard deviation for a layer of so many inputs and outputs.
  double (*deviation)(std::size_t in, std::size_t out, double parameter);
  /// Draws one weight of such a layer.
  float (*draw)(RandomStream& random, std::size_t in, std::size_t out, double parameter);
  void (*finish)(Panels w) = nullptr;  ///< What is done with all of them together, if anything.
  Parameter parameter = {};            ///< The number it takes, if it takes one.
};

/// Every initializer there is, in catalogue order.
std::span<const InitializerInfo> Initializers();

/// A handle on one initializer, with the value of its parameter.
class Initializer : public Handle<Initializer, InitializerInfo> {
 public:
  static constexpr std::string_view kNoun = "initializer";  ///< What a row is.
  static std::span<const InitializerInfo> Catalogue() { return Initializers(); }  ///< All of them.

 private:
  using Handle::Handle;
};

/// Fills w (in, out) row after row from `random`; padding is left as it is.
void Initialize(Initializer initializer, RandomStream random, Panels w);

/// Fills the biases of a layer of `in` inputs, each drawn as a weight of that layer would be. For
/// initializers whose InitializerInfo::finish is null: what makes a rotation of a matrix means
/// nothing for biases.
void InitializeBias(Initializer initializer, RandomStream random, std::size_t in,
                    std::span<float> bias);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_INITIALIZER_H_
