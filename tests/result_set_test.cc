// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/result_set.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "experiments/cli/child_process.h"
#include "experiments/report_diff/quality_report.h"
#include "network/dataset.h"
#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// Real runs: two activations, two rates, five seeds, on moons.
std::vector<RunRecord> RealRecords() {
  const Dataset data = LoadData("moons", {.train = 200, .test = 100});
  std::vector<RunRecord> records;
  for (const char* activation : {"relu", "tanh"}) {
    for (const float rate : {0.1f, 0.5f}) {
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Settings settings;
        settings.layers = {2, 8, 2};
        settings.activation = activation;
        settings.rate = rate;
        settings.seed = seed;
        settings.epochs = 2;
        records.push_back(MakeRunRecord("compare", "final", Train(settings, data), data));
      }
    }
  }
  return records;
}

const std::vector<RunRecord>& Records() {
  static const std::vector<RunRecord> records = RealRecords();
  return records;
}

// A copy in which every record that `chosen` accepts is changed.
std::vector<RunRecord> Changed(const std::function<bool(const RunRecord&)>& chosen,
                               const std::function<void(RunRecord&)>& change) {
  std::vector<RunRecord> copy = Records();
  for (RunRecord& record : copy) {
    if (chosen(record)) change(record);
  }
  return copy;
}

bool IsTanh(const RunRecord& record) { return record.settings.activation == "tanh"; }

// What a fault in the program would leave: other accuracy, other bits. The loss differs
// from seed to seed, as it would.
void MakeWorse(RunRecord& record) {
  record.test_accuracy =
      *record.test_accuracy - 0.03 - 0.001 * static_cast<double>(record.settings.seed);
  record.digest = std::string(32, 'f');
}

QualityComparison Compare(const std::vector<RunRecord>& a, const std::vector<RunRecord>& b) {
  return CompareSets(SetFromRecords(a, "A"), SetFromRecords(b, "B"), 0.005);
}

TEST(ResultSetTest, TheSameAgainstTheSameIsBitIdenticalAndSaidFirst) {
  const QualityComparison comparison = Compare(Records(), Records());
  EXPECT_EQ(comparison.rows.size(), 4u);
  EXPECT_EQ(comparison.Count(QualityVerdict::kIdentical), 4u);
  EXPECT_EQ(comparison.identical, 20u);
  const ResultSet set = SetFromRecords(Records(), "A");
  const VerdictPage page = QualityPage(comparison, set, set, 0.005, false);
  EXPECT_TRUE(page.summary[0].starts_with("Bit-identical: all 20 runs")) << page.summary[0];
  EXPECT_TRUE(page.warnings.empty());
  EXPECT_TRUE(page.tables[0].rows.empty()) << "there is nothing to list";
}

TEST(ResultSetTest, SetsThatDifferOnlyInWhatHasNoEffectAreCompared) {
  // The momentum of sgd: another key and another digest, and the same run.
  const auto other = Changed([](const RunRecord&) { return true; },
                             [](RunRecord& record) {
                               record.settings.momentum = 0.5f;
                               record.digest = "other";
                               record.key += "-other";
                             });
  const ResultSet a = SetFromRecords(Records(), "a"), b = SetFromRecords(other, "b");
  const QualityComparison same = CompareSets(a, b, 0.0);
  EXPECT_EQ(same.pairs, Records().size());
  EXPECT_EQ(same.identical, Records().size());
  // But a digest that differs beside equal settings is no such thing.
  const auto changed = Changed([](const RunRecord&) { return true; },
                               [](RunRecord& record) { record.digest = "other"; });
  EXPECT_EQ(CompareSets(a, SetFromRecords(changed, "c"), 0.0).identical, 0u);
}

TEST(ResultSetTest, ASeededRegressionIsCaughtInItsCellsAlone) {
  const QualityComparison comparison = Compare(Records(), Changed(IsTanh, MakeWorse));
  EXPECT_EQ(comparison.identical, 10u);
  EXPECT_EQ(comparison.varying, (std::vector<std::string>{"activation", "rate"}));
  for (const QualityRow& row : comparison.rows) {
    const bool tanh = row.labels[0] == "tanh";
    EXPECT_EQ(row.verdict, tanh ? QualityVerdict::kWorse : QualityVerdict::kIdentical);
    if (!tanh) continue;
    EXPECT_NEAR(row.difference, -0.033, 1e-9);
    EXPECT_LT(row.interval.high, 0.0);
    EXPECT_EQ(row.measure, "test");
  }
  // The same seen from the other side is an improvement.
  EXPECT_EQ(Compare(Changed(IsTanh, MakeWorse), Records()).Count(QualityVerdict::kBetter), 2u);
}

TEST(ResultSetTest, NoiseOfEitherSignIsNoDifferenceShown) {
  const QualityComparison comparison = Compare(Records(), Changed(IsTanh, [](RunRecord& record) {
                                                 *record.test_accuracy +=
                                                     record.settings.seed % 2 == 0 ? 0.02 : -0.015;
                                                 record.digest = std::string(32, 'e');
                                               }));
  EXPECT_EQ(comparison.Count(QualityVerdict::kNoChange), 2u);
  EXPECT_EQ(comparison.Count(QualityVerdict::kWorse), 0u);
}

