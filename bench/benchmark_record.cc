// SPDX-License-Identifier: Apache-2.0
#include "bench/benchmark_record.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "experiments/cli/child_process.h"
#include "experiments/records/provenance.h"
#include "experiments/statistics/statistics.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = "_bench";

Json Parsed(const std::string& text, const std::string& program) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) throw DataError(program + ": wrote no JSON");
  return json;
}

// Nanoseconds of a benchmark, whatever its unit: of the processor, which other programs do not
// lengthen; or where the name says so by the clock on the wall, as for several threads.
double Nanoseconds(const Json& row) {
  const std::map<std::string, double> units = {{"ns", 1.0}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
  const bool wall = row.at("name").get<std::string>().find("_time") != std::string::npos;
  return row.at(wall ? "real_time" : "cpu_time").get<double>() *
         units.at(row.at("time_unit").get<std::string>());
}

// What is seen of one benchmark, a value a round.
struct Seen {
  std::string suite;
  std::vector<double> ns;
  std::map<std::string, std::vector<double>> counters;
};

// Members of Google Benchmark's rows that are numbers and no counters.
bool IsCounter(const std::string& name, const Json& value) {
  constexpr std::string_view kOthers[] = {"family_index", "per_family_instance_index",
                                          "repetitions",  "repetition_index",
                                          "threads",      "iterations",
                                          "real_time",    "cpu_time"};
  return value.is_number() &&
         std::find(std::begin(kOthers), std::end(kOthers), name) == std::end(kOthers);
}

void RunSuite(const BenchmarkPlan& plan, const std::string& suite, std::vector<std::string>& order,
              std::map<std::string, Seen>& seen) {
  std::vector<std::string> command = {(plan.programs / (suite + std::string(kEnding))).string(),
                                      "--benchmark_format=json",
                                      fmt::format("--benchmark_min_time={}", plan.seconds)};
  if (!plan.filter.empty()) command.push_back("--benchmark_filter=" + plan.filter);
  const std::string said = RunChild(command);
  if (said.empty()) return;  // nothing in it that the filter lets pass
  const Json json = Parsed(said, command.front());
  for (const Json& row : json.at("benchmarks")) {
    // What Google Benchmark adds to a name says how, not what.
    std::string name = row.at("name").get<std::string>();
    for (const char* added : {"/real_time", "/manual_time"}) {
      if (name.ends_with(added)) name.resize(name.size() - std::string_view(added).size());
    }
    Seen& each = seen[name];
    if (each.ns.empty()) order.push_back(name);
    each.suite = suite;
    each.ns.push_back(Nanoseconds(row));
    for (const auto& [counter, value] : row.items()) {
      if (IsCounter(counter, value)) each.counters[counter].push_back(value.get<double>());
    }
  }
}

// The medians of what `roofs` says in several rounds, member by member.
Json MedianOf(const std::vector<Json>& rounds) {
  if (rounds.front().is_number()) {
    std::vector<double> values;
    for (const Json& each : rounds) values.push_back(each.get<double>());
    return Median(values);
  }
  Json medians = Json::object();
  for (const auto& [name, value] : rounds.front().items()) {
    std::vector<Json> members;
    for (const Json& each : rounds) members.push_back(each.at(name));
    medians[name] = MedianOf(members);
  }
  return medians;
}

double Load() {
  double load = 0.0;
  return ::getloadavg(&load, 1) == 1 ? load : -1.0;
}

Json RowOf(const std::string& name, const Seen& seen) {
  const auto [low, high] = std::minmax_element(seen.ns.begin(), seen.ns.end());
  Json counters = Json::object();
  for (const auto& [counter, values] : seen.counters) counters[counter] = Median(values);
  return {{"name", name}, {"suite", seen.suite}, {"ns", Median(seen.ns)},
          {"low", *low},  {"high", *high},       {"counters", counters}};
}

// What `peers` says of products by size; null where no other library is there.
Json Peers(const fs::path& programs) {
  if (!fs::exists(programs / "peers") || !fs::exists(programs / "peer_modules")) return nullptr;
  const fs::path file = fs::temp_directory_path() / fmt::format("lanegrad-peers-{}", ::getpid());
  RunChild({(programs / "peers").string(), "--no-products", "--no-activations", "--output",
            file.string()});
  std::ifstream stream(file);
  Json record = Json::parse(stream, nullptr, false);
  fs::remove(file);
  if (record.is_discarded()) throw DataError("peers: wrote no JSON");
  return record;
}

}  // namespace

