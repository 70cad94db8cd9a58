// SPDX-License-Identifier: Apache-2.0
//
// One property, every activation on every target. The stated error is the tested
// error: both are read from the catalogue.
#include "kernels/activation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <ostream>
#include <regex>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "kernels/catalogue.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "kernels/targets.h"
#include "tests/spellings.h"

namespace lanegrad {

void PrintTo(const Target& target, std::ostream* os) { *os << target.name; }

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Floats of every binade and both signs, subnormals included: both ends, and
// steps of a stride that shares no factor with anything.
std::vector<float> StratifiedFloats() {
  std::vector<float> floats = {0.0f, -0.0f};
  for (std::uint32_t bits = 1; bits < 0x7f800000u; bits += 49999) {
    floats.push_back(std::bit_cast<float>(bits));
    floats.push_back(-std::bit_cast<float>(bits));
  }
  for (std::uint32_t exponent = 0; exponent < 255; ++exponent) {
    for (const std::uint32_t mantissa : {0u, 1u, 2u, 3u, 0x400000u, 0x7ffffeu, 0x7fffffu}) {
      floats.push_back(std::bit_cast<float>(exponent << 23 | mantissa));
      floats.push_back(-floats.back());
    }
  }
  // Densely where networks work, and where values saturate or go subnormal.
  for (float z = -110.0f; z < 110.0f; z += 0.0078431f) floats.push_back(z);
  // Ties that a gate decides near zero; where values go subnormal or saturate; products
  // beyond the easy range of sines.
  std::vector<double> special = {0x1.07p-16, 0x1.16p-17, 0x1.2p-17, 7.96,
                                 88.73,      9.01,       17.3,      101121.73};
  // Inputs that are hard to round, beside the roots of slopes too.
  for (const ActivationInfo& info : Activations()) {
    for (const HardCase& hard : info.hard_values) special.push_back(hard.input);
    for (const HardCase& hard : info.hard_slopes) special.push_back(hard.input);
  }
  for (const double z : special) {
    floats.push_back(static_cast<float>(z));
    floats.push_back(-static_cast<float>(z));
  }
  return floats;
}

// Spellings, and again those that have a version in another grade, with its name behind.
std::vector<std::string> GradedSpellings() {
  std::vector<std::string> names = Spellings(Activations());
  for (const std::string& name : Spellings(Activations())) {
    for (const Precision precision : {Precision::kFast, Precision::kFastest}) {
      if (!Activation::Named(name).Has(precision)) continue;
      names.push_back(name + " " + std::string(NameOf(precision)));
    }
  }
  return names;
}
Activation Graded(const std::string& text) {
  const std::size_t blank = text.find(' ');
  const Activation f = Activation::Named(text.substr(0, blank));
  return blank == text.npos ? f : f.With(PrecisionNamed(text.substr(blank + 1)));
}

class ActivationTest : public testing::TestWithParam<std::tuple<Target, std::string>> {
 protected:
  const ScopedTarget only_{std::get<0>(GetParam())};
  const Activation f_ = Graded(std::get<1>(GetParam()));
  const bool exact_ = f_.precision() == Precision::kExact;
  const ActivationInfo info_ = f_.info();
};

TEST_P(ActivationTest, RunsOnTheTargetUnderTest) {
  EXPECT_EQ(ActiveTarget().name, std::get<0>(GetParam()).name);
}

TEST_P(ActivationTest, ValueAndSlopeStayWithinTheStatedError) {
  const std::vector<float> z = StratifiedFloats();
  std::vector<float> a(z.size()), slope(z.size());
  Activate(f_, z.data(), z.size(), a.data(), slope.data());
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double x = z[i];
    ASSERT_LE(ErrorInUlp(a[i], f_.Value(x)), f_.MaxUlp())
        << "f(" << x << ") = " << a[i] << " instead of " << f_.Value(x);
    ASSERT_LE(ErrorInUlp(slope[i], f_.Slope(x)), f_.SlopeMaxUlp())
        << "f'(" << x << ") = " << slope[i] << " instead of " << f_.Slope(x);
  }
}

TEST_P(ActivationTest, HardCasesAreRoundedAsTheCatalogueSays) {
  if (f_.parameter() != info_.parameter.default_value || !exact_)
    return;  // they are of the default
  float a, slope;
  for (const HardCase& hard : info_.hard_values) {
    const float z = static_cast<float>(hard.input);
    Activate(f_, &z, 1, &a, &slope);
    EXPECT_EQ(a, static_cast<float>(hard.nearest)) << "f(" << z << ")";
  }
  for (const HardCase& hard : info_.hard_slopes) {
    const float z = static_cast<float>(hard.input);
    Activate(f_, &z, 1, &a, &slope);
    EXPECT_EQ(slope, static_cast<float>(hard.nearest)) << "f'(" << z << ")";
  }
}

