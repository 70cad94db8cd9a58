/// @file
/// What the processes of a job write to each other: JSON texts of eight kinds.
///
/// | kind    | from   | to     | means                                                       |
/// |:--------|:-------|:-------|:------------------------------------------------------------|
/// | call    | leader | worker | read the command line and the data, then say who you are    |
/// | hello   | worker | leader | who it is (Introduction), or why it takes no part           |
/// | runs    | leader | worker | train these                                                 |
/// | records | worker | leader | these are trained                                           |
/// | leave   | worker | leader | it was told to stop: what it has in hand is for others      |
/// | stop    | leader | worker | drop what you have in hand, send what is finished, and leave |
/// | home    | leader | worker | there is nothing more to do                                 |
/// | gone    | worker | leader | its last letter                                             |
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_LETTERS_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_LETTERS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/runs/engine.h"
#include "experiments/runs/runner.h"
#include "network/dataset.h"

namespace lanegrad {

/// Who a process is, and whether its results would be those of the others.
struct Introduction {
  std::string host;          ///< Name of its machine.
  std::string processor;     ///< What that computes with.
  std::string target;        ///< Instruction set in force.
  bool emulates = false;     ///< Whether that lacks the fused multiply-add.
  std::size_t threads = 1;   ///< Runs that it trains side by side.
  int numeric_version = 0;   ///< Of its arithmetic.
  std::string known_digest;  ///< Of KnownRun().
  std::string checksum;      ///< Of its data.
  std::string fault;         ///< Why it takes no part, where it knows that itself; empty: it does.
};

/// That of this process.
Introduction Introduce(const Dataset& data, std::size_t threads);

/// Why results of `theirs` could not stand beside those of `ours`, in a sentence; empty where they
/// can.
std::string WhyNot(const Introduction& theirs, const Introduction& ours);

/// What is worth to be said of one that takes part: another processor or instruction set than
/// `ours`, emulation. Empty where there is nothing.
std::string Remark(const Introduction& theirs, const Introduction& ours);

/// A run with its number in the plan, as the one who trains it needs it.
struct GivenRun {
  std::size_t run = 0;  ///< Its number.
  PlannedRun planned;   ///< Settings, phase, what it may read; without what only reports need.
};

/// The letter of a kind that says nothing more: "call", "leave", "stop", "home" or "gone".
std::string PlainLetter(std::string_view kind);
/// A letter "hello".
std::string HelloLetter(const Introduction& who);
/// A letter "runs".
std::string RunsLetter(const std::vector<PlannedRun>& plan, std::span<const std::size_t> runs);
/// A letter "records".
std::string RecordsLetter(std::span<const FinishedRun> runs);

/// A letter that was read.
struct Letter {
  std::string kind;                   ///< See above.
  Introduction hello;                 ///< Of a "hello".
  std::vector<GivenRun> runs;         ///< Of "runs".
  std::vector<FinishedRun> finished;  ///< Of "records".
};

/// Reads a letter. Throws DataError for anything else.
Letter ReadLetter(std::string_view text);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_LETTERS_H_
