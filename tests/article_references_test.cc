// SPDX-License-Identifier: Apache-2.0
#include "experiments/references/article_references.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "network/dataset.h"

namespace lanegrad {
namespace {

std::string What(const std::string& text) {
  try {
    ParseBibTex(text, "made.bib");
  } catch (const DataError& error) {
    return error.what();
  }
  return "no error";
}

const std::string kEntry =
    "@article{hebb1949,\n  author = {Hebb, D. O.},\n  title = {A title},\n  year = {1949},\n}\n";

TEST(Bibliography, ReadsBackWhatItSets) {
  const std::vector<Work> works = ParseBibTex(
      "@article{a2006,\n  author = {Hinton, G. E. and van der Maaten, L.},\n  title = {Maps},\n"
      "  journal = {Science},\n  volume = {313},\n  number = {5786},\n  pages = {504--507},\n"
      "  year = {2006},\n}\n",
      "made.bib");
  ASSERT_EQ(works.size(), 1u);
  EXPECT_EQ(works[0].authors[1].family, "van der Maaten");
  EXPECT_EQ(ReferenceMarkdown(works[0]),
            "G. E. Hinton and L. van der Maaten. Maps. *Science* 313(5786), 2006, 504–507.");
}

TEST(Bibliography, SaysInOneLineWhatIsWrongAndWhere) {
  EXPECT_EQ(What(kEntry), "no error");
  EXPECT_EQ(What(kEntry + kEntry), "made.bib:6: two entries have the key hebb1949");
  EXPECT_EQ(What("@article{x,\n  author = {A, B.},\n  year = {1949},\n}\n"),
            "made.bib:4: x has no title; every work has one");
  EXPECT_EQ(What("@article{x,\n  year 1949,\n}\n"),
            "made.bib:2: 'year 1949,' is no field; write year = {1986},");
  EXPECT_EQ(What("@article{x,\n  author = {A, B.},\n"), "made.bib:3: x is not closed by }");
  EXPECT_EQ(What("Hebb 1949\n"), "made.bib:1: 'Hebb 1949' begins no entry; write @article{key,");
}

TEST(Bibliography, KeysAreTheFirstAuthorAndTheYear) {
  for (const Work& work : References()) {
    const std::string year = work.Field("year");
    EXPECT_NE(work.key.find(year), work.key.npos) << work.key;
    std::string family = work.authors.front().family;
    const std::string name = work.key.substr(0, work.key.find(year));
    EXPECT_NE(Folded(family).find(name), std::string::npos) << work.key << ": " << family;
    EXPECT_FALSE(work.Venue().empty()) << work.key << " says nowhere where it appeared";
  }
}

TEST(ArticleReferences, HaveEveryNumberFrom1To57Once) {
  const ArticleReferences& list = ListOfTheArticle();
  ASSERT_EQ(list.entries(), 57u);
  for (std::size_t number = 1; number <= 57; ++number) {
    EXPECT_FALSE(list.Entry(number).title.empty()) << number;
  }
  EXPECT_THROW(list.Entry(58), DataError);
  EXPECT_TRUE(list.Entry(57).cut);
}

// The audit by hand, from which the program was to differ in nothing.
TEST(ArticleReferences, AreRightInTheEntriesThatAPersonFoundRight) {
  std::set<std::size_t> right;
  for (std::size_t number = 1; number <= 57; ++number) {
    if (EntryIsRight(ListOfTheArticle().Entry(number))) right.insert(number);
  }
  EXPECT_EQ(right, (std::set<std::size_t>{2, 3, 5, 10, 15, 24, 25, 27, 32, 37, 47, 48, 50, 55}));
}

TEST(ArticleReferences, FieldsAreComparedOneByOne) {
  const Work& work = ReferenceNamed("hinton2006");
  Printing printing = {.numbers = {1},
                       .work = "hinton2006",
                       .nearest = "",
                       .authors = {{"Hinton", "G."}, {"Salakhutdinov", "R. R."}},
                       .title = "reducing the Dimensionality of data with neural networks",
                       .venue = "Science",
                       .year = "2006",
                       .volume = "313",
                       .issue = "5786",
                       .pages = "504-507",
                       .arxiv = ""};
  EXPECT_TRUE(EntryIsRight(printing));
  EXPECT_FALSE(FieldIsRight(printing, work, "arxiv").has_value());
  printing.pages = "504-504";
  EXPECT_EQ(FieldIsRight(printing, work, "pages"), false);
  EXPECT_FALSE(EntryIsRight(printing));
  printing.pages = "";
  EXPECT_TRUE(EntryIsRight(printing));
  printing.issue = "5837";
  EXPECT_EQ(FieldIsRight(printing, work, "volume"), false);
  printing.issue = "5786";
  printing.authors.pop_back();
  EXPECT_EQ(FieldIsRight(printing, work, "authors"), false);
  printing.authors = {{"Hinton", "G."}, {"Salakhutdinov", "T."}};
  EXPECT_EQ(FieldIsRight(printing, work, "authors"), false);
}

TEST(ArticleReferences, AShortenedListOfAuthorsIsRightIfItsNamesAreFirstAndLast) {
  const Work& work = ReferenceNamed("szegedy2015");
  Printing printing = {.numbers = {1},
                       .work = work.key,
                       .nearest = "",
                       .authors = {work.authors[0], work.authors[1], work.authors.back()},
                       .shortened = true,
                       .title = "",
                       .venue = "",
                       .year = "",
                       .volume = "",
                       .issue = "",
                       .pages = "",
                       .arxiv = ""};
  EXPECT_EQ(FieldIsRight(printing, work, "authors"), true);
  printing.shortened = false;
  EXPECT_EQ(FieldIsRight(printing, work, "authors"), false);
  printing.shortened = true;
  std::swap(printing.authors[1], printing.authors[2]);
  EXPECT_EQ(FieldIsRight(printing, work, "authors"), false);
}

TEST(ArticleReferences, APreprintsYearMayBeThatOfItsNumber) {
  const Work& work = ReferenceNamed("devlin2019");
  Printing printing = ListOfTheArticle().Entry(15);
  for (const auto& [year, right] : {std::pair("2018", true), {"2019", true}, {"2017", false}}) {
    printing.year = year;
    EXPECT_EQ(FieldIsRight(printing, work, "year"), right) << year;
  }
  printing.venue = "NAACL-HLT";
  printing.year = "2018";
  EXPECT_EQ(FieldIsRight(printing, work, "year"), false);
}

TEST(ArticleReferences, AnEntryLeftOutOrRepeatedIsRefused) {
  const auto list = [](const char* first, const char* second) {
    return std::string("[[printing]]\nnumbers = [") + first +
           "]\ntitle = \"A\"\n[[printing]]\nnumbers = [" + second + "]\ntitle = \"B\"\n";
  };
  EXPECT_EQ(ParseArticleReferences(list("1, 3", "2"), "made.toml").entries(), 3u);
  EXPECT_THROW(ParseArticleReferences(list("1, 4", "2"), "made.toml"), DataError);
  EXPECT_THROW(ParseArticleReferences(list("1, 2", "2"), "made.toml"), DataError);
  EXPECT_ANY_THROW(ParseArticleReferences("[[printing]]\nnumber = 1\n", "made.toml"));
  EXPECT_ANY_THROW(
      ParseArticleReferences("[[printing]]\nnumbers = [1]\nwork = \"nobody1900\"\n", "made.toml"));
}

}  // namespace
}  // namespace lanegrad