// Of the exact grade, which tries fewer digits first; tests/exhaustive.cc shows it of all floats.
TEST_P(ActivationTest, TheBitsAreThoseOfAllDigits) {
  if (!exact_) return;
  const std::vector<float> z = StratifiedFloats();
  std::vector<float> a(z.size()), slope(z.size()), a_full(z.size()), slope_full(z.size());
  Activate(f_, z.data(), z.size(), a.data(), slope.data());
  ActivateInFull(f_, z.data(), z.size(), a_full.data(), slope_full.data());
  for (std::size_t i = 0; i < z.size(); ++i) {
    ASSERT_EQ(std::bit_cast<std::uint32_t>(a[i]), std::bit_cast<std::uint32_t>(a_full[i])) << z[i];
    ASSERT_EQ(std::bit_cast<std::uint32_t>(slope[i]), std::bit_cast<std::uint32_t>(slope_full[i]))
        << z[i];
  }
}

TEST_P(ActivationTest, TheBitsAreThoseOfEveryOtherTarget) {
  const std::vector<float> z = StratifiedFloats();
  std::vector<float> a(z.size()), slope(z.size()), a_there(z.size()), slope_there(z.size());
  Activate(f_, z.data(), z.size(), a.data(), slope.data());
  const ScopedTarget plainest(Targets().back());
  Activate(f_, z.data(), z.size(), a_there.data(), slope_there.data());
  EXPECT_EQ(std::memcmp(a.data(), a_there.data(), z.size() * 4), 0);
  EXPECT_EQ(std::memcmp(slope.data(), slope_there.data(), z.size() * 4), 0);
}

TEST_P(ActivationTest, WritesExactlyNAtAnyAlignment) {
  constexpr std::size_t kSize = 96;
  alignas(64) float z[kSize], a[kSize], slope[kSize];
  for (std::size_t i = 0; i < kSize; ++i) z[i] = 0.37f * static_cast<float>(i) - 17.0f;
  float whole[kSize], whole_slope[kSize];
  Activate(f_, z, kSize, whole, whole_slope);
  for (std::size_t offset = 0; offset < 4; ++offset) {
    for (std::size_t n = 0; n < 68; ++n) {
      for (std::size_t i = 0; i < kSize; ++i) a[i] = slope[i] = -12345.0f;
      Activate(f_, z + offset, n, a + offset, slope + offset);
      for (std::size_t i = 0; i < kSize; ++i) {
        const bool inside = i >= offset && i < offset + n;
        ASSERT_EQ(a[i], inside ? whole[i] : -12345.0f) << "n = " << n << ", i = " << i;
        ASSERT_EQ(slope[i], inside ? whole_slope[i] : -12345.0f);
      }
    }
  }
}

TEST_P(ActivationTest, MayOverwriteItsInput) {
  float z[50], a[50], slope[50], slope_in_place[50];
  for (std::size_t i = 0; i < 50; ++i) z[i] = 0.3f * static_cast<float>(i) - 7.0f;
  Activate(f_, z, 50, a, slope);
  Activate(f_, z, 50, z, slope_in_place);
  for (std::size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(std::bit_cast<std::uint32_t>(z[i]), std::bit_cast<std::uint32_t>(a[i]));
    EXPECT_EQ(std::bit_cast<std::uint32_t>(slope_in_place[i]),
              std::bit_cast<std::uint32_t>(slope[i]));
  }
}

TEST_P(ActivationTest, NanGivesNan) {
  const std::vector<float> z(37, kNan);
  std::vector<float> a(37), slope(37);
  Activate(f_, z.data(), 37, a.data(), slope.data());
  for (std::size_t i = 0; i < 37; ++i) {
    EXPECT_TRUE(std::isnan(a[i]));
    EXPECT_TRUE(std::isnan(slope[i]));
  }
}

TEST_P(ActivationTest, InfinityGivesTheLimit) {
  const float ends[] = {kInfinity, -kInfinity};
  float a[2], slope[2];
  Activate(f_, ends, 2, a, slope);
  for (int i = 0; i < 2; ++i) {
    EXPECT_LE(ErrorInUlp(a[i], f_.Value(ends[i])), 0.5) << a[i];
    EXPECT_LE(ErrorInUlp(slope[i], f_.Slope(ends[i])), 0.5) << slope[i];
  }
}

