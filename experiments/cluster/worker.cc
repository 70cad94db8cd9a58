// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/worker.h"

#include <unistd.h>

#include <optional>
#include <utility>

#include "experiments/cli/interrupt.h"
#include "experiments/cluster/letters.h"
#include "experiments/cluster/nap.h"

namespace lanegrad {

Worker::Worker(Post& post, Trainer train) : post_(post), train_(std::move(train)) {}

bool Worker::AwaitCall() {
  Nap nap;
  while (true) {
    if (const std::optional<Message> message = post_.Receive()) {
      return ReadLetter(message->text).kind == "call";
    }
    nap.Take();
  }
}

void Worker::AwaitHome() {
  Nap nap;
  while (true) {
    const std::optional<Message> message = post_.Receive();
    if (message && ReadLetter(message->text).kind == "home") break;
    if (!message) nap.Take();
  }
  post_.Send(0, PlainLetter("gone"));
}

void Worker::Excuse(std::string why) {
  if (std::exchange(served_, true)) return;
  Introduction who = {};
  char host[256] = "";
  who.host = ::gethostname(host, sizeof(host) - 1) == 0 ? host : "unknown";
  who.fault = std::move(why);
  post_.Send(0, HelloLetter(who));
  AwaitHome();
}

void Worker::Serve(const Dataset& data, const RunnerOptions& options) {
  served_ = true;
  post_.Send(0, HelloLetter(Introduce(data, options.threads)));
  const auto usual = [&](const PlannedRun& run, std::size_t members) {
    return TrainPlanned(run, data, options, 0, members);
  };
  Crew crew(options.threads, train_ ? train_ : Trainer(usual));
  bool left = false;
  std::size_t in_hand = 0;
  Nap nap;
  while (true) {
    if (const std::optional<Message> message = post_.Receive()) {
      Letter letter = ReadLetter(message->text);
      if (letter.kind == "home") break;
      if (letter.kind == "stop") RequestInterrupt();
      if (letter.kind == "runs" && !left) {
        in_hand += letter.runs.size();
        crew.Put(std::move(letter.runs));
      }
      nap.Wake();
    }
    if (const std::vector<FinishedRun> finished = crew.Take(); !finished.empty() && !left) {
      post_.Send(0, RecordsLetter(finished));
      in_hand -= finished.size();
      nap.Wake();
    }
    // By a letter or by a signal to this process alone: the leader is to know what is not done.
    if (InterruptRequested() && !left) {
      post_.Send(0, PlainLetter("leave"));
      left = true;
    }
    nap.Take();
  }
  // Whatever is still being trained is not wanted any more.
  if (in_hand > 0) RequestInterrupt();
  post_.Send(0, PlainLetter("gone"));
}

}  // namespace lanegrad
