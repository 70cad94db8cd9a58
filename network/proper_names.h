/// @file
/// What papers call the operations of the catalogues, in place of what command lines call them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_PROPER_NAMES_H_
#define LANEGRAD_NETWORK_PROPER_NAMES_H_

#include <string>
#include <string_view>

namespace lanegrad {

/// `text` in which each name of an activation, loss, optimizer, initializer, schedule or head that
/// stands there as a word of its own is replaced by its proper name (ProperNameOf()), and what
/// follows a colon after it is put into brackets: "leaky_relu:0.2, he_uniform" becomes "leaky ReLU
/// (0.2), He uniform". All else stays as it is; a text without such names is itself. Applied to
/// its own result it changes nothing. Cost: |text| x log |names|.
std::string ProperNames(std::string_view text);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_PROPER_NAMES_H_
