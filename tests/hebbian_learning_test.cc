// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/hebbian_learning.h"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/neuroscience/principal_components.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// Samples whose features are independent with deviations 3, 2, 1, 0.5, ... and mean `offset`.
Samples Ellipsoid(std::size_t count, float offset) {
  constexpr float kDeviations[] = {3.0f, 2.0f, 1.0f, 0.5f, 0.25f, 0.125f};
  Samples samples;
  samples.count = count;
  samples.features = 6;
  RandomStream random(3, Stream::kData);
  for (std::size_t r = 0; r < count; ++r) {
    for (const float deviation : kDeviations) {
      samples.values.push_back(deviation * random.Normal() + offset);
    }
    samples.labels.push_back(0);
  }
  return samples;
}

Matrix Centred(const Samples& samples) {
  Matrix x(samples.count, samples.features);
  LoadRows(samples, 0, samples.count, MeanOf(samples, samples.count), x);
  return x;
}

TEST(PrincipalComponents, AreTheAxesOfAnEllipsoid) {
  const Samples samples = Ellipsoid(5000, 2.0f);
  const PrincipalComponents found = FindPrincipalComponents(samples, samples.count, 3, true);
  EXPECT_NEAR(found.values[0], 9.0, 0.5);
  EXPECT_NEAR(found.values[1], 4.0, 0.3);
  EXPECT_NEAR(found.values[2], 1.0, 0.1);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_GT(std::fabs(found.directions[k][k]), 0.999) << k;
  EXPECT_NEAR(found.total, 9.0 + 4.0 + 1.0 + 0.25 + 0.0625 + 0.015625, 0.6);
}

TEST(PrincipalComponents, SatisfyTheirEquation) {
  const Samples samples = Ellipsoid(500, 1.0f);
  const PrincipalComponents found = FindPrincipalComponents(samples, samples.count, 2, false);
  for (std::size_t k = 0; k < 2; ++k) {
    std::vector<double> image(samples.features);
    for (std::size_t r = 0; r < samples.count; ++r) {
      double y = 0.0;
      for (std::size_t j = 0; j < samples.features; ++j) {
        y += samples.values[r * samples.features + j] * found.directions[k][j];
      }
      for (std::size_t j = 0; j < samples.features; ++j) {
        image[j] += y * samples.values[r * samples.features + j] / 500.0;
      }
    }
    for (std::size_t j = 0; j < samples.features; ++j) {
      EXPECT_NEAR(image[j], found.values[k] * found.directions[k][j], 1e-5 * found.values[0]);
    }
  }
}

TEST(Hebb, GrowsAsExpOfRateTimesEigenvalue) {
  const Samples samples = Ellipsoid(400, 0.0f);
  const Matrix x = Centred(samples);
  const double lambda = FindPrincipalComponents(samples, samples.count, 1, true).values[0];
  HebbianLayer layer(samples.features, 1, samples.count, 1);
  constexpr double kRate = 1e-3;
  double before = 0.0;
  for (int step = 0; step < 2000; ++step) {
    if (step == 1500) before = LengthOf(layer.WeightsOf(0));
    layer.Learn(HebbianRule::kHebb, x.view(), samples.count, kRate);
  }
  // (1 + eta lambda)^500, which is exp(eta lambda 500) where the rate is small.
  const double growth = std::log(LengthOf(layer.WeightsOf(0)) / before) / 500.0;
  EXPECT_NEAR(growth, std::log1p(kRate * lambda), 1e-6);
  EXPECT_NEAR(growth / (kRate * lambda), 1.0, 0.01);
}

TEST(Oja, EndsAtTheFirstDirectionWithLengthOne) {
  const Samples samples = Ellipsoid(400, 0.0f);
  const Matrix x = Centred(samples);
  const PrincipalComponents truth = FindPrincipalComponents(samples, samples.count, 1, true);
  HebbianLayer layer(samples.features, 1, samples.count, 2);
  for (int step = 0; step < 3000; ++step) {
    layer.Learn(HebbianRule::kOja, x.view(), samples.count, 0.01);
  }
  EXPECT_NEAR(LengthOf(layer.WeightsOf(0)), 1.0, 1e-5);
  EXPECT_GT(std::fabs(CosineBetween(layer.WeightsOf(0), truth.directions[0])), 0.999999);
}

TEST(Sanger, GivesEachUnitADirectionInOrder) {
  const Samples samples = Ellipsoid(400, 0.0f);
  const Matrix x = Centred(samples);
  const PrincipalComponents truth = FindPrincipalComponents(samples, samples.count, 3, true);
  HebbianLayer layer(samples.features, 3, samples.count, 3);
  for (int step = 0; step < 6000; ++step) {
    layer.Learn(HebbianRule::kSanger, x.view(), samples.count, 0.01);
  }
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_GT(std::fabs(CosineBetween(layer.WeightsOf(k), truth.directions[k])), 0.9999) << k;
  }
}

TEST(Oja, OnSamplesThatAreNotCentredEndsNearTheirMean) {
  const Samples samples = Ellipsoid(400, 5.0f);
  Matrix x(samples.count, samples.features);
  LoadRows(samples, 0, samples.count, {}, x);
  HebbianLayer layer(samples.features, 1, samples.count, 4);
  for (int step = 0; step < 2000; ++step) {
    layer.Learn(HebbianRule::kOja, x.view(), samples.count, 0.002);
  }
  const double cosine =
      std::fabs(CosineBetween(layer.WeightsOf(0), MeanOf(samples, samples.count)));
  EXPECT_GT(cosine, 0.99);
}

}  // namespace
}  // namespace lanegrad
