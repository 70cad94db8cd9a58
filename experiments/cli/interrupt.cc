// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/interrupt.h"

#include <signal.h>

namespace lanegrad {
namespace {

std::atomic<bool> interrupted{false};

// A handler may do little: note the wish, and give the next Ctrl-C its old meaning.
void OnInterrupt(int signal) {
  interrupted.store(true, std::memory_order_relaxed);
  ::signal(signal, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& InterruptRequested() { return interrupted; }

void RequestInterrupt() { interrupted.store(true, std::memory_order_relaxed); }

void CatchInterrupts() {
  ::signal(SIGINT, OnInterrupt);
  ::signal(SIGTERM, OnInterrupt);
  // nohup ignores it, and means it.
  if (::signal(SIGHUP, OnInterrupt) == SIG_IGN) ::signal(SIGHUP, SIG_IGN);
}

}  // namespace lanegrad
