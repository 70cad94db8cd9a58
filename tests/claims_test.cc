// SPDX-License-Identifier: Apache-2.0
// Claims are rules, not sentences: for every claim of every experiment there are records that give
// it another verdict. The experiments are those that the build finds; nobody lists them. Their
// records are those of their quick profiles, which tests/experiments_test.sh leaves.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "experiments/cli/shell.h"
#include "experiments/experiment/claim.h"
#include "experiments/records/measurement.h"
#include "experiments/records/record.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> Experiments() {
  std::istringstream names(LANEGRAD_EXPERIMENTS);
  return {std::istream_iterator<std::string>(names), {}};
}

// Where a number stands: in which row, and as which of the row's numbers.
struct Place {
  std::size_t row, field;
};

// What becomes of one number of a row.
using Planting = std::function<double(double value, Place place)>;

// Other numbers in the place of those that came out. The digest is made anew, since a digest is no
// signature: it tells damage from data, not truth from lies.
Json PlantedRow(const Json& record, std::size_t at, const Planting& plant) {
  Measurement row = ReadMeasurement(record);
  std::size_t field = 0;
  for (Fields* fields : {&row.values, &row.machine}) {
    const Fields before = *fields;
    for (const auto& [name, value] : before.all()) {
      const double* number = std::get_if<double>(&value);
      if (number != nullptr) fields->Set(name, plant(*number, {at, field++}));
    }
  }
  return RecordOf(record.at("experiment").get<std::string>(), row);
}

// Accuracies of trainings by their cell, which is everything but rate and seed: those of `cells`
// before it come first, or last. Within a cell the order of rates stays, so that the runs of the
// second round are the same.
Json PlantedRun(const Json& record, std::vector<std::string>& cells, bool rising) {
  Json cell = record.at("settings");
  cell.erase("rate");
  cell.erase("seed");
  auto place = std::find(cells.begin(), cells.end(), cell.dump());
  if (place == cells.end()) place = cells.insert(cells.end(), cell.dump());
  const double number = static_cast<double>(place - cells.begin());
  const double rank = 0.05 * number;
  const double seed = record.at("settings").at("seed").get<double>();
  const double base =
      (rising ? 0.1 + rank : 0.9 - rank) + 1e-4 * std::fmod(seed * (number + 1.0), 7.0);
  Json planted = record;
  if (planted.contains("test_accuracy")) planted["test_accuracy"] = base;
  for (Json& epoch : planted["epochs"]) {
    Json& accuracy = epoch["validation_accuracy"];
    accuracy = base + 1e-6 * accuracy.get<double>();
  }
  return planted;
}

std::vector<Json> PlantedAll(const std::vector<Json>& records, std::size_t variant,
                             const Planting& plant) {
  std::vector<std::string> cells;
  std::vector<Json> planted;
  for (const Json& record : records) {
    planted.push_back(record.contains("values") ? PlantedRow(record, planted.size(), plant)
                                                : PlantedRun(record, cells, variant % 2 == 0));
  }
  return planted;
}

// The verdicts of `claims.csv`, by claim.
std::map<std::string, std::string> Verdicts(const fs::path& directory) {
  std::map<std::string, std::string> verdicts;
  std::ifstream file(directory / "claims.csv");
  const std::regex row(R"re(^("(?:[^"]|"")*"|[^,]*),("(?:[^"]|"")*"|[^,]*),([^,]*),)re");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::smatch parts;
    if (std::regex_search(line, parts, row)) verdicts[parts[1]] = parts[3];
  }
  return verdicts;
}

class ClaimsTest : public testing::TestWithParam<std::string> {};

