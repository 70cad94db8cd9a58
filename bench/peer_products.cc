// SPDX-License-Identifier: Apache-2.0
#include "bench/peer_products.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/slices.h"
#include "kernels/gemm.h"
#include "kernels/gemm_rows.h"
#include "kernels/matrix.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

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
  std::string what;
  std::size_t m, n, k;
  bool transposed;
};
const Product kProducts[] = {
    {"hidden layer of 784-30-10, batch 10", 10, 30, 784, false},
    {"hidden layer of 784-128-10, batch 32", 32, 128, 784, false},
    {"the same, batch 128", 128, 128, 784, false},
    {"its weight gradient, batch 128", 784, 128, 128, true},
    {"512 to 512, batch 128", 128, 512, 512, false},
    {"output layer, 512 to 10, batch 128", 128, 10, 512, false},
    {"a large square", 2048, 2048, 2048, false},
};

// Powers of two, where caches have their worst strides, and sizes between them.
constexpr std::size_t kSweepSizes[] = {4,   8,   16,  24,  32,  48,  64,  96,
                                       128, 192, 256, 384, 512, 768, 1024};

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

// `targets` are those of ours that take part.
Json MeasureProduct(const Product& p, const std::vector<Target>& targets,
                    const std::vector<const Peer*>& peers) {
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
  for (const Target& target : targets) {
    contestants.push_back({fmt::format("lanegrad {}", target.name), [=] {
                             const ScopedTarget only(target);
                             multiply();
                           }});
  }
  contestants.push_back({"lanegrad, plain rows", [&] {
                           const ConstRows l = {a.data(), left.rows(), left.cols(), left.cols()};
                           const ConstRows r = {b.data(), p.k, p.n, p.n};
                           const Rows to = {c.data(), p.m, p.n, p.n};
                           if (p.transposed) {
                             MultiplyTransposedRows(l, r, to);
                           } else {
                             MultiplyRows(l, r, to);
                           }
                         }});
  for (const Peer* peer : peers) {
    if (peer->multiply == nullptr) continue;
    if (peer->fits != nullptr && !peer->fits(p.transposed, p.m, p.n, p.k)) continue;
    contestants.push_back(
        {peer->name,
         [&, peer] { peer->multiply(p.transposed, p.m, p.n, p.k, a.data(), b.data(), c.data()); }});
  }
  for (const Contestant& each : contestants) {
    std::fill(c.begin(), c.end(), std::numeric_limits<float>::quiet_NaN());
    each.run();
    if (each.name.starts_with("lanegrad ")) ToRows(product.view(), c.data());
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

}  // namespace

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

Json MeasureProducts(const std::vector<const Peer*>& peers) {
  Json rows = Json::array();
  for (const Product& product : kProducts) {
    rows.push_back(MeasureProduct(product, FmaTargets(), peers));
    PrintProduct(rows.back());
  }
  return rows;
}

Json MeasureSweeps(const std::vector<const Peer*>& peers) {
  const std::vector<Target> best = {Targets().front()};
  const std::string own = fmt::format("lanegrad {}", best.front().name);
  Json sweeps = Json::array();
  for (const bool square : {true, false}) {
    Json rows = Json::array();
    for (const std::size_t size : kSweepSizes) {
      const Product product = square ? Product{"square", size, size, size, false}
                                     : Product{"layer", size, 128, 784, false};
      Json row = MeasureProduct(product, best, peers);
      PrintProduct(row);
      Json paces = Json::object();
      for (const auto& [name, value] : row["gflops"].items()) {
        paces[name == own ? "lanegrad" : name] = value;
      }
      rows.push_back({{"size", size}, {"gflops", std::move(paces)}});
    }
    sweeps.push_back({{"what", square ? "squares, by rows" : "784 inputs, 128 outputs, by batch"},
                      {"rows", std::move(rows)}});
  }
  return sweeps;
}

void PrintProduct(const Json& row) {
  fmt::print("{}: {}\n", row["shape"].get<std::string>(), row["what"].get<std::string>());
  for (const auto& [name, value] : row["gflops"].items()) {
    fmt::print("  {:<28} {:>8.2f} GFLOP/s\n", name, value.get<double>());
  }
  std::fflush(stdout);
}

}  // namespace lanegrad
