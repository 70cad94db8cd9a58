// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison_report.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/made_records.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

class ComparisonReportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::temp_directory_path() / ("lanegrad_report_" + std::to_string(::getpid()));
    fs::remove_all(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }

  // Every file of the report of these records, by its path.
  std::map<std::string, std::string> Write(const std::vector<RunRecord>& records,
                                           const std::string& command = "compare --quick") {
    ComparisonFacts facts = FactsOfRecords(records);
    facts.command = command;
    fs::remove_all(directory_);
    WriteComparisonReport(directory_, records, facts);
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(directory_)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::ostringstream text;
      text << file.rdbuf();
      files[fs::relative(entry.path(), directory_).string()] = text.str();
    }
    return files;
  }

  fs::path directory_;
};

std::vector<Axis> Axes(std::initializer_list<const char*> texts) {
  std::vector<Axis> axes;
  for (const char* text : texts) axes.push_back(ParseAxis(text));
  return axes;
}

TEST_F(ComparisonReportTest, TheSameRecordsGiveTheSameBytesInWhateverOrder) {
  const auto grid =
      Axes({"activation=relu,tanh", "loss=mse,softmax_cross_entropy", "rate=0.1,0.3162,1"});
  const std::vector<RunRecord> records = MadeComparison(grid, 3, 3, PlausibleRun);
  EXPECT_EQ(Write(records), Write(records));
}

TEST_F(ComparisonReportTest, AnyNumberOfAxesIsReported) {
  const std::vector<std::vector<Axis>> grids = {
      {},
      Axes({"rate=log:0.003162:31.62:9"}),
      Axes({"activation=all"}),
      Axes({"batch=16,32,64", "rate=0.1,0.3162,1"}),
      Axes({"optimizer=sgd,adam", "batch=16,64"}),
      Axes({"activation=relu,tanh", "optimizer=sgd,adam", "batch=16,64", "rate=0.1,0.3162,1"}),
  };
  for (const std::vector<Axis>& grid : grids) {
    for (const std::size_t seeds : {1u, 3u}) {
      const auto files = Write(MadeComparison(grid, seeds, seeds, PlausibleRun));
      const std::string& html = files.at("report.html");
      const bool rate = !grid.empty() && grid.back().setting == "rate";
      EXPECT_EQ(files.contains("figures/compare_rates.svg"), rate);
      EXPECT_EQ(files.contains("figures/compare_heatmap.svg"), rate);
      EXPECT_EQ(files.contains("figures/compare_best_of_k.svg"), rate);
      EXPECT_TRUE(files.contains("figures/compare_ranking.svg"));
      EXPECT_TRUE(files.contains("figures/compare_curves.svg"));
      EXPECT_TRUE(files.contains("figures/compare_target.svg"));
      const bool cells = !AxesButRate(grid).empty();
      EXPECT_EQ(files.contains("figures/compare_critical.svg"), cells && seeds > 1);
      for (const Axis& axis : grid) {
        EXPECT_NE(html.find(axis.setting), std::string::npos) << axis.setting;
      }
      const std::string page = html.substr(0, html.find("<script>"));
      for (const char* bad : {" nan", ">nan", "\"nan", ">inf", "-inf "}) {
        const std::size_t at = page.find(bad);
        EXPECT_EQ(at, page.npos) << page.substr(at < 80 ? 0 : at - 80, 160);
      }
    }
  }
}

TEST_F(ComparisonReportTest, EveryFigureHasItsDrawingItsDataAndASpecification) {
  const auto files = Write(MadeComparison(GoalGrid(), 1, 2, PlausibleRun));
  std::size_t figures = 0;
  for (const auto& [path, text] : files) {
    if (!path.ends_with(".svg")) continue;
    if (path.ends_with("_plain.svg")) {  // the same data, drawn for papers
      EXPECT_TRUE(files.contains(path.substr(0, path.size() - 10) + ".svg")) << path;
      continue;
    }
    ++figures;
    const std::string stem = path.substr(0, path.size() - 4);
    ASSERT_TRUE(files.contains(stem + ".csv")) << stem;
    ASSERT_TRUE(files.contains(stem + ".vl.json")) << stem;
    const auto spec = nlohmann::json::parse(files.at(stem + ".vl.json"));
    EXPECT_EQ("figures/" + spec.at("data").at("url").get<std::string>(), stem + ".csv");
    EXPECT_FALSE(spec.at("title").at("text").get<std::string>().empty()) << stem;
    EXPECT_NE(spec.at("title").at("subtitle").get<std::string>().find(" seed"), std::string::npos)
        << stem << ": how many seeds?";
    EXPECT_EQ(text.find("var("), std::string::npos) << stem;
    const std::string name = stem.substr(stem.find('/') + 1);
    EXPECT_NE(files.at("report.html").find("data-name=\"" + name + "\""), std::string::npos);
  }
  EXPECT_EQ(figures, 18u);
}