// Over the floats of the sample, and from each to the next one after it.
TEST_P(ActivationTest, RisesOrFallsWhereTheFunctionDoes) {
  std::vector<float> z = StratifiedFloats();
  const std::size_t sample = z.size();
  for (std::size_t i = 0; i < sample; ++i) z.push_back(std::nextafter(z[i], kInfinity));
  std::sort(z.begin(), z.end());
  const auto slope_at = [&](float x) { return f_.Slope(static_cast<double>(x)); };
  if (!std::all_of(z.begin(), z.end(), [&](float x) { return slope_at(x) >= 0.0; })) {
    GTEST_SKIP() << "it does both";
  }
  std::vector<float> a(z.size()), slope(z.size());
  Activate(f_, z.data(), z.size(), a.data(), slope.data());
  for (std::size_t i = 1; i < z.size(); ++i) ASSERT_LE(a[i - 1], a[i]) << z[i];
}

// Half of it is the middle between two floats, and the gate is 1/2 and a little more
// on the right of zero, a little less on the left.
TEST_P(ActivationTest, HalfOfAnOddSubnormalIsRoundedTheWayItsGateRises) {
  if (!exact_ || f_.Value(0.0) != 0.0 || f_.Slope(0.0) != 0.5) {
    GTEST_SKIP() << "no gate that is exactly 1/2 at zero, or not the exact grade";
  }
  constexpr float kLeast = std::numeric_limits<float>::denorm_min();
  const float z[] = {1 * kLeast, 3 * kLeast, 5 * kLeast, -1 * kLeast, -3 * kLeast, -5 * kLeast};
  const float halves[] = {1 * kLeast, 2 * kLeast, 3 * kLeast, -0.0f, -1 * kLeast, -2 * kLeast};
  float a[6], slope[6];
  Activate(f_, z, 6, a, slope);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(a[i], halves[i]) << "half of " << z[i];
}

INSTANTIATE_TEST_SUITE_P(AllTargets, ActivationTest,
                         testing::Combine(testing::ValuesIn(Targets()),
                                          testing::ValuesIn(GradedSpellings())),
                         NamedByOperation());

class ActivationOracleTest : public testing::TestWithParam<std::string> {
 protected:
  const Activation f_ = Activation::Named(GetParam());
};

TEST_P(ActivationOracleTest, TheSlopeIsTheDerivativeOfTheValue) {
  constexpr double kStep = 1e-5;
  for (double z = -9.0; z < 9.0; z += 0.0311) {
    // A corner has no slope: left and right of it they differ.
    if (std::fabs(f_.Slope(z + kStep) - f_.Slope(z - kStep)) > 1e-3) continue;
    const double difference = (f_.Value(z + kStep) - f_.Value(z - kStep)) / (2.0 * kStep);
    EXPECT_NEAR(difference, f_.Slope(z), 1e-9) << "z = " << z;
  }
}

INSTANTIATE_TEST_SUITE_P(WholeCatalogue, ActivationOracleTest,
                         testing::ValuesIn(Spellings(Activations())), NamedByOperation());

TEST(ActivationTest, EveryOneHasItsErrorOverAllFloatsOnRecord) {
  std::ifstream file(LANEGRAD_SOURCE_DIR "/docs/records/activation_error.json");
  const std::string record((std::istreambuf_iterator<char>(file)), {});
  EXPECT_NE(record.find("\"stride\": 1,"), std::string::npos) << "not over all floats";
  std::vector<std::string> recorded, known;
  const std::regex name("\"name\": \"([^\"]*)\"");
  for (std::sregex_iterator it(record.begin(), record.end(), name), end; it != end; ++it) {
    recorded.push_back((*it)[1]);
  }
  // An entry has the largest error of its value, then that of its slope; after the entries of the
  // exact grade come those of the others.
  std::vector<double> stated, errors;
  for (const Precision precision : kPrecisions) {
    for (const ActivationInfo& info : Activations()) {
      const Activation f = Activation::Named(info.name).With(precision);
      if (f.precision() != precision) continue;
      known.emplace_back(info.name);
      stated.insert(stated.end(), {f.MaxUlp(), f.SlopeMaxUlp()});
    }
  }
  EXPECT_EQ(recorded, known)
      << "measure what is missing: bin/exhaustive [--precision fast|fastest] --activations NAME "
         "--output docs/records/activation_error.json";
  const std::regex largest("\"max_ulp\": ([0-9.e+-]+)");
  for (std::sregex_iterator it(record.begin(), record.end(), largest), end; it != end; ++it) {
    errors.push_back(std::stod((*it)[1]));
  }
  ASSERT_EQ(errors.size(), stated.size());
  for (std::size_t i = 0; i < errors.size(); ++i) {
    EXPECT_LE(errors[i], stated[i]) << known[i / 2] << (i % 2 == 0 ? "" : ", slope");
  }
}

