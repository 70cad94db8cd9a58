/// @file
/// Article, section 8: its list of references, held against the works that it names.
///
/// What the list prints is data (experiments/references/article_references.toml), and so is what
/// the works are (docs/references.bib). What is right and wrong is computed from the two.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "experiments/experiment/experiment_program.h"
#include "experiments/references/reference_tasks.h"

namespace lanegrad {
namespace {

// All, at least half, or fewer.
Verdict ByShare(std::size_t right, std::size_t all) {
  return all == 0           ? Verdict::kNotDecided
         : right == all     ? Verdict::kSupported
         : 2 * right >= all ? Verdict::kQualified
                            : Verdict::kNotSupported;
}

Finding EntriesAreDistinct(const Evidence& evidence) {
  const std::size_t all = evidence.Series("entry").size();
  const std::size_t repeats = EntriesWith(evidence, "repeat");
  return {ByShare(all - repeats, all),
          fmt::format("{} entries name {} works; {} entries repeat an earlier one", all,
                      all - repeats, repeats)};
}

Finding EntriesAreRight(const Evidence& evidence) {
  const std::size_t all = evidence.Series("entry").size();
  const std::size_t right = EntriesWith(evidence, "right");
  std::size_t works = 0;
  for (const Measurement& row : evidence.Series("entry")) {
    works += row.values.Number("right") == 1.0 && row.values.Number("repeat") == 0.0;
  }
  return {ByShare(right, all),
          fmt::format("{} of {} entries are right in all that they print; they name {} works",
                      right, all, works)};
}

Finding WorksExist(const Evidence& evidence) {
  const std::size_t all = evidence.Series("entry").size();
  const std::size_t exist = EntriesWith(evidence, "exists");
  return {ByShare(exist, all),
          fmt::format("{} of {} entries stand for a work that could be found; {} breaks off", exist,
                      all, EntriesWith(evidence, "cut"))};
}

Finding JudgeFields(const Evidence& evidence, std::initializer_list<std::string_view> fields) {
  FieldCount all;
  std::string text;
  for (const std::string_view field : fields) {
    const FieldCount count = CountOf(evidence, field);
    all.printed += count.printed;
    all.right += count.right;
    text += fmt::format("{}{} in {} of {}", text.empty() ? "" : ", ", FieldText(field), count.right,
                        count.printed);
  }
  return {ByShare(all.right, all.printed), "right: " + text};
}

Finding AuthorsAndTitles(const Evidence& evidence) {
  return JudgeFields(evidence, {"authors", "title"});
}

Finding Places(const Evidence& evidence) {
  return JudgeFields(evidence, {"venue", "year", "volume", "pages", "arxiv"});
}

Finding TextCites(const Evidence& evidence) {
  double citations = 0.0;
  for (const double count : evidence.Numbers("citations", "citations")) citations += count;
  const double works =
      static_cast<double>(evidence.Series("entry").size() - EntriesWith(evidence, "repeat"));
  return {citations >= works ? Verdict::kSupported
          : citations > 0.0  ? Verdict::kQualified
                             : Verdict::kNotSupported,
          fmt::format("{} citations in {} sections, for {} works", citations,
                      evidence.Series("citations").size(), works)};
}

Finding OriginsAreListed(const Evidence& evidence) {
  const std::vector<double> listed = evidence.Numbers("origin", "listed");
  std::size_t count = 0;
  for (const double each : listed) count += each == 1.0;
  return {ByShare(count, listed.size()),
          fmt::format("of {} works that its algorithms come from the list has {}", listed.size(),
                      count)};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "08_references",
       .section = "8",
       .title = "The references",
       .summary = "Section 8 of the article: its list of references, held against the works.",
       .question = "Can a reader of the article find what its references name?",
       .task_profiles = {{"quick", 1}, {"default", 1}, {"full", 1}},
       .tasks = ReferenceTasks,
       .claims =
           {{"entries-are-distinct", "Each entry of the list names another work.",
             "article, section 8", "works are told apart by us, from what an entry prints",
             EntriesAreDistinct, Verdict::kNotSupported},
            {"entries-are-right", "An entry is right in all that it prints.", "article, section 8",
             "compared with docs/references.bib, whose entries are marked where they were checked",
             EntriesAreRight, Verdict::kNotSupported},
            {"works-exist", "Every entry stands for a work that exists.", "article, section 8",
             "not found is not proof that there is none", WorksExist, Verdict::kQualified},
            {"authors-and-titles", "Authors and titles are those of the works.",
             "article, section 8", "of entries that stand for a work", AuthorsAndTitles,
             Verdict::kQualified},
            {"places", "Venues, years, volumes, pages and numbers are those of the works.",
             "article, section 8",
             "arXiv counts as a venue where the work is there, and its year as a year", Places,
             Verdict::kQualified},
            {"text-cites", "The text says where each of its references is needed.",
             "article, section 8", "counted by us; the article's text is not shipped", TextCites,
             Verdict::kNotSupported},
            {"origins-are-listed", "The list has the works that its algorithms come from.",
             "ours, section 8", "which work an idea comes from is our choice; see the table",
             OriginsAreListed, Verdict::kNotSupported}},
       .figures = {EntriesFigure, FieldsFigure},
       .tables = {WorksTable, FieldsTable, OriginsTable}},
      argc, argv);
}
