// SPDX-License-Identifier: Apache-2.0
#include "network/proper_names.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "kernels/activation.h"
#include "kernels/head.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "network/initializer.h"
#include "network/schedule.h"

namespace lanegrad {
namespace {

struct Row {
  std::string name, proper;
};

template <class Catalogue>
void Add(std::vector<Row>& rows, const Catalogue& catalogue) {
  for (const auto& info : catalogue) rows.push_back({std::string(info.name), ProperNameOf(info)});
}

std::vector<Row> AllRows() {
  std::vector<Row> rows;
  Add(rows, Activations());
  Add(rows, Losses());
  Add(rows, Optimizers());
  Add(rows, Initializers());
  Add(rows, Schedules());
  Add(rows, Heads());
  return rows;
}

TEST(ProperNames, AreThoseOfPapers) {
  EXPECT_EQ(ProperNames("relu"), "ReLU");
  EXPECT_EQ(ProperNames("gelu / softmax_cross_entropy"), "GELU / softmax cross-entropy");
  EXPECT_EQ(ProperNames("sgd, adam, he_uniform"), "SGD, Adam, He uniform");
  EXPECT_EQ(ProperNames("hard_tanh after warm_restarts"), "hard tanh after warm restarts");
}

TEST(ProperNames, PutParametersIntoBrackets) {
  EXPECT_EQ(ProperNames("leaky_relu:0.2"), "leaky ReLU (0.2)");
  EXPECT_EQ(ProperNames("elu:0.5, huber:1e-3."), "ELU (0.5), Huber (1e-3).");
  EXPECT_EQ(ProperNames("constant:-1"), "constant (-1)");
  EXPECT_EQ(ProperNames("mse:sum"), "MSE (sum)");
  EXPECT_EQ(ProperNames("relu: the best"), "ReLU: the best");
  EXPECT_EQ(ProperNames("relu:"), "ReLU:");
}

TEST(ProperNames, ReplaceWholeWordsOnly) {
  for (const std::string text : {"", "prelu", "relu_", "my_relu", "relus", "relu7", "adams", "Relu",
                                 "µadam", "step", "0.5", "ratio 3:4", "activation:relus"}) {
    EXPECT_EQ(ProperNames(text), text);
  }
  EXPECT_EQ(ProperNames("activation=relu;(adam)"), "activation=ReLU;(Adam)");
}

TEST(ProperNames, OfEveryRowReplaceItsNameAndHaveNoUnderscore) {
  const std::vector<Row> rows = AllRows();
  ASSERT_GT(rows.size(), 50u);
  for (const Row& row : rows) {
    EXPECT_EQ(ProperNames(row.name), row.proper);
    EXPECT_EQ(row.proper.find('_'), std::string::npos) << row.name;
    EXPECT_EQ(ProperNames("a " + row.name + "!"), "a " + row.proper + "!");
  }
}

// A figure that is renamed twice is the same, and a text that is renamed already may be as well.
TEST(ProperNames, OfProperNamesAreThemselves) {
  for (const Row& row : AllRows()) EXPECT_EQ(ProperNames(row.proper), row.proper);
}

// Else two series of a figure would become one.
TEST(ProperNames, TellApartWhatNamesTellApart) {
  std::map<std::string, std::string> names;
  for (const Row& row : AllRows()) {
    const auto [found, fresh] = names.emplace(row.proper, row.name);
    EXPECT_TRUE(fresh || found->second == row.name) << row.name << " and " << found->second;
  }
}

// One place: a member that says what would be derived anyway says nothing.
TEST(ProperNames, AreWrittenDownOnlyWhereTheyCannotBeDerived) {
  const auto check = [](const auto& catalogue) {
    for (auto info : catalogue) {
      if (info.proper.empty()) continue;
      const std::string proper(info.proper);
      info.proper = {};
      EXPECT_NE(ProperNameOf(info), proper);
    }
  };
  check(Activations());
  check(Losses());
  check(Optimizers());
  check(Initializers());
  check(Schedules());
  check(Heads());
}

}  // namespace
}  // namespace lanegrad
