// SPDX-License-Identifier: Apache-2.0
#include "docs/article_sections.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

fs::path Chapters(std::initializer_list<const char*> stems) {
  const fs::path directory = fs::path(testing::TempDir()) / "article_sections";
  fs::remove_all(directory);
  fs::create_directories(directory);
  for (const char* stem : stems) std::ofstream(directory / (std::string(stem) + ".md")) << "# x\n";
  return directory;
}

TEST(ArticleSections, AreCountedFromTheChaptersThatThereAre) {
  const std::string some = Coverage(Chapters({"02_1_concepts", "07_summary", "05_3_little_data"}));
  EXPECT_EQ(some.substr(0, 41), "3 of the article's 18 sections have a cha") << some;
  EXPECT_NE(some.find("those of 1, 2.2, 2.3, 3.1"), some.npos) << some;
  EXPECT_EQ(some.find(" 5,"), some.npos) << some;
}

TEST(ArticleSections, OneThatNobodyHasWrittenOfIsNotCoveredByALongerNumber) {
  const std::string some = Coverage(Chapters({"11_later", "06_1_definition"}));
  EXPECT_EQ(some.substr(0, 1), "1") << some;
  EXPECT_NE(some.find("those of 1, "), some.npos) << some;
}

TEST(ArticleSections, AllHaveAChapterInThisBook) {
  const std::string all = Coverage(fs::path(LANEGRAD_SOURCE_DIR) / "docs/chapters");
  EXPECT_EQ(all.find("to come"), all.npos) << all;
}

}  // namespace
}  // namespace lanegrad
