// SPDX-License-Identifier: Apache-2.0
#include "network/parallel.h"

#include <omp.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <vector>

#include "network/control_group.h"

namespace lanegrad {
namespace {

// To wake a sleeper takes 50 microseconds and more on a virtual machine. Whoever sleeps
// sooner than that makes the other wait for longer than that, who then sleeps too, and
// so on to the end: 784-128-10 at batch 32 had 255,000 samples/s with a spin of 16
// microseconds and has 460,000 with this.
constexpr std::chrono::microseconds kSpinTime{150};

void Pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

using Clock = std::chrono::steady_clock;

// Returns once `value` is no longer `old`, and what it is then. Whatever was written
// before it changed is visible. No signal is blocked: whoever sleeps here does not keep
// one from ending the process.
unsigned WaitForChange(const std::atomic<unsigned>& value, unsigned old) {
  unsigned now = old;
  const auto end = Clock::now() + kSpinTime;
  do {
    for (int spin = 0; spin < 32; ++spin) {
      if ((now = value.load(std::memory_order_acquire)) != old) return now;
      Pause();
    }
  } while (Clock::now() < end);
  while ((now = value.load(std::memory_order_acquire)) == old) {
    value.wait(old, std::memory_order_acquire);
  }
  return now;
}

// The same, and adds the seconds that it took to `waited`, where that is given.
unsigned WaitForChange(const std::atomic<unsigned>& value, unsigned old, double* waited) {
  if (waited == nullptr) return WaitForChange(value, old);
  const auto begin = Clock::now();
  const unsigned now = WaitForChange(value, old);
  *waited += std::chrono::duration<double>(Clock::now() - begin).count();
  return now;
}

// Those of the affinity mask. Where OpenMP binds threads to places it has bound this one
// already, and the mask is that of one place: then those of all places, which may name
// processors that there are not.
std::size_t AllowedCpus() {
  std::set<int> placed;
  for (int place = 0; place < omp_get_num_places(); ++place) {
    std::vector<int> ids(static_cast<std::size_t>(std::max(0, omp_get_place_num_procs(place))));
    if (!ids.empty()) omp_get_place_proc_ids(place, ids.data());
    placed.insert(ids.begin(), ids.end());
  }
  if (!placed.empty()) {
    return std::min(placed.size(), static_cast<std::size_t>(std::max(1, omp_get_num_procs())));
  }
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
}

}  // namespace

std::size_t AvailableCpus() {
  if (omp_get_max_active_levels() < 1) return 1;
  const auto limit = static_cast<std::size_t>(std::max(1, omp_get_thread_limit()));
  const std::size_t cpus = std::min(AllowedCpus(), limit);
  return std::min(cpus, ControlGroupCpus().value_or(cpus));
}

Barrier::Barrier(std::size_t members) : members_(members) {}

void Barrier::Wait(double* waited) {
  if (members_ == 1) return;
  const unsigned generation = generation_.load(std::memory_order_relaxed);
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == members_) {
    arrived_.store(0, std::memory_order_relaxed);
    generation_.store(generation + 1, std::memory_order_release);
    generation_.notify_all();
    return;
  }
  WaitForChange(generation_, generation, waited);
}

void RunTeam(std::size_t most, const std::function<void(std::size_t, std::size_t)>& body) {
  if (most <= 1) {
    body(0, 1);
    return;
  }
  std::exception_ptr first;
  // All that are asked for, where nothing forbids it: OMP_DYNAMIC would give fewer at its
  // own discretion.
  omp_set_dynamic(0);
#pragma omp parallel num_threads(static_cast <int>(most))
  {
    try {
      body(static_cast<std::size_t>(omp_get_thread_num()),
           static_cast<std::size_t>(omp_get_num_threads()));
    } catch (...) {
#pragma omp critical(lanegrad_first_exception)
      if (first == nullptr) first = std::current_exception();
    }
  }
  if (first != nullptr) std::rethrow_exception(first);
}

Team::Team(std::size_t most) : most_(most), size_(most) {}

void Team::Run(const std::function<void()>& lead) {
  const unsigned published = published_.load(std::memory_order_relaxed);
  RunTeam(most_, [&](std::size_t part, std::size_t parts) {
    if (part > 0) return WorkerLoop(part, published);
    size_ = parts;
    barrier_.emplace(parts);
    std::exception_ptr thrown;
    try {
      lead();
    } catch (...) {
      thrown = std::current_exception();
    }
    Publish(nullptr, nullptr);
    if (thrown != nullptr) std::rethrow_exception(thrown);
  });
}

void Team::DispatchToAll(Work work, const void* job) {
  done_.store(0, std::memory_order_relaxed);
  Publish(work, job);
  work(job, {0, size_, &*barrier_, waited_});
  for (unsigned done = done_.load(std::memory_order_acquire); done + 1 < size_;) {
    done = WaitForChange(done_, done, waited_);
  }
}

void Team::Publish(Work work, const void* job) {
  work_ = work;
  job_ = job;
  published_.fetch_add(1, std::memory_order_release);
  published_.notify_all();
}

void Team::WorkerLoop(std::size_t part, unsigned published) {
  while (true) {
    published = WaitForChange(published_, published);
    if (work_ == nullptr) return;
    work_(job_, {part, size_, &*barrier_});
    done_.fetch_add(1, std::memory_order_acq_rel);
    done_.notify_one();
  }
}

}  // namespace lanegrad
