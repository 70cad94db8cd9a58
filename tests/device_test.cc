// SPDX-License-Identifier: Apache-2.0
#include "network/device.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "network/dataset.h"

namespace lanegrad {
namespace {

TEST(RefuseDevice, WhatHasNoEndIsRefusedByItsName) {
  try {
    RefuseDevice("/dev/zero");
    FAIL() << "read to its end, it fills the memory";
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(), "/dev/zero: a device, not a file or a pipe");
  }
}

TEST(RefuseDevice, FilesFoldersPipesAndNothingPass) {
  EXPECT_NO_THROW(RefuseDevice("/proc/self/exe"));
  EXPECT_NO_THROW(RefuseDevice("/"));
  EXPECT_NO_THROW(RefuseDevice("/there is no such file"));
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_NO_THROW(RefuseDevice("/proc/self/fd/" + std::to_string(ends[0])));
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace lanegrad