double BenchmarkRow::At(const std::string& counter) const {
  const auto found = counters.find(counter);
  return found == counters.end() ? 0.0 : found->second;
}

// Some suites count by the nanosecond, and bytes as Google Benchmark does.
double BenchmarkRow::ElementsPerNs() const {
  return At("elements/s") > 0.0 ? At("elements/s") / 1e9 : At("elements/ns");
}
double BenchmarkRow::BytesPerNs() const {
  return At("GB/s") > 0.0 ? At("GB/s") : At("bytes_per_second") / 1e9;
}

std::vector<std::string> SuitesIn(const fs::path& programs) {
  std::vector<std::string> suites;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(programs, none)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(kEnding)) suites.push_back(name.substr(0, name.size() - kEnding.size()));
  }
  std::sort(suites.begin(), suites.end());
  return suites;
}

Json RunBenchmarks(const BenchmarkPlan& plan) {
  std::vector<std::string> suites = plan.suites;
  if (suites.empty()) suites = SuitesIn(plan.programs);
  if (suites.empty()) {
    throw DataError(plan.programs.string() + ": no suites here; build the preset release first");
  }
  std::vector<std::string> order;
  std::map<std::string, Seen> seen;
  std::vector<Json> roofs;
  std::vector<double> loads;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    loads.push_back(Load());
    roofs.push_back(Parsed(RunChild({(plan.programs / "roofs").string()}), "roofs"));
    for (const std::string& suite : suites) {
      plan.say(fmt::format("round {} of {}: {}", round + 1, plan.rounds, suite));
      RunSuite(plan, suite, order, seen);
    }
  }
  Json rows = Json::array();
  for (const std::string& name : order) rows.push_back(RowOf(name, seen.at(name)));
  Json record = {{"schema", 1},
                 {"program", "benchmarks"},
                 {"provenance", Provenance()},
                 {"rounds", plan.rounds},
                 {"seconds", plan.seconds},
                 {"loads", loads},
                 {"roofs", MedianOf(roofs)},
                 {"benchmarks", std::move(rows)}};
  if (plan.peers) {
    plan.say("other libraries");
    record["peers"] = Peers(plan.programs);
  }
  return record;
}

std::vector<BenchmarkRow> BenchmarkRows(const Json& record) {
  std::vector<BenchmarkRow> rows;
  for (const Json& each : record.at("benchmarks")) {
    const std::string name = each.at("name").get<std::string>();
    std::vector<std::string> parts;
    for (std::size_t at = 0; at != std::string::npos;) {
      const std::size_t end = name.find('/', at);
      parts.push_back(name.substr(at, end == name.npos ? end : end - at));
      at = end == name.npos ? end : end + 1;
    }
    if (parts.size() < 4) throw DataError(name + ": not named verb/operation/target/shape");
    std::string shape = parts[3];
    for (std::size_t i = 4; i < parts.size(); ++i) shape += " " + parts[i];
    rows.push_back({.suite = each.at("suite").get<std::string>(),
                    .verb = parts[0],
                    .what = parts[1],
                    .target = parts[2],
                    .shape = shape,
                    .ns = each.at("ns").get<double>(),
                    .ns_low = each.at("low").get<double>(),
                    .ns_high = each.at("high").get<double>(),
                    .counters = each.at("counters").get<std::map<std::string, double>>()});
  }
  return rows;
}

std::string RoundsOf(const Json& record) {
  return fmt::format("medians of {} rounds, {}", record.at("rounds").get<int>(),
                     record.at("provenance").at("processor").get<std::string>());
}

std::string BestTarget(const Json& record) {
  return record.at("provenance").at("target").get<std::string>();
}

}  // namespace lanegrad
