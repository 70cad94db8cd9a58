// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/locality.h"

#include <fmt/format.h>

#include <string>

#include "experiments/likeness/pairs.h"
#include "experiments/neuroscience/feedback_alignment.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// A batch of error signals goes back twice, through the same layers: once as they are, once after
// every weight above the first layer has become another one. Activities, slopes and the error of
// the outputs stay what they were.
void MeasureLocality(CreditRule rule, Measurement& row) {
  constexpr std::size_t kSizes[] = {20, 16, 12, 5};
  constexpr std::size_t kRows = 30;
  const Initializer initializer = Initializer::Named("he_uniform");
  Network network(kSizes, Activation::Named("tanh"), Activation::Named("identity"));
  network.Initialize(initializer, 1);
  RandomStream random(1, Stream::kData);
  Matrix x(kRows, kSizes[0]);
  Workspace space = network.MakeWorkspace(kRows);
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t i = 0; i < kSizes[0]; ++i) x(r, i) = random.Normal();
    for (std::size_t j = 0; j < kSizes[3]; ++j) space.deltas[2](r, j) = random.Normal();
  }
  network.Forward(x.view(), kRows, space);
  Feedback feedback(rule, network, initializer, 1);
  feedback.Backward(network, kRows, 0, space);
  Workspace other = space;
  for (std::size_t l = 1; l < 3; ++l) {
    Initialize(initializer, RandomStream(2, Stream::kWeights, l),
               network.layers()[l].weights.view());
  }
  feedback.Backward(network, kRows, 0, other);
  double changed = 0.0, all = 0.0;
  for (std::size_t l = 0; l < 2; ++l) {
    for (std::size_t r = 0; r < kRows; ++r) {
      for (std::size_t j = 0; j < kSizes[l + 1]; ++j) {
        changed += space.deltas[l](r, j) != other.deltas[l](r, j);
        all += 1.0;
      }
    }
  }
  row.values.Set("changed", changed / all);
}

}  // namespace

void AddLocalityTasks(const Scope&, std::vector<Task>& tasks) {
  for (const CreditRuleInfo& info : CreditRules()) {
    tasks.push_back(
        {.series = "locality",
         .settings = {{"rule", std::string(info.name)}},
         .seed = 0,
         .measure = [rule = info.rule](Measurement& row) { MeasureLocality(rule, row); }});
  }
}

Finding BackPropagationIsLocal(const Evidence& evidence) {
  double share = 0.0;
  std::string others;
  for (const Measurement& row : evidence.Series("locality")) {
    const double changed = row.values.Number("changed");
    const std::string rule = row.settings.Text("rule");
    if (rule == "back_propagation") {
      share = changed;
    } else if (rule == "feedback_alignment" || rule == "kolen_pollack" || rule == "weight_mirror") {
      others += fmt::format(", of {} {:.0f} %", Spaced(rule), 100.0 * changed);
    }
  }
  return {share <= 0.0   ? Verdict::kSupported
          : share >= 0.5 ? Verdict::kNotSupported
                         : Verdict::kQualified,
          fmt::format("with other forward weights above them, and the same activities and output "
                      "errors, {:.0f} % of the hidden error signals of back-propagation change{}",
                      100.0 * share, others)};
}

}  // namespace lanegrad
