/// @file
/// Article, section 5, the challenge of ethics: whom a network serves badly, whom it betrays, and
/// what it has learned instead of what it was to learn.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "experiments/ethics/judgements.h"
#include "experiments/ethics/measures.h"
#include "experiments/ethics/pictures.h"
#include "experiments/experiment/experiment_program.h"

namespace lanegrad {
namespace {

std::vector<Task> Tasks(const Scope& scope) {
  const EthicsScale scale = EthicsScaleOf(scope);
  std::vector<Task> tasks;
  const auto add = [&](const std::string& series, Fields settings, auto measure) {
    settings.Set("seeds", static_cast<double>(scale.seeds));
    tasks.push_back({.series = series,
                     .settings = std::move(settings),
                     .seed = 0,
                     .measure = std::move(measure)});
  };
  const auto add_groups = [&](const char* series, const std::string& rare,
                              const std::string& method, const std::vector<Group>& groups) {
    add(series,
        {{"rare", rare},
         {"method", method},
         {"common", static_cast<double>(scale.common)},
         {"few", static_cast<double>(scale.rare)},
         {"epochs", static_cast<double>(scale.epochs)}},
        [=](Measurement& row) { MeasureGroups(scale, groups, method, row); });
  };
  // [ethics-groups]
  add_groups("classes", "none", "none", ClassGroups(scale, 10));
  for (const char* rare : {"coat", "trouser"}) {
    for (const char* method : {"none", "class weights", "repeat", "drop"}) {
      add_groups("classes", rare, method, ClassGroups(scale, GroupNumber(rare)));
    }
  }
  add_groups("subgroups", "none", "none", SubgroupGroups(scale, false));
  for (const char* method : {"none", "class weights", "repeat", "drop"}) {
    add_groups("subgroups", "shirt", method, SubgroupGroups(scale, true));
  }
  // [ethics-groups]
  const auto plan = std::make_shared<MembershipPlan>(scale);
  const auto add_attack = [&](const char* kind, std::size_t samples, std::size_t epochs) {
    add("attack",
        {{"kind", kind},
         {"samples", static_cast<double>(samples)},
         {"epochs", static_cast<double>(epochs)}},
        [=](Measurement& row) { plan->MeasureAttack(samples, epochs, row); });
  };
  for (const std::size_t part : {20u, 8u, 4u, 2u, 1u}) {
    if (scale.long_epochs < part) continue;
    add_attack("epochs", scale.members, scale.long_epochs / part);
  }
  for (const std::size_t samples : {scale.members / 4, scale.members, scale.members * 4}) {
    add_attack("samples", samples, scale.long_epochs);
  }
  const auto add_defence = [&](const char* defence, double strength) {
    add("defence",
        {{"defence", defence},
         {"strength", strength},
         {"samples", static_cast<double>(scale.members)},
         {"epochs", static_cast<double>(scale.long_epochs)}},
        [=](Measurement& row) { plan->MeasureDefence(defence, strength, row); });
  };
  add_defence("none", 0.0);  // what the others are compared with
  for (const double strength : {0.001, 0.003, 0.01, 0.03}) add_defence("l2", strength);
  for (const double strength : {0.25, 0.5, 0.75}) add_defence("dropout", strength);
  for (const double strength : {0.3, 1.0}) add_defence("input noise", strength);
  for (const double strength : {1.0, 3.0, 10.0}) add_defence("patience", strength);
  for (const double share : {0.0, 0.5, 0.9, 0.99, 1.0}) {
    add("mark",
        {{"share", share},
         {"common", static_cast<double>(scale.common)},
         {"epochs", static_cast<double>(scale.epochs)}},
        [=](Measurement& row) { MeasureMark(scale, share, row); });
  }
  return tasks;
}

constexpr const char* kGroups = "one hidden layer; one class in twenty times fewer samples";
constexpr const char* kAttack = "a threshold on the loss, which is the simplest attack there is";
constexpr const char* kMark = "one mark, one class, one hidden layer";

std::vector<Claim> Claims() {
  return {
      {"accuracy-for-all", "The accuracy of a network holds for every class, within ten points.",
       "whoever reports one number", "ten classes, as frequent; one hidden layer",
       AccuracyHoldsForAll},
      {"rare-class", "A class that is rare in training is recognised less often.",
       "He and Garcia 2009", kGroups, RareClassSuffers},
      {"class-weights", "Class weights bring a rare class back.",
       "King and Zeng 2001; Byrd and Lipton 2019 say otherwise",
       "back: within five points of what equal counts give", WeightsBringItBack},
      {"balancing-is-free", "What balancing gives to a rare class, it takes from nobody.",
       "ours, section 5.5.3", "nobody: mean recall of the others, within a point", BalancingIsFree},
      {"weights-are-resampling", "Class weights and repeating samples come to the same.",
       "ours, by their expected gradients", "the same: within five points", WeightsAreResampling},
      {"accuracy-shows-subgroup",
       "Accuracy on held-out samples shows that a rare subgroup is served badly.",
       "Buolamwini and Gebru 2018 say otherwise", "drawn alike: as few shirts as in training",
       AccuracyShowsSubgroup},
      {"weights-reach-subgroup",
       "Balancing the classes helps a rare subgroup as much as balancing the subgroups.",
       "ours, section 5.5.3", "as much: within five points; class weights against repetition",
       ClassWeightsReachSubgroup},
      {"loss-betrays", "Losses tell training samples from others.", "Yeom et al. 2018", kAttack,
       LossBetraysMembers},
      {"training-betrays", "The longer the training, the more they tell.", "Yeom et al. 2018",
       kAttack, LongTrainingBetraysMore},
      {"samples-protect", "The more training samples, the less they tell.", "Shokri et al. 2017",
       kAttack, MoreSamplesBetrayLess},
      {"gap-is-advantage",
       "What an attacker gains is the gap between the accuracies on training and other samples.",
       "Yeom et al. 2018, for an attacker who sees no more than right and wrong",
       "is: within a point; the threshold is the mean training loss", GapIsTheAdvantage},
      {"sure-of-some", "The attack finds some members with hardly a false alarm.",
       "Carlini et al. 2022 say otherwise",
       "some: more than two in a hundred, at one false alarm in a hundred", AttackIsSureOfSome},
      {"defences-protect", "Regularisation, noise and early stopping protect.",
       "Shokri et al. 2017; Yeom et al. 2018", "protect: against this attack; no guarantee",
       DefencesProtect},
      {"protection-costs", "Protection costs accuracy.", "folklore",
       "strengths that are shown to protect; 1,000 samples in the default profile",
       ProtectionCostsAccuracy},
      {"training-accuracy-shows-mark", "Training accuracy warns of a mark that goes with a class.",
       "whoever stops there", kMark, TrainingAccuracyShowsMark},
      {"held-out-shows-mark", "Accuracy on held-out samples warns of it.", "the usual practice",
       "held-out samples bear it as training samples do", HeldOutAccuracyShowsMark},
      {"unmarked-test-shows-mark", "Accuracy on samples without the mark shows it.",
       "Ribeiro et al. 2016, by their example", kMark, UnmarkedTestShowsMark},
      {"saliency-shows-mark", "A map of gradients points at the mark.",
       "Simonyan et al. 2014; Adebayo et al. 2022 say otherwise",
       "largest there in the median network; one has to know that a corner is no part of a shirt",
       SaliencyShowsMark},
      {"few-counterexamples", "One shirt in ten without the mark is enough.", "ours, section 5.5.3",
       "enough: recall of unmarked shirts, within five points", FewCounterexamplesSuffice}};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "05_5_ethics",
       .section = "5.5",
       .title = "Ethics",
       .summary = "Section 5 of the article, ethics: whom a network serves badly and betrays.",
       .question =
           "Whom does a network serve badly, whose data does it reveal, and would one notice?",
       .task_profiles = {{"quick", 5}, {"default", 12}, {"full", 30}},
       .tasks = Tasks,
       .claims = Claims(),
       .figures = {ClassFigure, RareFigure, SubgroupFigure, AttackFigure, SamplesFigure, RocFigure,
                   DefenceFigure, MarkFigure, MapFigure},
       .tables = {GroupTable, AttackTable, DefenceTable, MarkTable}},
      argc, argv);
}
