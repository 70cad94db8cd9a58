// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/crew.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "experiments/json/json.h"
#include "network/parallel.h"

namespace lanegrad {

Crew::Crew(std::size_t threads, Trainer train) : train_(std::move(train)) {
  threads_ = std::jthread([this, threads] {
    RunTeam(threads, [this](std::size_t, std::size_t members) { Work(members); });
  });
}

Crew::~Crew() {
  const std::lock_guard lock(mutex_);
  over_ = true;
  changed_.notify_all();
}

void Crew::Put(std::vector<GivenRun> runs) {
  const std::lock_guard lock(mutex_);
  std::move(runs.begin(), runs.end(), std::back_inserter(waiting_));
  changed_.notify_all();
}

std::vector<FinishedRun> Crew::Take() {
  const std::lock_guard lock(mutex_);
  if (fault_) std::rethrow_exception(fault_);
  return std::exchange(finished_, {});
}

void Crew::Work(std::size_t members) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return over_ || !waiting_.empty(); });
    if (over_) return;
    const GivenRun run = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    std::optional<FinishedRun> finished;
    std::exception_ptr fault;
    try {
      if (const std::optional<RunRecord> record = train_(run.planned, members)) {
        finished = {.run = run.run, .record = JsonText(ToJson(*record))};
      }
    } catch (...) {
      fault = std::current_exception();
    }
    lock.lock();
    if (finished) finished_.push_back(std::move(*finished));
    if (fault) fault_ = fault;
  }
}

}  // namespace lanegrad
