/// @file
/// The main job by the processes of an MPI job, on one machine or many: `mpirun -n 8 compare-mpi`.
/// All but the engine is `compare`, flags, records and report.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "experiments/cluster/job.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/main_comparison.h"
#include "experiments/mpi/mpi_post.h"

int main(int argc, char** argv) {
  using lanegrad::Engine;
  lanegrad::MpiPost post(&argc, &argv);
  return lanegrad::RunJob(post, "compare-mpi", [&](Engine& engine) {
    const std::string program =
        engine.leads() ? "compare-mpi" : fmt::format("compare-mpi, rank {}", post.rank());
    return lanegrad::RunGridProgram(lanegrad::MainComparison(), program, &engine, argc, argv);
  });
}
