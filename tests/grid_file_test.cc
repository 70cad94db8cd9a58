// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/grid_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "kernels/activation.h"
#include "network/data_source.h"

namespace lanegrad {
namespace {

constexpr const char* kToml = R"(# A comparison.
data = "moons"
seeds = 3
final-seeds = 7
epochs = 20
momentum = 0.9
layers = "2-16-2"

[vary]
rate = "log:0.01:1:3"
activation = ["relu", "tanh"]
batch = [16, 32]
loss = "all"
)";

constexpr const char* kJson = R"({
  "data": "moons", "seeds": 3, "final-seeds": 7, "epochs": 20, "momentum": 0.9,
  "layers": "2-16-2",
  "vary": {"rate": "log:0.01:1:3", "activation": ["relu", "tanh"], "batch": [16, 32],
           "loss": "all"}
})";

std::string Refused(std::string_view text) {
  try {
    ParseGridFile(text, "g");
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(GridFileTest, TomlAndJsonSayTheSame) {
  for (const char* text : {kToml, kJson}) {
    const GridFile file = ParseGridFile(text, "g");
    EXPECT_EQ(file.data, "moons");
    EXPECT_EQ(file.seeds, 3u);
    EXPECT_EQ(file.final_seeds, 7u);
    Settings settings;
    for (const auto& [name, value] : file.fixed) FieldNamed(name).set(settings, value);
    EXPECT_EQ(settings.epochs, 20u);
    EXPECT_EQ(settings.momentum, 0.9f);
    EXPECT_EQ(settings.layers, (std::vector<std::size_t>{2, 16, 2}));
    // In the order in which they were written: the last axis is the fastest.
    ASSERT_EQ(file.vary.size(), 4u);
    EXPECT_EQ(file.vary[0].setting, "rate");
    EXPECT_EQ(file.vary[0].values, (std::vector<std::string>{"0.01", "0.1", "1"}));
    EXPECT_EQ(file.vary[1].setting, "activation");
    EXPECT_EQ(file.vary[1].values, (std::vector<std::string>{"relu", "tanh"}));
    EXPECT_EQ(file.vary[2].values, (std::vector<std::string>{"16", "32"}));
    EXPECT_EQ(file.vary[3].setting, "loss");
    EXPECT_GT(file.vary[3].values.size(), 5u);
    EXPECT_TRUE(file.Says("rate"));
    EXPECT_TRUE(file.Says("epochs"));
    EXPECT_FALSE(file.Says("samples"));
  }
}

TEST(GridFileTest, EverySettingMayBeFixedAndEveryOneButTheSeedMayVary) {
  for (const SettingsField& field : SettingsFields()) {
    if (field.name == "seed") continue;
    Settings settings;
    settings.layers = {2, 3, 2};
    const std::string value = field.get(settings);
    EXPECT_EQ(Refused(fmt::format("{} = \"{}\"", field.name, value)), "accepted");
    EXPECT_EQ(Refused(fmt::format("[vary]\n{} = [\"{}\"]", field.name, value)), "accepted");
    EXPECT_EQ(Refused(fmt::format("{{\"vary\": {{\"{}\": \"{}\"}}}}", field.name, value)),
              "accepted");
  }
  EXPECT_EQ(Refused("seed = 1"),
            "g:1: 'seed' is no setting of a grid: write seeds and final-seeds");
  EXPECT_EQ(Refused("[vary]\nseed = [1, 2]"), "g: 'seed' is no axis: write seeds and final-seeds");
}

TEST(GridFileTest, ASlipIsRefusedWithItsLineAndWhatWasMeant) {
  EXPECT_EQ(Refused("epochs = 3\nepocs = 4"), "g:2: unknown key 'epocs'; did you mean 'epochs'?");
  EXPECT_EQ(Refused("final_seeds = 4"),
            "g:1: unknown key 'final_seeds'; did you mean 'final-seeds'?");
  EXPECT_EQ(Refused("[vari]\nrate = 1"), "g:1: unknown key 'vari'; did you mean 'vary'?");
  EXPECT_EQ(Refused("[vary]\n\nactivaton = \"relu\""),
            "g:3: unknown key 'activaton'; did you mean 'activation'?");
  EXPECT_EQ(Refused("[vary]\nactivation = [\n\"relu\", \"tahn\"]"),
            "g:2: unknown activation 'tahn'; did you mean 'tanh'?");
  EXPECT_EQ(Refused("batch = 0"), "g:1: batch must be a whole number of at least 1, not '0'");
  EXPECT_EQ(Refused("epochs = true"), "g:1: a value must be a text, a number or a list of them");
  EXPECT_EQ(Refused("seeds = 0"), "g:1: seeds must be a whole number of at least 1, not '0'");
  EXPECT_EQ(Refused("activation = [\"relu\", \"tanh\"]"),
            "g:1: 'activation' must be one value; what varies stands under [vary]");
  EXPECT_EQ(Refused("rate = 1\n[vary]\nrate = [1, 2]"), "g: 'rate' is both fixed and varied");
  EXPECT_EQ(Refused("vary = 3"), "g:1: 'vary' must be a table: a setting and its values each");
  EXPECT_EQ(Refused("[vary]\nrate = []"), "g:2: axis 'rate' has no values");
  EXPECT_EQ(Refused("[vary]\nrate = [1, 1.0]"), "g:2: axis 'rate': value '1' is there twice");
  EXPECT_EQ(Refused("[vary.rate]\na = 1"), "g:1: 'rate' must be a list or a text");
  EXPECT_EQ(Refused("a = 1\na = 2").rfind("g:2: not TOML", 0), 0u) << Refused("a = 1\na = 2");
  // Found by fuzzing: the library must not be given these. Strings and comments may.
  EXPECT_EQ(Refused("epochs = 1\n[ = 1"), "g:2: not TOML: a character that cannot stand there");
  for (const char* name : {"[[[a", "[ [a", "[#a", "[\ra", "[\n"}) {
    EXPECT_EQ(Refused(name).rfind("g:", 0), 0u);
    EXPECT_NE(Refused(name).find("a character that cannot stand there"), std::string::npos);
  }
  for (const char* list : {"rate = [}", "rate = [ # }\n\n }", "rate = [1, }"}) {
    EXPECT_NE(Refused(list).find("a character that cannot stand there"), std::string::npos) << list;
  }
  EXPECT_EQ(Refused("[vary]\nloss = [ # é\n\n  'é',\n]").rfind("g:2: unknown loss 'é'", 0), 0u);
  EXPECT_EQ(Refused("epochs = 1\r\n[vary]\r\nbatch = [1, 2]\r\n"), "accepted");
  EXPECT_EQ(Refused("data = \"日本 # \\\" é\" # é\n[ vary ]\nbatch = [ 1,\n 2 ]"), "accepted");
  // Nor a date with a time of one digit.
  for (const char* date : {"x = 2020-01-01 5\n", "x = [1, 2020-01-01 5]", "x = 20_20-01-01 5\n",
                           "foldsds= 5var-ve-s= 5 [1]"}) {
    EXPECT_EQ(Refused(date), "g:1: a date and a time are no value of a setting") << date;
  }
  EXPECT_EQ(Refused("# of 2020-01-01 5\nepochs = 0"), Refused("#\nepochs = 0"));
  EXPECT_EQ(Refused("epochs = \"2020-01-01 5\"").find("a date"), std::string::npos);
  // Nor letters outside of ASCII, which it gets in ASCII: what is said of them is as elsewhere.
  EXPECT_EQ(Refused("# é\nü = 1").rfind("g:2: unknown key 'ü'", 0), 0u) << Refused("ü = 1");
  EXPECT_EQ(Refused("\"é\" = 1").rfind("g:1: unknown key 'é'", 0), 0u);
  EXPECT_EQ(Refused("data = 'a'\nzü = 1\nbatch = 2\nepochs = 3").rfind("g:2: unknown key 'zü'", 0),
            0u);
  EXPECT_EQ(Refused("data = \"\"\"\\\né\"\"\""), "accepted");
  EXPECT_EQ(Refused("data = '''\n\noutside0é'''"), "accepted");
  EXPECT_EQ(Refused("\xef\xbb\xbfloss = 'mse'"), "accepted");
  EXPECT_EQ(Refused("epochs = 1\ndata = '\xff'"), "g:2: not TOML: a byte that is no UTF-8");
  for (const char* damaged : {"rate = +\"\xef\xbb\xb8\"'=\"", "data = 'a' 'é'",
                              "0000so=0X0e='{\"dC\xef\xbe\xbf-", "x=0['é'", "a=[\nb='é'"}) {
    EXPECT_EQ(Refused(damaged).rfind("g:", 0), 0u);
    EXPECT_NE(Refused(damaged).find("not TOML: "), std::string::npos) << Refused(damaged);
    EXPECT_EQ(Refused(damaged).find("outside"), std::string::npos) << Refused(damaged);
  }
  EXPECT_EQ(Refused("[vary]\nrate = [0.1] # é\nloss = ['é', \"ü\"]").rfind("g:3: unknown loss", 0),
            0u);
  EXPECT_EQ(Refused("{\"epochs\": 1, \"epochs\": 2}"), "g: 'epochs' is there twice");
  EXPECT_EQ(Refused("{\n\"epochs\" 1}").rfind("g: not JSON at line 2, column", 0), 0u);
  EXPECT_EQ(Refused("{\"data\": 7e777}"), "g: not JSON: holds a number beyond 1.8e308");
  EXPECT_EQ(Refused("{\"vary\": {\"rate\": {\"a\": 1}}}"), "g: 'rate' must be a list or a text");
}

TEST(GridFileTest, CellsAreListedWithWhatWasPublished) {
  const char* const toml = R"(source = "somebody"
caveat = "how long"
final-seeds = 2
[[cell]]
name = "a"
layers = "2-4-2"
published = 0.870
tolerance = 0.01
[[cell]]
rate = 0.5
)";
  const char* const json =
      R"({"source": "somebody", "caveat": "how long", "final-seeds": 2, "cell": [
    {"name": "a", "layers": "2-4-2", "published": "0.870", "tolerance": 0.01}, {"rate": 0.5}]})";
  for (const char* text : {toml, json}) {
    const GridFile file = ParseGridFile(text, "g");
    EXPECT_EQ(file.source, "somebody");
    EXPECT_EQ(file.caveat, "how long");
    ASSERT_EQ(file.cells.size(), 2u);
    EXPECT_EQ(file.cells[0].name, "a");
    EXPECT_EQ(file.cells[0].tolerance, 0.01);
    EXPECT_EQ(file.cells[1].name, "cell 2");
    EXPECT_TRUE(file.cells[1].published.empty());
    EXPECT_EQ(file.cells[1].settings,
              (std::vector<std::pair<std::string, std::string>>{{"rate", "0.5"}}));
  }
}

