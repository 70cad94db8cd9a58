// SPDX-License-Identifier: Apache-2.0
#include "docs/citation_links.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

const std::vector<Work>& Works() {
  static const std::vector<Work> works = ParseBibTex(
      "@article{polyak1964,\n  author = {Polyak, B. T.},\n  title = {Some methods},\n"
      "  journal = {Computing},\n  year = {1964},\n}\n"
      "@misc{abadi2016,\n  author = {Abadi, M. and Chu, A. and Li, B.},\n"
      "  title = {Privacy},\n  year = {2016},\n}\n"
      "@misc{abadi2016b,\n  author = {Abadi, M. and Dean, J. and Li, B.},\n"
      "  title = {TensorFlow: a \"system\"},\n  year = {2016},\n}\n"
      "@book{golub2013,\n  author = {Golub, G. H. and Van Loan, C. F.},\n"
      "  title = {Matrix Computations},\n  publisher = {JHU},\n  year = {2013},\n}\n",
      "works");
  return works;
}

std::string Page(const std::string& contents) {
  return "<p>[Polyak 1964]</p><div class=\"contents\">" + contents + "</div><!-- contents -->";
}

std::string Within(const std::string& contents) {
  const std::string page = WithCitationLinks(Page(contents), Works());
  const std::size_t begin = Page("").size() - std::string("</div><!-- contents -->").size();
  return page.substr(begin, page.size() - Page("").size());
}

const std::string kPolyak =
    "<a class=\"cite\" href=\"bibliography.html#bib_polyak1964\" "
    "title=\"B. T. Polyak. Some methods. Computing, 1964.\">Polyak 1964</a>";

TEST(CitationLinks, LeadFromNamesAndYearToTheWorkAndSayWhatItIs) {
  EXPECT_EQ(Within("as shown [Polyak 1964]."), "as shown [" + kPolyak + "].");
  EXPECT_EQ(Within("[for momentum, Polyak 1964, section 2; Nobody 1950]"),
            "[for momentum, " + kPolyak + ", section 2; Nobody 1950]");
  EXPECT_NE(Within("[Golub and\nVan Loan 2013]").find(">Golub and\nVan Loan 2013</a>]"),
            std::string::npos);
}

TEST(CitationLinks, LeaveCodeLinksAndTheRestOfThePageAlone) {
  for (const char* text : {"<code>[Polyak 1964]</code>", "<a href=\"x\">[Polyak 1964]</a>",
                           "<p title=\"[Polyak 1964]\">x</p>", "a[i] &lt; [0, 1]",
                           "[on 3 May 2020]", "<pre>x</pre>[", "[<b>"}) {
    EXPECT_EQ(Within(text), text);
  }
  EXPECT_TRUE(WithCitationLinks(Page(""), Works()).starts_with("<p>[Polyak 1964]</p>"));
}

TEST(CitationLinks, ChooseAmongSeveralWorksByTheWordAfterTheYear) {
  EXPECT_EQ(Within("[Abadi et al. 2016]"), "[Abadi et al. 2016]");
  EXPECT_NE(Within("[Abadi et al. 2016] <li>Privacy</li>").find("#bib_abadi2016\""),
            std::string::npos);
  const std::string linked = LinkedCitations("Abadi et al. 2016, TensorFlow", Works());
  EXPECT_NE(linked.find("#bib_abadi2016b\""), std::string::npos) << linked;
  EXPECT_NE(linked.find("&quot;system&quot;"), std::string::npos) << linked;
  EXPECT_TRUE(linked.ends_with("</a>, TensorFlow")) << linked;
}

}  // namespace
}  // namespace lanegrad
