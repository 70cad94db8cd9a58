// SPDX-License-Identifier: Apache-2.0
//
// Sines of what is no float, which the snake is made of: nothing else shows them.
#include <gtest/gtest.h>

#include <cmath>

#include "kernels/sine-inl.h"

namespace lanegrad {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using HWY_NAMESPACE::EvalSine;
using HWY_NAMESPACE::FitsMantissaOf;
using One = hn::CappedTag<double, 1>;

template <class T>
void ExpectRight(double z) {
  const One d;
  const auto both = EvalSine<T>(d, hn::Set(d, z));
  const long double sine = std::sin(static_cast<long double>(z));
  const long double cosine = std::cos(static_cast<long double>(z));
  EXPECT_LE(std::fabs(hn::GetLane(both.sine) / sine - 1.0L), 0x1p-50L) << "sin " << z;
  EXPECT_LE(std::fabs(hn::GetLane(both.cosine) / cosine - 1.0L), 0x1p-50L) << "cos " << z;
}

TEST(SineTest, AProductOfTwoFloatsIsADoubleAndNoFloat) {
  const double product = static_cast<double>(1.3f) * static_cast<double>(101121.73f);
  EXPECT_FALSE(FitsMantissaOf<float>(product));
  EXPECT_TRUE(FitsMantissaOf<double>(product));
  EXPECT_TRUE(FitsMantissaOf<float>(static_cast<double>(101121.73f)));
  EXPECT_TRUE(FitsMantissaOf<float>(-0x1.fffffep+100));
}

TEST(SineTest, SinesOfProductsAreRightAtAnySize) {
  for (const float a : {1.3f, 0.7f, 997.0f, 0.0123f}) {
    for (float z = 0x1.9p-20f; z < 0x1p120f; z *= 1.7f) {
      ExpectRight<double>(static_cast<double>(a) * static_cast<double>(z));
      ExpectRight<double>(-static_cast<double>(a) * static_cast<double>(z));
    }
  }
  ExpectRight<double>(static_cast<double>(1.3f) * static_cast<double>(101121.73f));
}

// Those that come nearest to a multiple of pi/2 in their binade, found by continued
// fractions [Kahan 1983]: there the rest of the reduction has the fewest digits.
TEST(SineTest, DoublesBesideAZeroKeepTheirDigits) {
  for (const double z : {0x1.6c6cbc45dc8dep+5, 0x1.b951f1572eba5p+23, 0x1.065c829d68730p+39,
                         0x1.5cba89af1f855p+52, 0x1.66bd5424e5655p+92, 0x1.8a56c23d2dfe0p+137}) {
    ExpectRight<double>(z);
  }
}

TEST(SineTest, FloatsOfAnySizeAreRight) {
  for (float z = 0x1.9p-20f; z < 0x1p120f; z *= 1.3f) {
    ExpectRight<float>(static_cast<double>(z));
  }
}

#if HWY_IS_DEBUG_BUILD
TEST(SineDeathTest, ADoubleThatIsTakenForAFloatStopsTheProgram) {
  const One d;
  const double product = static_cast<double>(2.6f) * static_cast<double>(101121.73f);
  EXPECT_DEATH(EvalSine(d, hn::Set(d, product)), "FitsMantissaOf");
}
#endif

}  // namespace
}  // namespace lanegrad
