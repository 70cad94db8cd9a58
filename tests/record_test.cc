// SPDX-License-Identifier: Apache-2.0
//
// Records survive what befalls them. The faults are made for real: processes are
// killed, files cut and flipped, writes refused.
#include "experiments/records/record.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "experiments/json/json_member.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

class RecordTest : public testing::Test {
 protected:
  RecordTest() {
    std::string pattern = (fs::temp_directory_path() / "lanegrad-record-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~RecordTest() override { fs::remove_all(directory_); }

  static Json Run(int i) {
    return {{"key", fmt::format("run-{}", i)}, {"loss", 0.1 * i}, {"note", "naïve \"网络\"\n"}};
  }
  void Fill(int count) const {
    RecordFile file(directory_);
    for (int i = 0; i < count; ++i) file.Append(Run(i));
  }
  fs::path path() const { return directory_ / "runs.jsonl"; }
  std::string Text() const {
    std::ifstream file(path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  void SetText(std::string_view text) const {
    std::ofstream(path(), std::ios::binary | std::ios::trunc) << text;
  }

  fs::path directory_;
};

TEST_F(RecordTest, ARecordWithoutFieldsIsRefused) {
  RecordFile file(directory_);
  EXPECT_THROW(file.Append(Json::object()), std::invalid_argument);
  EXPECT_EQ(Text(), "");
}

TEST_F(RecordTest, WhatIsAppendedIsReadBack) {
  Fill(3);
  const RecordFile file(directory_);
  ASSERT_EQ(file.records().size(), 3u);
  EXPECT_EQ(file.records()[2], Run(2));
  EXPECT_TRUE(file.notices().empty());
  ASSERT_NE(file.Find("run-1"), nullptr);
  EXPECT_EQ(*file.Find("run-1"), Run(1));
  EXPECT_EQ(file.Find("run-9"), nullptr);
  EXPECT_EQ(ReadRecords(path()).all().size(), 3u);
}

TEST_F(RecordTest, ALineIsJsonWhoseChecksumIsItsLastMember) {
  const std::string line = RecordLine(Run(1));
  EXPECT_EQ(line.back(), '\n');
  const Json parsed = Json::parse(line);
  EXPECT_EQ(std::prev(parsed.end()).key(), "checksum");
  EXPECT_EQ(ParseRecordLine(std::string_view(line).substr(0, line.size() - 1)), Run(1));
}

TEST_F(RecordTest, NumbersThatJsonLacksSurvive) {
  for (const double value : {0.1, -0.0, 5e-324, 1.7976931348623157e308, HUGE_VAL, -HUGE_VAL}) {
    EXPECT_EQ(JsonMember(Json::parse(JsonText(ToJson(value)))).Number(), value);
  }
  EXPECT_TRUE(std::isnan(JsonMember(ToJson(NAN)).Number()));
}

TEST_F(RecordTest, ALineTornAtAnyByteCostsItsOwnRunAlone) {
  Fill(3);
  const std::string whole = Text();
  const std::size_t second_end = whole.find('\n', whole.find('\n') + 1) + 1;
  for (std::size_t length = second_end; length < whole.size(); ++length) {
    SetText(std::string_view(whole).substr(0, length));
    RecordFile file(directory_);
    ASSERT_EQ(file.records().size(), 2u) << "cut at byte " << length;
    ASSERT_EQ(file.notices().size(), length == second_end ? 0u : 1u);
    file.Append(Run(2));
    ASSERT_EQ(Text(), whole);
  }
}

TEST_F(RecordTest, AFlippedBitCostsItsOwnRunAloneAndIsKeptAside) {
  Fill(3);
  const std::string whole = Text();
  const std::size_t begin = whole.find('\n') + 1, end = whole.find('\n', begin);
  for (std::size_t at = begin; at < end; at += 3) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    if (flipped[at] == '\n') continue;
    SetText(flipped);
    fs::remove(path().string() + ".damaged");
    EXPECT_THROW(ReadRecords(path()), DataError);
    const RecordFile file(directory_);
    ASSERT_EQ(file.records().size(), 2u) << "byte " << at;
    ASSERT_EQ(file.notices().size(), 1u);
    EXPECT_NE(file.notices()[0].find("line 2 is damaged"), std::string::npos);
    EXPECT_EQ(file.Find("run-1"), nullptr);
    EXPECT_NE(file.Find("run-2"), nullptr);
    std::ifstream aside(path().string() + ".damaged");
    std::string kept;
    std::getline(aside, kept);
    EXPECT_EQ(kept, flipped.substr(begin, end - begin));
  }
}

TEST_F(RecordTest, ASecondWriterIsTurnedAway) {
  const RecordFile first(directory_);
  try {
    const RecordFile second(directory_);
    FAIL() << "two writers were let in";
  } catch (const WriteError& error) {
    EXPECT_NE(std::string(error.what()).find("another process is writing here"), std::string::npos);
  }
}

TEST_F(RecordTest, AKilledWriterLosesNoFinishedRunAndDoublesNone) {
  constexpr int kRuns = 400;
  unsigned delay = 1;
  int kills = 0;
  for (std::size_t before = 0; before < kRuns && kills < 60; ++kills) {
    const pid_t child = fork();
    if (child == 0) {
      RecordFile file(directory_);
      for (int i = 0; i < kRuns; ++i) {
        if (file.Find(fmt::format("run-{}", i)) == nullptr) file.Append(Run(i));
      }
      _exit(0);
    }
    delay = delay * 1103515245u + 12345u;
    usleep(300 + delay / 65536 % 6000);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const RecordFile file(directory_);
    ASSERT_GE(file.records().size(), before) << "a finished run was lost";
    for (std::size_t i = 0; i < file.records().size(); ++i) {
      ASSERT_EQ(file.records()[i], Run(static_cast<int>(i))) << "doubled or out of order";
    }
    before = file.records().size();
  }
  EXPECT_GT(kills, 0);
}

// What a repair leaves behind when it is killed, at whatever moment: every whole line.
TEST_F(RecordTest, AKilledRepairLosesNoWholeLine) {
  constexpr int kRuns = 600;
  Fill(kRuns);
  const std::string whole = Text();
  std::string damaged = whole;
  const std::size_t begin = whole.find('\n') + 1;
  damaged[begin + 4] ^= 4;
  const std::string bad = damaged.substr(begin, damaged.find('\n', begin) - begin);
  unsigned delay = 7;
  int in_time = 0;
  for (int kills = 0; kills < 60; ++kills) {
    SetText(damaged);
    fs::remove(path().string() + ".damaged");
    const pid_t child = fork();
    if (child == 0) {
      const RecordFile file(directory_);
      _exit(0);
    }
    delay = delay * 1103515245u + 12345u;
    usleep(delay / 65536 % 12000);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    in_time += WIFSIGNALED(status);
    std::vector<std::string> notices;
    ASSERT_EQ(ScanRecords(path(), notices).all().size(), kRuns - 1u);
    // The damaged line is in the file still, or beside it.
    std::ifstream aside(path().string() + ".damaged");
    std::string kept;
    std::getline(aside, kept);
    ASSERT_TRUE(notices.size() == 1 || kept == bad);
    // And the next opening ends the work, with the line aside once.
    const RecordFile file(directory_);
    ASSERT_EQ(file.records().size(), kRuns - 1u);
    ASSERT_EQ(fs::file_size(path().string() + ".damaged"), bad.size() + 1);
  }
  EXPECT_GT(in_time, 0) << "no repair was killed before its end";
}

TEST_F(RecordTest, WritersThatRepairAtTheSameTimeLoseNothing) {
  constexpr int kWriters = 6;
  Fill(3);
  std::string damaged = Text();
  damaged[damaged.find('\n') + 5] ^= 4;
  SetText(damaged + "{\"torn");
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    children.push_back(fork());
    if (children.back() != 0) continue;
    for (int attempt = 0; attempt < 2000; ++attempt) {
      try {
        RecordFile file(directory_);
        file.Append(Run(100 + writer));
        _exit(0);
      } catch (const WriteError&) {
        usleep(500);
      }
    }
    _exit(1);
  }
  for (const pid_t child : children) {
    int status = 1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0) << "a writer never had its turn";
  }
  const RecordFile file(directory_);
  EXPECT_EQ(file.records().size(), 2u + kWriters);
  EXPECT_TRUE(file.notices().empty());
  for (int writer = 0; writer < kWriters; ++writer) {
    EXPECT_NE(file.Find(fmt::format("run-{}", 100 + writer)), nullptr);
  }
}

TEST_F(RecordTest, AFileThatIsRemovedUnderItsWriterIsNoticed) {
  RecordFile file(directory_);
  file.Append(Run(0));
  fs::remove(path());
  EXPECT_THROW(file.Append(Run(1)), WriteError);
}

TEST_F(RecordTest, ManyAreAppendedAllOrNone) {
  Fill(1);
  const std::string before = Text();
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {before.size() + 150, before.size() + 150};
    setrlimit(RLIMIT_FSIZE, &limit);
    RecordFile file(directory_);
    try {
      file.AppendAll(std::vector<Json>{Run(1), Run(2), Run(3)});
    } catch (const WriteError&) {
      _exit(file.records().size() == 1 ? 7 : 8);
    }
    _exit(9);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(Text(), before);
  RecordFile file(directory_);
  file.AppendAll(std::vector<Json>{Run(1), Run(2)});
  EXPECT_EQ(ReadRecords(path()).all().size(), 3u);
}

TEST_F(RecordTest, AFullDiskIsSaidSoAndCostsNothingThatWasFinished) {
  Fill(2);
  const std::string before = Text();
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {before.size() + 20, before.size() + 20};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      RecordFile file(directory_);
      file.Append(Run(2));
    } catch (const WriteError& error) {
      const std::string what = error.what();
      _exit(what.find("runs.jsonl: cannot be written: File too large; make room") != what.npos ? 7
                                                                                               : 8);
    }
    _exit(9);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(Text(), before);
}

TEST_F(RecordTest, APlaceThatCannotBeWrittenIsNamed) {
  std::ofstream(directory_ / "file") << "not a directory";
  for (const fs::path& place : {directory_ / "file" / "below", fs::path("/proc/no/such")}) {
    try {
      const RecordFile file(place);
      FAIL() << place;
    } catch (const WriteError& error) {
      EXPECT_NE(std::string(error.what()).find(place.string()), std::string::npos);
      EXPECT_NE(std::string(error.what()).find("--output"), std::string::npos);
    }
  }
}

TEST_F(RecordTest, AFileIsReplacedWholeAndLeavesNothingBeside) {
  WriteFileAtomically(directory_ / "deep" / "page.html", "first");
  WriteFileAtomically(directory_ / "deep" / "page.html", "second");
  std::ifstream file(directory_ / "deep" / "page.html");
  std::string text;
  std::getline(file, text);
  EXPECT_EQ(text, "second");
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_ / "deep"), {}), 1);
}

}  // namespace
}  // namespace lanegrad
