// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/iris_example.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "experiments/records/measurement.h"

namespace lanegrad {
namespace {

TEST(IrisExample, MeasurementsGoFromZeroToOneAndKindsAreEqual) {
  const Dataset data = IrisFromZeroToOne();
  ASSERT_EQ(data.train.count, 150u);
  ASSERT_EQ(data.train.features, 4u);
  EXPECT_EQ(data.class_names, (std::vector<std::string>{"setosa", "versicolor", "virginica"}));
  for (std::uint8_t kind = 0; kind < 3; ++kind) {
    EXPECT_EQ(std::count(data.train.labels.begin(), data.train.labels.end(), kind), 50);
  }
  for (std::size_t j = 0; j < 4; ++j) {
    float least = 2.0f, largest = -1.0f;
    for (std::size_t i = 0; i < 150; ++i) {
      least = std::min(least, data.train.values[4 * i + j]);
      largest = std::max(largest, data.train.values[4 * i + j]);
    }
    EXPECT_EQ(least, 0.0f) << j;
    EXPECT_EQ(largest, 1.0f) << j;
  }
  // Sepals are 4.3 to 7.9 cm long, and the first flower's 5.1.
  EXPECT_NEAR(data.train.values[0], 0.8 / 3.6, 1e-6);
}

TEST(IrisExample, OneSeedOfOursIsNearEveryPublishedLoss) {
  std::vector<Task> tasks;
  AddIrisExample({.profile = "quick", .seeds = 1}, tasks);
  ASSERT_EQ(tasks.size(), 3u);
  for (const Task& task : tasks) {
    Measurement row = {.series = task.series, .settings = task.settings};
    task.measure(row);
    const double published = std::stod(task.settings.Text("published"));
    EXPECT_NEAR(row.values.Number("ours"), published, 0.05 * published);
  }
}

}  // namespace
}  // namespace lanegrad
