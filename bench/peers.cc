// SPDX-License-Identifier: Apache-2.0
//
// Our kernels beside the best libraries', in one process, one thread, slice by
// slice in turn: the products of training at the shapes of the article's networks,
// and activations with their slopes. Every result is checked before it is timed.
//
// Our operands lie in column panels before and after, as they do in training, where
// a layer's outputs are the next one's inputs; theirs lie in rows, and are packed
// inside the call. "with copies" is ours including the way from rows to panels and
// back.
#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "bench/peak.h"
#include "bench/peers/peer.h"
#include "bench/slices.h"
#include "experiments/records/provenance.h"
#include "experiments/report/text_table.h"
#include "kernels/activation.h"
#include "kernels/gemm.h"
#include "kernels/random.h"
#include "kernels/targets.h"
#include "tests/spellings.h"

namespace lanegrad {
namespace {

// Modules beside the program that this processor can run; of one peer, that for the
// widest registers.
std::vector<const Peer*> LoadPeers() {
  std::map<std::string, std::string> files;
  const auto directory =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "peer_modules";
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory, none)) {
    const std::string stem = entry.path().stem();
    const bool wide = stem.ends_with("_avx512f"), narrow = stem.ends_with("_avx2");
    if (wide && !__builtin_cpu_supports("avx512f")) continue;
    if (narrow && !__builtin_cpu_supports("avx2")) continue;
    std::string& file = files[stem.substr(0, stem.find('_'))];
    if (file.empty() || wide) file = entry.path();
  }
  std::vector<const Peer*> peers;
  for (const auto& [name, file] : files) {
    void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) {
      fmt::print(stderr, "peers: {}\n", ::dlerror());
      continue;
    }
    peers.push_back(reinterpret_cast<const Peer* (*)()>(::dlsym(module, "LanegradPeer"))());
  }
  return peers;
}

std::vector<Target> FmaTargets() {
  std::vector<Target> targets;
  for (const Target& target : Targets()) {
    if (target.native_fma) targets.push_back(target);
  }
  return targets;
}

std::vector<float> RandomFloats(std::size_t count, std::uint64_t salt) {
  std::vector<float> floats(count);
  RandomStream random(23, Stream::kData, salt);
  for (float& each : floats) each = 2.0f * random.Uniform() - 1.0f;
  return floats;
}

void ToPanels(const float* rows, Panels panels) {
  for (std::size_t p = 0; p < PanelCount(panels.cols); ++p) {
    const std::size_t width = std::min(kPanel, panels.cols - p * kPanel);
    for (std::size_t r = 0; r < panels.rows; ++r) {
      std::memcpy(panels.Row(p, r), rows + r * panels.cols + p * kPanel, width * sizeof(float));
    }
  }
}
void ToRows(ConstPanels panels, float* rows) {
  for (std::size_t p = 0; p < PanelCount(panels.cols); ++p) {
    const std::size_t width = std::min(kPanel, panels.cols - p * kPanel);
    for (std::size_t r = 0; r < panels.rows; ++r) {
      std::memcpy(rows + r * panels.cols + p * kPanel, panels.Row(p, r), width * sizeof(float));
    }
  }
}

struct Product {
  const char* what;
  std::size_t m, n, k;
  bool transposed;
};
constexpr Product kProducts[] = {
    {"hidden layer of 784-30-10, batch 10", 10, 30, 784, false},
    {"hidden layer of 784-128-10, batch 32", 32, 128, 784, false},
    {"the same, batch 128", 128, 128, 784, false},
    {"its weight gradient, batch 128", 784, 128, 128, true},
    {"512 to 512, batch 128", 128, 512, 512, false},
    {"output layer, 512 to 10, batch 128", 128, 10, 512, false},
    {"a large square", 2048, 2048, 2048, false},
};

// Every element within the bound that any order of summation keeps.
bool Agrees(const std::vector<float>& a, const std::vector<float>& b, const std::vector<float>& c,
            const Product& p) {
  for (std::size_t i = 0; i < p.m; i += 1 + p.m / 37) {
    for (std::size_t j = 0; j < p.n; ++j) {
      double sum = 0.0, size = 0.0;
      for (std::size_t k = 0; k < p.k; ++k) {
        const double term = static_cast<double>(p.transposed ? a[k * p.m + i] : a[i * p.k + k]) *
                            static_cast<double>(b[k * p.n + j]);
        sum += term;
        size += std::fabs(term);
      }
      const double bound = static_cast<double>(p.k) * 0x1p-24 * size;
      if (!(std::fabs(static_cast<double>(c[i * p.n + j]) - sum) <= bound)) return false;
    }
  }
  return true;
}