TEST_F(ComparisonReportTest, TheGoalsGridStaysSmallEnoughToOpenAnywhere) {
  Settings base = MadeBase();
  base.epochs = 10;
  const auto files = Write(MadeComparison(GoalGrid(), 3, 5, PlausibleRun, base));
  // Two figures of differences to the best are the last 60 KB of it.
  EXPECT_LT(files.at("report.html").size(), 1'153'000u);
}

TEST_F(ComparisonReportTest, ItIsOneFileThatNeedsNoNetwork) {
  std::string html = Write(MadeComparison(GoalGrid(), 1, 2, PlausibleRun)).at("report.html");
  // Names of XML, which nobody fetches.
  for (const std::string_view name : {"http://www.w3.org/2000/svg"}) {
    for (std::size_t at; (at = html.find(name)) != html.npos;) html.erase(at, name.size());
  }
  EXPECT_EQ(html.find("http:"), std::string::npos);
  EXPECT_EQ(html.find("https:"), std::string::npos);
  EXPECT_EQ(html.find("//cdn"), std::string::npos);
}

TEST_F(ComparisonReportTest, TheCommandStandsOnce) {
  const std::string html =
      Write(MadeComparison(GoalGrid(), 1, 2, PlausibleRun), "compare --x").at("report.html");
  const std::size_t at = html.find("compare --x");
  ASSERT_NE(at, html.npos);
  EXPECT_EQ(html.find("compare --x", at + 1), html.npos);
}

TEST_F(ComparisonReportTest, TheAnswerComesFirstAndTheDigestLast) {
  const auto files = Write(MadeComparison(GoalGrid(), 1, 3, PlausibleRun));
  const std::string& html = files.at("report.html");
  const std::size_t answer = html.find("class=\"answer\"");
  const std::size_t evidence = html.find("<figure"), warning = html.find("class=\"warning\"");
  const std::size_t digest = html.find("<dt>digest</dt>");
  ASSERT_NE(digest, html.npos);
  ASSERT_NE(warning, html.npos) << "three seeds say little";
  EXPECT_LT(answer, evidence);
  EXPECT_LT(html.rfind("<figure"), warning);
  EXPECT_LT(warning, digest);
  const std::string& markdown = files.at("ranking.md");
  EXPECT_LT(markdown.find("at rate"), markdown.find("| rank |"));
  EXPECT_LT(markdown.find("| rank |"), markdown.find("* digest: "));
}

// Of an experiment with far and near cells, the near ones are drawn again by themselves.
TEST_F(ComparisonReportTest, DifferencesToTheBestAreDrawnAndTheNearOnesAgain) {
  const auto grid = Axes({"activation=relu,tanh,gelu", "rate=0.1,0.3162,1"});
  const auto files = Write(MadeComparison(grid, 2, 8, [](const Settings& s, bool) {
    const double top = s.activation == "tanh" ? 0.4 : s.activation == "gelu" ? 0.8 : 0.8002;
    return MadeRun{top + 0.002 * MadeNoise(s), false};
  }));
  const std::string& all = files.at("figures/compare_difference.csv");
  const std::string& near = files.at("figures/compare_difference_near.csv");
  EXPECT_NE(all.find("tanh"), all.npos);
  EXPECT_EQ(near.find("tanh"), near.npos);
  EXPECT_NE(near.find("relu"), near.npos);
  EXPECT_NE(near.find("gelu"), near.npos);
}

TEST_F(ComparisonReportTest, EveryFailureIsListed) {
  const std::vector<RunRecord> records = MadeComparison(GoalGrid(), 3, 3, PlausibleRun);
  ComparisonFacts facts = FactsOfRecords(records);
  const Comparison comparison = MakeComparison(records, facts);
  OutcomeCounts counts;
  for (const ComparisonCell& cell : comparison.cells) counts.Add(CountOutcomes(cell));
  ASSERT_GT(counts.diverged, 10u);
  ASSERT_GT(counts.stuck, 10u);
  const Table table = FailureTable(comparison.cells, facts);
  double diverged = 0, stuck = 0;
  for (const auto& row : table.rows) {
    diverged += row[4].sort;
    stuck += row[5].sort;
  }
  EXPECT_EQ(diverged, static_cast<double>(counts.diverged));
  EXPECT_EQ(stuck, static_cast<double>(counts.stuck));
}

