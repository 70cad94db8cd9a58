/// @file
/// Pictures in records: a letter a pixel.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPLANATIONS_PICTURE_LETTERS_H_
#define LANEGRAD_EXPERIMENTS_EXPLANATIONS_PICTURE_LETTERS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// Values from `low` to `high` as text, a letter each of 64, as many as a figure has shades; what
/// lies outside gets the first or the last. The letters are those of base64 [RFC 4648].
std::string PictureLetters(std::span<const double> values, double low, double high);

/// The values again, each in the middle of its shade.
std::vector<double> ValuesOfLetters(std::string_view letters, double low, double high);

/// Values over the largest size among them, so that they lie in [-1, 1]; zeros stay.
std::vector<double> OverLargest(std::vector<double> values);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPLANATIONS_PICTURE_LETTERS_H_
