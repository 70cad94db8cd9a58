/// @file
/// Families of activations: which file of the kernels each is in.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_ACTIVATION_FAMILY_H_
#define LANEGRAD_KERNELS_ACTIVATION_FAMILY_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "kernels/activation.h"

namespace lanegrad {

/// A family: neighbours in the catalogue.
struct ActivationFamily {
  std::string_view name;  ///< "linear", "sigmoidal", "rectifier", "smooth", "periodic".
  std::size_t first = 0;  ///< Its first row in Activations().
  std::size_t count = 0;  ///< How many there are of it.
  /// Its rows.
  std::span<const ActivationInfo> members() const { return Activations().subspan(first, count); }
};

/// Every family, in the order of the catalogue; their sizes are those of the lists at the foot of
/// the files activation_NAME-inl.h.
std::span<const ActivationFamily> ActivationFamilies();

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_ACTIVATION_FAMILY_H_
