// SPDX-License-Identifier: Apache-2.0
#include "bench/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "bench/bandwidth.h"
#include "bench/peak.h"

namespace lanegrad {
namespace {

int refused = 0;

std::vector<double> AfterOneRun(const Subject& subject) {
  subject.run();
  return subject.result();
}

// The first place where the two differ by more than the tolerance, said; empty where there is none.
std::string Difference(const std::vector<double>& is, const std::vector<double>& should_be,
                       double tolerance) {
  if (is.size() != should_be.size()) {
    return fmt::format("{} results instead of {}", is.size(), should_be.size());
  }
  for (std::size_t i = 0; i < is.size(); ++i) {
    const double allowed = tolerance * std::max(1.0, std::fabs(should_be[i]));
    // A NaN is never within it.
    if (!(std::fabs(is[i] - should_be[i]) <= allowed)) {
      return fmt::format("result {} is {} instead of {}", i, is[i], should_be[i]);
    }
  }
  return {};
}

void Time(benchmark::State& state, const Subject& subject) {
  for (auto _ : state) {
    subject.run();
    benchmark::ClobberMemory();
  }
  Count(state, subject.work);
}

void RunOnTarget(benchmark::State& state, const Target& target, const MakeSubject& make) {
  std::vector<double> should_be;
  {
    const ScopedTarget narrowest(Targets().back());
    should_be = AfterOneRun(make());
  }
  const ScopedTarget only(target);
  const Subject subject = make();
  const std::string wrong = Difference(AfterOneRun(subject), should_be, 0.0);
  if (!wrong.empty()) return Refuse(state, wrong);
  Time(state, subject);
}

}  // namespace

void RegisterOnTarget(const std::string& name, const Target& target, const std::string& shape,
                      const MakeSubject& make) {
  benchmark::RegisterBenchmark(fmt::format("{}/{}/{}", name, target.name, shape).c_str(),
                               [=](benchmark::State& state) { RunOnTarget(state, target, make); });
}

void RegisterOnTargets(const std::string& name, const std::string& shape, const MakeSubject& make) {
  for (const Target& target : Targets()) RegisterOnTarget(name, target, shape, make);
}

void RegisterCompiled(const std::string& name, const std::string& shape, const MakeSubject& ours,
                      const std::function<Subject(const CompiledLoops&)>& theirs,
                      double tolerance) {
  for (const CompiledLoops* loops : LoopsOfThisMachine()) {
    benchmark::RegisterBenchmark(
        fmt::format("{}/{}/{}", name, loops->name, shape).c_str(), [=](benchmark::State& state) {
          const Subject subject = theirs(*loops);
          const std::string wrong =
              Difference(AfterOneRun(subject), AfterOneRun(ours()), tolerance);
          if (!wrong.empty()) return Refuse(state, wrong);
          Time(state, subject);
        });
  }
}

void RegisterPortable(const std::string& name, const std::string& shape, const MakeSubject& make,
                      const std::function<bool(const std::vector<double>&)>& right) {
  benchmark::RegisterBenchmark(fmt::format("{}/any/{}", name, shape).c_str(),
                               [=](benchmark::State& state) {
                                 const Subject subject = make();
                                 if (!right(AfterOneRun(subject))) {
                                   return Refuse(state, "the result is not as it should be");
                                 }
                                 Time(state, subject);
                               });
}

void Refuse(benchmark::State& state, const std::string& why) {
  ++refused;
  state.SkipWithError(why.c_str());
}

int Refused() { return refused; }

void Count(benchmark::State& state, const Work& work) {
  const auto rate = [&](double each) {
    return benchmark::Counter(each * static_cast<double>(state.iterations()),
                              benchmark::Counter::kIsRate);
  };
  state.counters["elements/s"] = rate(work.elements);
  if (work.flops > 0.0) {
    state.counters["GFLOP/s"] = rate(work.flops / 1e9);
    if (PeakFlops() > 0.0) state.counters["of_peak"] = rate(work.flops / PeakFlops());
  }
  const double moved = work.read_bytes + work.written_bytes;
  if (moved <= 0.0) return;
  const MemoryLevel level = LevelOf(work.memory_bytes > 0.0 ? work.memory_bytes : moved);
  state.counters["GB/s"] = rate(moved / 1e9);
  state.counters[fmt::format("of_{}", NameOf(level))] =
      rate(LeastSeconds(level, work.read_bytes, work.written_bytes));
}

}  // namespace lanegrad