TEST_P(ClaimsTest, EveryClaimHasAnotherVerdictOnOtherRecords) {
  const fs::path work = fs::path(testing::TempDir()) / ("claims_" + GetParam());
  fs::remove_all(work);
  const auto run = [&](const fs::path& output, std::string_view flag) {
    return ::system((ShellWord(std::string(LANEGRAD_PROGRAMS "/") + GetParam()) +
                     " --quick --quiet " + std::string(flag) + " --output " +
                     ShellWord(output.string()) + " > /dev/null")
                        .c_str());
  };
  // What experiments_test.sh recorded; the summary has its folder in common with all others.
  const fs::path recorded = GetParam() == "07_summary"
                                ? fs::path(LANEGRAD_QUICK_RESULTS)
                                : fs::path(LANEGRAD_QUICK_RESULTS) / GetParam();
  fs::create_directories(work / "true");
  ASSERT_TRUE(fs::copy_file(recorded / "runs.jsonl", work / "true" / "runs.jsonl"));
  ASSERT_EQ(run(work / "true", "--report-only"), 0);
  std::map<std::string, std::set<std::string>> seen;
  for (const auto& [claim, verdict] : Verdicts(work / "true")) seen[claim].insert(verdict);
  ASSERT_FALSE(seen.empty());
  const RecordSet set = ReadRecords(work / "true" / "runs.jsonl");
  const std::vector<Json> records(set.all().begin(), set.all().end());

  const std::vector<Planting> plantings = {
      [](double, Place) { return 0.0; },
      [](double, Place) { return 1.0; },
      [](double value, Place) { return -value; },
      [](double value, Place) { return 1.0 - value; },
      [](double value, Place at) { return value + static_cast<double>(at.row); },
      [](double value, Place at) { return value / static_cast<double>(at.row + 1); },
      [](double value, Place at) { return value + static_cast<double>(at.field); },
      [](double, Place at) { return static_cast<double>(at.field); },
      [](double value, Place at) { return at.row % 2 == 0 ? value : 1.0 - value; },
      [](double, Place at) { return static_cast<double>(at.row * 7919 % 101) / 101.0; },
  };
  // Of an experiment with both, the rows follow the runs of its grid.
  const bool rows = std::any_of(records.begin(), records.end(),
                                [](const Json& record) { return record.contains("values"); });
  for (std::size_t p = 0; p < (rows ? plantings.size() : 2); ++p) {
    const fs::path output = work / ("planted_" + std::to_string(p));
    RecordFile(output).AppendAll(PlantedAll(records, p, plantings[p]));
    run(output, "--report-only");  // exit code 1 is right here: claims fail
    for (const auto& [claim, verdict] : Verdicts(output)) seen[claim].insert(verdict);
  }
  for (const auto& [claim, verdicts] : seen) {
    EXPECT_GE(verdicts.size(), 2u) << claim << " is always " << *verdicts.begin();
  }
  fs::remove_all(work);
}

INSTANTIATE_TEST_SUITE_P(Every, ClaimsTest, testing::ValuesIn(Experiments()),
                         [](const auto& each) { return "e" + each.param; });

TEST(ClaimTest, AnotherVerdictThanTheExpectedOneIsAFailureUnlessNothingIsDecided) {
  const Claim claim = {"name", "sentence", "source", "limits", nullptr, Verdict::kSupported};
  EXPECT_TRUE((JudgedClaim{&claim, {Verdict::kSupported, ""}}.AsExpected()));
  EXPECT_TRUE((JudgedClaim{&claim, {Verdict::kNotDecided, ""}}.AsExpected()));
  EXPECT_FALSE((JudgedClaim{&claim, {Verdict::kQualified, ""}}.AsExpected()));
  EXPECT_FALSE((JudgedClaim{&claim, {Verdict::kNotSupported, ""}}.AsExpected()));
  const Claim open = {"name", "sentence", "source", "limits", nullptr};
  EXPECT_TRUE((JudgedClaim{&open, {Verdict::kNotSupported, ""}}.AsExpected()));
}

TEST(ClaimTest, TheTextOfAClaimFitsItsWidthAndSaysWhatWasExpected) {
  const Claim claim = {"name",
                       "A sentence that is long enough to be wrapped into several lines.",
                       "an article, section 1",
                       "",
                       nullptr,
                       Verdict::kSupported};
  const JudgedClaim judged = {&claim, {Verdict::kNotSupported, "1 of 2 networks, 50 %"}};
  const std::string text = ClaimText(std::span(&judged, 1), 40);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    EXPECT_LE(end - begin, 40u) << text;
    begin = end + 1;
  }
  EXPECT_NE(text.find("not supported: 1 of 2"), text.npos) << text;
  EXPECT_NE(text.find("EXPECTED: supported"), text.npos) << text;
}

}  // namespace
}  // namespace lanegrad
