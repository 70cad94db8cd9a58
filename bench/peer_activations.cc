// SPDX-License-Identifier: Apache-2.0
#include "bench/peer_activations.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "bench/peer_products.h"
#include "bench/slices.h"
#include "kernels/matrix.h"
#include "kernels/targets.h"
#include "tests/spellings.h"

namespace lanegrad {
namespace {

struct Errors {
  double value = 0.0, slope = 0.0;  // the largest, in ULP
};

// A sample of all finite floats, and what an activation and its slope are there.
class Truth {
 public:
  explicit Truth(Activation f) {
    for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += 4999) {
      const float each = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
      if (std::isfinite(each)) z_.push_back(each);
    }
    z_.resize(z_.size() / 16 * 16);
    for (const float z : z_) {
      value_.push_back(f.Value(z));
      slope_.push_back(f.Slope(z));
    }
  }

  template <class Run>
  Errors Of(const Run& run) const {
    std::vector<float> a(z_.size()), slope(z_.size());
    run(z_.data(), z_.size(), a.data(), slope.data());
    Errors largest;
    for (std::size_t i = 0; i < z_.size(); ++i) {
      const double value = ErrorInUlp(a[i], value_[i]);
      const double rise = ErrorInUlp(slope[i], slope_[i]);
      // A NaN where a number belongs is as wrong as can be.
      largest.value = std::max(largest.value, std::isnan(value) ? HUGE_VAL : value);
      largest.slope = std::max(largest.slope, std::isnan(rise) ? HUGE_VAL : rise);
    }
    return largest;
  }

 private:
  std::vector<float> z_;
  std::vector<double> value_, slope_;
};

std::string Size(double ulp) { return std::isinf(ulp) ? "inf" : fmt::format("{:.6g}", ulp); }

Json Pair(const Errors& errors) { return {Size(errors.value), Size(errors.slope)}; }

// What the catalogue states of ours, held against the sample.
Errors Stated(Activation f, const Truth& truth, std::string_view name) {
  const Errors stated = {f.MaxUlp(), f.SlopeMaxUlp()};
  const Errors found = truth.Of(SweepOf(f));
  constexpr double kOracle = 1e-6;  // a double beside the middle of two floats
  if (!(found.value <= stated.value + kOracle && found.slope <= stated.slope + kOracle)) {
    throw std::runtime_error(fmt::format("{} of {} is wrong by {} and {} ULP; stated are {} and {}",
                                         name, f.spelled(), Size(found.value), Size(found.slope),
                                         stated.value, stated.slope));
  }
  return stated;
}

}  // namespace

Json MeasureActivation(Activation f, std::size_t n, const std::vector<LoadedPeer>& peers) {
  std::vector<float> z = RandomFloats(n, 3);
  for (float& each : z) each *= 6.0f;
  Array in(n), a(n), slope(n);
  std::copy(z.begin(), z.end(), in.data());
  const Truth truth(f);
  std::vector<Contestant> contestants;
  Json errors;
  for (const Target& target : FmaTargets()) {
    for (const Precision grade : kPrecisions) {
      if (!f.Has(grade)) continue;
      const Activation graded = f.With(grade);
      contestants.push_back(
          {fmt::format("lanegrad {} {}", NameOf(grade), target.name), [&, target, graded] {
             const ScopedTarget only(target);
             Activate(graded, in.data(), n, a.data(), slope.data());
           }});
      const ScopedTarget only(target);
      errors[contestants.back().name] = Pair(Stated(graded, truth, contestants.back().name));
    }
  }
  for (const LoadedPeer& each : peers) {
    const PeerActivation run =
        each.peer->activation == nullptr ? nullptr : each.peer->activation(f.info().name.data());
    if (run == nullptr) continue;
    contestants.push_back({fmt::format("{} {}", each.peer->name, each.target),
                           [&, run] { run(in.data(), n, a.data(), slope.data()); }});
    errors[contestants.back().name] = Pair(truth.Of(run));
  }
  // What moving the same bytes costs: 4 read and 8 written an element.
  contestants.push_back({"copy", [&] {
                           std::memcpy(a.data(), in.data(), n * sizeof(float));
                           std::memcpy(slope.data(), in.data(), n * sizeof(float));
                         }});
  const std::vector<Timing> timings = TimeInTurn(contestants);
  Json row = {{"activation", f.spelled()}, {"elements", n}, {"max_ulp", errors}};
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    row["per_ns"][contestants[i].name] = static_cast<double>(n) / timings[i].median / 1e9;
    row["per_ns_best"][contestants[i].name] = static_cast<double>(n) / timings[i].fastest / 1e9;
  }
  return row;
}

void PrintActivation(const Json& row) {
  fmt::print("{}, {} elements\n", row["activation"].get<std::string>(),
             row["elements"].get<std::size_t>());
  for (const auto& [name, value] : row["per_ns"].items()) {
    fmt::print("  {:<28} {:>8.2f} elements/ns", name, value.get<double>());
    if (row["max_ulp"].contains(name)) {
      fmt::print("   error {} and {} ULP", row["max_ulp"][name][0].get<std::string>(),
                 row["max_ulp"][name][1].get<std::string>());
    }
    fmt::print("\n");
  }
  std::fflush(stdout);
}

}  // namespace lanegrad
