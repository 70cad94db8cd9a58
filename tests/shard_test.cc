// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/shard.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace lanegrad {
namespace {

TEST(ShardTest, EveryRunIsInExactlyOneShardAndShardsDifferByAtMostOneRun) {
  for (std::size_t count = 1; count <= 9; ++count) {
    for (std::size_t runs = 0; runs <= 40; ++runs) {
      std::vector<std::size_t> sizes(count, 0);
      for (std::size_t i = 0; i < runs; ++i) {
        std::size_t owners = 0;
        for (std::size_t index = 1; index <= count; ++index) {
          const bool has = Shard{.index = index, .count = count}.Has(i);
          owners += has;
          sizes[index - 1] += has;
        }
        ASSERT_EQ(owners, 1u) << i << " of " << runs << " among " << count;
      }
      for (const std::size_t size : sizes) {
        ASSERT_TRUE(size == runs / count || size == (runs + count - 1) / count);
      }
    }
  }
}

TEST(ShardTest, AShardIsWrittenAsItsNumberOfHowMany) {
  EXPECT_EQ(ParseShard("2/3").index, 2u);
  EXPECT_EQ(ParseShard("2/3").count, 3u);
  for (const char* wrong : {"", "1", "0/2", "3/2", "1/", "/2", "a/2", "1/2/3", "-1/2", "1/2 "}) {
    EXPECT_THROW(ParseShard(wrong), std::invalid_argument) << wrong;
  }
}

TEST(ShardTest, TheNextStepAfterTuningIsTheSameCommandAndAfterAllItIsWithoutTheShard) {
  const Shard shard = {.index = 1, .count = 2};
  const std::string tuned = NextSteps(shard, "bin/compare --shard 1/2 --quick", "a b", false);
  EXPECT_NE(tuned.find("\n  bin/compare --merge DIRECTORIES_OF_THE_OTHERS --output 'a b'\n"
                       "  bin/compare --shard 1/2 --quick\n"),
            std::string::npos)
      << tuned;
  const std::string done = NextSteps(shard, "bin/compare --shard=1/2 --quick", "a", true);
  EXPECT_NE(done.find("\n  bin/compare --quick\n"), std::string::npos) << done;
}

}  // namespace
}  // namespace lanegrad
