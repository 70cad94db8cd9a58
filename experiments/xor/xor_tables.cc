// SPDX-License-Identifier: Apache-2.0
//
// The tables of chapter 4.3.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/xor/xor_tasks.h"

namespace lanegrad {
namespace {

// "-2 x1 + 2 x2 - 1": a weighted sum as one writes it by hand.
std::string SumText(const std::vector<std::pair<float, std::string>>& terms) {
  std::string text;
  for (const auto& [weight, name] : terms) {
    if (weight == 0.0f) continue;
    const float size = std::fabs(weight);
    const bool bare = size == 1.0f && !name.empty();
    const char* sign = text.empty() ? (weight < 0.0f ? "−" : "") : (weight < 0.0f ? " − " : " + ");
    text += fmt::format("{}{}{}{}", sign, bare ? "" : fmt::format("{:.6g}", size),
                        bare || name.empty() ? "" : " ", name);
  }
  return text.empty() ? "0" : text;
}

Cell NumberCell(double value, std::string_view format) {
  std::string text = fmt::format(fmt::runtime(format), value);
  if (text.starts_with('-')) text = "−" + text.substr(1);
  return {text, value};
}

Cell TextCell(std::string text) { return {std::move(text)}; }

NamedTable ByHand(const Evidence& evidence, std::string_view activation, std::string_view f,
                  std::string_view format) {
  NamedTable named = {.name = fmt::format("by_hand_{}", activation),
                      .table = {.caption = fmt::format("The four rows by hand: {}", activation),
                                .columns = {},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("demonstration")) {
    if (row.settings.Text("activation") != activation) continue;
    const XorNetwork net = DemonstratedNetwork(row, "rounded");
    const auto hidden = [&](std::size_t j) {
      return SumText({{net.w1[j], "x1"}, {net.w1[2 + j], "x2"}, {net.b1[j], ""}});
    };
    const std::string out = SumText({{net.w2[0], "h1"}, {net.w2[1], "h2"}, {net.b2, ""}});
    named.table.columns = {{"x1", true, ""},
                           {"x2", true, ""},
                           {"z1 = " + hidden(0), true, ""},
                           {"z2 = " + hidden(1), true, ""},
                           {fmt::format("h1 = {}(z1)", f), true, ""},
                           {fmt::format("h2 = {}(z2)", f), true, ""},
                           {"z = " + out, true, ""},
                           {"answer σ(z)", true, ""},
                           {"wanted", true, ""}};
    const XorPass pass = Forward(net);
    for (std::size_t s = 0; s < kXorRows; ++s) {
      named.table.rows.push_back(
          {NumberCell(kXorInputs[s][0], "{:.0f}"), NumberCell(kXorInputs[s][1], "{:.0f}"),
           NumberCell(pass.z1[2 * s], "{:.6g}"), NumberCell(pass.z1[2 * s + 1], "{:.6g}"),
           NumberCell(pass.a1[2 * s], format), NumberCell(pass.a1[2 * s + 1], format),
           NumberCell(pass.z2[s], format), NumberCell(pass.a2[s], "{:.3f}"),
           NumberCell(kXorTargets[s], "{:.0f}")});
    }
  }
  return named;
}

std::string PercentCell(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

}  // namespace

NamedTable RectifierTable(const Evidence& evidence) {
  return ByHand(evidence, "relu", "max0", "{:.6g}");
}

NamedTable SigmoidTable(const Evidence& evidence) {
  return ByHand(evidence, "sigmoid", "σ", "{:.4f}");
}

NamedTable ShareTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "shares",
      .table = {.caption = "How many seeds learn xor, each setting at its own rate",
                .columns = {{"activation", false, ""},
                            {"hidden units", true, ""},
                            {"start", false, "initial weights, and whether there are biases"},
                            {"loss", false, ""},
                            {"rate", true, "chosen by other seeds"},
                            {"seeds that learn", true, "all four answers within 0.1"},
                            {"95 % interval", false, "Wilson's"},
                            {"median steps", true, "of those that learn"}},
                .rows = {}}};
  for (const Measurement& row : evidence.Series("cell")) {
    const std::string activation = row.settings.Text("activation");
    if (std::ranges::count(ArticleActivations(), activation) == 0) continue;
    const XorShare share = ShareOf(row);
    const std::string loss = row.settings.Text("loss");
    const bool any = row.values.Has("median_steps");
    const double steps = any ? row.values.Number("median_steps") : 0.0;
    named.table.rows.push_back(
        {TextCell(activation),
         NumberCell(row.settings.Number("width"), "{:.0f}"),
         TextCell(row.settings.Text("start")),
         TextCell(loss == "mse" ? "squared error" : "cross-entropy"),
         NumberCell(row.values.Number("rate"), "{:.2g}"),
         {PercentCell(share.share()), share.share()},
         TextCell(fmt::format("{:.1f} to {:.1f} %", 100.0 * share.interval.low,
                              100.0 * share.interval.high)),
         {any ? fmt::format("{:.0f}", steps) : "", steps}});
  }
  return named;
}

NamedTable EndingTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "endings",
      .table = {.caption = "What networks 2-2-1 answer that have not learned",
                .columns = {{"activation", false, ""},
                            {"do not learn", true, ""},
                            {"pair at 1/2", true, "two rows right, one half to the other two"},
                            {"three at 1/3 or 2/3", true, "one row right, their mean to the rest"},
                            {"all at 1/2", true, "one half to every row"},
                            {"other", true, ""},
                            {"with a dead unit", true, "slope 0 in all four rows"},
                            {"learn later", true, "within ten times as many further steps"}},
                .rows = {}}};
  for (const std::string& activation : ArticleActivations()) {
    const Measurement row = CellRow(evidence, {.width = 2, .activation = activation});
    const XorShare share = ShareOf(row);
    std::vector<Cell> cells = {TextCell(activation),
                               NumberCell(share.seeds - share.learned, "{:.0f}")};
    for (const char* name :
         {"pair", "triple", "halves", "other", "failed_with_dead", "learned_later"}) {
      cells.push_back(NumberCell(row.values.Number(name), "{:.0f}"));
    }
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

}  // namespace lanegrad
