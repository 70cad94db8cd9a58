/// @file
/// A data set and a network that train in milliseconds.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_SMALL_IMAGES_H_
#define LANEGRAD_TESTS_SMALL_IMAGES_H_

#include <cstddef>
#include <cstdint>

#include "kernels/random.h"
#include "network/trainer.h"

namespace lanegrad {

/// Images of 40 bytes in 3 classes: bright where the class is, with noise.
inline Dataset SmallImages() {
  Dataset data;
  data.name = "small";
  data.classes = 3;
  RandomStream random(21, Stream::kData);
  const auto fill = [&](Samples& samples, std::size_t count) {
    samples.count = count;
    samples.features = 40;
    for (std::size_t i = 0; i < count; ++i) {
      samples.labels.push_back(static_cast<std::uint8_t>(random.Below(3)));
      for (std::size_t j = 0; j < 40; ++j) {
        const bool bright = j / 13 == samples.labels.back();
        samples.bytes.push_back(static_cast<std::uint8_t>(random.Below(bright ? 256 : 160)));
      }
    }
  };
  fill(data.train, 700);
  fill(data.test, 300);
  SetChecksum(data);
  return data;
}

/// Two hidden layers, with everything a little odd.
inline Settings SmallSettings() {
  Settings settings;
  settings.layers = {40, 150, 33, 3};
  settings.activation = "gelu";
  settings.optimizer = "momentum";
  settings.rate = 0.05f;
  settings.batch = 37;  // not a divisor of anything: the last batch is short
  settings.epochs = 3;
  settings.validation = 100;
  return settings;
}

/// Trains on the images.
inline RunResult RunOn(std::size_t threads, const Settings& settings = SmallSettings()) {
  RunOptions options;
  options.threads = threads;
  return Train(settings, SmallImages(), options);
}

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_SMALL_IMAGES_H_
