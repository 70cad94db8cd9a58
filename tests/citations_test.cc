// SPDX-License-Identifier: Apache-2.0
// The book's citations and sources against docs/references.bib.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "experiments/references/bibliography.h"
#include "kernels/activation.h"
#include "kernels/head.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "network/initializer.h"
#include "network/schedule.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

std::string ReadText(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Chapters and pages of the book, and the headers that its reference is made from.
std::vector<fs::path> TextsOfTheBook() {
  const fs::path source = LANEGRAD_SOURCE_DIR;
  std::vector<fs::path> texts;
  for (const auto& [folder, extension] :
       {std::pair("docs", ".md"), {"kernels", ".h"}, {"network", ".h"}, {"experiments", ".h"}}) {
    for (const auto& entry : fs::recursive_directory_iterator(source / folder)) {
      if (entry.path().extension() == extension) texts.push_back(entry.path());
    }
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

bool IsKnown(const Citation& citation) {
  const std::vector<Work>& works = References();
  return std::any_of(works.begin(), works.end(),
                     [&](const Work& work) { return Cites(citation, work); });
}

TEST(Citations, EveryOneInTheBookHasAnEntryInTheBibliography) {
  std::size_t citations = 0;
  for (const fs::path& path : TextsOfTheBook()) {
    for (const Citation& citation : CitationsIn(ReadText(path))) {
      ++citations;
      EXPECT_TRUE(IsKnown(citation))
          << path << ": [" << citation.text << "] has no entry in docs/references.bib; add one";
    }
  }
  EXPECT_GT(citations, 100u);
}

TEST(Citations, EverySourceOfAChapterIsInTheBibliographyWithTheSameTitleAndYear) {
  std::size_t sources = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(LANEGRAD_SOURCE_DIR) / "docs/chapters")) {
    std::istringstream text(ReadText(entry.path()));
    bool inside = false;
    for (std::string line; std::getline(text, line);) {
      if (line.starts_with("## ")) inside = line.find(" Sources ") != line.npos;
      if (!inside || !line.starts_with("* ")) continue;
      ++sources;
      const std::string folded = Folded(line);
      const bool known = std::any_of(References().begin(), References().end(), [&](const Work& w) {
        // A subtitle may be left out.
        const std::string title = w.Field("title");
        return folded.find(Folded(title.substr(0, title.find(':')))) != folded.npos &&
               line.find(w.Field("year")) != line.npos &&
               folded.find(Folded(w.authors.front().family)) != folded.npos;
      });
      EXPECT_TRUE(known) << entry.path()
                         << ": this source has no entry in docs/references.bib: " << line;
    }
  }
  EXPECT_GT(sources, 100u);
}

TEST(Citations, EverySourceOfACatalogueIsInTheBibliography) {
  std::vector<std::pair<std::string_view, std::string_view>> sources;
  const auto add = [&](const auto& catalogue) {
    for (const auto& info : catalogue) sources.emplace_back(info.name, info.source);
  };
  add(Activations());
  add(Heads());
  add(Losses());
  add(Optimizers());
  add(Schedules());
  add(Initializers());
  std::size_t citations = 0;
  for (const auto& [name, source] : sources) {
    for (const Citation& citation : CitationsIn("[" + std::string(source) + "]")) {
      ++citations;
      EXPECT_TRUE(IsKnown(citation))
          << name << ": " << citation.text << " has no entry in docs/references.bib; add one";
    }
  }
  EXPECT_GT(citations, sources.size() / 2);
}

TEST(Citations, AreReadWithNamesYearAndPlace) {
  const std::vector<Citation> found = CitationsIn(
      "as shown [Polyak 1964; for sigmoids, Golub and Van Loan 2013, section 8.2], not "
      "[a link 1986](page.md), nor a[i], nor [on 3 May 2020], but [we use Tang et al. 2020]");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].names, std::vector<std::string>{"Polyak"});
  EXPECT_EQ(found[1].names, (std::vector<std::string>{"Golub", "Van Loan"}));
  EXPECT_EQ(found[1].year, "2013");
  EXPECT_EQ(found[2].names, std::vector<std::string>{"May"});  // a date looks like one
  EXPECT_TRUE(found[3].et_al);
  EXPECT_EQ(found[3].names, std::vector<std::string>{"Tang"});
}

TEST(Citations, NameAllAuthorsOrTheFirstOfMoreThanTwo) {
  const Work& work = ReferenceNamed("rumelhart1986");
  const auto cites = [&](const char* text) { return Cites(CitationsIn(text).at(0), work); };
  EXPECT_TRUE(cites("[Rumelhart, Hinton and Williams 1986]"));
  EXPECT_TRUE(cites("[Rumelhart et al. 1986]"));
  EXPECT_FALSE(cites("[Rumelhart and Hinton 1986]"));
  EXPECT_FALSE(cites("[Rumelhart, Hinton and Williams 1985]"));
  EXPECT_FALSE(Cites(CitationsIn("[Polyak et al. 1964]").at(0), ReferenceNamed("polyak1964")));
  EXPECT_TRUE(Cites(CitationsIn("[Demsar 2006]").at(0), ReferenceNamed("demsar2006")));
}

}  // namespace
}  // namespace lanegrad
