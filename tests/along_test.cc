// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/along.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "experiments/report_diff/quality_report.h"
#include "experiments/report_diff/setting_difference.h"
#include "kernels/catalogue.h"
#include "network/dataset.h"
#include "network/resolved_settings.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

using Change = std::function<void(Settings&)>;

Settings Base() {
  Settings settings;
  settings.layers = {2, 8, 2};
  settings.output = "identity";
  settings.initializer = "he_uniform";
  settings.rate = 0.1f;
  settings.momentum = settings.decay = settings.epsilon = 0.0f;
  settings.epochs = 3;
  settings.samples = 200;
  return settings;
}

// Six seeds of each change of Base(); run i of a change has 0.8 + gain + i / 1000.
struct Cells {
  Change change;
  double gain = 0.0;
  std::string phase = "final";
};

ResultSet Set(const std::string& name, const std::vector<Cells>& cells) {
  ResultSet set = {.name = name, .data = "moons", .checksum = "c", .numeric_version = 3};
  for (const Cells& cell : cells) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      RecordedRun run = {.phase = cell.phase, .settings = Base(), .digest = {}, .measure = "test"};
      cell.change(run.settings);
      run.settings.seed = seed;
      run.digest = fmt::format("{}{}", name, set.runs.size());
      // Not in step with the seed's own part, so that differences have a deviation.
      run.accuracy = 0.8 + cell.gain + 0.001 * static_cast<double>(seed) +
                     (cell.gain == 0.0 ? 0.0 : 0.0005 * static_cast<double>(seed % 3));
      set.runs[run.phase + "\n" + Canonical(run.settings)] = run;
    }
  }
  return set;
}

void Same(Settings&) {}
void Glorot(Settings& s) { s.initializer = "glorot_uniform"; }
void Tanh(Settings& s) { s.activation = "tanh"; }
void TanhGlorot(Settings& s) {
  Tanh(s);
  Glorot(s);
}
Change Epochs(std::size_t epochs) {
  return [epochs](Settings& s) { s.epochs = epochs; };
}
Change Rate(float rate) {
  return [rate](Settings& s) { s.rate = rate; };
}
Change Momentum(float momentum) {
  return [momentum](Settings& s) { s.momentum = momentum; };
}

AlignedSets Along(const ResultSet& a, const ResultSet& b, const std::vector<std::string>& texts) {
  return AlignAlong(a, b, ReadAlong(texts));
}

QualityComparison Compared(const ResultSet& a, const ResultSet& b,
                           const std::vector<std::string>& texts) {
  return CompareAligned(Along(a, b, texts), 0.005);
}

// What is said where it is refused.
std::string Refusal(const std::function<void()>& what) {
  try {
    what();
  } catch (const std::exception& why) {
    return why.what();
  }
  return "not refused";
}

std::string RefusedSets(const ResultSet& a, const ResultSet& b) {
  return Refusal([&] { CompareSets(a, b, 0.005); });
}

TEST(AlongTest, SetsWithoutACommonRunAreToldWhereTheyDiffer) {
  const ResultSet a = Set("A", {{Same}});
  EXPECT_EQ(RefusedSets(a, Set("B", {{Glorot}})),
            "not comparable: A and B have no run in common: they differ in initializer "
            "(he_uniform; glorot_uniform); to compare along it: --along initializer");
  EXPECT_EQ(
      RefusedSets(a, Set("B", {{[](Settings& s) {
                           Glorot(s);
                           s.batch = 5;
                         }}})),
      "not comparable: A and B have no run in common: they differ in initializer "
      "(he_uniform; glorot_uniform) and batch (32; 5); to compare along both of them: --along "
      "initializer,batch");
  // One setting is enough where the other follows from it.
  EXPECT_TRUE(RefusedSets(a, Set("B", {{TanhGlorot}})).ends_with("--along activation"));
  EXPECT_TRUE(RefusedSets(a, Set("B", {{Same, 0.0, "tune"}}))
                  .ends_with("they are of other phases (final; tune)"));
}

TEST(AlongTest, HowMuchWasLearnedFromIsSaidFirst) {
  const ResultSet a = Set("A", {{Same}});
  EXPECT_EQ(RefusedSets(a, Set("B", {{Epochs(5)}})),
            "not comparable: A and B have no run in common: they differ only in epochs (3; 5), in "
            "how much was learned from; to compare along it: --along epochs");
  EXPECT_NE(RefusedSets(a, Set("B", {{[](Settings& s) {
                                 Tanh(s);
                                 s.epochs = 5;
                               }}}))
                .find("they differ in epochs (3; 5) and activation (relu; tanh)"),
            std::string::npos);
}

