/// @file
/// Section 7: every chapter's claims on one page.
// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/experiment_program.h"
#include "experiments/summary/chapters.h"

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "07_summary",
       .section = "7",
       .title = "Summary",
       .summary = "Runs every other experiment, and puts all claims on one page.",
       .question = "Of everything that is claimed of neural networks in this book, what is true?",
       .task_profiles = {{"quick", 1}, {"default", 1}, {"full", 1}},
       .tasks = ChapterTasks,
       .claims =
           {{"article-is-right", "What the article claims is true.", "article, sections 1 to 6",
             "claims as this book words them; how they were divided is ours", ArticleIsRight,
             Verdict::kQualified},
            {"verdicts-as-stored", "Every claim has the verdict that its chapter expects.", "ours",
             "claims without an expected verdict cannot fail; nor can what is not decided",
             VerdictsAsStored, Verdict::kSupported},
            {"digests-as-stored", "Every experiment has the digest that is stored for it.", "ours",
             "the full profile has no stored digests", DigestsAsStored, Verdict::kSupported}},
       .figures = {VerdictMap},
       .tables = {ClaimsBySource, AllClaims, ChapterDigests}},
      argc, argv);
}
