// SPDX-License-Identifier: Apache-2.0
#include "kernels/arithmetic.h"

#include <gtest/gtest.h>

#include <cfenv>
#include <string>

#include "kernels/targets.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lanegrad {
namespace {

// Restores the rounding and the flags that a test has changed.
class ArithmeticTest : public testing::Test {
 protected:
  void SetUp() override { std::fegetenv(&before_); }
  void TearDown() override { std::fesetenv(&before_); }
  std::fenv_t before_;
};

TEST_F(ArithmeticTest, EveryTargetComputesAsSpecified) {
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    EXPECT_EQ(ArithmeticFault(), "") << target.name;
  }
  EXPECT_NO_THROW(RequireArithmetic());
}

TEST_F(ArithmeticTest, EveryOtherRoundingIsFoundOnEveryTarget) {
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    for (const int rounding : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
      ASSERT_EQ(std::fesetround(rounding), 0);
      const std::string fault(ArithmeticFault());
      std::fesetround(FE_TONEAREST);
      EXPECT_EQ(fault, "rounding is not to nearest even") << target.name << ", mode " << rounding;
    }
  }
}

#if defined(__x86_64__)
TEST_F(ArithmeticTest, FlushedSubnormalsAreFoundOnEveryTarget) {
  const unsigned before = _mm_getcsr();
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    for (const unsigned flag : {0x8000u, 0x0040u}) {  // FTZ: results; DAZ: operands
      _mm_setcsr(before | flag);
      const std::string fault(ArithmeticFault());
      EXPECT_THROW(RequireArithmetic(), ArithmeticError);
      _mm_setcsr(before);
      EXPECT_EQ(fault, "subnormal numbers are flushed to zero") << target.name;
    }
  }
}
#endif

}  // namespace
}  // namespace lanegrad
