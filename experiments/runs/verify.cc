// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "experiments/cli/interrupt.h"
#include "experiments/runs/runner.h"
#include "network/parallel.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// Throws where a run cannot be expected to come out again.
void CheckOrigin(const Json& record, const Dataset& data) {
  const std::string key = record.at("key").get<std::string>();
  const Json& origin = record.at("data");
  if (origin.at("checksum") != data.checksum) {
    throw DataError(fmt::format("{} was recorded with other data ({}), not with {} ({})", key,
                                origin.at("checksum").get<std::string>(), data.name,
                                data.checksum));
  }
  const int version = record.at("numeric_version").get<int>();
  if (version != kNumericVersion) {
    throw DataError(
        fmt::format("{} was recorded under numeric specification {}; this program "
                    "follows {}, whose bits are others",
                    key, version, kNumericVersion));
  }
}

}  // namespace

Verification VerifyRecords(const RecordSet& records, std::size_t count, const Dataset& data,
                           std::size_t threads, Loudness loudness) {
  const std::size_t all = records.all().size();
  count = count == 0 ? all : std::min(all, count);
  std::vector<const Json*> chosen;
  for (std::size_t i = 0; i < count; ++i) {
    chosen.push_back(&records.all()[i * all / count]);
    CheckOrigin(*chosen.back(), data);
  }
  std::vector<std::string> digests(count);
  ProgressBar progress("compare", count, "runs verified", loudness);
  std::atomic<std::size_t> next{0};
  RunTeam(std::max<std::size_t>(1, std::min(threads, count)), [&](std::size_t member, std::size_t) {
    for (std::size_t i = next++; i < count; i = next++) {
      RunOptions options;
      options.test = false;
      options.stop = &InterruptRequested();
      const Json& record = *chosen[i];
      const RunResult again = Train(SettingsFromJson(record.at("settings")), data, options);
      if (again.status == Status::kInterrupted) return;
      digests[i] = again.digest;
      progress.Done(member,
                    fmt::format("{}: {}", record.at("key").get<std::string>(),
                                again.digest == record.at("digest") ? "agrees" : "differs"));
    }
  });
  Verification result;
  for (std::size_t i = 0; i < count; ++i) {
    if (digests[i].empty()) continue;
    ++result.count;
    const std::string recorded = chosen[i]->at("digest").get<std::string>();
    if (digests[i] == recorded) continue;
    result.wrong.push_back(
        {.key = chosen[i]->at("key").get<std::string>(), .recorded = recorded, .now = digests[i]});
  }
  return result;
}

}  // namespace lanegrad