TEST(GridFileTest, ASlipInAListedCellIsRefusedWithItsLineAndWhatWasMeant) {
  EXPECT_EQ(Refused("[[cell]]\nlos = \"mse\""), "g:2: unknown key 'los'; did you mean 'loss'?");
  EXPECT_EQ(Refused("[[cell]]\npublished = 87.1"),
            "g:2: published must be a share from 0 to 1, not '87.1'");
  EXPECT_EQ(Refused("[[cell]]\nseed = 1"),
            "g:2: 'seed' is no setting of a cell: write final-seeds");
  EXPECT_EQ(Refused("[[cell]]\nname = \"x\"\n[[cell]]\nname = \"x\""),
            "g:1: two cells are called 'x'");
  EXPECT_EQ(Refused("[vary]\nloss = \"all\"\n[[cell]]\nrate = 1"),
            "g: cells are either listed or made of what varies: [[cell]] and [vary] exclude each "
            "other");
  EXPECT_EQ(Refused("cell = 3"), "g:1: 'cell' must be a list of tables, each begun by [[cell]]");
  EXPECT_EQ(Refused("seeds = 2\n[[cell]]\nrate = 1"),
            "g: seeds choose rates, which listed cells state: write final-seeds alone, or say with "
            "tune what is chosen");
  EXPECT_EQ(Refused("seeds = 2\ntune = \"rate\"\n[[cell]]\nloss = \"mse\""), "accepted");
  EXPECT_EQ(Refused("folds = 3\n[[cell]]\nrate = 1"),
            "g: folds are for what varies: listed cells have test samples");
}