TEST(ResultSetTest, ADifferenceBelowTheThresholdIsNoneHoweverSure) {
  const auto slightly = [](RunRecord& record) {
    *record.test_accuracy -= 0.004;
    record.digest = std::string(32, 'e');
  };
  EXPECT_EQ(Compare(Records(), Changed(IsTanh, slightly)).Count(QualityVerdict::kWorse), 0u);
}

TEST(ResultSetTest, RunsThatDivergeCountAsChanceAndAreCounted) {
  const QualityComparison comparison = Compare(Records(), Changed(IsTanh, [](RunRecord& record) {
                                                 record.status = Status::kDiverged;
                                                 record.test_accuracy = NAN;
                                                 record.digest = std::string(32, 'd');
                                               }));
  for (const QualityRow& row : comparison.rows) {
    if (row.labels[0] != "tanh") continue;
    EXPECT_EQ(row.diverged_b, 5u);
    EXPECT_EQ(row.b, 0.5);
  }
}

TEST(ResultSetTest, WhatDidNotRunIsListedAndLooksLikeNoSuccess) {
  std::vector<RunRecord> half;
  for (const RunRecord& record : Records()) {
    if (!IsTanh(record)) half.push_back(record);
  }
  half.pop_back();
  const QualityComparison comparison = Compare(Records(), half);
  EXPECT_EQ(comparison.only_a.size(), 11u);
  EXPECT_EQ(comparison.Count(QualityVerdict::kOnlyA), 2u);
  EXPECT_EQ(comparison.Count(QualityVerdict::kIdentical), 2u);
  const ResultSet a = SetFromRecords(Records(), "A"), b = SetFromRecords(half, "B");
  const std::string text = TerminalPage(QualityPage(comparison, a, b, 0.005, false));
  EXPECT_NE(text.find("!  11 runs are only in A: did not run in B"), std::string::npos) << text;
  EXPECT_NE(text.find("and 3 more"), std::string::npos) << text;
}

TEST(ResultSetTest, OneSeedWithOtherBitsCannotBeJudged) {
  const auto one = [](std::vector<RunRecord> records) {
    records.resize(1);
    return records;
  };
  std::vector<RunRecord> other = one(Records());
  MakeWorse(other[0]);
  const QualityComparison comparison = Compare(one(Records()), other);
  EXPECT_EQ(comparison.rows[0].verdict, QualityVerdict::kUnjudged);
  EXPECT_TRUE(std::isnan(comparison.rows[0].interval.low));
}

TEST(ResultSetTest, OtherDataOrArithmeticIsNotComparable) {
  const auto all = [](const RunRecord&) { return true; };
  const auto message = [](const std::vector<RunRecord>& b) -> std::string {
    try {
      Compare(Records(), b);
    } catch (const DataError& why) {
      return why.what();
    }
    return "";
  };
  EXPECT_TRUE(message(Changed(all, [](RunRecord& record) { record.numeric_version = 1; }))
                  .starts_with(fmt::format("not comparable: A is of numeric specification {}",
                                           kNumericVersion)));
  EXPECT_TRUE(message(Changed(all, [](RunRecord& record) {
                record.checksum.clear();
              })).starts_with("not comparable: A learned from moons"));
  EXPECT_TRUE(
      message(Changed(all, [](RunRecord& record) { record.settings.batch = 7; }))
          .ends_with("have no run in common: they differ in batch (32; 7); to compare along "
                     "it: --along batch"));
  EXPECT_THROW(Compare(Records(), Changed(IsTanh, [](RunRecord& r) { r.numeric_version = 1; })),
               DataError)
      << "mixed within one set";
  EXPECT_THROW(SetFromRecords({}, "A"), DataError);
}

// The program itself, on files on disk.
class ProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/lanegrad_result_set_XXXXXX";
    directory_ = ::mkdtemp(pattern);
    Write("a", Records());
  }
  void TearDown() override { fs::remove_all(directory_); }

  void Write(const std::string& name, const std::vector<RunRecord>& records) {
    fs::create_directories(directory_ / name);
    std::ofstream file(directory_ / name / "runs.jsonl", std::ios::binary);
    for (const RunRecord& record : records) file << RunLine(record);
  }
  // What the program printed, or the message of its failure.
  std::string Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), LANEGRAD_PROGRAMS "/compare-reports");
    try {
      return RunChild(arguments);
    } catch (const DataError& why) {
      return why.what();
    }
  }
  std::string Path(const std::string& name) const { return (directory_ / name).string(); }

  fs::path directory_;
};

