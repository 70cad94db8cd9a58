/// @file
/// Messages between the processes of one job, whatever carries them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_POST_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_POST_H_

#include <cstddef>
#include <optional>
#include <string>

namespace lanegrad {

/// A text from a rank.
struct Message {
  std::size_t from = 0;  ///< Its rank.
  std::string text;      ///< What it says.
};

/// The ranks of a job, numbered from 0, and how they write to each other. Messages of one rank to
/// another arrive in the order in which they were sent. One thread of a process calls it.
class Post {
 public:
  virtual ~Post() = default;
  /// This process.
  virtual std::size_t rank() const = 0;
  /// How many there are.
  virtual std::size_t ranks() const = 0;
  /// What started them, as words before a command: "mpirun -n 4 "; or none.
  virtual std::string launcher() const = 0;
  /// Sends a text to another rank; does not wait until it has arrived.
  virtual void Send(std::size_t to, std::string text) = 0;
  /// A message that has arrived; none where none has.
  virtual std::optional<Message> Receive() = 0;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_POST_H_
