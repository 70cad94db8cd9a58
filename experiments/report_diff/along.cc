// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/along.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "experiments/report_diff/setting_difference.h"
#include "network/dataset.h"
#include "network/resolved_settings.h"

namespace lanegrad {
namespace {

using Fields = std::vector<const SettingsField*>;
using Values = std::vector<std::string>;

Values ValuesOf(const Fields& fields, const Settings& settings) {
  Values values;
  for (const SettingsField* field : fields) values.push_back(field->get(settings));
  return values;
}

void SetAll(const Fields& fields, const Values& values, Settings& settings) {
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i]->set(settings, values[i]);
}

bool IsAmong(const Fields& fields, const SettingsField& field) {
  return std::find(fields.begin(), fields.end(), &field) != fields.end();
}

// One side: its chosen runs, and every combination of values that they have.
struct Side {
  const ResultSet* set;
  std::vector<const RecordedRun*> runs;
  std::vector<Values> values;
};

Side Choose(const ResultSet& set, std::span<const AlongSetting> along, const Fields& fields,
            std::string AlongSetting::*value) {
  Side side = {.set = &set, .runs = {}, .values = {}};
  for (const auto& [key, run] : set.runs) {
    const Values values = ValuesOf(fields, run.settings);
    bool chosen = true;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      chosen = chosen && (!along[i].chosen || values[i] == along[i].*value);
    }
    if (!chosen) continue;
    side.runs.push_back(&run);
    if (std::find(side.values.begin(), side.values.end(), values) == side.values.end()) {
      side.values.push_back(values);
    }
  }
  if (!side.runs.empty()) return side;
  std::vector<std::string> wanted, there;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!along[i].chosen) continue;
    wanted.push_back(fmt::format("{} {}", along[i].name, along[i].*value));
    std::set<std::string> known;
    for (const auto& [key, run] : set.runs) known.insert(fields[i]->get(run.settings));
    there.push_back(fmt::format("{} {}", along[i].name, fmt::join(known, ", ")));
  }
  throw DataError(
      fmt::format("{} has no run of {}; it has {}", set.name, AndText(wanted), AndText(there)));
}

// The values of one setting on one side, each once.
Values OneOf(const Side& side, std::size_t field) {
  Values values;
  for (const Values& each : side.values) {
    if (std::find(values.begin(), values.end(), each[field]) == values.end()) {
      values.push_back(each[field]);
    }
  }
  return values;
}

// What makes runs of both sides alike: the settings, with those to compare along at one value of
// B's, and with the defaults for what has no effect at some of the values.
struct Alignment {
  const Fields& fields;
  std::vector<Values> values;  // of both sides
  Values common;
  bool usual = false;  // what is usual with a value goes along with it

  Settings Others(const Settings& settings) const {
    static const Settings kDefaults;
    Settings others = settings;
    if (usual) {
      try {
        others = WithUsual(settings, fields, common);
      } catch (const UsageError&) {
        SetAll(fields, common, others);  // layers of another number, with a name for each
      }
    } else {
      SetAll(fields, common, others);
    }
    for (const SettingsField& field : SettingsFields()) {
      if (!IsAmong(fields, field) && IsIdle(field, settings)) {
        field.set(others, field.get(kDefaults));
      }
    }
    return others;
  }

  bool IsIdle(const SettingsField& field, const Settings& settings) const {
    if (field.idle_by == nullptr) return false;
    return std::any_of(values.begin(), values.end(), [&](const Values& each) {
      Settings there = settings;
      SetAll(fields, each, there);
      return !field.idle_by(there).empty();
    });
  }
};

using ByKey = std::map<std::string, std::vector<const RecordedRun*>>;

// The runs by what is left of them, with the settings that are left.
ByKey Align(const Side& side, const Alignment& alignment, ResultSet& aligned) {
  ByKey by_key;
  aligned.runs.clear();
  for (const RecordedRun* run : side.runs) {
    RecordedRun other = *run;
    other.settings = alignment.Others(run->settings);
    const std::string key = run->phase + "\n" + Canonical(other.settings);
    by_key[key].push_back(run);
    aligned.runs[key] = std::move(other);
  }
  return by_key;
}

// "A has several rates (0.1, 0.5) for runs that are equal but for it": two runs with one key.
std::string Ambiguity(const Side& side, const Fields& fields,
                      const std::vector<const RecordedRun*>& runs) {
  const auto differs = [&](const SettingsField& field) {
    return field.get(runs[0]->settings) != field.get(runs[1]->settings);
  };
  const auto text = [&](const SettingsField& field) {
    Values values;
    for (const RecordedRun* run : runs) {
      const std::string value = field.get(run->settings);
      if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    }
    return fmt::format("{} has several values of {} ({}) for runs that are equal otherwise",
                       side.set->name, field.name, fmt::join(values, ", "));
  };
  for (const SettingsField* field : fields) {
    if (differs(*field)) return text(*field);
  }
  for (const SettingsField& field : SettingsFields()) {
    if (differs(field)) return text(field);
  }
  return {};
}