TEST_F(ProgramTest, EndsWithOneOnASeededRegressionAndWithZeroOnEqualSets) {
  EXPECT_NE(Run({Path("a"), Path("a")}).find("Bit-identical"), std::string::npos);
  Write("worse", Changed(IsTanh, MakeWorse));
  EXPECT_NE(Run({Path("a"), Path("worse")}).find("ended with exit code 1"), std::string::npos);
  EXPECT_NE(Run({Path("worse"), Path("a")}).find("2 better"), std::string::npos);
  EXPECT_NE(Run({Path("worse"), Path("a"), "--same-bits"}).find("ended with exit code 1"),
            std::string::npos);
  EXPECT_NE(Run({Path("a"), Path("worse"), "--threshold", "5"}).find("No regression beyond 5"),
            std::string::npos);
}

TEST_F(ProgramTest, WritesMarkdownAndAPageThatNeedsNothingElse) {
  Write("worse", Changed(IsTanh, MakeWorse));
  Run({Path("a"), Path("worse"), "--markdown", Path("r.md"), "--html", Path("r.html")});
  const auto read = [&](const char* name) {
    std::ifstream file(directory_ / name);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  EXPECT_NE(read("r.md").find("REGRESSION: 2 of 4 cells are worse"), std::string::npos);
  const std::string html = read("r.html");
  EXPECT_NE(html.find("REGRESSION: 2 of 4 cells are worse"), std::string::npos);
  EXPECT_NE(html.find("<svg"), std::string::npos);
  EXPECT_EQ(html.find("src=\"http"), std::string::npos);
  const Json json = Json::parse(Run({Path("a"), Path("a"), "--json"}));
  EXPECT_EQ(json.at("bit_identical"), 20);
}

TEST_F(ProgramTest, RefusesADamagedLineWithItsNumber) {
  Write("damaged", Records());
  std::fstream file(directory_ / "damaged" / "runs.jsonl", std::ios::in | std::ios::out);
  file.seekp(40);
  file << '#';
  file.close();
  const std::string said = Run({Path("a"), Path("damaged")});
  EXPECT_NE(said.find("ended with exit code 3"), std::string::npos) << said;
  EXPECT_NE(said.find("line 1 is damaged"), std::string::npos) << said;
}

// The same runs as if a number had been learned.
std::vector<RunRecord> Regressions(double less) {
  std::vector<RunRecord> records = Records();
  for (RunRecord& record : records) {
    record.target = "price";
    const double r2 = *record.test_accuracy - less -
                      (less > 0.0 ? 0.001 * static_cast<double>(record.settings.seed) : 0.0);
    record.test_accuracy = r2;
    record.test_rmse = 100.0 * std::sqrt(1.0 - r2);
    if (less > 0.0) record.digest = std::string(32, 'e');
  }
  return records;
}

TEST(ResultSetTest, RegressionsAreComparedByR2) {
  const ResultSet a = SetFromRecords(Regressions(0.0), "A");
  const ResultSet b = SetFromRecords(Regressions(0.03), "B");
  EXPECT_EQ(a.score, Score::kR2);
  const QualityComparison same = CompareSets(a, a, 0.005);
  EXPECT_EQ(same.Count(QualityVerdict::kIdentical), 4u);
  const QualityComparison comparison = CompareSets(a, b, 0.005);
  ASSERT_EQ(comparison.rows.size(), 4u);
  EXPECT_EQ(comparison.Count(QualityVerdict::kWorse), 4u);
  for (const QualityRow& row : comparison.rows) {
    EXPECT_NEAR(row.difference, -0.033, 1e-9);
    EXPECT_GT(row.rmse_b, row.rmse_a);
  }
  for (const bool all : {false, true}) {
    const VerdictPage page = QualityPage(comparison, a, b, 0.005, all);
    EXPECT_EQ(page.summary[2], "REGRESSION: 4 of 4 cells are worse, by more than 0.005 of R².");
    const std::string text = TerminalTable(page.tables[0]);
    EXPECT_NE(text.find("-0.0330"), std::string::npos) << text;
    EXPECT_EQ(text.find("ccuracy"), std::string::npos) << text;
    EXPECT_EQ(text.find('%'), text.find("95 %") + 3) << "no share in " << text;
    EXPECT_EQ(text.find("RMSE of A") != std::string::npos, all);
    for (const auto& row : page.tables[0].rows) {
      EXPECT_EQ(row.size(), page.tables[0].columns.size());
    }
  }
  // One that diverged counts as naming the mean.
  std::vector<RunRecord> broken = Regressions(0.0);
  for (RunRecord& record : broken) {
    record.status = Status::kDiverged;
    record.digest = std::string(32, 'd');
  }
  for (const QualityRow& row : CompareSets(a, SetFromRecords(broken, "B"), 0.005).rows) {
    EXPECT_EQ(row.b, 0.0);
    EXPECT_TRUE(std::isnan(row.rmse_b));
    EXPECT_EQ(row.diverged_b, 5u);
  }
  const Json json = QualityJson(comparison, a, b, 0.005);
  EXPECT_EQ(json["score"], "r2");
  EXPECT_TRUE(json["rows"][0]["rmse_a"].is_number());
}

}  // namespace
}  // namespace lanegrad
