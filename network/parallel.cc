// SPDX-License-Identifier: Apache-2.0
#include "network/parallel.h"

#include <omp.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <fstream>
#include <string>

namespace lanegrad {
namespace {

// What the control group pays for, in whole processors; 0 where it sets no limit.
std::size_t ControlGroupCpus() {
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  std::string quota;
  double period = 0.0;
  if (!(file >> quota >> period) || quota == "max" || period <= 0.0) return 0;
  return static_cast<std::size_t>(std::max(1.0, std::floor(std::stod(quota) / period)));
}

// To wake a sleeper takes 50 microseconds and more on a virtual machine. Whoever sleeps
// sooner than that makes the other wait for longer than that, who then sleeps too, and
// so on to the end: 784-128-10 at batch 32 had 255,000 samples/s with a patience of 16
// microseconds and has 460,000 with this.
constexpr std::chrono::microseconds kPatience{150};

void Pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

using Clock = std::chrono::steady_clock;

// Returns once `value` is no longer `old`, and what it is then. Whatever was written
// before it changed is visible.
unsigned AwaitChange(const std::atomic<unsigned>& value, unsigned old) {
  unsigned now = old;
  const auto end = Clock::now() + kPatience;
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
unsigned AwaitChange(const std::atomic<unsigned>& value, unsigned old, double* waited) {
  if (waited == nullptr) return AwaitChange(value, old);
  const auto begin = Clock::now();
  const unsigned now = AwaitChange(value, old);
  *waited += std::chrono::duration<double>(Clock::now() - begin).count();
  return now;
}

}  // namespace

std::size_t AvailableCpus() {
  std::size_t cpus = 1;
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) {
    cpus = static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
  }
  const std::size_t paid = ControlGroupCpus();
  return paid == 0 ? cpus : std::min(cpus, paid);
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
  AwaitChange(generation_, generation, waited);
}

void RunTeam(std::size_t threads, const std::function<void(std::size_t)>& body) {
  if (threads <= 1) {
    body(0);
    return;
  }
  std::exception_ptr first;
  // A team of exactly the size asked for: a smaller one would wait for ever at
  // the barriers of the missing.
  omp_set_dynamic(0);
#pragma omp parallel num_threads(static_cast <int>(threads))
  {
    try {
      body(static_cast<std::size_t>(omp_get_thread_num()));
    } catch (...) {
#pragma omp critical(lanegrad_first_exception)
      if (first == nullptr) first = std::current_exception();
    }
  }
  if (first != nullptr) std::rethrow_exception(first);
}

Team::Team(std::size_t size) : size_(size), barrier_(size) {}

void Team::Run(const std::function<void()>& lead) {
  const unsigned calls = calls_.load(std::memory_order_relaxed);
  RunTeam(size_, [&](std::size_t part) {
    if (part > 0) return Serve(part, calls);
    std::exception_ptr thrown;
    try {
      lead();
    } catch (...) {
      thrown = std::current_exception();
    }
    Call(nullptr, nullptr);
    if (thrown != nullptr) std::rethrow_exception(thrown);
  });
}

void Team::Share(Work work, const void* job) {
  done_.store(0, std::memory_order_relaxed);
  Call(work, job);
  work(job, {0, size_, &barrier_, waited_});
  for (unsigned done = done_.load(std::memory_order_acquire); done + 1 < size_;) {
    done = AwaitChange(done_, done, waited_);
  }
}

void Team::Call(Work work, const void* job) {
  work_ = work;
  job_ = job;
  calls_.fetch_add(1, std::memory_order_release);
  calls_.notify_all();
}

void Team::Serve(std::size_t part, unsigned calls) {
  while (true) {
    calls = AwaitChange(calls_, calls);
    if (work_ == nullptr) return;
    work_(job_, {part, size_, &barrier_});
    done_.fetch_add(1, std::memory_order_acq_rel);
    done_.notify_one();
  }
}

}  // namespace lanegrad
