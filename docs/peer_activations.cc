// SPDX-License-Identifier: Apache-2.0
#include "docs/peer_activations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "experiments/records/disk.h"
#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

constexpr std::string_view kFast = "lanegrad fast", kFastest = "lanegrad fastest", kCopy = "copy";

bool IsOurs(std::string_view maker) { return maker.starts_with("lanegrad"); }

double Ulp(const Json& text) {
  const std::string ulp = text.get<std::string>();
  return ulp == "inf" ? HUGE_VAL : std::stod(ulp);
}

// As a reader would say it.
std::string Spoken(double ulp) {
  if (std::isinf(ulp) || ulp > 0x1p32) return "no digit";
  if (ulp < 100) return fmt::format("{:.3g}", ulp);
  if (ulp < 1e4) return fmt::format("{:.0f}", ulp);
  if (ulp < 1e6) return fmt::format("{:.0f} thousand", ulp / 1e3);
  return fmt::format("{:.{}f} million", ulp / 1e6, ulp < 1e7 ? 1 : 0);
}

// What was measured of one activation by one contestant.
struct Place {
  std::string maker;
  double per_ns = 0.0;
  double value_ulp = NAN, slope_ulp = NAN;
  double ulp() const { return std::max(value_ulp, slope_ulp); }
};

// Everyone who has a speed in a row, with one instruction set or with whichever.
std::vector<Place> PlacesOf(const Json& row, const std::vector<std::string>& targets,
                            std::string_view target) {
  std::vector<Place> places;
  const Json& errors = row.at("max_ulp");
  for (const auto& [name, speed] : row.at("per_ns").items()) {
    const PeerContestant contestant = ContestantOf(name, targets);
    if (!contestant.target.empty() && contestant.target != target) continue;
    Place place = {.maker = contestant.maker, .per_ns = speed.get<double>()};
    if (errors.contains(name)) {
      place.value_ulp = Ulp(errors.at(name).at(0));
      place.slope_ulp = Ulp(errors.at(name).at(1));
    }
    places.push_back(std::move(place));
  }
  return places;
}

bool Compared(const std::vector<Place>& places) {
  return std::any_of(places.begin(), places.end(), [](const Place& place) {
    return !IsOurs(place.maker) && !std::isnan(place.value_ulp);
  });
}

// All makers in the order of first appearance: ours first, and last what is no library.
std::vector<std::string> Makers(const Json& peers) {
  std::vector<std::string> makers;
  const std::vector<std::string> targets = TargetsOf(peers);
  for (const Json& row : PartOf(peers, "activations")) {
    for (const auto& [name, speed] : row.at("per_ns").items()) {
      const std::string maker = ContestantOf(name, targets).maker;
      if (std::find(makers.begin(), makers.end(), maker) == makers.end()) makers.push_back(maker);
    }
  }
  std::stable_partition(makers.begin(), makers.end(), IsOurs);
  std::stable_partition(makers.begin(), makers.end(),
                        [](const std::string& maker) { return maker != kCopy; });
  return makers;
}

const Place* PlaceOf(const std::vector<Place>& places, std::string_view maker) {
  const auto found = std::find_if(places.begin(), places.end(),
                                  [&](const Place& place) { return place.maker == maker; });
  return found == places.end() ? nullptr : &*found;
}

// Of how many functions a grade is ahead of every other library, with one instruction set. What has
// no fastest version is computed by its fast one.
struct Lead {
  std::size_t ahead = 0, compared = 0;
  double worst_ulp = 0.0;
};
Lead LeadOf(const Json& peers, std::string_view grade, std::string_view target) {
  Lead lead;
  for (const Json& row : PartOf(peers, "activations")) {
    const std::vector<Place> places = PlacesOf(row, TargetsOf(peers), target);
    const Place* ours = PlaceOf(places, grade);
    if (ours == nullptr) ours = PlaceOf(places, kFast);
    if (ours == nullptr || !Compared(places)) continue;
    ++lead.compared;
    lead.worst_ulp = std::max(lead.worst_ulp, ours->ulp());
    lead.ahead += std::all_of(places.begin(), places.end(), [&](const Place& place) {
      return IsOurs(place.maker) || std::isnan(place.value_ulp) || place.per_ns <= ours->per_ns;
    });
  }
  return lead;
}

std::string ErrorSpeedTitle(const Json& peers) {
  std::string title;
  for (const std::string_view grade : {kFast, kFastest}) {
    const std::vector<std::string> makers = Makers(peers);
    if (std::find(makers.begin(), makers.end(), grade) == makers.end()) continue;
    double worst = 0.0;
    std::string leads;
    for (const std::string& target : TargetsOf(peers)) {
      const Lead lead = LeadOf(peers, grade, target);
      if (lead.compared == 0) continue;
      worst = std::max(worst, lead.worst_ulp);
      leads += fmt::format("{}{} of {} with {}", leads.empty() ? "" : ", ", lead.ahead,
                           lead.compared, target);
    }
    if (leads.empty()) continue;
    title += title.empty()
                 ? fmt::format("Off by {} ULP at most, fast is ahead of every library for {}",
                               Spoken(worst), leads)
                 : fmt::format("; off by {}, fastest for {}", Spoken(worst), leads);
  }
  return title.empty() ? "Fast formulas have large errors somewhere; correct rounding takes time"
                       : title;
}

}  // namespace

const Json& PartOf(const Json& peers, std::string_view part) {
  const auto found = peers.find(part);
  if (found != peers.end()) return *found;
  throw WriteError(
      fmt::format("docs/records/peers.json: has no '{}'; take it anew: scripts/peers --output "
                  "docs/records/peers.json",
                  part));
}

