// SPDX-License-Identifier: Apache-2.0
//
// tiny-dnn, with its kernels for AVX2, one thread.
#include <tiny_dnn/tiny_dnn.h>

#include <memory>

#include "bench/peers/training_peer.h"

namespace {

struct Network {
  tiny_dnn::network<tiny_dnn::sequential> net;
  std::vector<tiny_dnn::vec_t> x, y;
  std::size_t inputs, outputs;
};

void* Make(const lanegrad::InitialNetwork& from) {
  auto of = std::make_unique<Network>();
  of->inputs = from.sizes[0];
  of->outputs = from.sizes[from.layers];
  for (std::size_t l = 0; l < from.layers; ++l) {
    using Sigmoids = tiny_dnn::fully_connected_layer<tiny_dnn::activation::sigmoid>;
    of->net << Sigmoids(static_cast<tiny_dnn::serial_size_t>(from.sizes[l]),
                        static_cast<tiny_dnn::serial_size_t>(from.sizes[l + 1]));
  }
  of->net.init_weight();
  for (std::size_t l = 0; l < from.layers; ++l) {
    const std::vector<tiny_dnn::vec_t*> parts = of->net[l]->weights();
    std::copy_n(from.weights[l], from.sizes[l] * from.sizes[l + 1], parts[0]->begin());
    std::copy_n(from.biases[l], from.sizes[l + 1], parts[1]->begin());
  }
  return of.release();
}

void Load(void* network, std::size_t count, const float* x, const float* y) {
  auto& of = *static_cast<Network*>(network);
  for (std::size_t i = 0; i < count; ++i) {
    of.x.emplace_back(x + i * of.inputs, x + (i + 1) * of.inputs);
    of.y.emplace_back(y + i * of.outputs, y + (i + 1) * of.outputs);
  }
}

void Train(void* network, const std::uint32_t* order, std::size_t count, std::size_t batch,
           float rate) {
  auto& of = *static_cast<Network*>(network);
  std::vector<tiny_dnn::vec_t> x, y;
  for (std::size_t i = 0; i < count; ++i) {
    x.push_back(of.x[order[i]]);
    y.push_back(of.y[order[i]]);
  }
  tiny_dnn::gradient_descent optimizer;
  optimizer.alpha = rate;
  of.net.fit<tiny_dnn::mse>(
      optimizer, x, y, batch, 1, [] {}, [] {}, false, 1);
}

void Predict(void* network, const float* x, float* a) {
  auto& of = *static_cast<Network*>(network);
  const tiny_dnn::vec_t out = of.net.predict(tiny_dnn::vec_t(x, x + of.inputs));
  std::copy(out.begin(), out.end(), a);
}

void Destroy(void* network) { delete static_cast<Network*>(network); }

}  // namespace

LANEGRAD_TRAINING_PEER {
  static const lanegrad::TrainingPeer peer = {"tiny-dnn 1.0.0a3", &Make,   &Load, &Train,
                                              &Predict,           &Destroy};
  return &peer;
}
