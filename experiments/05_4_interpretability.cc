/// @file
/// Article, section 5: can the decisions of a network be explained?
///
/// Maps of pixels, weights as pictures, prototypes, mistakes and neighbours, each put to a test;
/// what is measured is in experiments/explanations/.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "experiments/experiment/experiment_program.h"
#include "experiments/explanations/explanation_figures.h"
#include "experiments/explanations/findings.h"
#include "experiments/explanations/measures.h"

namespace lanegrad {
namespace {

// [interpretability-tasks]
std::vector<Task> Tasks(const Scope& scope) {
  const auto networks = std::make_shared<ExplainedNetworks>(scope);
  const ExplanationEffort& effort = networks->effort();
  std::vector<Task> tasks;
  const auto add = [&](const char* series, const char* key, std::string_view name,
                       const std::function<void(ExplainedNetworks&, Measurement&)>& measure) {
    tasks.push_back({.series = series,
                     .settings = {{key, std::string(name)},
                                  {"samples", static_cast<double>(effort.samples)},
                                  {"epochs", static_cast<double>(effort.epochs)},
                                  {"pictures", static_cast<double>(effort.pictures)},
                                  {"pairs", static_cast<double>(networks->pairs())}},
                     .seed = 0,
                     .measure = [=](Measurement& row) { measure(*networks, row); }});
  };
  for (const Recipe recipe :
       {Recipe::kPlain, Recipe::kDecayed, Recipe::kFew, Recipe::kRandomLabels}) {
    add("training", "recipe", RecipeName(recipe),
        [=](auto& all, Measurement& row) { MeasureTraining(all, recipe, row); });
  }
  add("check", "recipe", "plain", MeasureCheck);
  add("maps", "recipe", "plain", MeasureMaps);
  add("deletion", "map", "random",
      [](auto& all, Measurement& row) { MeasureDeletion(all, "random", row); });
  for (const MapKindInfo& kind : kMapKinds) {
    add("deletion", "map", kind.name,
        [=](auto& all, Measurement& row) { MeasureDeletion(all, kind.name, row); });
    if (kind.kind == MapKind::kContrast) continue;
    add("likeness", "map", kind.name,
        [=](auto& all, Measurement& row) { MeasureLikeness(all, kind, row); });
  }
  for (const char* ascent : {"plain", "smooth"}) {
    add("prototype", "ascent", ascent,
        [=](auto& all, Measurement& row) { MeasurePrototypes(all, ascent, row); });
  }
  add("mistakes", "recipe", "plain", MeasureMistakes);
  add("neighbours", "recipe", "plain", MeasureNeighbours);
  return tasks;
}
// [interpretability-tasks]

constexpr const char* kMapLimits =
    "dense networks with relu, 200 test pictures in the default profile; other networks and other "
    "pictures may differ";

std::vector<Claim> Claims() {
  return {
      {"decisions-cannot-be-explained", "The decisions of a network cannot be explained.",
       "article, section 5",
       "explained: a map that passes all three tests; what a person understands of it was not "
       "asked",
       NothingIsExplained},
      {"gradients-are-exact",
       "Back-propagation, carried one layer further, gives the slope of an output by every pixel.",
       "calculus", "one picture a network by central differences; relu has bends",
       GradientsAreExact, Verdict::kSupported},
      {"first-layer-is-readable",
       "The weights of the first layer are pictures of what a unit looks for.",
       "a common figure of textbooks", "smooth is not yet meaningful: no person was asked",
       FirstLayerIsReadable},
      {"decay-smooths",
       "Weight decay makes them smoother, and costs no more than a point of accuracy.",
       "ours, section 5.4.3", "one strength, chosen in a pilot; smoother is not yet smooth",
       DecaySmooths},
      {"maps-point-at-pixels",
       "Taking away the most important pixels of a map changes more decisions than taking away as "
       "many at random.",
       "Samek et al. 2017", "pixels become those of the mean picture; another filling may differ",
       MapsPointAtPixels},
      {"maps-beat-contrast",
       "It also changes more of them than taking away the pixels that differ most from the mean "
       "picture.",
       "ours: the control without a network", kMapLimits, MapsBeatContrast},
      {"path-beats-point", "Integrated gradients point better than one gradient.",
       "Sundararajan, Taly and Yan 2017, by their argument",
       "by decisions kept without 5 % of the pixels; times the difference in either case",
       PathBeatsPoint},
      {"twins-agree-on-maps",
       "Two networks that differ in their seed and decide alike have about the same map.",
       "ours, section 5.4.3",
       "about the same: half of the most important pixels; this bar was set after a pilot",
       TwinsAgreeOnMaps},
      {"foreign-maps-point", "The map of a twin points as well as the network's own.",
       "ours, section 5.4.3", "as well: within five points of the decisions kept",
       ForeignMapsPoint},
      {"decay-makes-maps-agree", "Weight decay makes their maps more alike.", "ours, section 5.4.3",
       "one strength, chosen in a pilot", DecayMakesMapsAgree},
      {"tiny-change-keeps-maps",
       "A change too small to be seen, which leaves the decision, leaves the map.",
       "Ghorbani, Abid and Zou 2019 (who deny it)",
       "random changes, not chosen ones, which do more; leaves: nine of ten of the most important "
       "pixels",
       TinyChangeKeepsMaps},
      {"maps-show-what-was-learned",
       "The map of a trained network is more like a trained twin's than like an untrained "
       "network's.",
       "after Adebayo et al. 2018", kMapLimits, MapsShowWhatWasLearned},
      {"untrained-maps-differ",
       "With all weights drawn anew, a map looks different: rank correlation below 0.5.",
       "Adebayo et al. 2018", kMapLimits, UntrainedMapsDiffer},
      {"maps-know-labels",
       "Networks that have learned the same pictures with random labels have other maps.",
       "Adebayo et al. 2018", "1,000 pictures learned by heart in the default profile",
       MapsKnowLabels},
      {"prototypes-look-alike", "What a network most wants to see of a class looks like the class.",
       "Simonyan, Vedaldi and Zisserman 2014",
       "by rank correlation with mean pictures, in at least 80 % of the cases",
       PrototypesLookAlike},
      {"prototypes-convince", "What convinces one network convinces its twin.",
       "ours, section 5.4.3", "as sure as the network itself, within five points of probability",
       PrototypesConvince},
      {"mistakes-are-shared", "Most mistakes belong to the picture: a twin makes the same.",
       "ours, section 5.4.3", "same network, other samples of the same data", MistakesAreShared},
      {"neighbours-decide",
       "A network decides as the nearest training pictures in its last hidden layer do, and is no "
       "better than they are.",
       "after Papernot and McDaniel 2018",
       "as: in 95 % of the cases; no better: by less than a point", NeighboursDecide},
      {"neighbours-warn",
       "Neighbours that disagree warn of mistakes better than the network's own confidence.",
       "after Papernot and McDaniel 2018", "ten neighbours, one layer, pictures of the same kind",
       NeighboursWarn},
  };
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "05_4_interpretability",
       .section = "5.4",
       .title = "Explaining decisions",
       .summary = "Section 5 of the article: can the decisions of a network be explained?",
       .question = "Can one say why a network decides as it does, and is what one says true?",
       .task_profiles = {{"quick", 3}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims = Claims(),
       .figures = {WeightFigure, MapFigure, DeletionFigure, LikenessFigure, CascadeFigure,
                   PrototypeFigure, MistakeFigure, ConfusionFigure, NeighbourFigure},
       .tables = {TrainingTable, DeletionTable, LikenessTable, NeighbourTable}},
      argc, argv);
}
