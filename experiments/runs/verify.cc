// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "experiments/cli/interrupt.h"
#include "network/parallel.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// Throws where a run cannot be expected to come out again.
void CheckOrigin(const RunRecord& record, const Dataset& data) {
  if (record.checksum != data.checksum) {
    throw DataError(fmt::format("{} was recorded with other data ({}), not with {} ({})",
                                record.key, record.checksum, data.name, data.checksum));
  }
  if (record.numeric_version != kNumericVersion) {
    throw DataError(
        fmt::format("{} was recorded under numeric specification {}; this program "
                    "follows {}, whose bits are others",
                    record.key, record.numeric_version, kNumericVersion));
  }
}

}  // namespace

Verification VerifyRecords(std::span<const RunRecord> recorded, std::size_t count,
                           const Dataset& data, std::size_t threads, Loudness loudness) {
  Verification result;
  std::vector<RunRecord> records;
  for (const RunRecord& record : recorded) {
    if (record.status == Status::kOutOfTime) {
      ++result.out_of_time;
    } else {
      records.push_back(record);
    }
  }
  const std::size_t all = records.size();
  count = count == 0 ? all : std::min(all, count);
  std::vector<const RunRecord*> chosen;
  for (std::size_t i = 0; i < count; ++i) {
    chosen.push_back(&records[i * all / count]);
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
      const RunRecord& record = *chosen[i];
      const RunResult again = Train(record.settings, data, options);
      if (again.status == Status::kInterrupted) return;
      digests[i] = again.digest;
      progress.Done(member, fmt::format("{}: {}", record.key,
                                        again.digest == record.digest ? "agrees" : "differs"));
    }
  });
  for (std::size_t i = 0; i < count; ++i) {
    if (digests[i].empty()) continue;
    ++result.count;
    const RunRecord& record = *chosen[i];
    if (digests[i] == record.digest) continue;
    result.wrong.push_back({.key = record.key, .recorded = record.digest, .now = digests[i]});
  }
  return result;
}

}  // namespace lanegrad
