/// @file
/// Article, section 2.3: in what a network is like a brain, and in what it is not.
///
/// Each part of the likeness is a question of its own, in a file of experiments/likeness/; here
/// they stand side by side.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "experiments/experiment/experiment_program.h"
#include "experiments/likeness/anatomy.h"
#include "experiments/likeness/contrast.h"
#include "experiments/likeness/credit.h"
#include "experiments/likeness/hebbian.h"
#include "experiments/likeness/lesions.h"
#include "experiments/likeness/locality.h"
#include "experiments/likeness/pairs.h"
#include "experiments/likeness/responses.h"
#include "experiments/likeness/spikes.h"

namespace lanegrad {
namespace {

std::vector<Task> Tasks(const Scope& scope) {
  std::vector<Task> tasks;
  AddResponseTasks(scope, tasks);
  AddHebbianTasks(scope, tasks);
  AddDeltaRuleTasks(scope, tasks);
  AddContrastTasks(scope, tasks);
  AddLocalityTasks(scope, tasks);
  const auto trials = std::make_shared<Trials>(scope);
  AddRateTasks(trials, tasks);
  for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) {
    AddTrainedTask(trials, seed, tasks);  // then what is done with its networks
    AddLesionTask(trials, seed, tasks);
    AddSpikingTask(trials, seed, tasks);
  }
  return tasks;
}

constexpr const char* kTrainings =
    "two hidden layers; in the default profile 20,000 images, 5 epochs";

std::vector<Claim> Claims() {
  return {
      {"relu-fits-better",
       "A rectifier describes the response of a neuron better than the sigmoid that the article "
       "uses.",
       "Glorot, Bordes and Bengio 2011, by their argument",
       "one kind of model neuron, steady input, rates alone", ReluFitsBetter},
      {"ceiling-fits-best", "Best is a rectifier with a ceiling.", "ours, section 2.3.3",
       "input up to five times the threshold", CeilingFitsBest, Verdict::kSupported},
      {"noise-smooths",
       "Near the threshold, noise turns the corner of relu into the bend of softplus.",
       "ours, section 2.3.3", "white noise of two strengths; half of what relu leaves, or less",
       NoiseSmoothsTheThreshold},
      {"hebb-grows", "Plain Hebbian weights grow exponentially, at the largest eigenvalue's rate.",
       "Oja 1982", "linear units, small rate", HebbGrowsWithoutBound, Verdict::kSupported},
      {"sanger-finds-components", "By Sanger's rule, Hebbian units find the principal components.",
       "Sanger 1989", "linear units; a task may need other features", SangerFindsComponents},
      {"uncentred-finds-mean", "On inputs that are never negative, Hebb finds their mean.",
       "ours, section 2.3.3", "one unit", UncentredFindsTheMean},
      {"delta-rule-is-gradient",
       "In one layer the gradient is a product of the two ends of a weight.",
       "Widrow and Hoff 1960", "one layer, with a teacher for every output", DeltaRuleIsTheGradient,
       Verdict::kSupported},
      {"back-propagation-is-local",
       "With hidden layers, too, a weight changes by what is available at its synapse.",
       "article, section 2.3, by its comparison", "what is needed; not what a brain may have",
       BackPropagationIsLocal, Verdict::kNotSupported},
      {"frozen-reaches-most", "Random hidden layers that never learn reach most of the accuracy.",
       "ours: the control", kTrainings, FrozenReachesMost},
      {"random-feedback-suffices",
       "Hidden layers learn as well when errors come back through fixed random weights.",
       "Lillicrap et al. 2016",
       "two hidden layers; deep and convolutional networks fail (Bartunov et al. 2018)",
       RandomFeedbackSuffices},
      {"direct-feedback-suffices", "They learn as well when errors come straight from the outputs.",
       "Nøkland 2016", kTrainings, DirectFeedbackSuffices},
      {"signals-align", "The network turns its weights until random feedback points downhill.",
       "Lillicrap et al. 2016", "angles on 500 training samples", SignalsAlign},
      {"any-activation-will-do", "Random feedback teaches rectifiers as it teaches units of tanh.",
       "ours: the control", "one initialisation, one rate for all layers", AnyActivationWillDo},
      {"redrawn-teaches-nothing", "Feedback that is drawn anew at every step teaches nothing.",
       "ours: the control", kTrainings, RedrawnTeachesNothing},
      {"kolen-pollack-matches", "Feedback weights that learn by the same steps are as good.",
       "Kolen and Pollack 1994",
       "as good as back-propagation: within a point; needs signed errors and a phase for them",
       KolenPollackMatches},
      {"weight-mirror-matches",
       "Feedback weights learned from noise sent through the network are as good.",
       "Akrout et al. 2019",
       "tanh, 128 units; one mirror phase a step; the same means not worse by a point",
       WeightMirrorMatches},
      {"contrast-nears-gradient",
       "Contrastive Hebbian learning becomes gradient descent as feedback becomes weak.",
       "Xie and Seung 2003", "small random networks; needs two phases", ContrastNearsTheGradient},
      {"dale-costs-nothing", "Units that only excite or only inhibit learn as well.",
       "article, section 2.3, by what it leaves out",
       "on hidden units, not on pixels; plain descent, and what is forbidden set to zero",
       DaleCostsNothing},
      {"tenth-suffices", "A tenth of the connections is as good as all.",
       "article, section 2.3, by what it leaves out", "fixed random connections", TenthSuffices},
      {"degrades-gracefully", "A lesion of a fifth of the units costs at most five points.",
       "Rumelhart and McClelland 1986", "nothing is learned afterwards", DegradesGracefully},
      {"spikes-carry", "Spikes can run what was trained without them.", "Diehl et al. 2015",
       "running, not learning; rates alone; 500 test images", SpikesCarryTheNetwork},
      {"spikes-save", "Spikes need fewer operations.", "ours: a proxy for energy",
       "additions against multiplications, counted alike; nothing is known of watts",
       SpikesSaveOperations},
  };
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "02_3_likeness",
       .section = "2.3",
       .title = "Networks and brains",
       .summary = "Section 2.3 of the article: in what a network is like a brain, and in what not.",
       .question = "Does a network learn as a brain does?",
       .task_profiles = {{"quick", 2}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims = Claims(),
       .figures = {ResponseFigure, ThresholdFigure, HebbFigure, PictureFigure, ContrastFigure,
                   CreditFigure, AngleFigure, WiringFigure, LesionFigure, SpikingFigure},
       .tables = {ResponseTable, SangerTable, CreditTable, PairTable, SpikingTable}},
      argc, argv);
}
