/// @file
/// Heads: activations of a whole row, which turn the outputs of a sample into
/// something that only all of them together are. See chapter 3.3.
///
/// The catalogue is the list at the foot of kernels/head-inl.h. A head stands where
/// the last layer's activation would; softmax with cross-entropy is better done as
/// one, by the loss (loss.h), and a head serves the other losses.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_HEAD_H_
#define LANEGRAD_KERNELS_HEAD_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "kernels/catalogue.h"
#include "kernels/matrix.h"

namespace lanegrad {

/// What a catalogue row says of a head.
struct HeadInfo {
  std::string_view name;           ///< As the command line spells it.
  std::string_view proper = {};    ///< In papers, where it is not the name with blanks.
  std::string_view summary;        ///< One line for a list of choices.
  std::string_view formula;        ///< LaTeX of output j.
  std::string_view slope_formula;  ///< LaTeX of its derivative by z_i.
  std::string_view source;         ///< Where it is from: author and year.
  /// Oracle of a row of n outputs in double precision.
  void (*value)(const double* z, std::size_t n, double* a);
  double max_ulp;  ///< Largest error of an output, in ULP.
};

/// Every head there is, in catalogue order.
std::span<const HeadInfo> Heads();

/// A handle on one head.
class Head : public Handle<Head, HeadInfo> {
 public:
  static constexpr std::string_view kNoun = "head";                 ///< What a row is.
  static std::span<const HeadInfo> Catalogue() { return Heads(); }  ///< All of them.

 private:
  using Handle::Handle;
};

/// Replaces the rows `rows` of z by their outputs; padding columns become zero.
/// Computed in double and rounded once. Never overflows; a NaN in a row makes all
/// of it NaN. Same bits on every target. Cost: two exponentials an element.
void Apply(Head head, Range rows, Panels z);

/// Carries error signals back through a head:
///
///     delta(r, i) = sum_j delta(r, j) * da_rj / dz_ri
///
/// for the rows r of `rows`, from its outputs `a`, in double and rounded once.
/// Shapes: a and delta (rows, n), no overlap. Padding columns of delta become zero.
void Backward(Head head, ConstPanels a, Range rows, Panels delta);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_HEAD_H_
