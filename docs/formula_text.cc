// SPDX-License-Identifier: Apache-2.0
#include "docs/formula_text.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

namespace lanegrad {
namespace {

using Name = std::pair<std::string_view, std::string_view>;

// Commands that are one character in a text; those that are not here vanish, and what they
// apply to stays.
constexpr Name kCharacters[] = {
    {"alpha", "α"},   {"beta", "β"},       {"gamma", "γ"},      {"delta", "δ"},   {"Delta", "Δ"},
    {"epsilon", "ε"}, {"varepsilon", "ε"}, {"eta", "η"},        {"theta", "θ"},   {"kappa", "κ"},
    {"lambda", "λ"},  {"mu", "μ"},         {"pi", "π"},         {"rho", "ρ"},     {"sigma", "σ"},
    {"tau", "τ"},     {"phi", "φ"},        {"varphi", "φ"},     {"omega", "ω"},   {"partial", "∂"},
    {"nabla", "∇"},   {"sum", "Σ"},        {"prod", "Π"},       {"infty", "∞"},   {"cdot", "·"},
    {"times", "×"},   {"odot", "⊙"},       {"le", "≤"},         {"leq", "≤"},     {"ge", "≥"},
    {"geq", "≥"},     {"ne", "≠"},         {"neq", "≠"},        {"approx", "≈"},  {"pm", "±"},
    {"to", "→"},      {"leftarrow", "←"},  {"rightarrow", "→"}, {"in", "∈"},      {"sqrt", "√"},
    {"ldots", "…"},   {"dots", "…"},       {"cdots", "…"},      {"ll", "≪"},      {"gg", "≫"},
    {"exp", "exp"},   {"log", "log"},      {"ln", "ln"},        {"max", "max"},   {"min", "min"},
    {"sin", "sin"},   {"cos", "cos"},      {"tanh", "tanh"},    {"sinh", "sinh"}, {"cosh", "cosh"},
    {"mid", "|"},     {"lvert", "|"},      {"rvert", "|"},      {"lfloor", "⌊"},  {"rfloor", "⌋"},
    {"bmod", "mod"},  {"quad", " "},       {"qquad", " "},      {"ell", "ℓ"},     {"prime", "'"}};

class Formula {
 public:
  explicit Formula(std::string_view tex) : tex_(tex) {}
  std::string Text() {
    while (at_ < tex_.size()) Next();
    return std::move(out_);
  }

 private:
  // The group or the one character that follows, as text.
  std::string Argument() {
    while (at_ < tex_.size() && tex_[at_] == ' ') ++at_;
    if (at_ >= tex_.size()) return {};
    if (tex_[at_] != '{') {
      const std::size_t begin = at_;
      std::string saved = std::exchange(out_, {});
      Next();
      if (at_ == begin) ++at_;
      return std::exchange(out_, std::move(saved));
    }
    std::size_t end = at_ + 1;
    for (int depth = 1; end < tex_.size() && depth > 0; ++end) {
      depth += tex_[end] == '{' ? 1 : tex_[end] == '}' ? -1 : 0;
    }
    const std::string_view group = tex_.substr(at_ + 1, end - at_ - 2);
    at_ = end;
    return Formula(group).Text();
  }
  void Command() {
    std::size_t end = at_;
    while (end < tex_.size() && std::isalpha(static_cast<unsigned char>(tex_[end])) != 0) ++end;
    if (end == at_) {  // \, and \; are blanks, \{ is a brace, \\ ends a line
      const char c = end < tex_.size() ? tex_[end] : ' ';
      out_ += c == '{' || c == '}' || c == '%' || c == '|' ? c : ' ';
      at_ = end + 1;
      return;
    }
    const std::string_view name = tex_.substr(at_, end - at_);
    at_ = end;
    if (name == "frac" || name == "tfrac" || name == "dfrac") {
      const std::string above = Argument();
      out_ += above + "/" + Argument();
    } else if (name == "begin" || name == "end") {
      Argument();
      out_ += ' ';
    } else {
      const auto* known = std::ranges::find(kCharacters, name, &Name::first);
      if (known != std::end(kCharacters)) out_ += known->second;
    }
  }
  void Next() {
    const char c = tex_[at_++];
    if (c == '\\') {
      Command();
    } else if (c == '&') {
      // An alignment mark; in a page it is written &amp;.
      if (tex_.substr(at_).starts_with("amp;")) {
        at_ += 4;
      } else {
        out_ += c;  // &lt; and its like
      }
    } else if (c != '{' && c != '}') {
      out_ += c;
    }
  }

  std::string_view tex_;
  std::size_t at_ = 0;
  std::string out_;
};

constexpr Name kMarks[] = {{"\\(", "\\)"}, {"\\[", "\\]"}, {"\\begin{align*}", "\\end{align*}"}};

}  // namespace

std::string WithoutTex(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t begin = text.npos;
    Name mark;
    for (const Name& candidate : kMarks) {
      if (const std::size_t at = text.find(candidate.first); at < begin) {
        begin = at;
        mark = candidate;
      }
    }
    const std::size_t end = begin == text.npos ? begin : text.find(mark.second, begin);
    if (end == text.npos) break;
    out += text.substr(0, begin);
    const std::size_t inside = begin + mark.first.size();
    out += Formula(text.substr(inside, end - inside)).Text();
    text.remove_prefix(end + mark.second.size());
  }
  return out.append(text);
}

}  // namespace lanegrad
