// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

class DiskFileTest : public testing::Test {
 protected:
  DiskFileTest() {
    std::string pattern = (fs::temp_directory_path() / "disk.XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~DiskFileTest() override { fs::remove_all(folder_); }
  static std::string Text(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return ReadAll(file.number(), path);
  }
  fs::path folder_;
};

TEST_F(DiskFileTest, AFileIsReplacedWholeAndNothingIsLeftBesideIt) {
  WriteFileAtomically(folder_ / "below" / "file", "one");
  WriteFileAtomically(folder_ / "below" / "file", "two");
  EXPECT_EQ(Text(folder_ / "below" / "file"), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "below"), fs::directory_iterator()), 1);
}

TEST_F(DiskFileTest, ALinkStaysALinkAndWhatItStandsForIsReplaced) {
  WriteFileAtomically(folder_ / "file", "one");
  fs::create_symlink(folder_ / "file", folder_ / "link");
  WriteFileAtomically(folder_ / "link", "two");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(Text(folder_ / "file"), "two");
  fs::create_symlink(folder_ / "absent", folder_ / "dangling");
  WriteFileAtomically(folder_ / "dangling", "three");
  EXPECT_TRUE(fs::is_symlink(folder_ / "dangling"));
  EXPECT_EQ(Text(folder_ / "absent"), "three");
}

// As root a rename over /dev/stdout would succeed, and every program after it would suffer.
TEST_F(DiskFileTest, ADeviceIsWrittenToAndNeverReplaced) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const Descriptor reader(::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  fs::create_symlink(pipe, folder_ / "link");
  for (const char* name : {"pipe", "link"}) {
    RequireWritable(folder_ / name);
    WriteFileAtomically(folder_ / name, "text");
    char buffer[8];
    EXPECT_EQ(::read(reader.number(), buffer, sizeof(buffer)), 4) << name;
    EXPECT_TRUE(fs::is_fifo(pipe)) << name;
    EXPECT_TRUE(fs::is_symlink(folder_ / "link")) << name;
  }
}

}  // namespace
}  // namespace lanegrad
