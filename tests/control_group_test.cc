// SPDX-License-Identifier: Apache-2.0
//
// Quotas of control groups, read from directories that are laid out as the kernel's are.
#include "network/control_group.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace lanegrad {
namespace {

class ControlGroupTest : public ::testing::Test {
 protected:
  ControlGroupTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "groups.XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~ControlGroupTest() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((root_ + path).substr(0, (root_ + path).rfind('/')));
    std::ofstream(root_ + path) << text << "\n";
  }
  void Groups(const std::string& text) const { Write("/proc/self/cgroup", text); }
  void Mounts(const std::string& text) const { Write("/proc/self/mountinfo", text); }
  // In processors; 0: none.
  std::size_t Cpus() const { return ControlGroupCpus(root_).value_or(0); }

  std::string root_;
};

constexpr const char* kSecond = "29 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw";
constexpr const char* kFirst =
    "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
    "34 31 0:31 / /sys/fs/cgroup/cpuset rw shared:3 - cgroup cgroup rw,cpuset\n"
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:2 - cgroup cgroup rw,cpu,cpuacct";

TEST_F(ControlGroupTest, AMachineWithoutControlGroupsSetsNoLimit) {
  EXPECT_EQ(Cpus(), 0u);
  Groups("0::/user.slice");
  Mounts(kSecond);
  EXPECT_EQ(Cpus(), 0u) << "nothing is written there";
  Write("/sys/fs/cgroup/user.slice/cpu.max", "max 100000");
  EXPECT_EQ(Cpus(), 0u);
}

TEST_F(ControlGroupTest, TheLeastQuotaOfTheGroupAndThoseAboveItWins) {
  Groups("0::/a.slice/b.service");
  Mounts(kSecond);
  Write("/sys/fs/cgroup/a.slice/b.service/cpu.max", "400000 100000");
  EXPECT_EQ(Cpus(), 4u);
  Write("/sys/fs/cgroup/a.slice/cpu.max", "300000 100000");
  EXPECT_EQ(Cpus(), 3u);
  Write("/sys/fs/cgroup/cpu.max", "500000 100000");
  EXPECT_EQ(Cpus(), 3u);
  Write("/sys/fs/cgroup/cpu.max", "100000 50000");
  EXPECT_EQ(Cpus(), 2u);
  Write("/sys/fs/cgroup/other/cpu.max", "100000 100000");
  EXPECT_EQ(Cpus(), 2u) << "of a group that this process is not in";
}

TEST_F(ControlGroupTest, OnlyWholeProcessorsCountAndAlwaysOne) {
  Groups("0::/");
  Mounts(kSecond);
  Write("/sys/fs/cgroup/cpu.max", "290000 100000");
  EXPECT_EQ(Cpus(), 2u);
  Write("/sys/fs/cgroup/cpu.max", "5000 100000");
  EXPECT_EQ(Cpus(), 1u);
  for (const char* odd : {"", "max", "200000", "200000 0", "-1 100000", "nonsense 100000"}) {
    Write("/sys/fs/cgroup/cpu.max", odd);
    EXPECT_EQ(Cpus(), 0u) << odd;
  }
}

TEST_F(ControlGroupTest, VersionOneIsReadWhereItsControllerIsMounted) {
  Groups("5:cpuset:/set\n4:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc");
  Mounts(kFirst);
  Write("/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us", "-1");
  Write("/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us", "100000");
  EXPECT_EQ(Cpus(), 0u) << "-1 is no limit";
  Write("/sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_quota_us", "150000");
  Write("/sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_period_us", "50000");
  EXPECT_EQ(Cpus(), 3u);
  Write("/sys/fs/cgroup/cpuset/set/cpu.cfs_quota_us", "50000");
  Write("/sys/fs/cgroup/cpuset/set/cpu.cfs_period_us", "50000");
  EXPECT_EQ(Cpus(), 3u) << "not the controller of processors";
}

TEST_F(ControlGroupTest, BothVersionsMayStandSideBySide) {
  Groups("4:cpu,cpuacct:/one\n0::/two");
  Mounts(std::string(kFirst) + "\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw");
  Write("/sys/fs/cgroup/cpu,cpuacct/one/cpu.cfs_quota_us", "300000");
  Write("/sys/fs/cgroup/cpu,cpuacct/one/cpu.cfs_period_us", "100000");
  EXPECT_EQ(Cpus(), 3u);
  Write("/sys/fs/cgroup/unified/two/cpu.max", "200000 100000");
  EXPECT_EQ(Cpus(), 2u);
}

// A container sees its own group mounted at the top, under whatever name it has outside.
TEST_F(ControlGroupTest, AGroupIsLookedForBelowWhatIsMounted) {
  Groups("0::/docker/abc/inner");
  Mounts("29 23 0:26 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup ro");
  Write("/sys/fs/cgroup/cpu.max", "300000 100000");
  EXPECT_EQ(Cpus(), 3u);
  Write("/sys/fs/cgroup/inner/cpu.max", "200000 100000");
  EXPECT_EQ(Cpus(), 2u);
  for (const char* elsewhere : {"0::/docker/abcdef", "0::/../x", "0::/other"}) {
    Groups(elsewhere);
    EXPECT_EQ(Cpus(), 3u) << elsewhere;
  }
}

TEST_F(ControlGroupTest, BlanksInTheNamesOfPlacesAreReadAsTheKernelWritesThem) {
  Groups("0::/my group");
  Mounts("29 23 0:26 / /my\\040groups rw - cgroup2 cgroup2 rw");
  Write("/my groups/my group/cpu.max", "200000 100000");
  EXPECT_EQ(Cpus(), 2u);
}

TEST_F(ControlGroupTest, LinesThatAreNotOfTheirKindAreReadOver) {
  Groups("\n::\nnonsense\n0::/a");
  Mounts("\n - \nnonsense\n1 2 3\n29 23 0:26 / /g rw - cgroup2");
  Write("/g/a/cpu.max", "200000 100000");
  EXPECT_EQ(Cpus(), 2u);
}

}  // namespace
}  // namespace lanegrad
