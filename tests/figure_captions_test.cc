// SPDX-License-Identifier: Apache-2.0
#include "docs/figure_captions.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

std::string Figure(const std::string& id) {
  return "<div class=\"figure-wide\"><svg id=\"" + id +
         "\"></svg></div>\n<div class=\"figure-narrow\"></div><!-- narrow -->\n";
}

const RecordDigests kDigests = {{"03_5_learning_rates", "0123456789abcdef0123456789abcdef"},
                                {"03_5_learning", "ffff"}};

TEST(FigureCaptions, CountTheFiguresOfAChapter) {
  const std::string page = WithCaptions("<p>a</p>" + Figure("03_5_learning_rates_paths") +
                                            "<p>b</p>" + Figure("compare_rates") + "<p>c</p>",
                                        "3.5 Gradient descent", kDigests);
  const std::size_t first = page.find("Figure 3.5.1"), second = page.find("Figure 3.5.2");
  EXPECT_LT(page.find("03_5_learning_rates_paths"), first);
  EXPECT_LT(first, page.find("<p>b</p>"));
  EXPECT_LT(page.find("compare_rates"), second);
  EXPECT_LT(second, page.find("<p>c</p>"));
  EXPECT_NE(page.find("id=\"figure-3-5-2\""), page.npos);
}

TEST(FigureCaptions, NameTheProgramAndTheDigestOfTheirRecords) {
  const std::string page = WithCaptions(Figure("03_5_learning_rates_paths") + Figure("other"),
                                        "3.5 Gradient descent", kDigests);
  EXPECT_NE(page.find("build/release/bin/03_5_learning_rates</code>"), page.npos) << page;
  EXPECT_NE(page.find("<code>0123456789ab</code>"), page.npos) << page;
  EXPECT_EQ(page.find("digest", page.find("Figure 3.5.2")), page.npos) << page;
}

TEST(FigureCaptions, AreNotForStillPicturesNorForPagesWithoutANumber) {
  const std::string still = Figure("still_bowl");
  EXPECT_EQ(WithCaptions(still, "3.5 Gradient descent", kDigests), still);
  const std::string page = Figure("03_5_learning_rates_paths");
  EXPECT_EQ(WithCaptions(page, "What to choose", kDigests), page);
}

TEST(FigureCaptions, KnowTheDigestsOfTheBooksRecords) {
  const RecordDigests digests = ReadDigests(LANEGRAD_SOURCE_DIR "/docs");
  ASSERT_TRUE(digests.contains("03_3_activations"));
  for (const auto& [experiment, digest] : digests) EXPECT_EQ(digest.size(), 32u) << experiment;
}

}  // namespace
}  // namespace lanegrad
