// SPDX-License-Identifier: Apache-2.0
//
// The error of every activation, value and slope, over all 2^32 floats: how many
// are not the float nearest to the truth, and by how much the worst misses it.
//
// The truth comes from the operation's own plain formula, in three precisions. In
// double it settles all but one input in some 2^17; where the double lies too near
// to the middle between two floats for its error, long double settles it, and where
// that does too, 240 bits of MPFR.
//
// Of the fast and fastest versions (--precision fast, fastest) the error is what is asked for, and
// some 50 digits of the truth are enough: those that the exact version has before it rounds, which
// the above has shown to be right.
//
// The exact grade in two tiers (--tiers) is compared with its second one, bit by bit, on every
// target: a few minutes for all floats, and what the first tier's stated error rests on.
#include <fmt/format.h>
#include <mpfr.h>
#include <omp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <bit>
#include <boost/multiprecision/mpfr.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kernels/activation-inl.h"
#include "kernels/activation.h"
#include "kernels/targets.h"

namespace lanegrad {
namespace {

using Exact = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<72>,
                                            boost::multiprecision::et_off>;

template <class Op, class T>
T TrueValue(float z, float parameter) {
  if constexpr (Op::kInfo.parameter.name.empty()) {
    return Op::template Value<T>(T(z));
  } else {
    return Op::template Value<T>(T(z), T(parameter));
  }
}
template <class Op, class T>
T TrueSlope(float z, float parameter) {
  if constexpr (Op::kInfo.parameter.name.empty()) {
    return Op::template Slope<T>(T(z));
  } else {
    return Op::template Slope<T>(T(z), T(parameter));
  }
}

// What was seen of one function.
struct Tally {
  std::uint64_t misrounded = 0;
  std::uint64_t hard = 0;  // settled by MPFR
  double max_ulp = 0.5;
  float worst = 0.0f;
  std::vector<std::pair<float, float>> examples;  // input, and the float nearest to the truth

  static constexpr std::size_t kExamples = 8;

