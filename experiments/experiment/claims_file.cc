// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/claims_file.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "experiments/records/disk.h"
#include "network/dataset.h"

namespace lanegrad {

bool JudgedByMachine(const JudgedClaim& judged, const Evidence& evidence) {
  Evidence alike = evidence;
  for (Measurement& row : alike.rows) {
    const Fields machine = row.machine;
    for (const auto& [name, value] : machine.all()) {
      if (std::holds_alternative<double>(value)) row.machine.Set(name, 1.0);
    }
  }
  try {
    const Finding finding = judged.claim->judge(alike);
    return finding.verdict != judged.finding.verdict || finding.figure != judged.finding.figure;
  } catch (const std::exception&) {
    return true;  // it cannot do without them
  }
}

void WriteClaims(const std::filesystem::path& directory, const Experiment& experiment,
                 const Evidence& evidence, std::span<const JudgedClaim> judged,
                 std::string_view digest) {
  Json claims = Json::array();
  for (const JudgedClaim& each : judged) {
    claims.push_back({{"name", each.claim->name},
                      {"sentence", each.claim->sentence},
                      {"source", each.claim->source},
                      {"limits", each.claim->limits},
                      {"verdict", VerdictName(each.finding.verdict)},
                      {"finding", each.finding.figure},
                      {"as_expected", each.AsExpected()},
                      {"of_this_machine", JudgedByMachine(each, evidence)}});
  }
  const Json file = {{"experiment", experiment.name},
                     {"section", experiment.section},
                     {"title", experiment.title},
                     {"profile", evidence.scope.profile},
                     {"digest", digest},
                     {"claims", claims}};
  WriteFileAtomically(directory / "claims.json", JsonText(file) + "\n");
}

RecordedClaims ReadClaims(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / "claims.json";
  std::ifstream stream(path);
  if (!stream) throw DataError(fmt::format("{}: cannot be read", path.string()));
  try {
    const Json file = Json::parse(stream);
    RecordedClaims read = {.experiment = file.at("experiment").get<std::string>(),
                           .section = file.at("section").get<std::string>(),
                           .title = file.at("title").get<std::string>(),
                           .profile = file.at("profile").get<std::string>(),
                           .digest = file.at("digest").get<std::string>(),
                           .claims = {}};
    for (const Json& each : file.at("claims")) {
      read.claims.push_back({.name = each.at("name").get<std::string>(),
                             .sentence = each.at("sentence").get<std::string>(),
                             .source = each.at("source").get<std::string>(),
                             .limits = each.at("limits").get<std::string>(),
                             .verdict = each.at("verdict").get<std::string>(),
                             .finding = each.at("finding").get<std::string>(),
                             .as_expected = each.at("as_expected").get<bool>(),
                             .of_this_machine = each.at("of_this_machine").get<bool>()});
    }
    return read;
  } catch (const Json::exception& error) {
    throw DataError(fmt::format("{}: is no claims.json as an experiment writes it: {}",
                                path.string(), error.what()));
  }
}

}  // namespace lanegrad
