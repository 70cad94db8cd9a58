// SPDX-License-Identifier: Apache-2.0
#include "docs/formula_text.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

TEST(FormulaText, WritesGreekLettersAndFractionsAsOneWouldInALetter) {
  EXPECT_EQ(WithoutTex("the rate \\( \\eta \\) and \\( \\frac{\\partial E}{\\partial W} \\)."),
            "the rate  η  and  ∂ E/∂ W .");
}

TEST(FormulaText, LeavesNoBackslashOfADisplayedFormula) {
  const std::string text = WithoutTex(
      "So \\[ \\left( \\lfloor c / 16 \\rfloor \\cdot R + \\mathrm{row} \\right) \\] and "
      "\\begin{align*} a &amp;= b \\\\ c &amp;&lt; d \\end{align*}.");
  EXPECT_EQ(text.find('\\'), text.npos) << text;
  EXPECT_EQ(text.find("amp"), text.npos) << text;
  EXPECT_NE(text.find("⌊ c / 16 ⌋ · R + row"), text.npos) << text;
  EXPECT_NE(text.find("&lt;"), text.npos) << text;
}

TEST(FormulaText, LeavesTextWithoutFormulasAsItIs) {
  EXPECT_EQ(WithoutTex("f(x) = \\x, and {braces}"), "f(x) = \\x, and {braces}");
}

TEST(FormulaText, NestsGroups) {
  EXPECT_EQ(WithoutTex("\\(\\frac{\\frac{a}{b}}{\\sqrt{c}}\\)"), "a/b/√c");
}

}  // namespace
}  // namespace lanegrad