  void Add(const Tally& other) {
    if (other.misrounded > 0 && (misrounded == 0 || !(other.max_ulp <= max_ulp))) {
      max_ulp = other.max_ulp;
      worst = other.worst;
    }
    misrounded += other.misrounded;
    hard += other.hard;
    for (const auto& each : other.examples) {
      if (examples.size() < kExamples) examples.push_back(each);
    }
  }
};

// Whether everything within a relative `error` of `truth` rounds to one float, and
// which.
template <class T>
bool Settles(T truth, T error, float& nearest) {
  const float below = static_cast<float>(truth * (1 - error));
  nearest = static_cast<float>(truth * (1 + error));
  return below == nearest;
}

// Judges `got` at z by a function `truth(T)` in the precision of T.
template <class Truth>
void Judge(float z, float got, Truth&& truth, Tally& tally) {
  // Between these the slopes of the gates cross zero, and doubles cancel there.
  const bool crossing = z > -1.6f && z < -0.7f;
  float nearest;
  const double plain = truth(double{});
  if (!(crossing && std::fabs(plain) < 0x1p-6) && Settles(plain, 0x1p-42, nearest)) {
    if (got == nearest) return;
  } else {
    const long double longer = truth(0.0L);
    if (!(crossing && std::fabs(longer) < 0x1p-8L) && Settles(longer, 0x1p-55L, nearest)) {
      if (got == nearest) return;
    }
  }
  ++tally.hard;
  const Exact exact = truth(Exact());
  nearest = mpfr_get_flt(exact.backend().data(), MPFR_RNDN);
  if (got == nearest) return;
  ++tally.misrounded;
  if (tally.examples.size() < Tally::kExamples) tally.examples.push_back({z, nearest});
  const double magnitude = std::max(std::fabs(static_cast<double>(nearest)), 0x1p-126);
  const double ulp = std::ldexp(1.0, std::ilogb(magnitude) - 23);
  const Exact miss = (Exact(got) - exact) / ulp;
  const double error = std::fabs(static_cast<double>(miss));
  if (tally.misrounded == 1 || !(error <= tally.max_ulp)) {
    tally.max_ulp = std::max(error, 0.5);
    tally.worst = z;
  }
}

// All floats, `stride` apart, in chunks that the threads share.
template <class Op>
void Measure(Activation f, std::uint64_t stride, Tally& value, Tally& slope) {
  constexpr std::uint64_t kAll = std::uint64_t{1} << 32;
  constexpr std::uint64_t kChunk = 1 << 14;
  const std::uint64_t chunks = (kAll / stride + kChunk - 1) / kChunk;
#pragma omp parallel
  {
    std::vector<float> z(kChunk), a(kChunk), s(kChunk);
    Tally own_value, own_slope;
#pragma omp for schedule(dynamic, 16)
    for (std::uint64_t chunk = 0; chunk < chunks; ++chunk) {
      std::size_t n = 0;
      for (std::uint64_t i = chunk * kChunk; i < (chunk + 1) * kChunk && i * stride < kAll; ++i) {
        const float each = std::bit_cast<float>(static_cast<std::uint32_t>(i * stride));
        if (std::isfinite(each)) z[n++] = each;
      }
      Activate(f, z.data(), n, a.data(), s.data());
      for (std::size_t i = 0; i < n; ++i) {
        const auto value_in = [&]<class T>(T) { return TrueValue<Op, T>(z[i], f.parameter()); };
        const auto slope_in = [&]<class T>(T) { return TrueSlope<Op, T>(z[i], f.parameter()); };
        Judge(z[i], a[i], value_in, own_value);
        Judge(z[i], s[i], slope_in, own_slope);
      }
    }
#pragma omp critical
    {
      value.Add(own_value);
      slope.Add(own_slope);
    }
  }
}

// The error of a fast version against the exact one before its last rounding.
void JudgeFast(float z, float got, double truth, Tally& tally) {
  const float nearest = static_cast<float>(truth);
  if (got == nearest) return;
  ++tally.misrounded;
  const double magnitude = std::max(std::fabs(truth), 0x1p-126);
  const std::uint64_t exponent = std::bit_cast<std::uint64_t>(magnitude) & 0x7ff0000000000000;
  const double ulp = std::bit_cast<double>(exponent) * 0x1p-23;
  const double error = std::fabs(static_cast<double>(got) - truth) / ulp;
  if (!(error <= tally.max_ulp)) {
    tally.max_ulp = error;
    tally.worst = z;
  }
}

// Measure() of a fast version. `falls` counts where the value of one float is below that of
// the float before it.
void MeasureFast(Activation f, std::uint64_t stride, Tally& value, Tally& slope,
                 std::uint64_t& falls) {
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 31;
  constexpr std::uint64_t kChunk = 1 << 14;
  const std::uint64_t chunks = (kHalf / stride + kChunk - 1) / kChunk;
#pragma omp parallel
  {
    std::vector<float> z(kChunk + 1), a(kChunk + 1), s(kChunk + 1);
    std::vector<double> true_a(kChunk + 1), true_s(kChunk + 1);
    Tally own_value, own_slope;
    std::uint64_t own_falls = 0;
#pragma omp for schedule(dynamic, 16)
    for (std::uint64_t half = 0; half < 2 * chunks; ++half) {
      const std::uint64_t chunk = half / 2, sign = half % 2 * kHalf;
      std::size_t n = 0;  // the first one of the next chunk too, to compare with
      for (std::uint64_t i = chunk * kChunk; i <= (chunk + 1) * kChunk && i * stride < kHalf; ++i) {
        const float each = std::bit_cast<float>(static_cast<std::uint32_t>(sign + i * stride));
        if (std::isfinite(each)) z[n++] = each;
      }
      Activate(f, z.data(), n, a.data(), s.data());
      ActivateUnrounded(f, z.data(), n, true_a.data(), true_s.data());
      for (std::size_t i = 0; i < n; ++i) {
        if (i > 0) own_falls += sign == 0 ? a[i] < a[i - 1] : a[i] > a[i - 1];
        if (i == kChunk) break;
        JudgeFast(z[i], a[i], true_a[i], own_value);
        JudgeFast(z[i], s[i], true_s[i], own_slope);
      }
    }
#pragma omp critical
    {
      value.Add(own_value);
      slope.Add(own_slope);
      falls += own_falls;
    }
  }
}

// How many floats have other bits than all digits would give them, on the target in force.
std::uint64_t DifferencesOfTiers(Activation f, std::uint64_t stride) {
  constexpr std::uint64_t kAll = std::uint64_t{1} << 32, kChunk = 1 << 12;
  const std::uint64_t chunks = (kAll / stride + kChunk - 1) / kChunk;
  std::uint64_t differences = 0;
#pragma omp parallel for schedule(dynamic, 16) reduction(+ : differences)
  for (std::uint64_t chunk = 0; chunk < chunks; ++chunk) {
    float z[kChunk], a[kChunk], s[kChunk], a_full[kChunk], s_full[kChunk];
    for (std::uint64_t i = 0; i < kChunk; ++i) {
      z[i] = std::bit_cast<float>(static_cast<std::uint32_t>((chunk * kChunk + i) * stride));
    }
    Activate(f, z, kChunk, a, s);
    ActivateInFull(f, z, kChunk, a_full, s_full);
    const auto differ = [](float x, float y) {
      return std::bit_cast<std::uint32_t>(x) != std::bit_cast<std::uint32_t>(y);
    };
    for (std::uint64_t i = 0; i < kChunk; ++i) {
      differences += differ(a[i], a_full[i]) || differ(s[i], s_full[i]);
    }
  }
  return differences;
}

// Compares the tiers of the activations named, on every target. Returns the exit code.
int CompareTiers(const std::vector<std::string>& names, std::uint64_t stride) {
  std::uint64_t all = 0;
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    for (const std::string& name : names) {
      const auto begin = std::chrono::steady_clock::now();
      const std::uint64_t here = DifferencesOfTiers(Activation::Named(name), stride);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      fmt::print("{:<8} {:<14} {:>10} floats differ   ({:.0f} s)\n", target.name, name, here,
                 took.count());
      std::fflush(stdout);
      all += here;
    }
  }
  return all == 0 ? 0 : 1;
}

// Whether its slope is nowhere below zero.
bool Rises(Activation f) {
  for (float z = -120.0f; z < 120.0f; z += 0.01f) {
    if (f.Slope(static_cast<double>(z)) < 0.0) return false;
  }
  return true;
}

using Measurement = void (*)(Activation, std::uint64_t, Tally&, Tally&);
constexpr auto kMeasurements = Tabulate(
    HWY_NAMESPACE::ActivationList(), [](auto op) -> Measurement { return &Measure<decltype(op)>; });

nlohmann::ordered_json ToJson(const Tally& tally) {
  nlohmann::ordered_json json = {
      {"misrounded", tally.misrounded}, {"max_ulp", tally.max_ulp}, {"hard_cases", tally.hard}};
  if (tally.misrounded == 0) return json;
  json["worst"] = fmt::format("{:a}", tally.worst);
  for (const auto& [z, nearest] : tally.examples) {
    json["examples"].push_back({fmt::format("{:a}", z), fmt::format("{:a}", nearest)});
  }
  return json;
}

std::string Text(const Tally& tally) {
  if (tally.misrounded == 0) return fmt::format("{:>10} {:>12}", 0, "0.5");
  return fmt::format("{:>10} {:>12.6f} at {:a}", tally.misrounded, tally.max_ulp, tally.worst);
}

// Where a record keeps the errors of a grade.
constexpr const char* kGrades[] = {"activations", "fast", "fastest"};
static_assert(std::size(kGrades) == kPrecisions.size());
const char* Section(Precision precision) { return kGrades[static_cast<std::size_t>(precision)]; }

// Puts what an older record says of other activations, and of the other grades, beside what was
// measured anew, in catalogue order.
void KeepOthers(const nlohmann::ordered_json& before, nlohmann::ordered_json& record) {
  for (const char* grade : kGrades) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const ActivationInfo& info : Activations()) {
      for (const nlohmann::ordered_json* from : {&std::as_const(record), &before}) {
        const auto entries = from->find(grade);
        if (entries == from->end()) continue;
        const auto found = std::find_if(entries->begin(), entries->end(), [&](const auto& each) {
          return each["name"] == info.name;
        });
        if (found == entries->end()) continue;
        all.push_back(*found);
        break;
      }
    }
    record.erase(grade);  // so that grades follow one another, whichever was measured last
    if (!all.empty()) record[grade] = all;
  }
}

