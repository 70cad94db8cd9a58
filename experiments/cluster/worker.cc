// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/worker.h"

#include <unistd.h>

#include <optional>
#include <utility>

#include "experiments/cli/interrupt.h"
#include "experiments/cluster/backoff.h"
#include "experiments/cluster/messages.h"

namespace lanegrad {

Worker::Worker(Transport& transport, Trainer train)
    : transport_(transport), train_(std::move(train)) {}

bool Worker::AwaitCall() {
  Backoff backoff;
  while (true) {
    if (const std::optional<Envelope> envelope = transport_.Receive()) {
      return ReadMessage(envelope->text).kind == "call";
    }
    backoff.Wait();
  }
}

void Worker::AwaitEnd() {
  Backoff backoff;
  while (true) {
    const std::optional<Envelope> envelope = transport_.Receive();
    if (envelope && ReadMessage(envelope->text).kind == "end") break;
    if (!envelope) backoff.Wait();
  }
  transport_.Send(0, PlainMessage("gone"));
}

void Worker::Decline(std::string why) {
  if (std::exchange(served_, true)) return;
  Introduction who = {};
  char host[256] = "";
  who.host = ::gethostname(host, sizeof(host) - 1) == 0 ? host : "unknown";
  who.fault = std::move(why);
  transport_.Send(0, HelloMessage(who));
  AwaitEnd();
}

void Worker::Serve(const Dataset& data, const RunnerOptions& options) {
  served_ = true;
  transport_.Send(0, HelloMessage(Introduce(data, options.threads)));
  const auto usual = [&](const PlannedRun& run, std::size_t members) {
    return TrainPlanned(run, data, options, 0, members);
  };
  ThreadPool pool(options.threads, train_ ? train_ : Trainer(usual));
  bool left = false;
  std::size_t in_hand = 0;
  Backoff backoff;
  while (true) {
    if (const std::optional<Envelope> envelope = transport_.Receive()) {
      Message message = ReadMessage(envelope->text);
      if (message.kind == "end") break;
      if (message.kind == "stop") RequestInterrupt();
      if (message.kind == "runs" && !left) {
        in_hand += message.runs.size();
        pool.Put(std::move(message.runs));
      }
      backoff.Reset();
    }
    if (const std::vector<FinishedRun> finished = pool.Take(); !finished.empty() && !left) {
      transport_.Send(0, RecordsMessage(finished));
      in_hand -= finished.size();
      backoff.Reset();
    }
    // By a message or by a signal to this process alone: the leader is to know what is not done.
    if (InterruptRequested() && !left) {
      transport_.Send(0, PlainMessage("leave"));
      left = true;
    }
    backoff.Wait();
  }
  // Whatever is still being trained is not wanted any more.
  if (in_hand > 0) RequestInterrupt();
  transport_.Send(0, PlainMessage("gone"));
}

}  // namespace lanegrad