// Throws, or warns, of phases in which one run of one side would have several of the other.
void LeaveOutAmbiguous(const Side& side, const Fields& fields, const ByKey& by_key,
                       std::map<std::string, std::string>& ambiguous) {
  for (const auto& [key, runs] : by_key) {
    if (runs.size() < 2) continue;
    ambiguous.try_emplace(runs.front()->phase, Ambiguity(side, fields, runs));
  }
}

void DropPhases(ResultSet& set, const std::map<std::string, std::string>& phases) {
  std::erase_if(set.runs, [&](const auto& each) { return phases.contains(each.second.phase); });
}

// "relu"; of several settings "activation relu, rate 0.1".
std::string SideText(const Side& side, const Fields& fields) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Values values = OneOf(side, i);
    const std::string text = values.size() > 3 ? fmt::format("{} values", values.size())
                                               : fmt::format("{}", fmt::join(values, " or "));
    texts.push_back(fields.size() == 1 ? text : fmt::format("{} {}", fields[i]->name, text));
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

ResultSet Like(const ResultSet& set, const std::string& text, const Fields& fields) {
  ResultSet like = set;
  like.runs.clear();
  const std::string name = fields.size() == 1 ? fmt::format("{} ", fields[0]->name) : "";
  like.name = fmt::format("{} ({}{})", set.name, name, text);
  return like;
}

// The chosen runs, for a question about their settings.
ResultSet Chosen(const Side& side, std::string_view phase) {
  ResultSet set;
  for (const RecordedRun* run : side.runs) {
    if (phase.empty() || run->phase == phase) {
      set.runs[run->phase + "\n" + Canonical(run->settings)] = *run;
    }
  }
  return set;
}

// ": they differ in epochs (3; 5), too: --along rate,epochs", or nothing where no setting is to
// blame.
std::string OtherDifferences(const Side& a, const Side& b, const Fields& fields,
                             std::string_view phase) {
  std::vector<SettingDifference> others;
  std::vector<std::string> names;
  for (const SettingsField* field : fields) names.emplace_back(field->name);
  bool seeds = false;
  for (SettingDifference& each : SettingDifferences(Chosen(a, phase), Chosen(b, phase))) {
    if (!each.idle.empty() || IsAmong(fields, FieldNamed(each.name))) continue;
    seeds |= each.name == "seed";
    names.push_back(each.name);
    others.push_back(std::move(each));
  }
  if (others.empty()) return {};
  const std::string text = fmt::format(": they differ in {}, too", DifferenceText(others));
  return seeds ? text + ", and are paired by seed"
               : fmt::format("{}: --along {}", text, fmt::join(names, ","));
}

// Settings that differ within pairs and are not those to compare along.
std::vector<std::string> Following(const ByKey& a, const ByKey& b, const Fields& fields) {
  std::vector<std::string> follows;
  for (const SettingsField& field : SettingsFields()) {
    if (IsAmong(fields, field)) continue;
    std::set<std::string> in_a, in_b;
    const auto value = [&](const Settings& settings) {
      return WhyIdle(field, settings).empty() ? field.get(settings) : std::string("no effect");
    };
    // Left alone on both sides, though it has an effect on one only: nothing was chosen.
    const auto untouched = [&](const std::string& text) {
      return field.late && (text == "no effect" || text == field.get(Settings()));
    };
    for (const auto& [key, runs] : a) {
      const auto other = b.find(key);
      if (other == b.end()) continue;
      const std::string here = value(runs.front()->settings);
      const std::string there = value(other->second.front()->settings);
      if (here == there || (untouched(here) && untouched(there))) continue;
      in_a.insert(here);
      in_b.insert(there);
    }
    if (in_a.empty()) continue;
    follows.push_back(
        fmt::format("{} ({}; {})", field.name, fmt::join(in_a, ", "), fmt::join(in_b, ", ")));
  }
  return follows;
}

// A setting without any effect on any of the runs that were chosen.
void WarnOfIdle(const Side& a, const Side& b, const Fields& fields, AlongFacts& facts) {
  for (const SettingsField* field : fields) {
    std::string why;
    bool idle = true;
    for (const Side* side : {&a, &b}) {
      for (const RecordedRun* run : side->runs) {
        why = WhyIdle(*field, run->settings);
        idle = idle && !why.empty();
      }
    }
    if (!idle) continue;
    facts.warnings.push_back(
        fmt::format("{} has no effect {}: no difference is to be expected", field->name, why));
  }
}

void WarnOfOtherSamples(const Side& a, const Fields& fields, AlongFacts& facts) {
  for (const SettingsField* field : fields) {
    const bool held_out = IsAmong(
        {&FieldNamed("validation"), &FieldNamed("split"), &FieldNamed("split-seed")}, *field);
    const bool judged = std::any_of(a.runs.begin(), a.runs.end(), [](const RecordedRun* run) {
      return run->measure == "validation";
    });
    if (!held_out || !judged) continue;
    facts.warnings.push_back(
        fmt::format("with {} the held-out samples differ, by which validation accuracy is judged",
                    field->name));
  }
}

