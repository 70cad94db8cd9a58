/// @file
/// Article, section 6.1: what a network is. Does its definition suffice to rebuild one?
// SPDX-License-Identifier: Apache-2.0
#include "experiments/definition/definition.h"
#include "experiments/experiment/experiment_program.h"

namespace lanegrad {
namespace {

constexpr const char* kSame =
    "supported: every test picture has the answer that the network itself gives";

std::vector<Claim> Claims() {
  return {{"definition-suffices", "Units, weights and activations are what a network is made of.",
           "article, section 6.1", kSame, ArticleDefinitionSuffices, Verdict::kNotSupported},
          {"with-biases", "With the biases, the description is complete.", "ours", kSame,
           WithBiasesItSuffices, Verdict::kSupported},
          {"activation-computes", "The computing is done by the activation function.",
           "article, section 6.1",
           "supported: leaving it out harms more than weights in other places do",
           ActivationComputes, Verdict::kNotSupported},
          {"order-means-nothing", "In which order hidden units are listed means nothing.",
           "Hecht-Nielsen 1990", kSame, OrderMeansNothing, Verdict::kSupported},
          {"eight-bits", "Eight bits a weight describe a network well enough.", "folklore",
           "well enough: less than a point of accuracy is lost; networks of one hidden layer",
           EightBitsSuffice, Verdict::kSupported}};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "06_1_definition",
       .section = "6.1",
       .title = "What a network is, once more",
       .summary = "Section 6.1 of the article: whether its definition describes a network.",
       .question = "What must be said of a network so that somebody else can compute its answers?",
       .task_profiles = {{"quick", 10}, {"default", 20}, {"full", 30}},
       .tasks = DefinitionTasks,
       .claims = Claims(),
       .figures = {SameAnswersFigure},
       .tables = {ChangeTable}},
      argc, argv);
}
