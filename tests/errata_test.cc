// SPDX-License-Identifier: Apache-2.0
#include "experiments/references/errata.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "network/dataset.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

TEST(Errata, NameChaptersThatThereAre) {
  for (const Erratum& each : Errata()) {
    if (each.chapter.empty()) continue;
    EXPECT_TRUE(
        fs::exists(fs::path(LANEGRAD_SOURCE_DIR) / "docs/chapters" / (each.chapter + ".md")))
        << each.says << ": no chapter " << each.chapter;
  }
}

TEST(Errata, NameClaimsOfTheExperimentOfTheirChapter) {
  std::size_t claims = 0;
  for (const Erratum& each : Errata()) {
    if (each.claim.empty()) continue;
    std::ifstream file(fs::path(LANEGRAD_SOURCE_DIR) / "experiments" / (each.chapter + ".cc"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_NE(text.find("\"" + each.claim + "\""), text.npos)
        << each.chapter << " has no claim " << each.claim;
    ++claims;
  }
  EXPECT_GT(claims, 15u);
}

TEST(Errata, EveryClaimAboutTheArticlesProgramsIsOne) {
  std::set<std::string> named;
  for (const Erratum& each : Errata()) named.insert(each.claim);
  for (const char* claim :
       {"program-runs", "article-step-descends", "output-gradient", "own-output-teaches",
        "apart-is-as-good", "runs-agree", "bias-is-idle"}) {
    EXPECT_EQ(named.count(claim), 1u) << claim;
  }
}

TEST(Errata, WhatIsWantingOrUnknownIsRefused) {
  const auto parse = [](const std::string& text) { return ParseErrata(text, "made.toml"); };
  const std::string whole =
      "[[erratum]]\nsection = \"1\"\nkind = \"E\"\nsays = \"a\"\nright = \"b\"\n";
  EXPECT_EQ(parse(whole).size(), 1u);
  EXPECT_THROW(parse("[[erratum]]\nsection = \"1\"\nkind = \"E\"\nsays = \"a\"\n"), DataError);
  std::string kind = whole;
  kind.replace(kind.find("\"E\""), 3, "\"X\"");
  EXPECT_THROW(parse(kind), DataError);
  EXPECT_ANY_THROW(parse(whole + "chapters = \"none\"\n"));
}

TEST(Errata, ThePageCountsThem) {
  const std::string page = ErrataMarkdown(
      {{"1", "E", "a", "b", "", ""}, {"2", "O", "c", "d", "04_1_forward", "runs-agree"}});
  EXPECT_NE(page.find("2 points: 1 errors, 0 imprecise statements, 1 things"), page.npos) << page;
  EXPECT_NE(page.find("\\ref ch_04_1_forward (`runs-agree`)"), page.npos) << page;
}

}  // namespace
}  // namespace lanegrad
