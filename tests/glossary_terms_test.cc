// SPDX-License-Identifier: Apache-2.0
#include "docs/glossary_terms.h"

#include <gtest/gtest.h>

#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

std::string Row(const std::string& cells) {
  return "<tr class=\"markdownTableRowOdd\">\n" + cells + "</tr>\n";
}

std::string Cell(const std::string& text) {
  return "<td class=\"markdownTableBodyLeft\">" + text + " </td>";
}

const std::string kGlossary =
    "<span class=\"not-linked\">learning</span><table>" +
    Row(Cell("learning rate") + Cell("学习率") + Cell("the factor before the gradient") +
        Cell("")) +
    Row(Cell("training, learning") + Cell("训练") + Cell("changing weights") + Cell("")) +
    Row(Cell("held-out samples") + Cell("what settings are chosen by") + Cell("")) +
    Row(Cell("weight") + Cell("权重") + Cell("a factor") + Cell("")) +
    Row(Cell("unit") + Cell("单元") + Cell("a neuron") + Cell("")) + "</table>";

std::string Linked(const std::string& contents) {
  const std::string begin = "<div class=\"contents\">", end = "</div><!-- contents -->";
  const std::string page = WithTermLinks(begin + contents + end, ReadGlossary(kGlossary));
  return page.substr(begin.size(), page.size() - begin.size() - end.size());
}

std::string Term(const std::string& anchor, const std::string& word) {
  return "<a class=\"term\" href=\"glossary.html#term-" + anchor + "\">" + word + "</a>";
}

TEST(GlossaryTerms, AreRowsOfThreeOrFourCells) {
  const std::vector<GlossaryTerm> terms = ReadGlossary(kGlossary);
  ASSERT_EQ(terms.size(), 5u);
  EXPECT_EQ(terms[0].id, "term-learning-rate");
  EXPECT_EQ(terms[0].chinese, "学习率");
  EXPECT_EQ(terms[0].meaning, "the factor before the gradient");
  EXPECT_EQ(terms[2].chinese, "");
  EXPECT_EQ(terms[2].meaning, "what settings are chosen by");
  const std::string anchored = WithTermAnchors(kGlossary, terms);
  for (const GlossaryTerm& term : terms) {
    EXPECT_NE(anchored.find("id=\"" + term.id + "\""), anchored.npos) << term.id;
    EXPECT_NE(GlossaryScript(terms).find("\"" + term.id + "\":["), std::string::npos) << term.id;
  }
}

TEST(GlossaryTerms, AreLinkedWhereASectionFirstUsesThem) {
  EXPECT_EQ(Linked("<p>The learning\nrate and the learning rate.</p>"),
            "<p>The " + Term("learning-rate", "learning\nrate") + " and the learning rate.</p>");
  EXPECT_EQ(
      Linked("<h1>One</h1><p>Weights</p><h2>Part</h2><p>weights</p><h1>Two</h1><p>weights</p>"),
      "<h1>One</h1><p>" + Term("weight", "Weights") +
          "</p><h2>Part</h2><p>weights</p><h1>Two</h1><p>" + Term("weight", "weights") + "</p>");
}

TEST(GlossaryTerms, AreWholeWords) {
  for (const char* text : {"<p>weighted, unweighted, weight-sharing, co-weight</p>",
                           "<p><b>un</b>weight</p>", "<p>überweight weight_decay</p>"}) {
    EXPECT_EQ(Linked(text), text);
  }
  EXPECT_EQ(Linked("<p>a held-out sample's</p>"),
            "<p>a " + Term("held-out-samples", "held-out sample") + "'s</p>");
}

TEST(GlossaryTerms, UnitsOfMeasureAreNone) {
  for (const char* text : {"<p>in units\nof the threshold, in\nunits of one</p>",
                           "<p>off by a unit in the last place</p>"}) {
    EXPECT_EQ(Linked(text), text);
  }
  EXPECT_EQ(Linked("<p>in units of 3, by units of a layer</p>"),
            "<p>in units of 3, by " + Term("unit", "units") + " of a layer</p>");
}

TEST(GlossaryTerms, AreNotLinkedInCodeHeadingsLinksFormulasAndFigures) {
  for (const char* html :
       {"<h2>weight</h2>", "<code>weight</code>", "<a href=\"x\">weight</a>", "\\(weight\\)",
        "\\[ weight &lt; 2 \\]",
        "<div class=\"fragment\"><div class=\"line\">weight</div>weight</div>",
        "<pre class=\"fragment\">weight</pre>", "<svg><text>weight</text></svg>",
        "<table><tr><td>weight</td></tr></table>", "<details><summary>weight</summary></details>",
        "<p class=\"figure-caption\" id=\"figure-1-1\">weight</p>",
        "<div class=\"interactive\" data-figure=\"x\"><div>weight</div>weight</div>"}) {
    EXPECT_EQ(Linked(html), html);
  }
  const std::string sources = "<h1><a id=\"s\"></a>\n3.1.9 Sources</h1>\n<p>Weight decay</p>";
  EXPECT_EQ(Linked(sources), sources);
  EXPECT_EQ(Linked("<code>x</code> weight"), "<code>x</code> " + Term("weight", "weight"));
}

TEST(GlossaryTerms, WithAnotherSenseAreNotLinked) {
  EXPECT_EQ(Linked("<p>learning</p>"), "<p>learning</p>");
  EXPECT_EQ(Linked("<p>training</p>"), "<p>" + Term("training", "training") + "</p>");
  EXPECT_THROW(ReadGlossary("<span class=\"not-linked\">absent</span><table>" +
                            Row(Cell("weight") + Cell("a factor") + Cell("")) + "</table>"),
               WriteError);
  EXPECT_THROW(ReadGlossary("<p>nothing</p>"), WriteError);
}

}  // namespace
}  // namespace lanegrad