TEST(GridFileTest, DataFoldsAndProfileAreSaidAsFlagsSayThem) {
  const char* const toml = R"(data = "t.csv"
target-column = 3
task = "numbers"
delimiter = "tab"
header = "skip"
leave-out = ["id", "date"]
one-hot = ["colour"]
test-share = 0.25
test-data = "u.csv"
validation-data = "v.csv"
folds = 5
profile = "quick"
skip-illegal = "yes"
)";
  const char* const json = R"({"data": "t.csv", "target-column": 3, "task": "numbers",
    "delimiter": "tab", "header": "skip", "leave-out": ["id", "date"], "one-hot": "colour", "test-share": 0.25,
    "test-data": "u.csv", "validation-data": "v.csv", "folds": 5, "profile": "quick",
    "skip-illegal": "yes"})";
  for (const char* text : {toml, json}) {
    const GridFile file = ParseGridFile(text, "g");
    EXPECT_EQ(file.folds, 5u);
    EXPECT_EQ(file.profile, "quick");
    EXPECT_EQ(file.skip_illegal, true);
    DataSource source;
    for (const auto& [name, value] : file.of_data) {
      for (const DataSourceField& field : DataSourceFields()) {
        if (field.name == name) field.set(source, value);
      }
    }
    EXPECT_EQ(source.table.target, "3");
    EXPECT_EQ(source.table.task, "numbers");
    EXPECT_EQ(source.table.delimiter, "tab");
    EXPECT_EQ(source.table.header, "skip");
    EXPECT_EQ(source.table.leave_out, "id,date");
    EXPECT_EQ(source.table.one_hot, "colour");
    EXPECT_EQ(source.test_share, 0.25);
    EXPECT_EQ(source.test_data, "u.csv");
    EXPECT_EQ(source.validation_data, "v.csv");
  }
  EXPECT_EQ(Refused("target_column = 1"),
            "g:1: unknown key 'target_column'; did you mean 'target-column'?");
  EXPECT_EQ(Refused("folds = 1"), "g:1: folds must be from 2 to 1000, not 1");
  EXPECT_EQ(Refused("folds = [2, 3]"),
            "g:1: 'folds' must be one value; what varies stands under [vary]");
  EXPECT_EQ(Refused("profile = \"quik\""), "g:1: unknown profile 'quik'; did you mean 'quick'?");
  EXPECT_EQ(Refused("skip-illegal = 1"), "g:1: skip-illegal must be \"yes\" or \"no\", not '1'");
  EXPECT_EQ(Refused("test-share = 2"), "g:1: test-share must be a number from 0 to 1, not '2'");
  EXPECT_EQ(Refused("[vary]\nfolds = [2, 3]").rfind("g:2: unknown key 'folds'", 0), 0u);
}

