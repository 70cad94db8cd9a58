/// @file
/// The wish to stop: of Ctrl-C, of a system that ends its programs, or of a program itself.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_INTERRUPT_H_
#define LANEGRAD_EXPERIMENTS_CLI_INTERRUPT_H_

#include <atomic>

namespace lanegrad {

/// Set by Ctrl-C once, by SIGTERM, and where the terminal goes away; a second Ctrl-C ends the
/// program at once. Whoever works for long looks here now and then, and saves what is finished.
const std::atomic<bool>& InterruptRequested();

/// Sets it, as Ctrl-C does.
void RequestInterrupt();

/// From now on those signals set it. CommandLine::Run() does.
void CatchInterrupts();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_INTERRUPT_H_