Json MeasureProduct(const Product& p, const std::vector<const Peer*>& peers) {
  const std::vector<float> a = RandomFloats(p.m * p.k, 1), b = RandomFloats(p.k * p.n, 2);
  std::vector<float> c(p.m * p.n);
  Matrix left(p.transposed ? p.k : p.m, p.transposed ? p.m : p.k), right(p.k, p.n),
      product(p.m, p.n);
  const auto multiply = [&] {
    if (p.transposed) {
      MultiplyTransposed(left.view(), right.view(), p.k, {0, PanelCount(p.m)}, product.view());
    } else {
      Multiply(left.view(), right.view(), {0, p.m}, product.view());
    }
  };
  ToPanels(a.data(), left.view());
  ToPanels(b.data(), right.view());
  std::vector<Contestant> contestants;
  for (const Target& target : FmaTargets()) {
    contestants.push_back({fmt::format("lanegrad {}", target.name), [=] {
                             const ScopedTarget only(target);
                             multiply();
                           }});
  }
  contestants.push_back({"lanegrad with copies", [&] {
                           ToPanels(a.data(), left.view());
                           multiply();
                           ToRows(product.view(), c.data());
                         }});
  for (const Peer* peer : peers) {
    if (peer->multiply == nullptr) continue;
    contestants.push_back(
        {peer->name,
         [&, peer] { peer->multiply(p.transposed, p.m, p.n, p.k, a.data(), b.data(), c.data()); }});
  }
  for (const Contestant& each : contestants) {
    std::fill(c.begin(), c.end(), std::numeric_limits<float>::quiet_NaN());
    each.run();
    if (each.name.starts_with("lanegrad")) ToRows(product.view(), c.data());
    if (!Agrees(a, b, c, p)) throw std::runtime_error(each.name + " gives a wrong product");
  }
  const std::vector<Timing> timings = TimeInTurn(contestants);
  const double flops = 2.0 * static_cast<double>(p.m * p.n * p.k);
  Json row = {{"what", p.what},
              {"shape", fmt::format("{}x{}x{}{}", p.m, p.n, p.k, p.transposed ? " (a^T b)" : "")}};
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    row["gflops"][contestants[i].name] = flops / timings[i].median / 1e9;
    row["gflops_best"][contestants[i].name] = flops / timings[i].fastest / 1e9;
  }
  return row;
}

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

void Print(const Json& row, const char* figures, const char* unit) {
  fmt::print("{}", row.contains("shape")
                       ? fmt::format("{}: {}\n", row["shape"].get<std::string>(),
                                     row["what"].get<std::string>())
                       : fmt::format("{}, {} elements\n", row["activation"].get<std::string>(),
                                     row["elements"].get<std::size_t>()));
  for (const auto& [name, value] : row[figures].items()) {
    fmt::print("  {:<28} {:>8.2f} {}", name, value.get<double>(), unit);
    if (row.contains("max_ulp") && row["max_ulp"].contains(name)) {
      fmt::print("   error {} and {} ULP", row["max_ulp"][name][0].get<std::string>(),
                 row["max_ulp"][name][1].get<std::string>());
    }
    fmt::print("\n");
  }
  std::fflush(stdout);
}

// One thread for every library, and kernels for the registers that there are where
// a library does not know the processor: the variables are read when a program is
// loaded, so it starts itself anew with them.
void StartWithOneThreadEach(char** argv) {
  if (std::getenv("LANEGRAD_PEERS_STARTED") != nullptr) return;
  ::setenv("LANEGRAD_PEERS_STARTED", "1", 1);
  for (const char* name : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS"}) {
    ::setenv(name, "1", 1);
  }
  if (__builtin_cpu_supports("avx512f")) {
    ::setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
    ::setenv("BLIS_ARCH_TYPE", "skx", 0);
  }
  ::execv("/proc/self/exe", argv);
}

int Run(int argc, char** argv) {
  CLI::App app{"Times our kernels beside other libraries', in one process and in turn.", "peers"};
  std::string output;
  std::vector<std::string> only;
  bool products = true;
  app.add_option("--output", output, "JSON file to write");
  app.add_option("--activations", only, "which activations (default: all)")->delimiter(',');
  app.add_flag("!--no-products", products, "leave the products out");
  CLI11_PARSE(app, argc, argv);

  const std::vector<const Peer*> peers = LoadPeers();
  Json record = {{"program", "peers"}, {"provenance", Provenance()}};
  for (const Target& target : FmaTargets()) {
    const ScopedTarget scoped(target);
    record["peak_gflops"][std::string(target.name)] = PeakFlops() / 1e9;
    fmt::print("peak of one thread, {}: {:.0f} GFLOP/s\n", target.name, PeakFlops() / 1e9);
  }
  if (products) {
    for (const Product& product : kProducts) {
      record["products"].push_back(MeasureProduct(product, peers));
      Print(record["products"].back(), "gflops", "GFLOP/s");
    }
  }
  for (const ActivationInfo& info : Activations()) {
    if (!only.empty() && std::find(only.begin(), only.end(), info.name) == only.end()) continue;
    record["activations"].push_back(MeasureActivation(Activation::Named(info.name), 2048, peers));
    Print(record["activations"].back(), "per_ns", "elements/ns");
  }
  for (const char* name : {"relu", "tanh"}) {  // out of any cache: 3 x 64 MiB
    if (!only.empty()) break;
    record["streamed"].push_back(MeasureActivation(Activation::Named(name), 1 << 24, peers));
    Print(record["streamed"].back(), "per_ns", "elements/ns");
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