TEST(AlongTest, ASettingWithoutEffectIsNotBlamedUnlessNothingElseDiffers) {
  const ResultSet a = Set("A", {{Same}});
  const std::string said = RefusedSets(a, Set("B", {{[](Settings& s) {
                                                Glorot(s);
                                                s.momentum = 0.9f;
                                              }}}));
  EXPECT_TRUE(said.ends_with("--along initializer")) << said;
  EXPECT_EQ(said.find("momentum"), std::string::npos) << said;
  EXPECT_EQ(RefusedSets(a, Set("B", {{Momentum(0.9f)}})),
            "not comparable: A and B have no run in common: they differ only in momentum (0; 0.9), "
            "which has no effect with optimizer 'sgd'; to compare along it: --along momentum");
}

TEST(AlongTest, PairsRunsThatAreEqualButForTheSetting) {
  const ResultSet a = Set("A", {{Same}, {Tanh}});
  const ResultSet b = Set("B", {{Glorot, 0.05}, {TanhGlorot, -0.05}});
  const QualityComparison comparison = Compared(a, b, {"initializer"});
  EXPECT_EQ(comparison.varying, std::vector<std::string>{"activation"});
  ASSERT_EQ(comparison.rows.size(), 2u);
  EXPECT_EQ(comparison.pairs, 12u);
  for (const QualityRow& row : comparison.rows) {
    const bool tanh = row.labels[0] == "tanh";
    EXPECT_EQ(row.verdict, tanh ? QualityVerdict::kWorse : QualityVerdict::kBetter);
    EXPECT_NEAR(row.difference, (tanh ? -0.05 : 0.05) + 0.0005, 1e-9);
  }
  EXPECT_TRUE(comparison.along->follows.empty()) << "as activation is equal within each pair";
}

TEST(AlongTest, EffectlessSettingsDoNotKeepRunsApart) {
  const auto other = [](Settings& s) {
    Glorot(s);
    s.momentum = 0.9f;
  };
  EXPECT_EQ(Compared(Set("A", {{Same}}), Set("B", {{other}}), {"initializer"}).pairs, 6u);
}

TEST(AlongTest, TwoValuesWithinOneSetAreComparedAndOthersLeftOut) {
  const ResultSet set = Set("S", {{Same}, {Tanh, -0.05}, {Glorot}, {TanhGlorot}, {Epochs(9)}});
  const QualityComparison comparison = Compared(set, set, {"activation=relu,tanh"});
  // Exact partners first: he with he, glorot with glorot, though he is usual with relu.
  EXPECT_EQ(comparison.pairs, 12u);
  EXPECT_TRUE(comparison.along->follows.empty());
  EXPECT_EQ(comparison.Count(QualityVerdict::kWorse), 1u);
  EXPECT_EQ(comparison.Count(QualityVerdict::kOnlyA), 1u);
  const QualityComparison epochs = Compared(set, set, {"epochs=9,3"});
  EXPECT_EQ(epochs.pairs, 6u);
  EXPECT_EQ(epochs.along->left_out, 0u);
  EXPECT_EQ(Refusal([&] { Along(set, set, {"activation"}); }),
            "within one set, say which values: S has activation relu, tanh; --along "
            "activation=relu,tanh");
  EXPECT_EQ(Refusal([&] { Along(set, set, {"activation=relu,elu"}); }),
            "S has no run of activation elu; it has activation relu, tanh");
}

TEST(AlongTest, WhatIsUsualWithAValueGoesWithItAndIsNamed) {
  const ResultSet set = Set("S", {{Same}, {TanhGlorot}});
  const AlignedSets sets = Along(set, set, {"activation=relu,tanh"});
  EXPECT_EQ(sets.facts.follows,
            std::vector<std::string>{"initializer (he_uniform; glorot_uniform)"});
  const std::string text =
      TerminalPage(QualityPage(CompareAligned(sets, 0.005), sets.a, sets.b, 0.005, false));
  EXPECT_NE(text.find("along  activation (A: relu; B: tanh)"), std::string::npos) << text;
  EXPECT_NE(text.find("!  not activation alone"), std::string::npos) << text;
  EXPECT_EQ(text.find("same bits"), std::string::npos) << text;
  // What is not usual does not follow: Glorot's with relu, He's with tanh.
  const ResultSet odd = Set("S", {{Glorot}, {Tanh}});
  EXPECT_EQ(Refusal([&] { Along(odd, odd, {"activation=relu,tanh"}); }),
            "not comparable along activation: no two runs are equal but for it: they differ in "
            "initializer (glorot_uniform; he_uniform), too: --along activation,initializer");
}

