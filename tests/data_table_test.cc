// SPDX-License-Identifier: Apache-2.0
//
// Columns become inputs and a target, or an error with line and column.
#include "network/data_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <fstream>

#include "network/data_source.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;
using Floats = std::vector<float>;
using Labels = std::vector<std::uint8_t>;
using Names = std::vector<std::string>;

constexpr const char* kFlowers =
    "length,width,kind\n5.1,3.5,setosa\n6.2,3.4,virginica\n5.9,3.0,setosa\n";

std::string Refusal(std::string_view content, const TableFormat& format = {},
                    const DataTable* like = nullptr) {
  try {
    ParseTable(content, format, "t.csv", like);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "accepted";
}

TEST(DataTableTest, TextsAreClassesInTheOrderOfTheirBytes) {
  const DataTable table = ParseTable(kFlowers, {}, "t.csv");
  EXPECT_EQ(table.samples.count, 3u);
  EXPECT_EQ(table.samples.values, (Floats{5.1f, 3.5f, 6.2f, 3.4f, 5.9f, 3.0f}));
  EXPECT_EQ(table.class_names, (Names{"setosa", "virginica"}));
  EXPECT_EQ(table.samples.labels, (Labels{0, 1, 0}));
  EXPECT_EQ(table.inputs, (Names{"length", "width"}));
  EXPECT_EQ(table.target, "kind");
  EXPECT_TRUE(table.samples.targets.empty());
}

TEST(DataTableTest, FewWholeNumbersAreClassesByValueAndOthersAreNumbers) {
  const DataTable classes = ParseTable("1,10\n2,9\n3,1e1\n", {}, "t");
  EXPECT_EQ(classes.class_names, (Names{"9", "10"}));
  EXPECT_EQ(classes.samples.labels, (Labels{1, 0, 1}));
  const DataTable numbers = ParseTable("1,10.5\n2,9\n3,-1e1\n", {}, "t");
  EXPECT_EQ(numbers.samples.targets, (Floats{10.5f, 9.0f, -10.0f}));
  EXPECT_EQ(numbers.classes, 1u);
  EXPECT_EQ(numbers.samples.labels, (Labels{0, 0, 0}));
  std::string many;
  for (int i = 0; i < 21; ++i) many += "1," + std::to_string(i) + "\n";
  EXPECT_FALSE(ParseTable(many, {}, "t").samples.targets.empty());
  EXPECT_EQ(ParseTable(many, {.task = "classes"}, "t").classes, 21u);
  EXPECT_EQ(ParseTable("1,0\n2,1\n", {.task = "numbers"}, "t").samples.targets, (Floats{0, 1}));
}

TEST(DataTableTest, TheTargetIsAColumnByNameOrNumberOrAFileOfItsOwn) {
  EXPECT_EQ(ParseTable("y,a,b\n1.5,2,3\n", {.target = "y"}, "t").samples.values, (Floats{2, 3}));
  EXPECT_EQ(ParseTable("1.5,2,3\n", {.target = "2"}, "t").samples.values, (Floats{1.5f, 3}));
  const DataTable apart =
      ParseTable("1 2\n3 4\n", {.target = "y.csv"}, "t", nullptr, "151.5\n75.5\n");
  EXPECT_EQ(apart.samples.values, (Floats{1, 2, 3, 4}));
  EXPECT_EQ(apart.samples.targets, (Floats{151.5f, 75.5f}));
}

TEST(DataTableTest, AFirstLineOfNamesIsToldFromOneOfSamples) {
  EXPECT_EQ(ParseTable("a,b\n1,2\n", {}, "t").samples.count, 1u);
  EXPECT_EQ(ParseTable("1,2\n1,3\n", {}, "t").samples.count, 2u);
  EXPECT_EQ(ParseTable("1,2\n1,3\n", {.header = "yes"}, "t").samples.count, 1u);
  EXPECT_EQ(ParseTable("2,1,a,b,c\n1,0\n1,1\n", {.header = "skip"}, "t").samples.count, 2u);
}

TEST(DataTableTest, ColumnsCanBeLeftOut) {
  const DataTable table = ParseTable("id,a,when,y\n7,1,monday,2.5\n", {.leave_out = "id,3"}, "t");
  EXPECT_EQ(table.inputs, (Names{"a"}));
}

TEST(DataTableTest, NumbersAreRoundedOnceAndTooSmallOnesAreZero) {
  const DataTable table = ParseTable("0.1,+2,1e-400,0.5\n", {}, "t");
  EXPECT_EQ(table.samples.values, (Floats{0.1f, 2.0f, 0.0f}));
}

TEST(DataTableTest, WhatCannotBeLearnedFromIsSaidWithItsPlace) {
  for (const char* missing : {"", "NA", "nan", "null", "?"}) {
    EXPECT_EQ(
        Refusal(std::string("age,y\n1,2\n") + missing + ",3\n").substr(0, 49),
        "t.csv: line 3, column 1: 'age' has no value here" + std::string(*missing ? " " : ";"))
        << missing;
  }
  EXPECT_EQ(Refusal("age,y\n1,2\n3,\n").substr(0, 46),
            "t.csv: line 3, column 3: 'y' has no value here");
  EXPECT_EQ(Refusal("sex,y\nmale,2\n"),
            "t.csv: line 2, column 1: 'male' of 'sex' is no number; inputs are numbers: --one-hot "
            "sex makes an input of each name, --leave-out in its place passes over the column");
  // All columns of texts are named at once; one without a usable name by its number.
  EXPECT_EQ(
      Refusal("age,sex,\"town, of birth\",y\n7,male,here,2\n8,,there,3\n"),
      "t.csv: line 2, column 3: 'male' of 'sex' is no number; inputs are numbers: --one-hot "
      "sex,3 makes an input of each name, --leave-out in its place passes over these columns");
  std::string dated = "day,sex,y\n";
  for (int i = 0; i < 300; ++i) dated += fmt::format("d{},{},1\n", i, i % 2 ? "f" : "m");
  EXPECT_EQ(Refusal(dated),
            "t.csv: line 2, column 1: 'd0' of 'day' is no number; inputs are numbers: --one-hot "
            "sex makes an input of each name, --leave-out in its place passes over the column; "
            "--leave-out "
            "day passes over a column, with too many different texts");
  EXPECT_EQ(Refusal("age,y\n1,2\n,3\n2,1\nNA,4\n"),
            "t.csv: line 3, column 1: 'age' has no value here, nor in 1 more line; fill them in, "
            "or take the lines out, or the column with --leave-out");
  EXPECT_EQ(Refusal("a;y\n1,5;2\n"),
            "t.csv: line 2, column 1: '1,5' of 'a' is no number; decimals need a point, not a "
            "comma");
  EXPECT_EQ(
      Refusal("a,y\n1e39,2\n"),
      "t.csv: line 2, column 1: '1e39' of 'a' is too large for a float, which ends at 3.4e38");
  EXPECT_EQ(Refusal("a,inf\n1,2\n", {.header = "none"}).substr(0, 24), "t.csv: line 1, column 1:");
  EXPECT_EQ(Refusal("age,y\n1,2\n", {.target = "aeg"}),
            "t.csv: line 1, column 1: no column 'aeg' for --target-column; did you mean 'age'?");
  EXPECT_EQ(Refusal("1,2\n", {.target = "3"}),
            "t.csv: line 1, column 1: no column '3' for --target-column; columns have numbers "
            "here, from 1 "
            "to 2");
  EXPECT_EQ(Refusal("y\n1\n").substr(0, 49), "t.csv: line 1, column 1: 1 column and none of the");
  EXPECT_EQ(Refusal("a,b\n").substr(0, 58),
            "t.csv: line 1, column 1: names of columns, but no row belo");
  EXPECT_EQ(Refusal("a,b\n1,2\n", {.task = "guess"}),
            "task must be auto, classes, numbers, not 'guess'");
  EXPECT_EQ(Refusal("a,b\n1,2\n", {.delimiter = "5"}).substr(0, 31),
            "delimiter must be one character");
}

TEST(DataTableTest, ALaterTableHasTheColumnsAndClassesOfTheFirst) {
  const DataTable first = ParseTable(kFlowers, {}, "t.csv");
  const DataTable second = ParseTable("length,width,kind\n1,2,virginica\n", {}, "u.csv", &first);
  EXPECT_EQ(second.samples.labels, (Labels{1}));
  EXPECT_EQ(Refusal("length,width,kind\n1,2,rose\n", {}, &first),
            "t.csv: line 2, column 5: class 'rose' is not among those of the training samples: "
            "setosa, virginica");
  EXPECT_EQ(Refusal("length,kind\n1,rose\n", {}, &first).substr(0, 62),
            "t.csv: line 1, column 1: its columns must be those of the trai");
}

constexpr const char* kCars = "doors,colour,size,price\n5,red,1,9.5\n3,blue,10,8.5\n5,red,9,7.5\n";

TEST(DataTableTest, AColumnOfKindsBecomesAnInputForEachInTheOrderOfClasses) {
  const DataTable table = ParseTable(kCars, {.one_hot = "size,colour"}, "t");
  EXPECT_EQ(table.inputs,
            (Names{"doors", "colour=blue", "colour=red", "size=1", "size=9", "size=10"}));
  EXPECT_EQ(table.samples.features, 6u);
  EXPECT_EQ(table.samples.values, (Floats{5, 0, 1, 1, 0, 0,  //
                                          3, 1, 0, 0, 0, 1,  //
                                          5, 0, 1, 0, 1, 0}));
  EXPECT_EQ(table.kinds, (std::vector<Names>{{}, {"blue", "red"}, {"1", "9", "10"}}));
  EXPECT_EQ(table.columns, 4u);
  // By number, without names, of the same numbers in other spellings.
  const DataTable numbered =
      ParseTable("1,2,0.5\n1.0,3,1.5\n", {.header = "none", .one_hot = "1"}, "t");
  EXPECT_EQ(numbered.inputs, (Names{"column 1=1", "column 2"}));
  EXPECT_EQ(numbered.samples.values, (Floats{1, 2, 1, 3}));
}

TEST(DataTableTest, EverySampleIsOfExactlyOneKindOfEachColumn) {
  std::string rows = "kind,x,y\n";
  for (int i = 0; i < 200; ++i) {
    rows += "k" + std::to_string(i * 37 % 23) + "," + std::to_string(i) + ",0.5\n";
  }
  const DataTable table = ParseTable(rows, {.one_hot = "kind"}, "t");
  ASSERT_EQ(table.samples.features, 24u);
  for (std::size_t i = 0; i < 200; ++i) {
    const float* row = table.samples.values.data() + i * 24;
    const auto place = std::find(row, row + 23, 1.0f) - row;
    EXPECT_EQ(table.inputs[static_cast<std::size_t>(place)],
              "kind=k" + std::to_string(i * 37 % 23));
    EXPECT_EQ(std::count(row, row + 23, 0.0f), 22);
    EXPECT_EQ(row[23], static_cast<float>(i));
  }
}

TEST(DataTableTest, KindsThatCannotBeAreRefused) {
  EXPECT_EQ(Refusal(kCars, {.one_hot = "color"}),
            "t.csv: line 1, column 1: no column 'color' for --one-hot; did you mean 'colour'?");
  EXPECT_EQ(Refusal(kCars, {.one_hot = "price"}),
            "t.csv: line 1, column 1: 'price' of --one-hot is no input: it is the target, or left "
            "out");
  EXPECT_EQ(Refusal(kCars, {.leave_out = "colour", .one_hot = "colour"}).substr(0, 54),
            "t.csv: line 1, column 1: 'colour' of --one-hot is no i");
  EXPECT_EQ(Refusal("colour,y\nred,1.5\n,2.5\n", {.one_hot = "colour"}).substr(0, 49),
            "t.csv: line 3, column 1: 'colour' has no value he");
  std::string many = "name,y\n";
  for (int i = 0; i < 257; ++i) many += "n" + std::to_string(i) + ",0.5\n";
  EXPECT_EQ(Refusal(many, {.one_hot = "name"}),
            "t.csv: line 258, column 1: 'n256' is kind number 257 of 'name', and there may be 256: "
            "is it a number, or should the column be left out (--leave-out)?");
  // Only 1s and 0s, so that the others are still refused.
  EXPECT_EQ(Refusal("a,b,y\nx,z,1.5\n", {.header = "yes", .one_hot = "a"}).substr(0, 45),
            "t.csv: line 2, column 3: 'z' of 'b' is no num");
}

TEST(DataTableTest, ALaterTableHasTheKindsOfTheFirst) {
  const TableFormat format = {.one_hot = "colour,size"};
  const DataTable first = ParseTable(kCars, format, "t.csv");
  const DataTable second =
      ParseTable("doors,colour,size,price\n2,red,9.0,1.5\n", format, "u.csv", &first);
  EXPECT_EQ(second.inputs, first.inputs);
  EXPECT_EQ(second.samples.values, (Floats{2, 0, 1, 0, 1, 0}));
  EXPECT_EQ(Refusal("doors,colour,size,price\n2,green,9,1.5\n", format, &first),
            "t.csv: line 2, column 3: kind 'green' is not among those of the training samples: "
            "blue, red");
  EXPECT_EQ(
      Refusal("doors,color,size,price\n2,red,9,1.5\n", {.one_hot = "2,3"}, &first).substr(0, 62),
      "t.csv: line 1, column 1: its columns must be those of the trai");
}

class DataSourceTest : public testing::Test {
 protected:
  DataSourceTest() {
    std::string pattern = (fs::temp_directory_path() / "lanegrad-table-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    std::string rows = "a,b,kind\n";
    for (int i = 0; i < 30; ++i) {
      rows += std::to_string(i) + "," + std::to_string(i * i) + (i % 3 == 0 ? ",x\n" : ",y\n");
    }
    std::ofstream(Path("t.csv")) << rows;
    const gzFile file = gzopen(Path("t.csv.gz").c_str(), "wb");
    gzwrite(file, rows.data(), static_cast<unsigned>(rows.size()));
    gzclose(file);
  }
  ~DataSourceTest() override { fs::remove_all(directory_); }
  std::string Path(const std::string& name) const { return (directory_ / name).string(); }
  fs::path directory_;
};

TEST_F(DataSourceTest, AFifthOfEachClassIsForTheTest) {
  const Dataset data = LoadData(DataSource{.data = Path("t.csv")});
  EXPECT_EQ(data.name, "t");
  EXPECT_EQ(data.train.count, 24u);
  EXPECT_EQ(data.test.count, 6u);
  EXPECT_EQ(std::count(data.test.labels.begin(), data.test.labels.end(), 0), 2);
  EXPECT_EQ(data.class_names, (Names{"x", "y"}));
  // Every sample once, on one side or the other.
  std::vector<float> all;
  for (std::size_t i = 0; i < 24; ++i) all.push_back(data.train.values[2 * i]);
  for (std::size_t i = 0; i < 6; ++i) all.push_back(data.test.values[2 * i]);
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(all[i], static_cast<float>(i));
}

TEST_F(DataSourceTest, GzipAndPlainGiveTheSameChecksumAndOtherTargetsAnother) {
  const std::string plain = LoadData(DataSource{.data = Path("t.csv")}).checksum;
  EXPECT_EQ(LoadData(DataSource{.data = Path("t.csv.gz")}).checksum, plain);
  DataSource other = {.data = Path("t.csv")};
  other.table.leave_out = "kind";
  other.table.target = "b";
  const Dataset numbers = LoadData(other);
  EXPECT_TRUE(numbers.regression());
  EXPECT_EQ(numbers.target, "b");
  EXPECT_NE(numbers.checksum, plain);
  DataSource kinds = {.data = Path("t.csv")};
  kinds.table.one_hot = "a";
  EXPECT_NE(LoadData(kinds).checksum, plain);
  EXPECT_EQ(LoadData(kinds).train.features, 31u);
}

TEST_F(DataSourceTest, ValidationSamplesMayComeFromAFileOfTheirOwn) {
  std::ofstream(Path("v.csv")) << "a,b,kind\n1,2,y\n3,4,x\n";
  DataSource source = {.data = Path("t.csv")};
  source.validation_data = Path("v.csv");
  const Dataset data = LoadData(source);
  EXPECT_EQ(data.validation.count, 2u);
  EXPECT_EQ(data.validation.labels, (Labels{1, 0}));
  EXPECT_NE(data.checksum, LoadData(DataSource{.data = Path("t.csv")}).checksum);
}

TEST_F(DataSourceTest, WhatTablesAloneHaveIsRefusedElsewhere) {
  DataSource source = {.data = "moons"};
  source.table.target = "x";
  EXPECT_THROW(LoadData(source), UsageError);
  source.table = {.one_hot = "x"};
  EXPECT_THROW(LoadData(source), UsageError);
  EXPECT_THROW(LoadData(DataSource{.data = Path("no.csv")}), DataError);
}

}  // namespace
}  // namespace lanegrad
