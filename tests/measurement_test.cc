// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/measurement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "experiments/records/record.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

Measurement Row() {
  return {.series = "pace",
          .seed = 3,
          .settings = {{"batch", 32.0}, {"network", "3-4-2"}},
          .values = {{"loss", 0.125}, {"ratio", std::numeric_limits<double>::infinity()}},
          .machine = {{"seconds", 1.5}},
          .digest = {}};
}

TEST(MeasurementTest, ARowComesBackFromItsRecordWithItsDigest) {
  const Json record = ParseRecordLine([] {
    std::string line = RecordLine(RecordOf("x", Row()));
    line.pop_back();
    return line;
  }());
  const Measurement row = ReadMeasurement(record);
  EXPECT_EQ(row.series, "pace");
  EXPECT_EQ(row.seed, 3u);
  EXPECT_EQ(row.settings.Text("network"), "3-4-2");
  EXPECT_EQ(row.values.Number("loss"), 0.125);
  EXPECT_TRUE(std::isinf(row.values.Number("ratio")));
  EXPECT_EQ(row.machine.Number("seconds"), 1.5);
  EXPECT_EQ(row.digest, MeasurementDigest("x", row));
  EXPECT_EQ(record.at("key"), MeasurementKey("x", row));
}

TEST(MeasurementTest, ATextThatLooksLikeANumberStaysATextAndKeepsItsDigest) {
  for (const char* text : {"inf", "-inf", "nan", "'inf", "''nan", "'", "", "'tis", "NaN", "1.5"}) {
    Measurement row = Row();
    row.settings.Set("network", text);
    row.values.Set("word", text);
    row.values.Set("number", -std::numeric_limits<double>::infinity());
    std::string line = RecordLine(RecordOf("x", row));
    line.pop_back();
    const Measurement read = ReadMeasurement(ParseRecordLine(line));
    EXPECT_EQ(read.settings.all(), row.settings.all()) << text;
    EXPECT_EQ(read.values.all(), row.values.all()) << text;
    EXPECT_EQ(read.digest, MeasurementDigest("x", row)) << text;
  }
  // What is neither is written as it is: records of before stay as they were.
  EXPECT_EQ(TextBesideNumbers("'tis"), "'tis");
  EXPECT_EQ(TextBesideNumbers("info"), "info");
}

TEST(MeasurementTest, WhatDependsOnTheMachineIsInNoDigestAndEverythingElseIs) {
  const std::string digest = MeasurementDigest("x", Row());
  Measurement other = Row();
  other.machine.Set("seconds", 99.0);
  EXPECT_EQ(MeasurementDigest("x", other), digest);
  other = Row();
  other.values.Set("loss", 0.25);
  EXPECT_NE(MeasurementDigest("x", other), digest);
  other = Row();
  other.seed = 4;
  EXPECT_NE(MeasurementDigest("x", other), digest);
  EXPECT_NE(MeasurementDigest("y", Row()), digest);
}

TEST(MeasurementTest, ZerosAndNotANumbersOfEitherSignAreOne) {
  Measurement plus = Row(), minus = Row();
  plus.values.Set("loss", 0.0);
  minus.values.Set("loss", -0.0);
  EXPECT_EQ(MeasurementDigest("x", plus), MeasurementDigest("x", minus));
  plus.values.Set("loss", std::nan(""));
  minus.values.Set("loss", -std::nan(""));
  EXPECT_EQ(MeasurementDigest("x", plus), MeasurementDigest("x", minus));
}

TEST(MeasurementTest, ADamagedRowIsRefusedWithWhatIsWrong) {
  const auto refused = [](const std::function<void(Json&)>& damage, std::string_view why) {
    Json record = RecordOf("x", Row());
    damage(record);
    try {
      ReadMeasurement(record);
      ADD_FAILURE() << "accepted: " << record.dump();
    } catch (const DataError& error) {
      EXPECT_NE(std::string_view(error.what()).find(why), std::string_view::npos) << error.what();
    }
  };
  refused([](Json& r) { r["values"]["loss"] = 0.5; }, "digest");
  refused([](Json& r) { r.erase("settings"); }, "'settings'");
  refused([](Json& r) { r["values"]["loss"] = Json::array(); }, "'values.loss'");
  refused([](Json& r) { r["seed"] = -1; }, "'seed'");
  refused([](Json& r) { r["numeric_version"] = 1; }, "'numeric_version' is 1");
}

TEST(MeasurementTest, CsvHasEveryColumnOfAnyRowAndSaysWhatIsAbsent) {
  Measurement other = Row();
  other.values = Fields{{"extra", "a,b"}};
  const Measurement rows[] = {Row(), other};
  const std::string csv = MeasurementCsv(rows);
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "series,seed,batch,network,loss,ratio,extra,seconds,digest");
  EXPECT_NE(csv.find("pace,3,32,3-4-2,0.125,Inf,NA,1.5,"), csv.npos) << csv;
  EXPECT_NE(csv.find("pace,3,32,3-4-2,NA,NA,\"a,b\",1.5,"), csv.npos) << csv;
}

TEST(MeasurementTest, AFieldThatIsAbsentOrOfAnotherKindIsAnError) {
  const Fields fields = {{"a", 1.0}, {"b", "text"}};
  EXPECT_THROW(fields.Number("c"), DataError);
  EXPECT_THROW(fields.Number("b"), DataError);
  EXPECT_EQ(fields.Text("a"), "1");
}

}  // namespace
}  // namespace lanegrad