TEST_F(ComparisonReportTest, AnUnfinishedGridIsReportedAsFarAsItIs) {
  std::vector<RunRecord> records = MadeComparison(GoalGrid(), 1, 2, PlausibleRun);
  std::vector<RunRecord> tuning;
  std::copy_if(records.begin(), records.end(), std::back_inserter(tuning),
               [](const RunRecord& record) { return record.phase == "tune"; });
  const auto none = Write(tuning);
  EXPECT_NE(none.at("report.html").find("The grid is not finished"), std::string::npos);
  records.pop_back();
  EXPECT_NE(Write(records).at("report.html").find("1 of 24 cells lack runs"), std::string::npos);
}

TEST_F(ComparisonReportTest, TheRankingIsPlainNumbersForOthers) {
  const auto files = Write(MadeComparison(GoalGrid(), 1, 3, PlausibleRun));
  std::istringstream csv(files.at("ranking.csv"));
  std::string line;
  std::getline(csv, line);
  EXPECT_EQ(line,
            "rank,activation,loss,rate,mean,median,student_low,student_high,bootstrap_low,"
            "bootstrap_high,difference,difference_low,difference_high,seeds,p_better,p_holm,"
            "verdict,diverged,stuck,runs\r");
  std::size_t rows = 0;
  for (double last = 1.0; std::getline(csv, line); ++rows) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
    ASSERT_EQ(cells.size(), 20u) << line;
    EXPECT_LE(std::stod(cells[4]), last) << "by falling mean";
    last = std::stod(cells[4]);
    EXPECT_LE(std::stod(cells[6]), last);
    EXPECT_GE(std::stod(cells[7]), last);
  }
  EXPECT_EQ(rows, 24u);
}

// Titles state findings: they must change with the data.
TEST_F(ComparisonReportTest, TitlesSayWhatTheDataShow) {
  const auto title = [&](double tanh, double other, const char* figure) {
    const auto grid = Axes({"activation=relu,tanh,gelu", "rate=0.1,0.3162,1"});
    const std::vector<RunRecord> records = MadeComparison(grid, 2, 6, [&](const Settings& s, bool) {
      const double top = s.activation == "tanh" ? tanh : other;
      const double miss = std::fabs(std::log10(static_cast<double>(s.rate) / 0.3162));
      return MadeRun{top - 0.1 * miss + 0.001 * MadeNoise(s), false};
    });
    const auto files = Write(records);
    return nlohmann::json::parse(files.at(std::string("figures/") + figure + ".vl.json"))
        .at("title")
        .at("text")
        .get<std::string>();
  };
  EXPECT_EQ(title(0.9, 0.5, "compare_ranking"), "tanh is first, and surely so");
  EXPECT_NE(title(0.5, 0.9, "compare_ranking").find("no difference is shown"), std::string::npos);
  EXPECT_EQ(title(0.9, 0.5, "compare_rates"), "One learning rate is best for all: 0.3162");
  EXPECT_EQ(title(0.9, 0.5, "compare_curves"), "tanh leads from the first epoch to the last");
  const std::string best_of_k = title(0.9, 0.5, "compare_best_of_k");
  EXPECT_TRUE(best_of_k.starts_with("tanh is expected best with 3 rates tried (")) << best_of_k;
  EXPECT_EQ(best_of_k.find("and with"), std::string::npos) << "three are all: " << best_of_k;
}

// Rates that are best at an end of what was tried may lie farther apart than that, and that is
// said where it is read.
TEST_F(ComparisonReportTest, WhatIsBestAtAnEndOfTheRatesIsSaidToBe) {
  const auto grid = Axes({"activation=relu,tanh,gelu", "rate=0.1,0.3162,1"});
  const std::vector<RunRecord> records = MadeComparison(grid, 2, 6, [](const Settings& s, bool) {
    const double best = s.activation == "relu" ? 0.1 : s.activation == "tanh" ? 1.0 : 0.3162;
    const double miss = std::fabs(std::log10(static_cast<double>(s.rate) / best));
    return MadeRun{0.9 - 0.1 * miss + 0.001 * MadeNoise(s), false};
  });
  const std::string rates = Write(records).at("figures/compare_rates.vl.json");
  EXPECT_NE(rates.find("tanh needs a rate at least 10 times that of relu"), std::string::npos);
  ComparisonFacts facts = FactsOfRecords(records);
  const Comparison comparison = MakeComparison(records, facts);
  const std::string all = BestAtAnEnd(comparison, 9), one = BestAtAnEnd(comparison, 1);
  EXPECT_NE(all.find("relu (0.1, the smallest), tanh (1, the largest)."), std::string::npos) << all;
  EXPECT_NE(one.find("relu (0.1, the smallest) and 1 more."), std::string::npos) << one;
}

}  // namespace
}  // namespace lanegrad
