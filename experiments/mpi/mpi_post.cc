// SPDX-License-Identifier: Apache-2.0
#include "experiments/mpi/mpi_post.h"

#include <fmt/format.h>
#include <mpi.h>

#include <deque>
#include <utility>

namespace lanegrad {
namespace {

constexpr int kTag = 1;

}  // namespace

struct MpiPost::Members {
  // A text that MPI may still be reading.
  struct Sending {
    std::string text;
    MPI_Request request = MPI_REQUEST_NULL;
  };
  int rank = 0, ranks = 1;
  std::deque<Sending> sending;  // a deque: what was sent first may not move

  // Forgets the oldest that are sent.
  void Tidy() {
    while (!sending.empty()) {
      int sent = 0;
      MPI_Test(&sending.front().request, &sent, MPI_STATUS_IGNORE);
      if (sent == 0) return;
      sending.pop_front();
    }
  }
};

MpiPost::MpiPost(int* argc, char*** argv) : members_(std::make_unique<Members>()) {
  // The threads that train make no call of MPI's.
  int provided = MPI_THREAD_SINGLE;
  MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &members_->rank);
  MPI_Comm_size(MPI_COMM_WORLD, &members_->ranks);
}

MpiPost::~MpiPost() {
  for (Members::Sending& each : members_->sending) MPI_Wait(&each.request, MPI_STATUS_IGNORE);
  MPI_Finalize();
}

std::size_t MpiPost::rank() const { return static_cast<std::size_t>(members_->rank); }

std::size_t MpiPost::ranks() const { return static_cast<std::size_t>(members_->ranks); }

std::string MpiPost::launcher() const { return fmt::format("mpirun -n {} ", members_->ranks); }

void MpiPost::Send(std::size_t to, std::string text) {
  members_->Tidy();
  members_->sending.push_back({.text = std::move(text)});
  Members::Sending& each = members_->sending.back();
  MPI_Isend(each.text.data(), static_cast<int>(each.text.size()), MPI_BYTE, static_cast<int>(to),
            kTag, MPI_COMM_WORLD, &each.request);
}

std::optional<Message> MpiPost::Receive() {
  members_->Tidy();
  int there = 0, size = 0;
  MPI_Status status;
  MPI_Iprobe(MPI_ANY_SOURCE, kTag, MPI_COMM_WORLD, &there, &status);
  if (there == 0) return std::nullopt;
  MPI_Get_count(&status, MPI_BYTE, &size);
  Message message = {.from = static_cast<std::size_t>(status.MPI_SOURCE),
                     .text = std::string(static_cast<std::size_t>(size), '\0')};
  MPI_Recv(message.text.data(), size, MPI_BYTE, status.MPI_SOURCE, kTag, MPI_COMM_WORLD,
           MPI_STATUS_IGNORE);
  return message;
}

}  // namespace lanegrad
