// SPDX-License-Identifier: Apache-2.0
//
// FANN: batch training on the samples of a step, which is what it calls an epoch. Its slopes of
// a sigmoid are those of values cut to 0.01 .. 0.99, which no setting changes.
#include <floatfann.h>

#include <cstring>
#include <vector>

#include "bench/peers/training_peer.h"

namespace {

struct Network {
  fann* net;
  fann_train_data* step = nullptr;  // room for the samples of a step
  std::size_t inputs, outputs, rows = 0;
  std::vector<float> x, y;
};

void* Make(const lanegrad::InitialNetwork& from) {
  std::vector<unsigned> sizes(from.sizes, from.sizes + from.layers + 1);
  fann* net = fann_create_standard_array(static_cast<unsigned>(sizes.size()), sizes.data());
  if (net == nullptr) return nullptr;
  fann_set_activation_function_hidden(net, FANN_SIGMOID);
  fann_set_activation_function_output(net, FANN_SIGMOID);
  fann_set_activation_steepness_hidden(net, 0.5f);
  fann_set_activation_steepness_output(net, 0.5f);
  fann_set_training_algorithm(net, FANN_TRAIN_BATCH);
  fann_set_train_error_function(net, FANN_ERRORFUNC_LINEAR);
  // The last connection of a neuron is from the bias of the layer before.
  for (std::size_t l = 0; l < from.layers; ++l) {
    const fann_layer& layer = net->first_layer[l + 1];
    for (std::size_t j = 0; j < sizes[l + 1]; ++j) {
      float* w = net->weights + layer.first_neuron[j].first_con;
      for (std::size_t i = 0; i < sizes[l]; ++i) w[i] = from.weights[l][i * sizes[l + 1] + j];
      w[sizes[l]] = from.biases[l][j];
    }
  }
  return new Network{net, nullptr, sizes.front(), sizes.back(), 0, {}, {}};
}

void Load(void* network, std::size_t count, const float* x, const float* y) {
  auto& of = *static_cast<Network*>(network);
  of.x.assign(x, x + count * of.inputs);
  of.y.assign(y, y + count * of.outputs);
}

void Train(void* network, const std::uint32_t* order, std::size_t count, std::size_t batch,
           float rate) {
  auto& of = *static_cast<Network*>(network);
  if (of.rows != batch) {
    if (of.step != nullptr) fann_destroy_train(of.step);
    of.step = fann_create_train(static_cast<unsigned>(batch), static_cast<unsigned>(of.inputs),
                                static_cast<unsigned>(of.outputs));
    of.rows = batch;
  }
  // Its error is halved and summed over the outputs, ours is their mean.
  fann_set_learning_rate(of.net, rate * 2.0f / static_cast<float>(of.outputs));
  for (std::size_t first = 0; first < count; first += batch) {
    for (std::size_t r = 0; r < batch; ++r) {
      const std::size_t sample = order[first + r];
      std::memcpy(of.step->input[r], &of.x[sample * of.inputs], of.inputs * sizeof(float));
      std::memcpy(of.step->output[r], &of.y[sample * of.outputs], of.outputs * sizeof(float));
    }
    fann_train_epoch(of.net, of.step);
  }
}

void Predict(void* network, const float* x, float* a) {
  auto& of = *static_cast<Network*>(network);
  std::vector<float> input(x, x + of.inputs);
  std::memcpy(a, fann_run(of.net, input.data()), of.outputs * sizeof(float));
}

void Destroy(void* network) {
  auto* of = static_cast<Network*>(network);
  if (of->step != nullptr) fann_destroy_train(of->step);
  fann_destroy(of->net);
  delete of;
}

}  // namespace

LANEGRAD_TRAINING_PEER {
  static const lanegrad::TrainingPeer peer = {"FANN 2.2.0", &Make,    &Load,
                                              &Train,       &Predict, &Destroy};
  return &peer;
}
