/// @file
/// What the doctor looks at: each thing that can spoil a result or stop a program, how
/// it is, and its remedy.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DOCTOR_CHECKS_H_
#define LANEGRAD_EXPERIMENTS_DOCTOR_CHECKS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// How something is.
enum class Condition {
  kOk,     ///< As it should be.
  kNote,   ///< Results are right all the same; something is slow, or good to know.
  kFault,  ///< Results would be wrong, or a program would stop.
};

/// "ok", "note", "fault".
std::string_view ConditionName(Condition condition);

/// One line of the doctor's.
struct Finding {
  std::string subject;  ///< What was looked at.
  Condition condition;  ///< How it is.
  std::string text;     ///< What was seen.
  std::string remedy;   ///< What to do, where there is something to do; never empty of a fault.
};

/// What is checked beside the machine: what a run would be given.
struct Environment {
  std::string data;    ///< As `--data` names it.
  std::string output;  ///< As `--output` names it; need not exist.
  std::string target;  ///< As `--target` has forced it; empty: the best is in force.
};

/// The program: version, compiler, build, flags, libraries.
std::vector<Finding> CheckBuild(const Environment& environment);
/// Processor, instruction sets, which is in force, and what it multiplies and adds.
std::vector<Finding> CheckProcessor(const Environment& environment);
/// Rounding, subnormals and fused sums, on every target (kernels/arithmetic.h).
std::vector<Finding> CheckArithmetic(const Environment& environment);
/// A tiny training on every target, whose digest must be the one of every machine.
std::vector<Finding> CheckDigest(const Environment& environment);
/// Processors there are, may be used and are paid for; what limits threads.
std::vector<Finding> CheckThreads(const Environment& environment);
/// Memory and load.
std::vector<Finding> CheckLoad(const Environment& environment);
/// Each file of the data set, and its checksum where it is known.
std::vector<Finding> CheckData(const Environment& environment);
/// Whether results can be written and locked, and how much room there is.
std::vector<Finding> CheckOutput(const Environment& environment);
/// Terminal, colours and letters.
std::vector<Finding> CheckTerminal(const Environment& environment);

/// One check.
using Check = std::vector<Finding> (*)(const Environment& environment);

/// All of them, in the order of the doctor's lines.
std::span<const Check> Checks();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DOCTOR_CHECKS_H_
