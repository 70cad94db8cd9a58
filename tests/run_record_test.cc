// SPDX-License-Identifier: Apache-2.0
//
// The one reader and the one writer of the records of runs: what was written long ago is read
// and written again as it was, and what cannot be read is named by its line and its member.
#include "experiments/records/run_record.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "experiments/records/provenance.h"
#include "experiments/records/settings_json.h"
#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// A run of a moment, with `change` made to its settings.
RunRecord Trained(
    void (*change)(Settings&) = [](Settings&) {}, bool profile = false) {
  const Dataset data = LoadData("moons", {.train = 120, .test = 40});
  Settings settings;
  settings.layers = {2, 4, 2};
  settings.epochs = 3;
  settings.validation = 20;
  change(settings);
  return MakeRunRecord("test", "train", Train(settings, data, {.profile = profile}), data);
}

// What ParseRunRecord() says of JSON that it refuses.
std::string Refusal(const Json& json) {
  try {
    ParseRunRecord(json);
  } catch (const DataError& why) {
    return why.what();
  }
  return "";
}

// The refusal of the record of a run with one change.
std::string Refusal(void (*change)(Json&)) {
  static const Json whole = ToJson(Trained());
  Json json = whole;
  change(json);
  return Refusal(json);
}

TEST(RunRecordTest, EveryStoredLineIsWrittenAgainAsItIs) {
  std::ifstream file(LANEGRAD_SOURCE_DIR "/docs/records/compare/runs.jsonl");
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    ASSERT_EQ(RunLine(ParseRunRecord(ParseRecordLine(line))), line + "\n") << "line " << lines + 1;
  }
  EXPECT_GT(lines, 500u);
}

TEST(RunRecordTest, WhatATrainingLeavesIsReadBack) {
  const auto patient = [](Settings& s) { s.patience = 1, s.restore_best = true, s.rate = 2.0f; };
  const auto lost = [](Settings& s) { s.rate = 1e30f, s.loss = "mse", s.output = "identity"; };
  for (const RunRecord& record :
       {Trained(), Trained([](Settings&) {}, true), Trained(patient), Trained(lost)}) {
    const RunRecord again = ParseRunRecord(ToJson(record));
    EXPECT_EQ(RunLine(again), RunLine(record));
    EXPECT_EQ(again.epochs.size(), record.epochs.size());
    EXPECT_EQ(again.status, record.status);
    EXPECT_EQ(again.profile.has_value(), record.profile.has_value());
    EXPECT_EQ(again.bad_step, record.bad_step);
    EXPECT_EQ(again.kept_epoch, record.kept_epoch);
    EXPECT_EQ(Canonical(again.settings), Canonical(record.settings));
  }
  EXPECT_EQ(Trained(lost).status, Status::kDiverged);
  EXPECT_GT(Trained(patient).kept_epoch, 0u);
}

TEST(RunRecordTest, ConfusionsAndRemediesAreReadBack) {
  RunRecord record = Trained([](Settings& settings) { settings.rate = 1e-6f; });
  record.confusion = {.classes = 2,
                      .counts = {3, 1, 0, 36},
                      .mistakes = {{.sample = 7, .label = 0, .named = 1, .named_output = 0.9f}},
                      .probabilities = true};
  ASSERT_FALSE(record.health->faults.empty());
  const RunRecord again = ParseRunRecord(ToJson(record));
  EXPECT_EQ(RunLine(again), RunLine(record));
  EXPECT_EQ(again.confusion->counts, record.confusion->counts);
  EXPECT_EQ(again.confusion->mistakes.front().sample, 7u);
  EXPECT_EQ(again.confusion->mistakes.front().named_output, 0.9f);
  EXPECT_EQ(again.health->faults.front().remedy, record.health->faults.front().remedy);
  EXPECT_EQ(ToJson(record).at("test_recall").dump(), R"({"0":0.75,"1":1.0})");

  const auto refusal = [&](void (*change)(Json&)) {
    Json json = ToJson(record);
    change(json);
    return Refusal(json);
  };
  EXPECT_EQ(refusal([](Json& json) { json["test_confusion"]["counts"][1].push_back(1); }),
            "'test_confusion.counts[1]' has 3 counts, not 2");
  EXPECT_EQ(refusal([](Json& json) { json["test_confusion"]["worst_mistakes"][0]["named"] = 2; }),
            "'test_confusion.worst_mistakes[0].named' is 2, which is more than 1");
  EXPECT_EQ(refusal([](Json& json) { json["test_confusion"]["counts"] = Json::array(); }),
            "'test_confusion.counts' is not of 1 to 256 classes");
  EXPECT_EQ(refusal([](Json& json) { json["health"]["remedies"].push_back("more"); }),
            "'health.remedies' are not as many as faults");
}

TEST(RunRecordTest, WithoutHeldOutSamplesNothingIsSaidOfThem) {
  const RunRecord record = Trained([](Settings& settings) { settings.validation = 0; });
  Json json = ToJson(record);
  EXPECT_TRUE(json.at("epochs")[0].at("validation_loss").is_null());
  EXPECT_TRUE(json.at("epochs")[0].at("validation_accuracy").is_null());
  EXPECT_FALSE(ParseRunRecord(json).epochs[0].validation_loss.has_value());
  // Older records have a 0 there.
  json["epochs"][0]["validation_loss"] = 0.0;
  EXPECT_FALSE(ParseRunRecord(json).epochs[0].validation_loss.has_value());
}