std::vector<std::string> TargetsOf(const Json& peers) {
  std::vector<std::string> targets;
  for (const auto& [target, peak] : PartOf(peers, "peak_gflops").items()) targets.push_back(target);
  return targets;
}

PeerContestant ContestantOf(std::string_view name, const std::vector<std::string>& targets) {
  if (name == kCopy) return {.maker = std::string(name), .target = {}};
  for (const std::string& target : targets) {
    if (!name.ends_with(" " + target)) continue;
    return {.maker = std::string(name.substr(0, name.size() - target.size() - 1)),
            .target = target};
  }
  return {.maker = std::string(name), .target = targets.empty() ? std::string() : targets.front()};
}

std::string SpeedTable(const Json& peers) {
  const std::vector<std::string> targets = TargetsOf(peers);
  std::string tables;
  for (const std::string& target : targets) {
    std::vector<std::string> makers = Makers(peers);
    std::erase_if(makers, [&](const std::string& maker) {
      return std::none_of(PartOf(peers, "activations").begin(), PartOf(peers, "activations").end(),
                          [&](const Json& row) {
                            return PlaceOf(PlacesOf(row, targets, target), maker) != nullptr;
                          });
    });
    Table table = {.caption = {}, .columns = {{"activation", false, {}}}, .rows = {}};
    for (const std::string& maker : makers) table.columns.push_back({maker, true, {}});
    for (const Json& row : PartOf(peers, "activations")) {
      const std::vector<Place> places = PlacesOf(row, targets, target);
      double best = 0.0;
      for (const Place& place : places) {
        if (!std::isnan(place.value_ulp)) best = std::max(best, place.per_ns);
      }
      std::vector<Cell> cells = {{row.at("activation").get<std::string>(), 0, false}};
      for (const std::string& maker : makers) {
        const Place* place = PlaceOf(places, maker);
        cells.push_back(place == nullptr ? Cell{"", 0, false}
                                         : Cell{fmt::format("{:.2f}", place->per_ns), place->per_ns,
                                                place->per_ns == best});
      }
      table.rows.push_back(std::move(cells));
    }
    tables +=
        fmt::format("{}With {}:\n\n{}", tables.empty() ? "" : "\n", target, MarkdownTable(table));
  }
  return tables;
}

std::string PeerErrorTable(const Json& peers) {
  const std::vector<std::string> targets = TargetsOf(peers);
  std::vector<std::string> makers = Makers(peers);
  std::erase(makers, kCopy);
  Table table = {.caption = {}, .columns = {{"activation", false, {}}}, .rows = {}};
  for (const std::string& maker : makers) table.columns.push_back({maker, true, {}});
  for (const Json& row : PartOf(peers, "activations")) {
    std::vector<Cell> cells = {{row.at("activation").get<std::string>(), 0, false}};
    bool compared = false;
    for (const std::string& maker : makers) {
      std::optional<Place> largest;
      for (const std::string& target : targets) {
        const std::vector<Place> places = PlacesOf(row, targets, target);
        compared |= Compared(places);
        const Place* place = PlaceOf(places, maker);
        if (place == nullptr || std::isnan(place->value_ulp)) continue;
        if (!largest.has_value()) largest = *place;
        largest->value_ulp = std::max(largest->value_ulp, place->value_ulp);
        largest->slope_ulp = std::max(largest->slope_ulp, place->slope_ulp);
      }
      cells.push_back({largest.has_value() ? fmt::format("{}; {}", Spoken(largest->value_ulp),
                                                         Spoken(largest->slope_ulp))
                                           : std::string(),
                       0, false});
    }
    if (compared) table.rows.push_back(std::move(cells));
  }
  return MarkdownTable(table);
}

LineFigure ErrorSpeedFigure(const Json& peers) {
  LineFigure figure = {.name = "error_speed",
                       .title = ErrorSpeedTitle(peers),
                       .subtitle =
                           "one dot an activation with its slope, in cache, one thread; "
                           "hover for its name",
                       .x_label = "elements a nanosecond (log)",
                       .y_label = "right bits of 24, worst of the inputs tried",
                       .x_log = true,
                       .y_percent = false,
                       .dots = true,
                       .joined = false,
                       .y_low = 0.0,
                       .y_high = 25.0,
                       .panels = {}};
  const std::vector<std::string> targets = TargetsOf(peers);
  for (const std::string& target : targets) {
    LinePanel panel = {.title = target, .series = {}};
    for (const std::string& maker : Makers(peers)) {
      LineSeries series = {.name = maker, .points = {}};
      for (const Json& row : PartOf(peers, "activations")) {
        const std::vector<Place> places = PlacesOf(row, targets, target);
        const Place* place = PlaceOf(places, maker);
        if (!Compared(places) || place == nullptr || std::isnan(place->ulp())) continue;
        series.points.push_back({.x = place->per_ns,
                                 .y = std::clamp(23.0 - std::log2(place->ulp()), 0.0, 24.0),
                                 .note = fmt::format("{}: {:.2f} elements/ns, error {} ULP",
                                                     row.at("activation").get<std::string>(),
                                                     place->per_ns, Spoken(place->ulp()))});
      }
      if (series.points.empty()) continue;
      std::sort(series.points.begin(), series.points.end(),
                [](const LinePoint& a, const LinePoint& b) { return a.x < b.x; });
      panel.series.push_back(std::move(series));
    }
    if (!panel.series.empty()) figure.panels.push_back(std::move(panel));
  }
  if (figure.panels.empty()) figure.panels.push_back({.title = "", .series = {}});
  return figure;
}

}  // namespace lanegrad
