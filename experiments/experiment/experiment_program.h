/// @file
/// The program around an experiment: its command line, progress, records, report, verdicts and
/// exit code.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_PROGRAM_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_PROGRAM_H_

#include <string_view>

#include "experiments/experiment/experiment.h"
#include "experiments/runs/engine.h"

namespace lanegrad {

/// The `main` of an experiment. Results go to `results/NAME/`: records, rows or ranking as CSV,
/// figures, report.html; claims with their verdicts go to standard output. Returns the exit code:
/// 1 where a claim has another verdict than the expected one, or a verification fails.
int RunExperiment(const Experiment& experiment, int argc, char** argv);

/// The same for an experiment that has tasks alone.
int RunTaskProgram(const Experiment& experiment, int argc, char** argv);

/// The same for a grid of trainings, with tasks beside it or without.
int RunGridProgram(const Experiment& experiment, int argc, char** argv);

/// The same as one of several processes, by `engine`; `program` is what it is called, and the
/// experiment is what its records belong to, whatever program made them. Of a process that does
/// not lead: trains what it is given, and prints nothing but what is amiss with it.
int RunGridProgram(const Experiment& experiment, std::string_view program, Engine* engine, int argc,
                   char** argv);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_PROGRAM_H_
