// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/evidence_rows.h"

#include <gtest/gtest.h>

#include <vector>

#include "network/dataset.h"

namespace lanegrad {
namespace {

TEST(EvidenceRows, AreFoundByASettingOrMissedAloud) {
  Evidence evidence;
  evidence.rows = {{.series = "flow", .settings = {{"activation", "tanh"}}},
                   {.series = "flow", .settings = {{"activation", "relu"}}}};
  EXPECT_EQ(evidence.Row("flow", {{"activation", "relu"}}).settings.Text("activation"), "relu");
  EXPECT_THROW(evidence.Row("flow", {{"activation", "gelu"}}), DataError);
}

TEST(EvidenceRows, NumbersOfAStemAreReadInOrderToTheFirstThatIsMissing) {
  Measurement row;
  row.values.Set("layer_02", 0.5);
  row.values.Set("layer_01", 0.25);
  row.values.Set("layer_04", 1.0);
  EXPECT_EQ(Numbered(row, "layer"), (std::vector<double>{0.25, 0.5}));
  EXPECT_TRUE(Numbered(row, "theory").empty());
}

TEST(EvidenceRows, CountsBecomeVerdicts) {
  EXPECT_EQ(ByCount(3.0, 3.0), Verdict::kSupported);
  EXPECT_EQ(ByCount(1.0, 3.0), Verdict::kQualified);
  EXPECT_EQ(ByCount(0.0, 3.0), Verdict::kNotSupported);
}

}  // namespace
}  // namespace lanegrad
