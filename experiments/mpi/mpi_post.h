/// @file
/// Messages by MPI.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_MPI_MPI_POST_H_
#define LANEGRAD_EXPERIMENTS_MPI_MPI_POST_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "experiments/cluster/post.h"

namespace lanegrad {

/// The ranks of MPI_COMM_WORLD. Made once, in the beginning of a program, on its first thread,
/// which is the only one that may use it.
class MpiPost : public Post {
 public:
  /// Starts MPI, and takes what is MPI's off the command line.
  MpiPost(int* argc, char*** argv);
  /// Waits until everything has been sent, and for the other ranks; then ends MPI.
  ~MpiPost() override;
  std::size_t rank() const override;
  std::size_t ranks() const override;
  std::string launcher() const override;
  void Send(std::size_t to, std::string text) override;
  std::optional<Message> Receive() override;

 private:
  struct Members;  // MPI's types
  std::unique_ptr<Members> members_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_MPI_MPI_POST_H_
