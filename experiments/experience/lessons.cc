// SPDX-License-Identifier: Apache-2.0
#include "experiments/experience/lessons.h"

#include <cmath>
#include <utility>

namespace lanegrad {

Samples OfClasses(const Samples& samples, std::size_t low, std::size_t high) {
  Samples chosen = {
      .count = 0, .features = samples.features, .bytes = {}, .values = {}, .labels = {}};
  for (std::size_t s = 0; s < samples.count; ++s) {
    if (samples.labels[s] < low || samples.labels[s] >= high) continue;
    const auto first = samples.bytes.begin() + static_cast<std::ptrdiff_t>(s * samples.features);
    chosen.bytes.insert(chosen.bytes.end(), first,
                        first + static_cast<std::ptrdiff_t>(samples.features));
    chosen.labels.push_back(samples.labels[s]);
    ++chosen.count;
  }
  return chosen;
}

Samples ShareOf(const Samples& samples, double share) {
  Samples some = samples;
  some.count = static_cast<std::size_t>(std::lround(share * static_cast<double>(samples.count)));
  some.bytes.resize(some.count * some.features);
  some.labels.resize(some.count);
  return some;
}

Samples Together(Samples samples, const Samples& more) {
  samples.bytes.insert(samples.bytes.end(), more.bytes.begin(), more.bytes.end());
  samples.labels.insert(samples.labels.end(), more.labels.begin(), more.labels.end());
  samples.count += more.count;
  return samples;
}

Dataset Lesson(const Dataset& data, Samples train, Samples test) {
  Dataset lesson = {.name = data.name,
                    .source = data.source + ", some classes",
                    .checksum = {},
                    .classes = data.classes,
                    .width = data.width,
                    .height = data.height,
                    .train = std::move(train),
                    .test = std::move(test),
                    .class_names = data.class_names};
  SetChecksum(lesson);
  return lesson;
}

}  // namespace lanegrad
