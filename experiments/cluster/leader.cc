// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/leader.h"

#include <fmt/format.h>

#include <utility>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/print_error.h"
#include "experiments/cluster/backoff.h"
#include "network/stopwatch.h"

namespace lanegrad {

struct Leader::Work {
  RunQueue queue;
  ThreadPool pool;
  std::size_t leaving = 0;                   // ranks that have answered "stop"
  std::vector<FinishedRun> finished = {};    // not written yet
  std::map<std::size_t, double> given = {};  // when each run was
};

Leader::Leader(Transport& transport, std::string name, Trainer train)
    : transport_(transport), name_(std::move(name)), train_(std::move(train)) {}

// A long message is not sent before somebody receives it, and MPI does not end before it is: so all
// are heard out, whatever there is still to say.
Leader::~Leader() {
  SendAll("end");
  std::size_t gone = 0;
  Backoff backoff;
  while (called_ && gone + 1 < transport_.ranks()) {
    if (const std::optional<Envelope> envelope = transport_.Receive()) {
      gone += ReadMessage(envelope->text).kind == "gone";
    } else {
      backoff.Wait();
    }
  }
}

void Leader::SendAll(std::string_view kind) {
  for (std::size_t rank = 1; rank < transport_.ranks(); ++rank)
    transport_.Send(rank, PlainMessage(kind));
}

// Lets a rank take part, or says why it does not.
void Leader::Welcome(const Envelope& envelope, const Message& message, Work& work) {
  const std::string why = WhyNot(message.hello, *self_);
  const std::string who =
      fmt::format("{}: rank {} on {}", name_, envelope.from, message.hello.host);
  if (!why.empty()) {
    PrintError("{} takes no part: {}\n", who, why);
    return;
  }
  if (const std::string remark = Remark(message.hello, *self_); !remark.empty()) {
    PrintError("{}: {}\n", who, remark);
  }
  joined_[envelope.from] = message.hello.threads;
  work.queue.Join(envelope.from, message.hello.threads);
}

// Reads all messages that there are; false where there are none.
bool Leader::Listen(Work& work) {
  bool any = false;
  while (const std::optional<Envelope> envelope = transport_.Receive()) {
    any = true;
    Message message = ReadMessage(envelope->text);
    if (message.kind == "hello") Welcome(*envelope, message, work);
    if (message.kind == "leave") {
      ++work.leaving;
      joined_.erase(envelope->from);
      work.queue.Leave(envelope->from);
    }
    for (FinishedRun& run : message.finished) {
      if (work.queue.Finish(envelope->from, run.run, Now() - work.given[run.run])) {
        work.finished.push_back(std::move(run));
      }
    }
  }
  return any;
}

// Writes what is finished, of this process and others; false where nothing is.
bool Leader::Collect(Work& work, const Writer& write) {
  for (FinishedRun& run : work.pool.Take()) {
    if (work.queue.Finish(0, run.run, Now() - work.given[run.run])) {
      work.finished.push_back(std::move(run));
    }
  }
  if (work.finished.empty()) return false;
  write(work.finished);
  work.finished.clear();
  return true;
}

// What was finished elsewhere before "stop" arrived there is on its way.
void Leader::WaitForLast(Work& work, const Writer& write) {
  constexpr double kPatience = 0.5;  // whoever ends a job by a signal gives it a second
  const double begin = Now();
  const std::size_t expected = joined_.size() + work.leaving;
  Backoff backoff;
  while (work.leaving < expected && Now() - begin < kPatience) {
    if (Listen(work)) backoff.Reset();
    backoff.Wait();
  }
  Collect(work, write);
}

void Leader::Carry(const std::vector<PlannedRun>& plan, std::span<const std::size_t> missing,
                   const Dataset& data, const RunnerOptions& options, const Writer& write) {
  if (missing.empty()) return;
  if (!std::exchange(called_, true)) SendAll("call");
  if (!self_) self_ = Introduce(data, options.threads);
  RunnerOptions silent = options;  // its progress is of runs that are written
  silent.progress = nullptr;
  const auto usual = [&](const PlannedRun& run, std::size_t members) {
    return TrainPlanned(run, data, silent, 0, members);
  };
  Work work = {.queue = RunQueue(missing),
               .pool = ThreadPool(options.threads, train_ ? train_ : Trainer(usual))};
  work.queue.Join(0, options.threads);
  for (const auto& [rank, threads] : joined_) work.queue.Join(rank, threads);
  const auto give = [&](std::size_t rank) {
    const std::vector<std::size_t> runs = work.queue.Next(rank);
    if (runs.empty()) return;
    for (const std::size_t run : runs) work.given[run] = Now();
    if (rank > 0) return transport_.Send(rank, RunsMessage(plan, runs));
    std::vector<GivenRun> own;
    for (const std::size_t run : runs) own.push_back({.run = run, .planned = plan[run]});
    work.pool.Put(std::move(own));
  };
  Backoff backoff;
  try {
    while (!work.queue.Done()) {
      if (InterruptRequested() || Now() >= options.deadline) {
        SendAll("stop");
        WaitForLast(work, write);
        return;
      }
      give(0);
      for (const auto& [rank, threads] : joined_) give(rank);
      const bool heard = Listen(work);
      if (Collect(work, write) || heard) backoff.Reset();
      backoff.Wait();
    }
  } catch (...) {
    // What all have in hand could not be written either.
    RequestInterrupt();
    SendAll("stop");
    throw;
  }
}

}  // namespace lanegrad
