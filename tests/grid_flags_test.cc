// SPDX-License-Identifier: Apache-2.0
//
// What a command line can say of a comparison, a file can say as well.
#include "experiments/experiment/grid_flags.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "experiments/runs/grid_file.h"

namespace lanegrad {
namespace {

const Experiment& Any() {
  static const Experiment experiment = {.name = "compare",
                                        .section = "",
                                        .title = "",
                                        .summary = "",
                                        .question = "",
                                        .profiles = {{}, {}, {}}};
  return experiment;
}

bool Contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Flags under these headings are of a command, of where its results go and of what it is run on;
// under all others they are of what is compared.
constexpr std::string_view kOfTheCommand[] = {"Records", "Results", "Machine", "Help"};

TEST(GridFlagsTest, EveryFlagOfWhatIsComparedIsAKeyOfGridFiles) {
  GridFlags flags;
  flags.experiment = &Any();
  flags.common.output = "results";
  CommandLine line("compare", "");
  AddGridFlags(line, flags);
  // The file itself, and the two that are one key: profile = "quick".
  const std::set<std::string> otherwise = {"--grid", "--quick", "--full"};
  const std::vector<std::string_view> keys = GridFileKeys();
  std::set<std::string> flags_seen;
  for (const auto& [flag, heading] : line.Flags()) {
    flags_seen.insert(flag);
    if (Contains(kOfTheCommand, heading) || otherwise.contains(flag)) continue;
    EXPECT_TRUE(Contains(keys, std::string_view(flag).substr(2)))
        << flag << " of '" << heading << "' can be said on a command line alone";
  }
  for (const std::string& flag : otherwise) EXPECT_TRUE(flags_seen.contains(flag)) << flag;
  EXPECT_TRUE(Contains(keys, "profile"));
  EXPECT_GT(flags_seen.size(), 60u);
}

TEST(GridFlagsTest, EveryKeyButThoseOfTablesIsAFlag) {
  GridFlags flags;
  flags.experiment = &Any();
  CommandLine line("compare", "");
  AddGridFlags(line, flags);
  std::set<std::string> names;
  for (const auto& [flag, heading] : line.Flags()) names.insert(flag);
  for (const std::string_view key : GridFileKeys()) {
    if (Contains(std::array<std::string_view, 4>{"cell", "source", "caveat", "profile"}, key))
      continue;
    EXPECT_TRUE(names.contains("--" + std::string(key))) << key;
  }
}

TEST(GridFlagsTest, AFlagWinsOverTheFileAndTheFileOverNothing) {
  GridFlags flags;
  flags.experiment = &Any();
  CommandLine line("compare", "");
  AddGridFlags(line, flags);
  const char* const words[] = {"compare", "--task", "classes", "--data", "mine.csv"};
  line.Run(5, const_cast<char**>(words), [&] {
    TakeGridFile(ParseGridFile("data = \"t.csv\"\ntask = \"numbers\"\nheader = \"skip\"\n"
                               "profile = \"full\"\nskip-illegal = \"yes\"\nfolds = 3",
                               "g"),
                 line, flags);
    return 0;
  });
  EXPECT_EQ(flags.common.source.data, "mine.csv");
  EXPECT_EQ(flags.common.source.table.task, "classes");
  EXPECT_EQ(flags.common.source.table.header, "skip");
  EXPECT_EQ(flags.profile(), 2u);
  EXPECT_TRUE(flags.skip_illegal);
  EXPECT_TRUE(IsFolded(flags));
  flags.request.file->folds.reset();
  EXPECT_FALSE(IsFolded(flags));
  flags.request.file->fixed = {{"fold", "2/5"}};
  EXPECT_TRUE(IsFolded(flags));
}

}  // namespace
}  // namespace lanegrad
