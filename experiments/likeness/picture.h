/// @file
/// Pictures in records: a field of weights as a short text.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_PICTURE_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_PICTURE_H_

#include <string>
#include <vector>

namespace lanegrad {

/// A picture as text: two hexadecimal digits a pixel, 128 for zero, scaled to its largest
/// magnitude; turned so that its product with `like` is not negative.
std::string PictureText(const std::vector<double>& pixels, const std::vector<double>& like);

/// The pixels of such a text, from -1 to 1.
std::vector<double> PictureOf(const std::string& text);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_PICTURE_H_
