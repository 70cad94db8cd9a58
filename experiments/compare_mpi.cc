/// @file
/// The main job by the processes of an MPI job, on one machine or many: `mpirun -n 8 compare-mpi`.
/// All but the engine is `compare`, flags, records and report.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "experiments/cluster/job.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/main_comparison.h"
#include "experiments/mpi/mpi_transport.h"

int main(int argc, char** argv) {
  using lanegrad::Engine;
  lanegrad::MpiTransport transport(&argc, &argv);
  return lanegrad::RunJob(transport, "compare-mpi", [&](Engine& engine) {
    const std::string program =
        engine.leads() ? "compare-mpi" : fmt::format("compare-mpi, rank {}", transport.rank());
    return lanegrad::RunGridProgram(lanegrad::MainComparison(), program, &engine, argc, argv);
  });
}