TEST(AlongTest, WhatDiffersTooIsNamedAndMayBeAdded) {
  const ResultSet a = Set("A", {{Same}}), b = Set("B", {{[](Settings&s) {
                                                    Glorot(s);
                                                    s.epochs = 5;
                                                  }}});
  EXPECT_EQ(Refusal([&] { Along(a, b, {"initializer"}); }),
            "not comparable along initializer: no two runs are equal but for it: they differ in "
            "epochs (3; 5), too: --along initializer,epochs");
  const AlignedSets sets = Along(a, b, {"initializer,epochs"});
  EXPECT_EQ(sets.facts.a, "initializer he_uniform, epochs 3");
  EXPECT_EQ(sets.facts.b, "initializer glorot_uniform, epochs 5");
  EXPECT_EQ(Compared(a, b, {"initializer", "epochs"}).pairs, 6u);
}

TEST(AlongTest, SeveralValuesAreTakenOnlyWhereTheCellDecidesWhich) {
  const auto tuned = [](float rate, const Change& change) {
    return [rate, change](Settings& s) {
      change(s);
      s.rate = rate;
    };
  };
  // Each cell has its rate, as after tuning; the phase that tuned has several for each.
  const ResultSet a = Set("A", {{tuned(0.1f, Same)},
                                {tuned(0.5f, Tanh)},
                                {tuned(0.1f, Same), 0.0, "tune"},
                                {tuned(0.5f, Same), 0.0, "tune"}});
  const ResultSet b = Set(
      "B", {{tuned(0.3f, Glorot)}, {tuned(0.2f, TanhGlorot)}, {tuned(0.3f, Glorot), 0.0, "tune"}});
  const QualityComparison comparison = Compared(a, b, {"initializer,rate"});
  EXPECT_EQ(comparison.pairs, 12u);
  EXPECT_EQ(comparison.along->warnings,
            std::vector<std::string>{"phase tune is left out: A has several values of rate (0.1, "
                                     "0.5) for runs that are equal otherwise"});
  const ResultSet two = Set("A", {{Rate(0.1f)}, {Rate(0.5f)}}), one = Set("B", {{Rate(0.3f)}});
  EXPECT_EQ(Refusal([&] { Along(two, one, {"rate"}); }),
            "not comparable along rate: A has several values of rate (0.1, 0.5) for runs that are "
            "equal otherwise; choose one for A and one for B, as in --along SETTING=A,B");
  EXPECT_EQ(Compared(two, one, {"rate=0.5,0.3"}).pairs, 6u);
}

TEST(AlongTest, EqualValuesAndEffectlessSettingsAreSaid) {
  const ResultSet a = Set("A", {{Same}});
  EXPECT_EQ(Refusal([&] { Along(a, Set("B", {{Same}}), {"epochs"}); }),
            "not comparable along epochs: both sets have epochs 3");
  EXPECT_EQ(Along(a, Set("B", {{Momentum(0.9f)}}), {"momentum"}).facts.warnings,
            std::vector<std::string>{"momentum has no effect with optimizer 'sgd': no difference "
                                     "is to be expected"});
}

TEST(AlongTest, ReadsNamesListsAndValuesAndRefusesWhatItDoesNotKnow) {
  const auto refused = [](const std::vector<std::string>& texts) {
    return Refusal([&] { ReadAlong(texts); });
  };
  EXPECT_EQ(ReadAlong(std::vector<std::string>{"initializer,epochs", "rate=0.10,1"})[2].a, "0.1");
  EXPECT_EQ(refused({"initialiser"}), "unknown setting 'initialiser'; did you mean 'initializer'?");
  EXPECT_EQ(refused({"activation=relu,thna"}), "unknown activation 'thna'; did you mean 'tanh'?");
  EXPECT_EQ(refused({"rate", "rate"}), "--along rate is given twice");
  EXPECT_EQ(refused({"seed"}), "--along seed: seeds are what runs are paired by");
  EXPECT_EQ(refused({"rate=1,1.0"}), "--along rate=1,1.0: the two values are the same");
  EXPECT_EQ(refused({"rate=1"}), "--along rate=1: two values, A's and B's, as in rate=A,B; not 1");
}

TEST(WithUsualTest, ReplacesWhatIsUsualAndKeepsWhatIsNot) {
  const std::vector<const SettingsField*> fields = {&FieldNamed("activation")};
  const std::vector<std::string> tanh = {"tanh"};
  EXPECT_EQ(WithUsual(Base(), fields, tanh).initializer, "glorot_uniform");
  Settings odd = Base();
  odd.initializer = "he_normal";
  EXPECT_EQ(WithUsual(odd, fields, tanh).initializer, "he_normal");
  const std::vector<const SettingsField*> optimizer = {&FieldNamed("optimizer")};
  const std::vector<std::string> adam = {"adam"};
  Settings usual = Base();
  usual.rate = Optimizer::Named("sgd").info().rate;
  EXPECT_EQ(WithUsual(usual, optimizer, adam).rate, Optimizer::Named("adam").info().rate);
  usual.rate *= 3.0f;
  EXPECT_EQ(WithUsual(usual, optimizer, adam).rate, usual.rate);
}

}  // namespace
}  // namespace lanegrad
