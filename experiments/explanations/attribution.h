/// @file
/// Maps of a picture that say which pixels a decision leans on.
///
/// With z_c the output of class c, x a picture and r a picture to compare it with, here the mean
/// of all training pictures:
///
///     contrast         x - r                                         of no network: the control
///     gradient         |dz_c/dx|                                     [Simonyan et al. 2014]
///     times_difference (x - r) * dz_c/dx                             [Shrikumar et al. 2017]
///     integrated       (x - r) * mean of dz_c/dx on the way from r to x  [Sundararajan et al.
///     2017] occlusion        what z_c loses where a patch of x becomes r   [Zeiler and Fergus
///     2014]
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_ATTRIBUTION_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_ATTRIBUTION_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/matrix.h"
#include "network/network.h"

namespace lanegrad {

/// Pictures of one size, and what is put in the place of a pixel that is taken away.
struct Pictures {
  std::size_t width = 0;         ///< Pixels in a row.
  std::size_t height = 0;        ///< Rows.
  Matrix x;                      ///< (pictures, width * height), row after row from the top.
  std::vector<float> reference;  ///< r: width * height.
  std::size_t count() const { return x.rows(); }   ///< Pictures.
  std::size_t pixels() const { return x.cols(); }  ///< Of each.
};

/// A number a pixel; large where it speaks for the class.
using PixelMap = std::vector<double>;

/// How a map is made.
enum class MapKind { kContrast, kGradient, kTimesDifference, kIntegrated, kOcclusion };

/// One kind of map.
struct MapKindInfo {
  MapKind kind;           ///< Which.
  std::string_view name;  ///< In records: "times_difference".
  std::string_view text;  ///< In figures: "gradient times difference".
};

/// Every kind, the control first, in the order of tables.
inline constexpr MapKindInfo kMapKinds[] = {
    {MapKind::kContrast, "contrast", "contrast alone"},
    {MapKind::kGradient, "gradient", "gradient"},
    {MapKind::kTimesDifference, "times_difference", "gradient × difference"},
    {MapKind::kIntegrated, "integrated", "integrated gradients"},
    {MapKind::kOcclusion, "occlusion", "occlusion"},
};

/// The outputs z of every row of x, (rows, classes). Throws std::invalid_argument where the last
/// layer has an activation or a head: an explanation is of z itself.
Matrix OutputsOf(const Network& network, ConstPanels x);

/// The class of the largest output of every row; the first of equal ones.
std::vector<std::uint8_t> DecisionsOf(ConstPanels outputs);

/// Leaves in `space`, which has classes.size() rows or more, as x has, the error signals of every
/// layer where what goes back is z_c itself: dz_c/dz of row p, c = classes[p]. The first layer's,
/// times its weights transposed, are the gradient by the input. Throws as OutputsOf(). Cost: one
/// way forward, one back.
void BackFromOutputs(const Network& network, ConstPanels x, std::span<const std::uint8_t> classes,
                     Workspace& space);

/// gradients(p, i) = dz_c/dx_i of row p of x, c = classes[p]: back-propagation, one layer further
/// than training goes. `gradients` is (rows, features), as x is. Throws as OutputsOf().
/// Cost: one way forward, one back.
void InputGradients(const Network& network, ConstPanels x, std::span<const std::uint8_t> classes,
                    Panels gradients);

/// Parts of the way that integrated gradients are summed over, by the midpoint rule.
inline constexpr std::size_t kPathSteps = 32;
/// Side of a patch of occlusion; patches are moved by half of it.
inline constexpr std::size_t kPatch = 4;

/// A map of each picture, for the class classes[p]. Of occlusion, a pixel has the mean over the
/// patches that cover it. Throws as OutputsOf(). Cost a picture: gradients one way forward and
/// back, integrated ones kPathSteps, occlusion a way forward a patch.
std::vector<PixelMap> Explain(MapKind kind, const Network& network, const Pictures& pictures,
                              std::span<const std::uint8_t> classes);

/// How far the sum of an integrated map is from z_c(x) - z_c(r), which it would be if the way had
/// infinitely many parts, over the larger of 1 and the latter, for each picture.
/// [Sundararajan et al. 2017, proposition 1]
std::vector<double> CompletenessGaps(const Network& network, const Pictures& pictures,
                                     std::span<const std::uint8_t> classes,
                                     std::span<const PixelMap> integrated);

/// The largest difference, over all pixels of all pictures, between InputGradients() and central
/// differences of the same network in double, over the largest gradient. Only for networks of
/// relu. Cost: two ways forward a pixel, in a plain loop; for few pictures.
double GradientError(const Network& network, const Pictures& pictures,
                     std::span<const std::uint8_t> classes);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_ATTRIBUTION_H_