int Run(int argc, char** argv) {
  CLI::App app{"Measures the error of every activation over all floats.", "exhaustive"};
  std::uint64_t stride = 1;
  std::vector<std::string> names;
  std::string output, precision = "exact";
  bool tiers = false;
  app.add_option("--stride", stride, "test one float in so many (1: all)")->capture_default_str();
  app.add_option("--activations", names, "which (default: all)")->delimiter(',');
  app.add_flag("--tiers", tiers, "compare the first tier of the exact grade with the second");
  app.add_option("--precision", precision, "exact, fast or fastest")->capture_default_str();
  app.add_option(
      "--output", output,
      "JSON file to write; what it says of other activations, and of the other grades, is "
      "kept");
  CLI11_PARSE(app, argc, argv);
  const Precision asked = PrecisionNamed(precision);
  const bool exact = asked == Precision::kExact;
  if (names.empty()) {
    for (const ActivationInfo& info : Activations()) {
      if (Activation::Named(info.name).Has(asked)) names.emplace_back(info.name);
    }
  }
  if (tiers) return CompareTiers(names, stride);
  nlohmann::ordered_json record = {{"program", "exhaustive"},
                                   {"stride", stride},
                                   {"target", ActiveTarget().name},
                                   {kGrades[0], nlohmann::ordered_json::array()}};
  nlohmann::ordered_json before;
  if (std::ifstream file(output); file.good()) {
    before = nlohmann::ordered_json::parse(file, nullptr, false);
    if (!before.is_object() || before.value("stride", std::uint64_t{0}) != stride) {
      fmt::print(stderr, "exhaustive: {} is no record of stride {}; name another file\n", output,
                 stride);
      return 3;
    }
  }
  bool kept = true;
  fmt::print("{:<14} {:<6} {:>10} {:>12}\n", "activation", "of", "misrounded", "max ULP");
  for (const std::string& name : names) {
    const Activation f = Activation::Named(name).With(asked);
    if (f.precision() != asked) {
      fmt::print(stderr, "exhaustive: {} has no {} version\n", name, precision);
      return 2;
    }
    Tally value, slope;
    std::uint64_t falls = 0;
    const auto begin = std::chrono::steady_clock::now();
    if (!exact) {
      MeasureFast(f, stride, value, slope, falls);
    } else {
      kMeasurements[f.row()](f, stride, value, slope);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    fmt::print("{:<14} {:<6} {}\n{:<14} {:<6} {}   ({:.0f} s)\n", name, "value", Text(value), "",
               "slope", Text(slope), took.count());
    std::fflush(stdout);
    nlohmann::ordered_json entry = {
        {"name", name}, {"value", ToJson(value)}, {"slope", ToJson(slope)}};
    if (!exact) entry["falls"] = falls;
    record[Section(asked)].push_back(entry);
    if (!exact && falls > 0 && Rises(f)) {
      fmt::print("{:<14} falls {} times, but the function rises\n", "", falls);
      kept = false;
    }
    kept &= value.max_ulp <= f.MaxUlp() && slope.max_ulp <= f.SlopeMaxUlp();
  }
  if (!before.is_null()) KeepOthers(before, record);
  if (!output.empty()) {
    std::ofstream file(output);
    file << record.dump(1) << "\n";
    if (!file.flush()) {
      fmt::print(stderr, "exhaustive: cannot write {}\n", output);
      return 4;
    }
  }
  if (!kept) fmt::print("an error is larger than the catalogue states, or a value falls\n");
  return kept ? 0 : 1;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  try {
    return lanegrad::Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "exhaustive: %s\n", error.what());
    return 2;
  }
}