TEST(GridFileTest, AValueOfAListIsOneValue) {
  const std::string hint = "; a text of several values stands without brackets";
  EXPECT_EQ(Refused("[vary]\nrate = [\"0,1\"]"),
            "g:2: rate must be a number of at least 0, or auto, not '0,1'" + hint);
  EXPECT_EQ(Refused("{\"vary\": {\"rate\": [\"0,1\"]}}"),
            "g: rate must be a number of at least 0, or auto, not '0,1'" + hint);
  EXPECT_EQ(Refused("[vary]\nrate = [\"log:0.1:1:3\"]"),
            "g:2: rate must be a number of at least 0, or auto, not 'log:0.1:1:3'" + hint);
  EXPECT_NE(Refused("[vary]\nactivation = [\"all\"]").find(hint), std::string::npos);
  EXPECT_EQ(Refused("[vary]\nrate = [\"x\"]"),
            "g:2: rate must be a number of at least 0, or auto, not 'x'");
  EXPECT_EQ(Refused("[vary]\nrate = \"0,1\""), "accepted");
  EXPECT_EQ(Refused("[vary]\nrate = [\"1/2\", 0.1]\nl2 = \"5/50000\""), "accepted");
}

TEST(GridFileTest, AFileThatIsNotThereIsNamed) {
  try {
    ReadGridFile("/no/such/grid.toml");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_EQ(std::string(error.what()),
              "/no/such/grid.toml: No such file or directory; --grid needs a TOML or JSON file");
  }
}

}  // namespace
}  // namespace lanegrad
