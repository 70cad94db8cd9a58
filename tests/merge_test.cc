// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/merge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "experiments/records/record.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

class MergeTest : public testing::Test {
 protected:
  MergeTest() {
    std::string pattern = (fs::temp_directory_path() / "lanegrad-merge-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~MergeTest() override { fs::remove_all(directory_); }

  static Json Run(int i, const char* digest = "d") {
    return {{"key", fmt::format("run-{}", i)}, {"digest", fmt::format("{}{}", digest, i)}};
  }
  fs::path Fill(const char* name, std::initializer_list<int> runs, const char* digest = "d") const {
    RecordFile file(directory_ / name);
    for (const int i : runs) file.Append(Run(i, digest));
    return directory_ / name;
  }
  std::multiset<std::string> Keys(const fs::path& place) const {
    std::multiset<std::string> keys;
    const RecordSet records = ReadRecords(place / "runs.jsonl");
    for (const Json& record : records.all()) keys.insert(record.at("key"));
    return keys;
  }
  MergeResult Merge(std::vector<fs::path> sources, const fs::path& target) const {
    return MergeRecords(sources, target);
  }

  fs::path directory_;
};

TEST_F(MergeTest, AMergeIsTheUnionAndKeepsOneOfEqualKeys) {
  const fs::path a = Fill("a", {1, 2, 3}), b = Fill("b", {3, 4}), c = directory_ / "c";
  const MergeResult result = Merge({a, b}, c);
  EXPECT_EQ(result.had, 0u);
  EXPECT_EQ(result.added, 4u);
  EXPECT_EQ(result.equal, 1u);
  EXPECT_EQ(Keys(c), (std::multiset<std::string>{"run-1", "run-2", "run-3", "run-4"}));
  // Again, it changes nothing; and a file serves as well as its directory.
  EXPECT_EQ(Merge({b / "runs.jsonl", a}, c).added, 0u);
  EXPECT_EQ(Keys(c).size(), 4u);
}

TEST_F(MergeTest, ATargetWithRecordsKeepsThemAndMayBeASource) {
  const fs::path a = Fill("a", {1, 2}), b = Fill("b", {3});
  const MergeResult result = Merge({a, b}, a);
  EXPECT_EQ(result.had, 2u);
  EXPECT_EQ(result.added, 1u);
  EXPECT_EQ(result.equal, 0u);
  EXPECT_EQ(Keys(a), (std::multiset<std::string>{"run-1", "run-2", "run-3"}));
}

TEST_F(MergeTest, DifferentDigestsOfOneKeyAreRefusedBeforeAnythingIsWritten) {
  const fs::path a = Fill("a", {1, 2}), b = Fill("b", {3, 2}, "x"), c = Fill("c", {9});
  try {
    Merge({a, b}, c);
    FAIL() << "merged";
  } catch (const DataError& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find("run-2 has digest d2 in " + (a / "runs.jsonl").string()), what.npos)
        << what;
    EXPECT_NE(what.find("x2 in " + (b / "runs.jsonl").string()), what.npos) << what;
  }
  EXPECT_EQ(Keys(c), (std::multiset<std::string>{"run-9"}));
  EXPECT_THROW(Merge({b}, Fill("d", {2})), DataError) << "the target's own records count";
}

TEST_F(MergeTest, DamagedLinesOfASourceAreLeftOutAndTheSourceIsNotTouched) {
  const fs::path a = Fill("a", {1, 2, 3});
  std::string text;
  {
    std::ifstream in(a / "runs.jsonl");
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  text[text.find("run-2")] = 'X';
  text.append("{\"key\":\"torn");
  std::ofstream(a / "runs.jsonl") << text;
  const MergeResult result = Merge({a}, directory_ / "c");
  EXPECT_EQ(Keys(directory_ / "c"), (std::multiset<std::string>{"run-1", "run-3"}));
  ASSERT_EQ(result.notices.size(), 2u);
  EXPECT_NE(result.notices[0].find("line 2 is damaged"), std::string::npos);
  EXPECT_NE(result.notices[1].find("line 4 is damaged (torn off)"), std::string::npos);
  std::ifstream in(a / "runs.jsonl");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text);
}

TEST_F(MergeTest, ASourceThatIsNotThereMakesNoTarget) {
  EXPECT_THROW(Merge({directory_ / "none"}, directory_ / "c"), DataError);
  EXPECT_FALSE(fs::exists(directory_ / "c"));
}

TEST_F(MergeTest, ARunThatWasForcedIsMergedByItsLastRecord) {
  const fs::path a = Fill("a", {1, 1});
  EXPECT_EQ(Merge({a}, directory_ / "c").added, 1u);
}

}  // namespace
}  // namespace lanegrad
