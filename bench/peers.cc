// SPDX-License-Identifier: Apache-2.0
//
// Our kernels beside the best libraries', in one process, one thread, slice by
// slice in turn: the products of training at the shapes of the article's networks,
// and activations with their slopes. Every result is checked before it is timed.
//
// Our operands lie in column panels before and after, as they do in training, where
// a layer's outputs are the next one's inputs; theirs lie in rows, and are packed
// inside the call. "plain rows" is ours of such rows, which packs inside the call too.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "bench/peak.h"
#include "bench/peer_products.h"
#include "bench/peers/modules.h"
#include "bench/peers/peer.h"
#include "bench/slices.h"
#include "experiments/records/provenance.h"
#include "experiments/report/text_table.h"
#include "kernels/activation.h"
#include "kernels/matrix.h"
#include "kernels/targets.h"
#include "tests/spellings.h"

namespace lanegrad {
namespace {

// Largest error over a sample of all finite floats, of value and slope, in ULP.
std::pair<double, double> LargestErrors(Activation f, const PeerActivation& run) {
  std::vector<float> z;
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += 4999) {
    const float each = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (std::isfinite(each)) z.push_back(each);
  }
  z.resize(z.size() / 16 * 16);
  std::vector<float> a(z.size()), slope(z.size());
  run(z.data(), z.size(), a.data(), slope.data());
  double value_error = 0.0, slope_error = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double value = ErrorInUlp(a[i], f.Value(z[i]));
    const double rise = ErrorInUlp(slope[i], f.Slope(z[i]));
    // A NaN where a number belongs is as wrong as can be.
    value_error = std::max(value_error, std::isnan(value) ? HUGE_VAL : value);
    slope_error = std::max(slope_error, std::isnan(rise) ? HUGE_VAL : rise);
  }
  return {value_error, slope_error};
}

std::string Size(double ulp) { return std::isinf(ulp) ? "inf" : fmt::format("{:.6g}", ulp); }

Json MeasureActivation(Activation f, std::size_t n, const std::vector<const Peer*>& peers) {
  std::vector<float> z = RandomFloats(n, 3);
  for (float& each : z) each *= 6.0f;
  Array in(n), a(n), slope(n);
  std::copy(z.begin(), z.end(), in.data());
  std::vector<Contestant> contestants;
  Json errors;
  for (const Target& target : FmaTargets()) {
    contestants.push_back({fmt::format("lanegrad {}", target.name), [&, target] {
                             const ScopedTarget only(target);
                             Activate(f, in.data(), n, a.data(), slope.data());
                           }});
    errors[contestants.back().name] = {Size(f.info().max_ulp), Size(f.info().slope_max_ulp)};
  }
  for (const Peer* peer : peers) {
    const PeerActivation run =
        peer->activation == nullptr ? nullptr : peer->activation(f.info().name.data());
    if (run == nullptr) continue;
    contestants.push_back({peer->name, [&, run] { run(in.data(), n, a.data(), slope.data()); }});
    const auto [value, rise] = LargestErrors(f, run);
    errors[peer->name] = {Size(value), Size(rise)};
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

void Print(const Json& row) {
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

int Run(int argc, char** argv) {
  CLI::App app{"Times our kernels beside other libraries', in one process and in turn.", "peers"};
  std::string output;
  std::vector<std::string> only;
  bool products = true, sweeps = true, activations = true;
  app.add_option("--output", output, "JSON file to write");
  app.add_option("--activations", only, "which activations (default: all)")->delimiter(',');
  app.add_flag("!--no-products", products, "leave the products out");
  app.add_flag("!--no-activations", activations, "leave activations out");
  app.add_flag("!--no-sweeps", sweeps, "leave products by size out");
  CLI11_PARSE(app, argc, argv);

  const std::vector<const Peer*> peers = LoadPeers();
  Json record = {{"program", "peers"}, {"provenance", Provenance()}};
  for (const Target& target : FmaTargets()) {
    const ScopedTarget scoped(target);
    record["peak_gflops"][std::string(target.name)] = PeakFlops() / 1e9;
    fmt::print("peak of one thread, {}: {:.0f} GFLOP/s\n", target.name, PeakFlops() / 1e9);
  }
  if (products) record["products"] = MeasureProducts(peers);
  if (sweeps) record["sweeps"] = MeasureSweeps(peers);
  for (const ActivationInfo& info : Activations()) {
    if (!activations) break;
    if (!only.empty() && std::find(only.begin(), only.end(), info.name) == only.end()) continue;
    record["activations"].push_back(MeasureActivation(Activation::Named(info.name), 2048, peers));
    Print(record["activations"].back());
  }
  for (const char* name : {"relu", "tanh"}) {  // out of any cache: 3 x 64 MiB
    if (!only.empty() || !activations) break;
    record["streamed"].push_back(MeasureActivation(Activation::Named(name), 1 << 24, peers));
    Print(record["streamed"].back());
  }
  if (!output.empty()) {
    std::ofstream file(output);
    file << JsonText(record, 1) << "\n";
    if (!file.flush()) {
      fmt::print(stderr, "peers: cannot write {}\n", output);
      return 4;
    }
  }
  return 0;
}

}  // namespace

}  // namespace lanegrad

int main(int argc, char** argv) {
  lanegrad::StartWithOneThreadEach(argv);
  try {
    return lanegrad::Run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "peers: {}\n", error.what());
    return 1;
  }
}