TEST(ActivationTest, AGradeThatItLacksIsTheNextMorePreciseOne) {
  std::size_t own = 0, fast = 0, exact = 0;
  for (const ActivationInfo& info : Activations()) {
    const Activation f = Activation::Named(info.name).With(Precision::kFastest);
    EXPECT_EQ(f.precision(), info.fastest_max_ulp > 0.0 ? Precision::kFastest
                             : info.fast_max_ulp > 0.0  ? Precision::kFast
                                                        : Precision::kExact)
        << info.name;
    ++(f.precision() == Precision::kFastest ? own
       : f.precision() == Precision::kFast  ? fast
                                            : exact);
    EXPECT_LE(f.MaxUlp(), 4.0) << info.name;
    EXPECT_LE(f.SlopeMaxUlp(), 4.0) << info.name;
    EXPECT_EQ(f.With(Precision::kExact).precision(), Precision::kExact);
  }
  EXPECT_TRUE(own > 0 && fast > 0 && exact > 0);
}

TEST(ActivationTest, AGradeIsReadBackAsItIsNamed) {
  for (const Precision precision : kPrecisions) {
    EXPECT_EQ(PrecisionNamed(NameOf(precision)), precision);
  }
  try {
    PrecisionNamed("fastets");
    FAIL() << "the name was accepted";
  } catch (const UnknownName& error) {
    EXPECT_STREQ(error.what(), "unknown precision 'fastets'; did you mean 'fastest'?");
  }
}

TEST(ActivationTest, AMisspelledNameIsAnsweredWithTheNearest) {
  try {
    Activation::Named("sigmiod");
    FAIL() << "the name was accepted";
  } catch (const UnknownName& error) {
    EXPECT_STREQ(error.what(), "unknown activation 'sigmiod'; did you mean 'sigmoid'?");
  }
}

// The names of one catalogue, aliases among them, are all different: one name means one thing.
template <class Info>
void ExpectNoNameTwice(std::span<const Info> catalogue, std::size_t& aliases) {
  std::vector<std::string> names;
  for (const Info& info : catalogue) {
    names.emplace_back(info.name);
    std::istringstream others{std::string(info.aliases)};
    for (std::string alias; others >> alias; ++aliases) names.push_back(alias);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(ActivationTest, AnAliasIsAnsweredWithTheNameMeant) {
  std::size_t aliases = 0;
  ExpectNoNameTwice(Activations(), aliases);
  ExpectNoNameTwice(Losses(), aliases);
  ExpectNoNameTwice(Optimizers(), aliases);
  EXPECT_GT(aliases, 10u);
  for (const ActivationInfo& info : Activations()) {
    std::istringstream others{std::string(info.aliases)};
    for (std::string alias; others >> alias;) {
      try {
        Activation::Named(alias);
        ADD_FAILURE() << alias;
      } catch (const UnknownName& error) {
        EXPECT_EQ(error.what(), "unknown activation '" + alias + "'; it is called '" +
                                    std::string(info.name) + "' here");
      }
    }
  }
}

TEST(ActivationTest, AParameterIsReadBackAsItIsSpelled) {
  EXPECT_EQ(Activation::Named("leaky_relu:0.2").parameter(), 0.2f);
  EXPECT_EQ(Activation::Named("leaky_relu:0.2").spelled(), "leaky_relu:0.2");
  EXPECT_EQ(Activation::Named("leaky_relu:0.01").spelled(), "leaky_relu") << "the default";
}

TEST(ActivationTest, AParameterThatCannotBeIsAnsweredWithWhatCould) {
  const auto message = [](const char* text) -> std::string {
    try {
      Activation::Named(text);
    } catch (const BadParameter& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message("relu:2"), "relu takes no parameter, not '2'");
  for (const char* text : {"2", "-0.1", "x", "", "nan", "0.1x"}) {
    EXPECT_EQ(
        message((std::string("leaky_relu:") + text).c_str()),
        std::string("the alpha of leaky_relu must be a number from 0 to 1, not '") + text + "'");
  }
}

TEST(ActivationTest, ANameLikeNoOtherIsAnsweredWithAllThereAre) {
  try {
    Activation::Named("q");
    FAIL() << "the name was accepted";
  } catch (const UnknownName& error) {
    EXPECT_NE(std::string(error.what()).find("known: identity sigmoid"), std::string::npos);
  }
}

}  // namespace
}  // namespace lanegrad