TEST(RunRecordTest, OlderRecordsLackWhatWasAddedSince) {
  Json json = ToJson(Trained());
  for (const char* name : {"schema", "experiment", "health", "samples_per_second", "threads",
                           "provenance", "test_loss", "test_accuracy"}) {
    json.erase(name);
  }
  json["settings"].erase("label-noise");
  const RunRecord record = ParseRunRecord(json);
  EXPECT_FALSE(record.health);
  EXPECT_FALSE(record.test_accuracy);
  EXPECT_FALSE(record.run_seconds);
  EXPECT_TRUE(OriginOf(record.provenance).empty());
  EXPECT_EQ(record.settings.label_noise, 0.0);
}

TEST(RunRecordTest, WhatCannotBeReadIsNamedByItsPath) {
  EXPECT_EQ(Refusal([](Json& json) { json["epochs"][1]["train_loss"] = true; }),
            "'epochs[1].train_loss' is no number");
  EXPECT_EQ(Refusal([](Json& json) { json["epochs"][1]["train_loss"] = "much"; }),
            "'epochs[1].train_loss' is no number");
  EXPECT_EQ(Refusal([](Json& json) { json["epochs"][2].erase("validation_loss"); }),
            "'epochs[2].validation_loss' is missing");
  EXPECT_EQ(Refusal([](Json& json) { json["epochs"] = 3; }), "'epochs' is no list");
  EXPECT_EQ(Refusal([](Json& json) { json["data"] = "moons"; }), "'data' is no object");
  EXPECT_EQ(Refusal([](Json& json) { json.erase("key"); }), "'key' is missing");
  EXPECT_EQ(Refusal([](Json& json) { json["digest"] = 7; }), "'digest' is no text");
  EXPECT_EQ(Refusal([](Json& json) { json["steps"] = -1; }), "'steps' is no whole number from 0");
  EXPECT_EQ(Refusal([](Json& json) { json["health"]["stuck"] = 1; }),
            "'health.stuck' is neither true nor false");
  EXPECT_EQ(Refusal([](Json& json) { json["status"] = "tired"; }),
            "'status' is 'tired', which is no way to end");
  EXPECT_EQ(Refusal([](Json& json) { json["settings"]["los"] = "mse"; }),
            "'settings.los' cannot be read: unknown setting 'los'; did you mean 'loss'?");
  EXPECT_EQ(Refusal(Json::array()), "is no object");
}

TEST(RunRecordTest, ANewerSchemaAndRowsOfMeasurementsAreRefusedWithASentence) {
  EXPECT_EQ(Refusal([](Json& json) { json["schema"] = 2; }),
            "schema 2 is newer than this program, which reads schema 1: read it with the program "
            "that wrote it");
  EXPECT_EQ(Refusal(Json{{"schema", 1}, {"experiment", "04_1_forward"}, {"values", {{"x", 1}}}}),
            "a row of measurements of 04_1_forward, not a training run");
}

TEST(RunRecordTest, BytesThatAreNoTextAreReplacedAndLoseNoRun) {
  SetCommand("train --export /tmp/\xff\xfe.safetensors");
  const RunRecord record = Trained();
  SetCommand("");
  const std::string line = RunLine(record);
  EXPECT_NE(line.find("/tmp/\xEF\xBF\xBD\xEF\xBF\xBD.safetensors"), line.npos) << line;
  EXPECT_EQ(RunLine(ParseRunRecord(ParseRecordLine(line.substr(0, line.size() - 1)))), line);
}

TEST(RunRecordTest, AFileNamesTheLineThatCannotBeRead) {
  std::string pattern = (fs::temp_directory_path() / "lanegrad-runs-XXXXXX").string();
  const fs::path directory = mkdtemp(pattern.data());
  {
    RecordFile file(directory);
    Json json = ToJson(Trained());
    file.Append(json);
    json["epochs"][1]["train_loss"] = "much";
    file.Append(json);
  }
  const fs::path path = directory / "runs.jsonl";
  const std::string expected = path.string() + ": line 2: 'epochs[1].train_loss' is no number";
  try {
    ReadRuns(path);
    ADD_FAILURE() << "read";
  } catch (const DataError& why) {
    EXPECT_EQ(why.what(), expected);
  }
  // A damaged line before it does not shift the number.
  std::fstream(path, std::ios::in | std::ios::out | std::ios::binary) << "#";
  std::vector<std::string> notices;
  const RecordSet records = ScanRecords(path, notices);
  EXPECT_EQ(notices.size(), 1u);
  try {
    RunsIn(records);
    ADD_FAILURE() << "read";
  } catch (const DataError& why) {
    EXPECT_EQ(why.what(), expected);
  }
  fs::remove_all(directory);
}

TEST(RunRecordTest, AProcessorWithAShortNameIsToldByItsFamilyAndModel) {
  std::istringstream amd(
      "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\n"
      "model name\t: AMD EPYC\nstepping\t: 1\n\nprocessor\t: 1\nmodel\t\t: 99\n");
  EXPECT_EQ(ProcessorName(amd), "AMD EPYC (family 25, model 17)");
  std::istringstream nameless("processor\t: 0\nBogoMIPS\t: 243.75\n\n");
  EXPECT_EQ(ProcessorName(nameless), "unknown");
  std::istringstream unnumbered("model name\t: Virtual CPU\n");
  EXPECT_EQ(ProcessorName(unnumbered), "Virtual CPU");
}

}  // namespace
}  // namespace lanegrad
