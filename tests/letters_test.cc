// SPDX-License-Identifier: Apache-2.0
#include "experiments/letters/letters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "experiments/letters/letter_counts.h"
#include "experiments/letters/letter_network.h"
#include "kernels/activation.h"
#include "kernels/matrix.h"

namespace lanegrad {
namespace {

double SumOfProbabilities(const LetterCounts& counts, const Letters& history) {
  double sum = 0.0;
  for (std::size_t c = 0; c < kLetters; ++c) {
    sum += counts.Probability(history, static_cast<std::uint8_t>(c));
  }
  return sum;
}

TEST(Letters, OnlyWordsAreLeft) {
  EXPECT_EQ(ToText(ToLetters("We the People,\n 1787 (of)")), "we the people of ");
  EXPECT_EQ(WordsOf(ToLetters("no, No; yes")), (std::set<std::string>{"no", "yes"}));
}

TEST(Letters, TheTextsAreThere) {
  const std::string constitution = ToText(ConstitutionLetters());
  EXPECT_NE(constitution.find("we the people of the united states"), std::string::npos);
  EXPECT_NE(constitution.find("shall have intervened"), std::string::npos);  // its last words
  EXPECT_GT(constitution.size(), 40000u);
  EXPECT_NE(ToText(DeclarationLetters()).find("we hold these truths"), std::string::npos);
}

TEST(Letters, TestsOfDifferentCutsHaveNothingInCommon) {
  Letters text(1000);
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<std::uint8_t>(i % 251);
  std::vector<Letters> tests;
  for (int cut = 0; cut < 10; ++cut) {
    const TextParts parts = CutRing(text, cut / 10.0);
    EXPECT_EQ(parts.held, Letters(text.begin(), text.begin() + 100));
    EXPECT_EQ(parts.train.size() + parts.test.size(), 900u);
    tests.push_back(parts.test);
  }
  // Together they are the ring: each cut's test ends where the cut is.
  Letters joined;
  for (int cut = 1; cut <= 10; ++cut) {
    joined.insert(joined.end(), tests[static_cast<std::size_t>(cut % 10)].begin(),
                  tests[static_cast<std::size_t>(cut % 10)].end());
  }
  EXPECT_EQ(joined, Letters(text.begin() + 100, text.end()));
}

TEST(LetterCounts, ProbabilitiesSumToOneWhateverTheHistory) {
  const Letters text = ToLetters("the quick brown fox jumps over the lazy dog and the cat");
  for (std::size_t order = 0; order <= 6; ++order) {
    const LetterCounts counts(text, order);
    for (const char* history : {"", "t", "the ", "zzzz", "over the"}) {
      EXPECT_NEAR(SumOfProbabilities(counts, ToLetters(history)), 1.0, 1e-12) << order << history;
    }
  }
}

TEST(LetterCounts, WithoutTextAllLettersAreAsLikelyAndPerplexityIsTheirNumber) {
  const LetterCounts counts({}, 3);
  const Letters text = ToLetters("anything at all");
  EXPECT_NEAR(Perplexity(BitsPerLetter(counts, text, 0)), 27.0, 1e-9);
}

TEST(LetterCounts, FrequenciesAreThoseOfWittenAndBell) {
  const LetterCounts counts(ToLetters("aab"), 0);
  // 3 letters of 2 kinds: (count + 2/27) / 5.
  EXPECT_NEAR(counts.Probability({}, 1), (2.0 + 2.0 / 27.0) / 5.0, 1e-15);
  EXPECT_NEAR(counts.Probability({}, 26), (2.0 / 27.0) / 5.0, 1e-15);
}

TEST(LetterCounts, LearnWhatRepeats) {
  Letters text;
  for (int i = 0; i < 200; ++i) {
    const Letters abc = ToLetters("abc");
    text.insert(text.end(), abc.begin(), abc.end());
  }
  EXPECT_LT(BitsPerLetter(LetterCounts(text, 1), text, 1), 0.1);
  EXPECT_NEAR(BitsPerLetter(LetterCounts(text, 0), text, 1), std::log2(3.0), 0.1);
  EXPECT_THROW(LetterCounts(text, 13), std::invalid_argument);
  EXPECT_THROW(BitsPerLetter(LetterCounts(text, 1), text, text.size()), std::invalid_argument);
}

TEST(LetterNetwork, SamplesAreTheLettersBefore) {
  const Letters text = ToLetters("abcd");
  const Samples samples = LetterSamples(text, 2);
  ASSERT_EQ(samples.count, 2u);
  ASSERT_EQ(samples.features, 2 * kLetters);
  EXPECT_EQ(samples.bytes[1], 255);                     // a
  EXPECT_EQ(samples.bytes[kLetters + 2], 255);          // b
  EXPECT_EQ(samples.bytes[samples.features + 2], 255);  // b
  EXPECT_EQ(std::count(samples.bytes.begin(), samples.bytes.end(), 255), 4);
  EXPECT_EQ(samples.labels, (std::vector<std::uint8_t>{3, 4}));  // c, d
  EXPECT_THROW(LetterSamples(text, 4), std::invalid_argument);
}

// After each letter the next one of the alphabet, surely.
Network Alphabet(float weight) {
  const std::size_t sizes[] = {kLetters, kLetters};
  const Activation none = Activation::Named("identity");
  Network network(sizes, none, none);
  for (std::size_t c = 0; c < kLetters; ++c) {
    network.layers()[0].weights(c, (c + 1) % kLetters) = weight;
  }
  return network;
}

TEST(LetterNetwork, WritesWhatItsOutputsSay) {
  const Letters start = ToLetters("a");
  EXPECT_EQ(ToText(Write(Alphabet(100.0f), start, 1.0, 28, 1)), "bcdefghijklmnopqrstuvwxyz ab");
}

TEST(LetterNetwork, IsSurerAtALowTemperature) {
  const Letters start = ToLetters("a");
  const auto steps = [&](double temperature) {
    const Letters text = Write(Alphabet(3.0f), start, temperature, 4000, 1);
    std::size_t followed = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      followed += text[i + 1] == (text[i] + 1) % kLetters ? 1 : 0;
    }
    return static_cast<double>(followed) / 3999.0;
  };
  // softmax: e^(3/T) of e^(3/T) + 26.
  EXPECT_NEAR(steps(1.0), std::exp(3.0) / (std::exp(3.0) + 26.0), 0.03);
  EXPECT_NEAR(steps(0.5), std::exp(6.0) / (std::exp(6.0) + 26.0), 0.03);
  EXPECT_THROW(Write(Alphabet(1.0f), {}, 1.0, 1, 1), std::invalid_argument);
}

TEST(LetterNetwork, CountsWholeWordsOnly) {
  const std::set<std::string> known = {"we", "people"};
  EXPECT_NEAR(KnownWordShare(ToLetters("xwe we people qq peo"), known), 2.0 / 3.0, 1e-15);
  EXPECT_EQ(KnownWordShare(ToLetters("people"), known), 0.0);
}

}  // namespace
}  // namespace lanegrad
