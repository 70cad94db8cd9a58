// SPDX-License-Identifier: Apache-2.0
#include "kernels/ahead.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace lanegrad {
namespace {

TEST(LineRequestsTest, NameEveryLineOfTheRowsAndNoByteBesides) {
  constexpr std::size_t kRows = 9;
  for (const std::size_t bytes : {1u, 63u, 64u, 65u, 784u, 832u}) {
    std::vector<std::uint8_t> data(kRows * bytes);
    const std::vector<std::uint32_t> chosen = {7, 0, 3};
    std::set<std::uintptr_t> should_be, is;
    for (const std::uint32_t row : chosen) {
      for (std::size_t i = 0; i < bytes; ++i) {
        should_be.insert(reinterpret_cast<std::uintptr_t>(&data[row * bytes + i]) / 64);
      }
    }
    LineRequests requests({data.data(), bytes, chosen.data(), chosen.size()}, 1);
    while (const std::uint8_t* at = requests.Next()) {
      EXPECT_GE(at, data.data());
      EXPECT_LT(at, data.data() + data.size());
      is.insert(reinterpret_cast<std::uintptr_t>(at) / 64);
    }
    EXPECT_EQ(is, should_be) << "rows of " << bytes << " bytes";
  }
}

TEST(LineRequestsTest, AreAllMadeInAsManyCallsAsWereSaid) {
  std::vector<std::uint8_t> data(20 * 784);
  const std::vector<std::uint32_t> chosen = {1, 19, 4, 4};
  for (const std::size_t calls : {1u, 3u, 49u, 1000u}) {
    LineRequests requests({data.data(), 784, chosen.data(), chosen.size()}, calls);
    for (std::size_t i = 0; i < calls; ++i) requests.Ask();
    EXPECT_EQ(requests.Next(), nullptr) << calls << " calls";
  }
  LineRequests none({}, 49);
  none.Ask();
  EXPECT_EQ(none.Next(), nullptr);
}

}  // namespace
}  // namespace lanegrad
