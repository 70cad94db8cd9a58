// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/neuroscience/hebbian_learning.h"

namespace lanegrad {

std::string PictureText(const std::vector<double>& pixels, const std::vector<double>& like) {
  double most = 0.0;
  for (const double each : pixels) most = std::max(most, std::fabs(each));
  const double scale = (CosineBetween(pixels, like) < 0.0 ? -127.0 : 127.0) / most;
  std::string text;
  for (const double each : pixels) {
    text += fmt::format("{:02x}", static_cast<int>(std::floor(scale * each + 128.5)));
  }
  return text;
}

std::vector<double> PictureOf(const std::string& text) {
  std::vector<double> pixels;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    pixels.push_back((std::stoi(text.substr(i, 2), nullptr, 16) - 128) / 127.0);
  }
  return pixels;
}

}  // namespace lanegrad
