// SPDX-License-Identifier: Apache-2.0
//
// What the doctor says of the machine.
#include <fmt/format.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>

#include "experiments/doctor/checks.h"
#include "experiments/records/provenance.h"
#include "kernels/arithmetic.h"
#include "kernels/gemm.h"
#include "kernels/targets.h"
#include "network/known_run.h"
#include "network/parallel.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

std::string Names(const std::vector<Target>& targets) {
  std::string names;
  for (const Target& target : targets) {
    names.append(names.empty() ? "" : ", ").append(target.name);
  }
  return names;
}

// A product of matrices that stays in cache, for a moment: the best of its slices.
double ProductFlops() {
  constexpr std::size_t kSize = 128;
  Matrix a(kSize, kSize), b(kSize, kSize), c(kSize, kSize);
  for (std::size_t i = 0; i < kSize; ++i) a(i, i) = b(i, i) = 1.0f;
  double best = 0.0;
  for (int slice = 0; slice < 40; ++slice) {
    const double begin = Now();
    Multiply(a.view(), b.view(), {0, kSize}, c.view());
    best = std::max(best, 2.0 * kSize * kSize * kSize / (Now() - begin));
  }
  return best;
}

// A number behind a name in a file of the kernel's, such as "MemAvailable:   123 kB".
std::optional<double> NumberAfter(const char* path, std::string_view name) {
  std::ifstream file(path);
  for (std::string word; file >> word;) {
    double value = 0.0;
    if (word == name && file >> value) return value;
  }
  return std::nullopt;
}

// The only number of a file; none where it says "max".
std::optional<double> NumberIn(const char* path) {
  std::ifstream file(path);
  double value = 0.0;
  if (file >> value) return value;
  return std::nullopt;
}

std::optional<std::size_t> EnvironmentNumber(const char* name) {
  const char* text = ::getenv(name);
  std::size_t value = 0;
  if (text == nullptr || std::from_chars(text, text + std::strlen(text), value).ec != std::errc()) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::vector<Finding> CheckProcessor(const Environment& environment) {
  const std::vector<Target> targets = Targets();
  const Target active = ActiveTarget();
  std::vector<Finding> findings = {
      {"processor", Condition::kOk, ProcessorName(), ""},
      {"targets", Condition::kOk, fmt::format("{}; in force: {}", Names(targets), active.name),
       ""}};
  if (!environment.target.empty()) {
    findings.back() = {"targets", Condition::kNote,
                       fmt::format("{} alone, forced by --target", active.name),
                       "the bits are the same, the speed is not: leave out --target, and the best "
                       "is used"};
  }
  const std::string pace =
      fmt::format("{:.1f} GFLOP/s in a product on one thread", ProductFlops() / 1e9);
  if (active.native_fma) {
    findings.push_back({"multiply-add", Condition::kOk, "fused, by the processor; " + pace, ""});
  } else {
    findings.push_back({"multiply-add", Condition::kNote,
                        fmt::format("{} has no fused multiply-add: emulated exactly, slowly; {}",
                                    active.name, pace),
                        "results are right; for speed, a target or machine with AVX2 or NEON"});
  }
  return findings;
}

std::vector<Finding> CheckArithmetic(const Environment& /*environment*/) {
  const std::vector<Target> targets = Targets();
  for (const Target& target : targets) {
    const ScopedTarget only(target);
    const std::string_view fault = ArithmeticFault();
    if (fault.empty()) continue;
    return {{"arithmetic", Condition::kFault, fmt::format("on {} {}", target.name, fault),
             "a library in this process has changed it: unset LD_PRELOAD, and link nothing "
             "compiled with -ffast-math"}};
  }
  return {{"arithmetic", Condition::kOk,
           fmt::format("rounds to nearest even, keeps subnormals, fuses only on demand ({})",
                       Names(targets)),
           ""}};
}

std::vector<Finding> CheckDigest(const Environment& /*environment*/) {
  std::vector<Target> same;
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    const std::string digest = KnownRun().digest;
    if (digest == kKnownDigest) {
      same.push_back(target);
      continue;
    }
    return {{"digest", Condition::kFault,
             fmt::format("a tiny training on {} ends with {}, not with {}", target.name, digest,
                         kKnownDigest),
             "results of this build are not those of others: see the lines above, build again "
             "from clean source, and report it with this line"}};
  }
  return {
      {"digest", Condition::kOk,
       fmt::format("a tiny training ends with {}, as everywhere ({})", kKnownDigest, Names(same)),
       ""}};
}

std::vector<Finding> CheckThreads(const Environment& /*environment*/) {
  const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
  cpu_set_t set;
  const int allowed =
      ::sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : static_cast<int>(online);
  const std::size_t available = AvailableCpus();
  Finding finding = {
      "threads", Condition::kOk,
      fmt::format("{} of the machine's {} processors may be used", available, online), ""};
  const char* variable = nullptr;  // that leaves no more
  for (const char* name : {"OMP_THREAD_LIMIT", "OMP_MAX_ACTIVE_LEVELS"}) {
    const std::optional<std::size_t> limit = EnvironmentNumber(name);
    if (limit && std::max<std::size_t>(1, *limit) == available) variable = name;
  }
  if (static_cast<std::size_t>(allowed) > available && variable != nullptr) {
    finding.condition = Condition::kNote;
    finding.text.append(fmt::format("; {} leaves no more of the {} allowed", variable, allowed));
    finding.remedy = fmt::format("programs keep to it by themselves; for more, unset {}", variable);
  } else if (static_cast<std::size_t>(allowed) > available) {
    finding.condition = Condition::kNote;
    finding.text.append(fmt::format(
        "; the control group (cpu.max, or cpu.cfs_quota_us) has time for no more of the {} allowed",
        allowed));
    finding.remedy =
        "programs keep to it by themselves; for more, raise the limit of the container";
  } else if (allowed < online) {
    finding.condition = Condition::kNote;
    finding.text.append("; the affinity mask (taskset) allows no more");
    finding.remedy = "programs keep to it by themselves; for more, start without taskset";
  }
  return {finding};
}

std::vector<Finding> CheckLoad(const Environment& /*environment*/) {
  double bytes = NumberAfter("/proc/meminfo", "MemAvailable:").value_or(0.0) * 1024.0;
  const auto most = NumberIn("/sys/fs/cgroup/memory.max");
  const auto used = NumberIn("/sys/fs/cgroup/memory.current");
  const char* whose = "";
  if (most && used && *most - *used < bytes) {
    bytes = std::max(0.0, *most - *used);
    whose = " by the control group (memory.max)";
  }
  std::vector<Finding> findings = {
      {"memory", Condition::kOk, fmt::format("{:.1f} GB are free{}", bytes / 1e9, whose), ""}};
  // Fashion-MNIST takes 55 MB, a network of the book less; the rest is air.
  if (bytes < 256e6) {
    findings[0].condition = Condition::kFault;
    findings[0].remedy = "close something, or raise the limit: a run takes about 200 MB";
  }
  double load = 0.0;
  if (::getloadavg(&load, 1) != 1) return findings;
  const double cpus = static_cast<double>(AvailableCpus());
  findings.push_back(
      {"load", Condition::kOk, fmt::format("{:.2f} on {} processors", load, cpus), ""});
  if (load > 0.5 * cpus) {
    findings.back().condition = Condition::kNote;
    findings.back().remedy = "results are right; times are noisy until the machine is idle";
  }
  return findings;
}

}  // namespace lanegrad
