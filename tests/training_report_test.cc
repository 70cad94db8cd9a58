// SPDX-License-Identifier: Apache-2.0
//
// What is said of a training follows from its records: other numbers, other sentences.
#include "experiments/training/training_report.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "experiments/training/training_answer.h"
#include "experiments/training/training_figure.h"
#include "experiments/training/training_table.h"
#include "experiments/training/training_text.h"

namespace lanegrad {
namespace {

// Three classes of 10 test samples, which are pictures of 2 x 2.
const Dataset& Pictures() {
  static const Dataset data = [] {
    Dataset made = {.name = "made", .checksum = "00", .classes = 3, .width = 2, .height = 2};
    made.test = {.count = 30, .features = 4, .bytes = {}, .values = {}, .labels = {}};
    for (std::size_t i = 0; i < 30; ++i) {
      made.test.labels.push_back(static_cast<std::uint8_t>(i / 10));
      for (const int level : {0, 85, 170, 255}) {
        made.test.bytes.push_back(static_cast<std::uint8_t>(level));
      }
    }
    made.class_names = {"hat", "shoe", "glove"};
    return made;
  }();
  return data;
}

EpochMetrics Epoch(double train, double held_out) {
  return {.train_loss = 1.0 - train,
          .train_accuracy = train,
          .validation_loss = 1.0 - held_out,
          .validation_accuracy = held_out};
}

// A run whose 30 test samples were taken for what `counts` says.
RunRecord Made(std::uint64_t seed, std::vector<std::uint32_t> counts) {
  RunRecord run;
  run.key = "train-" + std::to_string(seed);
  run.settings.layers = {4, 5, 3};
  run.settings.seed = seed;
  run.settings.rate = 0.1f;
  run.settings.samples = 100;
  run.settings.validation = 50;
  run.data = "made";
  run.epochs = {Epoch(0.5, 0.6), Epoch(0.7, 0.9), Epoch(0.9, 0.8)};
  run.steps = 12;
  run.test_accuracy = (counts[0] + counts[4] + counts[8]) / 30.0;
  run.test_loss = 0.5;
  run.digest = std::string(32, 'd');
  run.health = Health();
  run.health->layers = {{.dead = 0.2}, {.saturated = 0.1}};
  run.confusion = {.classes = 3,
                   .counts = std::move(counts),
                   .mistakes = {{12, 1, 2, 0.995f, 0.001f}, {3, 0, 1, 0.7f, 0.2f}},
                   .probabilities = true};
  return run;
}

RunRecord Good(std::uint64_t seed = 1) { return Made(seed, {10, 0, 0, 1, 5, 4, 0, 1, 9}); }
RunRecord Better(std::uint64_t seed = 2) { return Made(seed, {9, 1, 0, 0, 10, 0, 0, 0, 10}); }

RunRecord Diverged(std::uint64_t seed = 3) {
  RunRecord run = Good(seed);
  run.status = Status::kDiverged;
  run.bad_step = 7;
  run.epochs.resize(1);
  run.test_accuracy = 0.0;
  run.test_loss = NAN;
  run.confusion.reset();
  run.health->diverged = true;
  run.health->faults = {{"diverged in step 7", "a smaller --rate"}};
  return run;
}

TrainedRuns Of(std::vector<RunRecord> runs) {
  return {.data = Pictures(), .runs = std::move(runs)};
}

std::string Said(const TrainedRuns& trained) {
  std::string text;
  for (const std::string& sentence : AnswerSentences(trained)) text += sentence + "\n";
  return text;
}

testing::AssertionResult Says(const std::string& text, const std::string& part) {
  if (text.find(part) != text.npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "'" << part << "' is not in: " << text;
}

TEST(TrainingAnswer, BeginsWithTheTestSamplesAndTheirInterval) {
  const std::string said = Said(Of({Good()}));
  // 24 of 30: Wilson's interval, from the textbook formula.
  EXPECT_EQ(said.find("80.00 % of the 30 test samples are named rightly (95 % interval, of so many "
                      "samples: 62.69 to 90.49 %)."),
            0u)
      << said;
  EXPECT_TRUE(Says(said, "Of the 50 held-out samples it is 80.00 %, as many as of test samples"));
  EXPECT_TRUE(Says(said, "of training samples 90.00 %, 10.00 points more than of test samples"));
  EXPECT_TRUE(Says(said,
                   "Recognised least is shoe: 50.00 % of its samples; 40.00 % are "
                   "taken for glove."));
  EXPECT_TRUE(Says(said, "No fault was found"));
}

TEST(TrainingAnswer, OfSeveralSeedsIsTheMeanWithStudentsInterval) {
  const std::string said = Said(Of({Good(), Better()}));
  EXPECT_EQ(said.find("88.33 % of the 30 test samples are named rightly, in the mean of 2 seeds"),
            0u)
      << said;
  EXPECT_TRUE(Says(said, "the seeds: 80.00 to 96.67 %"));
}

TEST(TrainingAnswer, TakesTheEpochWhoseWeightsWereKept) {
  RunRecord run = Good();
  run.kept_epoch = 2;
  const std::string said = Said(Of({run}));
  EXPECT_TRUE(Says(said, "held-out samples it is 90.00 %"));
  EXPECT_TRUE(Says(said, "in the kept epoch"));
}

TEST(TrainingAnswer, WithoutHeldOutSamplesSaysWhatTheyAreFor) {
  RunRecord run = Good();
  run.settings.validation = 0;
  for (EpochMetrics& epoch : run.epochs) epoch.validation_loss = epoch.validation_accuracy = {};
  const std::string said = Said(Of({run}));
  EXPECT_TRUE(Says(said, "Nothing was held out"));
  EXPECT_EQ(said.find("held-out"), said.npos) << said;
}

TEST(TrainingAnswer, ARunThatDivergedIsNoNetworkAndCountsAsGuessingAmongOthers) {
  EXPECT_EQ(Said(Of({Diverged()})).find("The run diverged in step 7"), 0u);
  EXPECT_EQ(Said(Of({Diverged(1), Diverged(2)})).find("All of 2 seeds diverged"), 0u);
  const std::string said = Said(Of({Good(1), Diverged(2)}));
  EXPECT_TRUE(Says(said, "1 of 2 runs diverged, and count as guessing"));
  EXPECT_TRUE(Says(said, "56.67 % of the 30 test samples"));  // the mean of 4/5 and 1/3
  EXPECT_TRUE(Says(said, "A fault was found: diverged in step 7. To try first: a smaller --rate."));
}

TEST(TrainingAnswer, OfARunThatWasInterruptedSaysThatNothingWasTested) {
  RunRecord run = Good();
  run.status = Status::kInterrupted;
  run.test_accuracy.reset();
  run.confusion.reset();
  const std::string said = Said(Of({run}));
  EXPECT_EQ(said.find("The run ended after step 12, before it read the 30 test samples."), 0u)
      << said;
  EXPECT_EQ(said.find("nan"), said.npos) << said;
}

TEST(TrainingTable, FaultsOfSeveralSeedsAreOneRowEachWithItsSeeds) {
  const Table table = FaultTable(Of({Diverged(1), Good(2), Diverged(3)}));
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(table.rows[0][1].text, "a smaller --rate");
  EXPECT_EQ(table.rows[0][2].text, "1, 3");
}

TEST(TrainingTable, ClassesCountTestSamplesOfOneRun) {
  const Table table = ClassTable(Of({Good(), Better()}));
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[1][0].text, "shoe");
  EXPECT_EQ(table.rows[1][1].text, "75.00");
  EXPECT_EQ(table.rows[1][3].text, "10");
  EXPECT_EQ(table.rows[1][4].text, "glove (20.00 %)");
  EXPECT_TRUE(ClassTable(Of({Diverged()})).rows.empty());
}

TEST(TrainingFigure, TitlesOfCurvesSayWhereTheyAreBest) {
  const TrainedRuns one = Of({Good()});
  EXPECT_EQ(CurveFigure(one, false)->title,
            "Held-out accuracy is best in epoch 2, at 90.00 %; after the last it is 80.00 %");
  EXPECT_EQ(CurveFigure(one, true)->title,
            "Held-out loss is best in epoch 2, at 0.1; after the last it is 0.2");
  RunRecord rising = Good();
  rising.epochs[2] = Epoch(0.95, 0.97);
  EXPECT_EQ(CurveFigure(Of({rising}), false)->title,
            "Held-out accuracy rises from 60.00 % to 97.00 % in 3 epochs, and was never better");
  RunRecord none = Diverged();
  none.epochs.clear();
  EXPECT_FALSE(CurveFigure(Of({none}), false).has_value());
}

TEST(TrainingFigure, ARunThatDivergedStaysInItsCurve) {
  const LineFigure figure = *CurveFigure(Of({Good(1), Diverged(2)}), false);
  const std::vector<LinePoint>& held_out = figure.panels[0].series[1].points;
  ASSERT_EQ(held_out.size(), 3u);
  EXPECT_FALSE(held_out[0].partly);
  EXPECT_TRUE(held_out[2].partly);
  EXPECT_DOUBLE_EQ(held_out[2].low, 1.0 / 3.0);
}

TEST(TrainingFigure, TheConfusionIsInSharesOfTheClassAndNamesTheWorst) {
  const HeatMap map = *ConfusionMap(Of({Good()}));
  EXPECT_EQ(map.title, "Most confused: 40.00 % of the samples of shoe are taken for glove");
  EXPECT_DOUBLE_EQ(map.rows[1].cells[2].value, 0.4);
  EXPECT_TRUE(map.rows[1].cells[1].best);
  EXPECT_EQ(ConfusionMap(Of({Made(1, {10, 0, 0, 0, 10, 0, 0, 0, 10})}))->title,
            "No test sample was taken for another class");
  EXPECT_FALSE(ConfusionMap(Of({Diverged()})).has_value());
}

TEST(TrainingFigure, RecallsComeTheLeastFirst) {
  const DotFigure figure = *RecallFigure(Of({Good()}));
  ASSERT_EQ(figure.rows.size(), 3u);
  EXPECT_EQ(figure.rows[0].label, "shoe");
  EXPECT_EQ(figure.title, "Recognised least: shoe, 50.00 %; best: hat, 100.00 %");
  EXPECT_LT(figure.rows[0].low, 0.5);
  EXPECT_GT(figure.rows[0].high, 0.5);
}

TEST(TrainingFigure, MistakesAreThePixelsOfTheirTestSamples) {
  const ImageFigure figure = *MistakeFigure(Of({Good()}));
  ASSERT_EQ(figure.panels.size(), 2u);
  EXPECT_EQ(figure.panels[0].values, (std::vector<double>{0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0}));
  EXPECT_EQ(figure.panels[0].title, "shoe → glove, 99.5\u00a0%");
  EXPECT_EQ(figure.title, "Of the 2 worst mistakes the network was more than 99 % sure of 1");
  EXPECT_EQ(MistakeFigure(Of({Good()}), 1)->panels.size(), 1u);
  EXPECT_FALSE(MistakeFigure(Of({Diverged()})).has_value());
}

TEST(TrainingText, NoLineIsLongerThanTheTerminalAndTablesKeepTwoColumns) {
  for (const auto& runs : {std::vector{Good()}, {Good(1), Better(2), Diverged(3)}, {Diverged()}}) {
    for (const std::size_t columns : {50u, 80u, 200u}) {
      std::istringstream lines(TrainingText(Of(runs), columns));
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(DisplayWidth(line), columns) << line;
        EXPECT_NE(line.substr(0, 1), "%") << line;
      }
    }
  }
  EXPECT_TRUE(Says(TrainingText(Of({Good()}), 80), "test accuracy     80.00 %\n"));
  EXPECT_EQ(TrainingText(Of({Diverged()}), 80).find("nan"), std::string::npos);
}

TEST(TrainingReport, IsOneFileWithItsTablesAndFiguresBeside) {
  char name[] = "/tmp/training_report_XXXXXX";
  const std::filesystem::path directory = ::mkdtemp(name);
  WriteTrainingReport(directory, Of({Good(1), Better(2), Diverged(3)}), "train --seeds 3");
  std::ifstream file(directory / "report.html");
  const std::string html(std::istreambuf_iterator<char>(file), {});
  for (const char* part : {"named rightly, in the mean of 3 seeds", "train --seeds 3",
                           "a smaller --rate", "Most confused", "Recognised least"}) {
    EXPECT_TRUE(Says(html, part).operator bool()) << part;
  }
  for (const char* each :
       {"seeds.csv", "classes.csv", "faults.csv", "layers.csv", "mistakes.csv", "epochs.csv",
        "runs.csv", "settings.csv", "figures/train_accuracy.svg", "figures/train_mistakes.csv"}) {
    EXPECT_TRUE(std::filesystem::exists(directory / each)) << each;
  }
  // Of a run without an epoch there are no curves: those that were there do not pass for its own.
  RunRecord none = Diverged();
  none.epochs.clear();
  WriteTrainingReport(directory, Of({none}), "");
  EXPECT_FALSE(std::filesystem::exists(directory / "figures/train_accuracy.svg"));
  EXPECT_FALSE(std::filesystem::exists(directory / "classes.csv"));
  EXPECT_TRUE(std::filesystem::exists(directory / "faults.csv"));
  std::filesystem::remove_all(directory);
}

TEST(Thousands, AreParted) {
  EXPECT_EQ(Thousands(0), "0");
  EXPECT_EQ(Thousands(999), "999");
  EXPECT_EQ(Thousands(1000), "1,000");
  EXPECT_EQ(Thousands(60000), "60,000");
  EXPECT_EQ(Thousands(1234567), "1,234,567");
}

}  // namespace
}  // namespace lanegrad
