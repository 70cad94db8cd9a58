// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/provenance.h"

#include <fmt/chrono.h>
#include <fmt/core.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <xxhash.h>

#include <boost/version.hpp>
#include <cmath>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "experiments/records/source_id.h"  // made by the build: LANEGRAD_GIT_ID
#include "kernels/targets.h"
#include "network/parallel.h"

namespace lanegrad {
namespace {

std::string Compiler() {
#if defined(__clang__)
  return "clang++ " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::string System() {
  utsname name;
  if (::uname(&name) != 0) return "unknown";
  return fmt::format("{} {} {}", name.sysname, name.release, name.machine);
}

std::string command;

double LoadAverage() {
  double load = 0.0;
  return ::getloadavg(&load, 1) == 1 ? std::round(load * 100.0) / 100.0 : NAN;  // null in JSON
}

}  // namespace

std::string ProcessorName(std::istream& info) {
  std::map<std::string, std::string> first;  // What is told of the first processor.
  for (std::string line; std::getline(info, line) && !line.empty();) {
    const std::size_t end = line.find_first_of("\t:"), colon = line.find(": ");
    if (colon != line.npos) first.emplace(line.substr(0, end), line.substr(colon + 2));
  }
  if (!first.contains("model name")) return "unknown";
  const std::string& name = first.at("model name");
  if (!first.contains("cpu family") || !first.contains("model")) return name;
  return fmt::format("{} (family {}, model {})", name, first.at("cpu family"), first.at("model"));
}

std::string ProcessorName() {
  std::ifstream info("/proc/cpuinfo");
  return ProcessorName(info);
}

std::vector<std::pair<std::string, std::string>> OriginOf(const std::string& provenance) {
  std::vector<std::pair<std::string, std::string>> entries;
  const auto add = [&](const std::string& name, const Json& value) {
    entries.emplace_back(name, value.is_string() ? value.get<std::string>() : JsonText(value));
  };
  const Json whole = Json::parse(provenance);
  for (const auto& [name, value] : whole.items()) {
    if (value.is_object()) {
      for (const auto& [inner, version] : value.items()) add(inner, version);
    } else {
      add(name, value);
    }
  }
  return entries;
}

void SetCommand(std::string text) { command = std::move(text); }
const std::string& Command() { return command; }

Json Provenance() {
  const std::time_t now = std::time(nullptr);
  return {
      {"time", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now))},
      {"source", LANEGRAD_GIT_ID},
      {"command", command},
      {"target", ActiveTarget().name},
      {"processor", ProcessorName()},
      {"cpus", AvailableCpus()},
      {"load", LoadAverage()},
      {"system", System()},
      {"compiler", Compiler()},
      {"build", LANEGRAD_BUILD_TYPE},
      {"flags", LANEGRAD_FLAGS},
      {"libraries",
       {{"highway", LANEGRAD_HWY_VERSION},
        {"fmt", FMT_VERSION},
        {"boost", BOOST_LIB_VERSION},
        {"nlohmann_json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR,
                                      NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
        {"cli11", LANEGRAD_CLI11_VERSION},
        {"xxhash", fmt::format("{}", XXH_versionNumber())}}}};
}

std::string VersionText() {
  std::string targets;
  for (const Target& target : Targets()) targets.append(" ").append(target.name);
  return fmt::format("lanegrad {} ({}), {}, {} build, targets{}, {} in force", LANEGRAD_VERSION,
                     LANEGRAD_GIT_ID, Compiler(), LANEGRAD_BUILD_TYPE, targets,
                     ActiveTarget().name);
}

}  // namespace lanegrad
