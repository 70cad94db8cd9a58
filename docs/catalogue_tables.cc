// SPDX-License-Identifier: Apache-2.0
#include "docs/catalogue_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "docs/citation_links.h"
#include "experiments/report/svg.h"
#include "kernels/activation.h"
#include "kernels/head.h"
#include "kernels/loss.h"
#include "kernels/optimizer.h"
#include "network/initializer.h"
#include "network/schedule.h"
#include "network/settings.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

std::string Html(const std::vector<std::string>& headings,
                 const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<table class=\"markdownTable\">\n<tr class=\"markdownTableHead\">";
  for (const std::string& heading : headings) html.append(fmt::format("<th>{}</th>", heading));
  html.append("</tr>\n");
  for (const std::vector<std::string>& row : rows) {
    html.append("<tr>");
    for (const std::string& cell : row) html.append(fmt::format("<td>{}</td>", cell));
    html.append("</tr>\n");
  }
  return html.append("</table>\n");
}

std::string Code(std::string_view text) { return fmt::format("<code>{}</code>", Escape(text)); }

std::string Source(std::string_view source) {
  return LinkedCitations(Escape(source), References());
}

// A formula, each of its steps on a line of its own.
std::string Math(std::string_view formula) {
  constexpr std::string_view kStep = ", \\quad ";
  std::string text;
  for (std::size_t end = 0; (end = formula.find(kStep)) != formula.npos;
       formula.remove_prefix(end + kStep.size())) {
    text.append(fmt::format("\\({}\\)<br>", Escape(formula.substr(0, end))));
  }
  return text.append(fmt::format("\\({}\\)", Escape(formula)));
}

// Its name, what it is, and the number that it takes.
std::string Named(std::string_view name, std::string_view summary,
                  const Parameter& parameter = {}) {
  std::string text = fmt::format("{}<br>{}", Code(name), Escape(summary));
  if (!parameter.name.empty()) {
    text += fmt::format("<br>{}: {}, {} unless it is given, as in {}", Escape(parameter.name),
                        Escape(parameter.summary), parameter.default_value,
                        Code(fmt::format("{}:{}", name, parameter.default_value)));
  }
  return text;
}

// The stated errors of a grade, or nothing where there is no version of it.
std::string Errors(double value, double slope) {
  return value > 0.0 ? fmt::format("{}<br>{}", value, slope) : std::string();
}

std::string Legal(const LossInfo& info) {
  switch (info.outputs) {
    case Outputs::kAny:
      return "any; usual is " + Code(info.output);
    case Outputs::kSigned:
      return "those that reach from -1 to 1; usual is " + Code(info.output);
    case Outputs::kLogits:
      return Code(info.output) + " alone: what would follow is inside the loss";
  }
  return {};
}

}  // namespace

std::string ActivationTable() {
  std::vector<std::vector<std::string>> rows;
  for (const ActivationInfo& info : Activations()) {
    rows.push_back({Named(info.name, info.summary, info.parameter),
                    Math(info.formula) + "<br>" + Math(info.slope_formula),
                    fmt::format("{}<br>{}", info.max_ulp, info.slope_max_ulp),
                    Errors(info.fast_max_ulp, info.fast_slope_max_ulp),
                    Errors(info.fastest_max_ulp, info.fastest_slope_max_ulp),
                    fmt::format("{}<br>{}", Source(info.source), Code(info.initializer))});
  }
  return Html({"activation", "value<br>slope", "error, ULP",
               "error with<br><code>--precision fast</code>, ULP",
               "error with<br><code>--precision fastest</code>, ULP", "source<br>initial weights"},
              rows);
}

std::string HeadTable() {
  std::vector<std::vector<std::string>> rows;
  for (const HeadInfo& info : Heads()) {
    rows.push_back({Named(info.name, info.summary), Math(info.formula), Math(info.slope_formula),
                    fmt::format("{}", info.max_ulp), Source(info.source)});
  }
  return Html({"head", "output", "derivative by \\(z_i\\)", "error, ULP", "source"}, rows);
}

