// SPDX-License-Identifier: Apache-2.0
//
// Our kernels beside the best libraries', in one process, one thread, slice by
// slice in turn: the products of training at the shapes of the article's networks,
// and activations with their slopes, in both grades and with each instruction set. Every
// result is checked before it is timed.
//
// Our operands lie in column panels before and after, as they do in training, where
// a layer's outputs are the next one's inputs; theirs lie in rows, and are packed
// inside the call. "plain rows" is ours of such rows, which packs inside the call too.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bench/peak.h"
#include "bench/peer_activations.h"
#include "bench/peer_products.h"
#include "bench/peers/modules.h"
#include "experiments/records/provenance.h"
#include "kernels/activation.h"
#include "kernels/targets.h"

namespace lanegrad {
namespace {

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

  const std::vector<LoadedPeer> loaded = LoadPeers();
  const std::vector<const Peer*> peers = WidestOf(loaded);
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
    record["activations"].push_back(MeasureActivation(Activation::Named(info.name), 2048, loaded));
    PrintActivation(record["activations"].back());
  }
  for (const char* name : {"relu", "tanh"}) {  // out of any cache: 3 x 64 MiB
    if (!only.empty() || !activations) break;
    record["streamed"].push_back(MeasureActivation(Activation::Named(name), 1 << 24, loaded));
    PrintActivation(record["streamed"].back());
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
