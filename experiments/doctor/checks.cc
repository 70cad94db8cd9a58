// SPDX-License-Identifier: Apache-2.0
#include "experiments/doctor/checks.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <nlohmann/json.hpp>

#include "experiments/cli/progress.h"
#include "experiments/records/provenance.h"

namespace lanegrad {
namespace {

constexpr std::array kChecks = {CheckBuild,  CheckProcessor, CheckArithmetic,
                                CheckDigest, CheckThreads,   CheckLoad,
                                CheckData,   CheckOutput,    CheckTerminal};

// The locale that programs are told of, by precedence.
std::string Locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = ::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "C";
}

bool IsUtf8(const std::string& locale) {
  return locale.find("UTF-8") != locale.npos || locale.find("utf8") != locale.npos;
}

}  // namespace

std::string_view ConditionName(Condition condition) {
  switch (condition) {
    case Condition::kOk:
      return "ok";
    case Condition::kNote:
      return "note";
    case Condition::kFault:
      return "fault";
  }
  return "";
}

std::span<const Check> Checks() { return kChecks; }

std::vector<Finding> CheckBuild(const Environment& /*environment*/) {
  const Json provenance = Provenance();
  const std::string flags = provenance.at("flags").get<std::string>();
  std::vector<Finding> findings = {{"program", Condition::kOk, VersionText(), ""}};
  if (provenance.at("build") == "Debug") {
    findings[0].condition = Condition::kNote;
    findings[0].remedy = "the bits are the same, the speed is not: cmake --preset release";
  }
  if (provenance.at("source") == "unknown") {
    findings[0].condition = Condition::kNote;
    findings[0].remedy = "records will not name their source: build in a clone, with git installed";
  }
  findings.push_back({"flags", Condition::kOk, flags, ""});
  for (const char* bad : {"-ffast-math", "-Ofast", "-funsafe-math-optimizations"}) {
    if (flags.find(bad) == flags.npos) continue;
    findings.back() = {"flags", Condition::kFault, fmt::format("{} has {}", flags, bad),
                       fmt::format("results have other bits: build without {}", bad)};
  }
  std::string libraries;
  for (const auto& [name, version] : provenance.at("libraries").items()) {
    libraries.append(libraries.empty() ? "" : ", ")
        .append(name)
        .append(" ")
        .append(version.is_string() ? version.get<std::string>() : JsonText(version));
  }
  findings.push_back({"libraries", Condition::kOk, libraries, ""});
  return findings;
}

std::vector<Finding> CheckTerminal(const Environment& /*environment*/) {
  const char* term = ::getenv("TERM");
  const char* no_color = ::getenv("NO_COLOR");
  std::vector<Finding> findings = {
      {"terminal", Condition::kOk,
       fmt::format("{}, TERM {}, NO_COLOR {}",
                   IsTerminal() ? "progress is shown" : "no terminal: no progress is shown",
                   term == nullptr ? "not set" : term,
                   no_color == nullptr || *no_color == '\0' ? "not set" : "set"),
       ""}};
  const std::string locale = Locale();
  if (IsUtf8(locale)) {
    findings.push_back({"locale", Condition::kOk, locale, ""});
  } else {
    findings.push_back(
        {"locale", Condition::kNote,
         fmt::format("{} is not UTF-8: signs such as × and µ may show as others", locale),
         "export LC_ALL=C.UTF-8"});
  }
  return findings;
}

}  // namespace lanegrad
