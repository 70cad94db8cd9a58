// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/leader.h"

#include <fmt/format.h>

#include <utility>

#include "experiments/cli/interrupt.h"
#include "experiments/cluster/nap.h"
#include "network/stopwatch.h"

namespace lanegrad {

struct Leader::Work {
  Handout handout;
  Crew crew;
  std::size_t leaving = 0;                   // ranks that have answered "stop"
  std::vector<FinishedRun> finished = {};    // not written yet
  std::map<std::size_t, double> given = {};  // when each run was
};

Leader::Leader(Post& post, std::string name, Trainer train)
    : post_(post), name_(std::move(name)), train_(std::move(train)) {}

// A long letter is not sent before somebody receives it, and MPI does not end before it is: so all
// are heard out, whatever there is still to say.
Leader::~Leader() {
  SendAll("home");
  std::size_t gone = 0;
  Nap nap;
  while (called_ && gone + 1 < post_.ranks()) {
    if (const std::optional<Message> message = post_.Receive()) {
      gone += ReadLetter(message->text).kind == "gone";
    } else {
      nap.Take();
    }
  }
}

void Leader::SendAll(std::string_view kind) {
  for (std::size_t rank = 1; rank < post_.ranks(); ++rank) post_.Send(rank, PlainLetter(kind));
}

// Lets a rank take part, or says why it does not.
void Leader::Welcome(const Message& message, const Letter& letter, Work& work) {
  const std::string why = WhyNot(letter.hello, *self_);
  const std::string who = fmt::format("{}: rank {} on {}", name_, message.from, letter.hello.host);
  if (!why.empty()) {
    fmt::print(stderr, "{} takes no part: {}\n", who, why);
    return;
  }
  if (const std::string remark = Remark(letter.hello, *self_); !remark.empty()) {
    fmt::print(stderr, "{}: {}\n", who, remark);
  }
  joined_[message.from] = letter.hello.threads;
  work.handout.Join(message.from, letter.hello.threads);
}

// Reads all messages that there are; false where there are none.
bool Leader::Listen(Work& work) {
  bool any = false;
  while (const std::optional<Message> message = post_.Receive()) {
    any = true;
    Letter letter = ReadLetter(message->text);
    if (letter.kind == "hello") Welcome(*message, letter, work);
    if (letter.kind == "leave") {
      ++work.leaving;
      joined_.erase(message->from);
      work.handout.Leave(message->from);
    }
    for (FinishedRun& run : letter.finished) {
      if (work.handout.Finish(message->from, run.run, Now() - work.given[run.run])) {
        work.finished.push_back(std::move(run));
      }
    }
  }
  return any;
}

// Writes what is finished, of this process and others; false where nothing is.
bool Leader::Collect(Work& work, const Writer& write) {
  for (FinishedRun& run : work.crew.Take()) {
    if (work.handout.Finish(0, run.run, Now() - work.given[run.run])) {
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
  Nap nap;
  while (work.leaving < expected && Now() - begin < kPatience) {
    if (Listen(work)) nap.Wake();
    nap.Take();
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
  Work work = {.handout = Handout(missing),
               .crew = Crew(options.threads, train_ ? train_ : Trainer(usual))};
  work.handout.Join(0, options.threads);
  for (const auto& [rank, threads] : joined_) work.handout.Join(rank, threads);
  const auto give = [&](std::size_t rank) {
    const std::vector<std::size_t> runs = work.handout.Next(rank);
    if (runs.empty()) return;
    for (const std::size_t run : runs) work.given[run] = Now();
    if (rank > 0) return post_.Send(rank, RunsLetter(plan, runs));
    std::vector<GivenRun> own;
    for (const std::size_t run : runs) own.push_back({.run = run, .planned = plan[run]});
    work.crew.Put(std::move(own));
  };
  Nap nap;
  try {
    while (!work.handout.Done()) {
      if (InterruptRequested() || Now() >= options.deadline) {
        SendAll("stop");
        WaitForLast(work, write);
        return;
      }
      give(0);
      for (const auto& [rank, threads] : joined_) give(rank);
      const bool heard = Listen(work);
      if (Collect(work, write) || heard) nap.Wake();
      nap.Take();
    }
  } catch (...) {
    // What all have in hand could not be written either.
    RequestInterrupt();
    SendAll("stop");
    throw;
  }
}

}  // namespace lanegrad