void RefuseEqualValues(const Side& a, const Side& b, std::span<const AlongSetting> along) {
  for (std::size_t i = 0; i < along.size(); ++i) {
    const Values in_a = OneOf(a, i), in_b = OneOf(b, i);
    if (in_a.size() != 1 || in_a != in_b) continue;
    throw DataError(fmt::format("not comparable along {}: {} {} {}", along[i].name,
                                a.set == b.set ? "all runs have" : "both sets have", along[i].name,
                                in_a.front()));
  }
}

// One set is compared with itself: nothing but values can tell A from B.
void RefuseWithoutValues(const Side& side, std::span<const AlongSetting> along) {
  for (std::size_t i = 0; i < along.size(); ++i) {
    if (along[i].chosen) continue;
    Values values = OneOf(side, i);
    std::sort(values.begin(), values.end());
    if (values.size() < 2) continue;  // RefuseEqualValues() says it better
    throw DataError(fmt::format("within one set, say which values: {} has {} {}; --along {}={},{}",
                                side.set->name, along[i].name, fmt::join(values, ", "),
                                along[i].name, values[0], values[1]));
  }
}

}  // namespace

AlignedSets AlignAlong(const ResultSet& set_a, const ResultSet& set_b,
                       std::span<const AlongSetting> along) {
  RequireComparable(set_a, set_b);
  Fields fields;
  AlignedSets aligned;
  for (const AlongSetting& setting : along) {
    fields.push_back(&FieldNamed(setting.name));
    aligned.facts.names.push_back(setting.name);
  }
  const Side a = Choose(set_a, along, fields, &AlongSetting::a);
  const Side b = Choose(set_b, along, fields, &AlongSetting::b);
  RefuseEqualValues(a, b, along);
  if (&set_a == &set_b) RefuseWithoutValues(a, along);
  Alignment alignment = {.fields = fields, .values = a.values, .common = b.values.front()};
  alignment.values.insert(alignment.values.end(), b.values.begin(), b.values.end());
  aligned.facts.a = SideText(a, fields);
  aligned.facts.b = SideText(b, fields);
  aligned.a = Like(set_a, aligned.facts.a, fields);
  aligned.b = Like(set_b, aligned.facts.b, fields);

  ByKey by_a, by_b;
  std::set<std::string> paired, there;
  for (const bool usual : {false, true}) {
    alignment.usual = usual;
    by_a = Align(a, alignment, aligned.a);
    by_b = Align(b, alignment, aligned.b);
    for (const auto& [key, runs] : by_a) {
      if (by_b.contains(key)) paired.insert(runs.front()->phase);
    }
    if (!paired.empty()) break;
  }
  const std::string what = AndText(aligned.facts.names);
  if (paired.empty()) {
    throw DataError(fmt::format("not comparable along {}: no two runs are equal but for {}{}", what,
                                fields.size() == 1 ? "it" : "them",
                                OtherDifferences(a, b, fields, "")));
  }
  std::map<std::string, std::string> ambiguous;
  LeaveOutAmbiguous(a, fields, by_a, ambiguous);
  LeaveOutAmbiguous(b, fields, by_b, ambiguous);
  if (std::all_of(paired.begin(), paired.end(),
                  [&](const std::string& phase) { return ambiguous.contains(phase); })) {
    throw DataError(
        fmt::format("not comparable along {}: {}; choose one for A and one for B, as in "
                    "--along SETTING=A,B",
                    what, ambiguous.at(*paired.begin())));
  }
  for (const auto& [phase, why] : ambiguous) {
    aligned.facts.warnings.push_back(fmt::format("phase {} is left out: {}", phase, why));
  }
  DropPhases(aligned.a, ambiguous);
  DropPhases(aligned.b, ambiguous);
  for (const auto& [key, run] : aligned.a.runs) {
    // By a name of its own: clang 14 lets no lambda see a structured binding.
    const bool both =
        std::any_of(aligned.b.runs.begin(), aligned.b.runs.end(),
                    [&phase = run.phase](const auto& each) { return each.second.phase == phase; });
    if (!both || paired.contains(run.phase) || !there.insert(run.phase).second) continue;
    aligned.facts.warnings.push_back(fmt::format("no runs of phase {} are paired{}", run.phase,
                                                 OtherDifferences(a, b, fields, run.phase)));
  }
  aligned.facts.follows = Following(by_a, by_b, fields);
  WarnOfIdle(a, b, fields, aligned.facts);
  WarnOfOtherSamples(a, fields, aligned.facts);
  std::set<const RecordedRun*> chosen(a.runs.begin(), a.runs.end());
  chosen.insert(b.runs.begin(), b.runs.end());
  const std::size_t all = set_a.runs.size() + (&set_a == &set_b ? 0 : set_b.runs.size());
  aligned.facts.left_out = all - chosen.size();
  return aligned;
}

QualityComparison CompareAligned(const AlignedSets& sets, double threshold) {
  QualityComparison comparison = CompareSets(sets.a, sets.b, threshold);
  comparison.along = sets.facts;
  return comparison;
}

}  // namespace lanegrad