std::string LossTable() {
  std::vector<std::vector<std::string>> rows;
  for (const LossInfo& info : Losses()) {
    rows.push_back(
        {Named(info.name, info.summary, info.parameter) + "<br>output activations: " + Legal(info),
         Math(info.formula) + "<br>" + Math(info.slope_formula),
         fmt::format("10<sup>{:.0f}</sup><br>{}&nbsp;ULP", std::log10(info.max_error),
                     info.slope_max_ulp),
         Source(info.source)});
  }
  return Html({"loss", "of one sample<br>slope", "error", "source"}, rows);
}

// The settings that an optimizer reads beside the rate, and what they are if nobody says.
std::string ReadBy(const OptimizerInfo& info) {
  std::vector<std::string> settings;
  if (info.reads.beta1) settings.push_back(fmt::format("momentum {}", info.beta1));
  if (info.reads.beta2) settings.push_back(fmt::format("decay {}", info.beta2));
  if (info.reads.epsilon) settings.push_back(fmt::format("epsilon {}", info.epsilon));
  if (info.reads.weight_decay) settings.emplace_back("weight-decay 0");
  return fmt::format("{}", fmt::join(settings, "<br>"));
}

std::string OptimizerTable() {
  std::vector<std::vector<std::string>> rows;
  for (const OptimizerInfo& info : Optimizers()) {
    rows.push_back({Named(info.name, info.summary), Math(info.formula),
                    fmt::format("{}", info.rate), ReadBy(info), fmt::format("{}", info.states),
                    Source(info.source)});
  }
  return Html({"optimiser", "step", "usual rate", "settings it reads", "arrays it keeps", "source"},
              rows);
}

std::string ScheduleTable() {
  std::vector<std::vector<std::string>> rows;
  for (const ScheduleInfo& info : Schedules()) {
    rows.push_back(
        {Named(info.name, info.summary, info.parameter), Math(info.formula), Source(info.source)});
  }
  return Html({"schedule", "the rate is multiplied by", "source"}, rows);
}

std::string InitializerTable() {
  std::vector<std::vector<std::string>> rows;
  for (const InitializerInfo& info : Initializers()) {
    rows.push_back(
        {Named(info.name, info.summary, info.parameter), Math(info.formula), Source(info.source)});
  }
  return Html({"initialiser", "distribution", "source"}, rows);
}

std::string SearchTable() {
  const char* how[] = {"evenly", "by logarithm", "by the logarithm of 1 less it"};
  std::vector<std::vector<std::string>> rows;
  for (const SettingsField& field : SettingsFields()) {
    if (field.search == nullptr) continue;
    // A line for each range, with the optimizers that it is for where they differ.
    std::vector<std::pair<std::string, std::vector<std::string_view>>> ranges;
    Settings settings;
    for (const OptimizerInfo& info : Optimizers()) {
      settings.optimizer = info.name;
      const SearchRange range = field.search(settings);
      const std::string text = fmt::format("{:.4g} to {:.4g}", range.low, range.high);
      auto known = std::find_if(ranges.begin(), ranges.end(),
                                [&](const auto& each) { return each.first == text; });
      if (known == ranges.end()) known = ranges.insert(ranges.end(), {text, {}});
      known->second.push_back(info.name);
    }
    std::string text;
    for (const auto& [range, optimizers] : ranges) {
      if (!text.empty()) text.append("<br>");
      text.append(range);
      if (ranges.size() > 1) text.append(fmt::format(" ({})", fmt::join(optimizers, ", ")));
    }
    rows.push_back({fmt::format("<code>{}</code>", field.name), text,
                    how[static_cast<std::size_t>(field.search(settings).scale)]});
  }
  return Html({"setting", "from, to", "spread"}, rows);
}

std::string SyntheticTable() {
  std::vector<std::vector<std::string>> rows;
  for (const SyntheticInfo& info : SyntheticSets()) {
    rows.push_back({Named(info.name, info.summary), fmt::format("<code>{}</code>", info.checksum)});
  }
  return Html({"data", "checksum"}, rows);
}

}  // namespace lanegrad
