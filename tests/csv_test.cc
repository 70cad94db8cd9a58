// SPDX-License-Identifier: Apache-2.0
//
// A file is read as RFC 4180 has it, and what is wrong with one is said with line and column.
#include "network/csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows Read(std::string_view content, const CsvFormat& format = {}) {
  const Csv csv = ParseCsv(content, format, "t.csv");
  Rows rows;
  for (std::size_t i = 0; i < csv.rows(); ++i) {
    rows.emplace_back();
    for (std::size_t j = 0; j < csv.columns; ++j) rows.back().emplace_back(csv.At(i, j).text);
  }
  return rows;
}

std::string Refusal(std::string_view content, const CsvFormat& format = {}) {
  try {
    ParseCsv(content, format, "t.csv");
  } catch (const DataError& error) {
    return error.what();
  }
  return "accepted";
}

const Rows kTwoRows = {{"a", "b"}, {"1", "2"}};

TEST(CsvTest, LinesMayEndInAnyWayAndTheLastInNone) {
  for (const char* content :
       {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "a,b\r\n1,2", "a,b\n1,2\n\n\n",
        "\xef\xbb\xbf"
        "a,b\n1,2\n"}) {
    EXPECT_EQ(Read(content), kTwoRows) << content;
  }
}

TEST(CsvTest, QuotesHoldDelimitersLineBreaksAndQuotes) {
  EXPECT_EQ(Read("\"a,b\",\"say \"\"so\"\"\"\n\"two\nlines\",\"\"\n"),
            (Rows{{"a,b", "say \"so\""}, {"two\nlines", ""}}));
}

TEST(CsvTest, BlanksRoundAFieldAreNoPartOfItUnlessQuoted) {
  EXPECT_EQ(Read(" a ,\tb\n1 , \" 2 \" \n"), (Rows{{"a", "b"}, {"1", " 2 "}}));
}

TEST(CsvTest, TheDelimiterIsTheOneThatEveryLineHas) {
  for (const char delimiter : {',', ';', '\t', '|', ' '}) {
    std::string content = "a b\n1 2\n";
    for (char& c : content) c = c == ' ' ? delimiter : c;
    EXPECT_EQ(Read(content), kTwoRows) << delimiter;
    EXPECT_EQ(ParseCsv(content, {}, "t").delimiter, delimiter);
  }
  // Decimal commas differ from line to line; those in quotes are not seen.
  EXPECT_EQ(ParseCsv("a;b\n1,5;2\n1;2\n", {}, "t").delimiter, ';');
  EXPECT_EQ(ParseCsv("\"a,b\";c\n1;2\n", {}, "t").delimiter, ';');
  EXPECT_EQ(Read("  1   2\n10  20 \n"), (Rows{{"1", "2"}, {"10", "20"}}));
}

TEST(CsvTest, AGivenDelimiterIsTaken) {
  EXPECT_EQ(Read("a,b;c\n1,2;3\n", {.delimiter = ';'}), (Rows{{"a,b", "c"}, {"1,2", "3"}}));
}

TEST(CsvTest, AFirstLineThatIsSkippedMayHaveAnyLength) {
  EXPECT_EQ(Read("150,4,setosa\na,b\n1,2\n", {.skip_first = true}), kTwoRows);
}

TEST(CsvTest, APlaceIsLineAndColumnOfTheFile) {
  const Csv broken = ParseCsv("aa,bb\n\"x\ny\",22\n3,4\n", {}, "t");
  EXPECT_EQ(CsvPlace("t", broken.At(1, 0)), "t: line 2, column 1");
  EXPECT_EQ(CsvPlace("t", broken.At(1, 1)), "t: line 3, column 4");
  EXPECT_EQ(CsvPlace("t", broken.At(2, 1)), "t: line 4, column 3");
}

TEST(CsvTest, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_EQ(Refusal("a,b\n1,2,3\n", {.delimiter = ','}),
            "t.csv: line 2, column 5: 3 fields in this line, but 2 in the first one (line 1), "
            "parted by ','");
  EXPECT_EQ(Refusal("a,b\n1\n", {.delimiter = ','}),
            "t.csv: line 2, column 1: 1 field in this line, but 2 in the first one (line 1), "
            "parted by ','");
  EXPECT_EQ(Refusal("a,b\n1,\"2\n3,4\n"), "t.csv: line 2, column 3: this quote is never closed");
  EXPECT_EQ(Refusal("a,b\n1,\"2\"x\n").substr(0, 57),
            "t.csv: line 2, column 6: 'x' follows a closing quote; the");
  EXPECT_EQ(Refusal("a,b\n1,2\"\n").substr(0, 62),
            "t.csv: line 2, column 4: a quote within a field that does not ");
  EXPECT_EQ(Refusal("a,b\n\n1,2\n"),
            "t.csv: line 2, column 1: an empty line between others; take it out");
  EXPECT_EQ(Refusal(std::string_view("a,b\n1,\0\n", 8)),
            "t.csv: line 2, column 3: a zero byte: this is no table in UTF-8");
  EXPECT_EQ(Refusal("").substr(0, 24), "t.csv: line 1, column 1:");
  EXPECT_EQ(Refusal("\n\n"), "t.csv: line 1, column 1: no row in it");
  EXPECT_EQ(Refusal("\xff\xfe"
                    "a")
                .substr(0, 31),
            "t.csv: line 1, column 1: UTF-16");
  EXPECT_EQ(Refusal("a,b\r1,2\r").substr(0, 46), "t.csv: line 1, column 4: a carriage return wit");
}

}  // namespace
}  // namespace lanegrad
