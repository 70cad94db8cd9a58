// SPDX-License-Identifier: Apache-2.0
//
// dlib, without its trainer, which has a thread of its own: gradients and updates by hand. Its
// networks are types, so there is one of two layers and one of three.
#include <dlib/dnn.h>

#include <algorithm>
#include <memory>

#include "bench/peers/training_peer.h"

namespace {

using Sample = dlib::matrix<float, 0, 1>;
using Two = dlib::loss_mean_squared_multioutput<
    dlib::sig<dlib::fc<1, dlib::sig<dlib::fc<1, dlib::input<Sample>>>>>>;
using Three = dlib::loss_mean_squared_multioutput<
    dlib::sig<dlib::fc<1, dlib::sig<dlib::fc<1, dlib::sig<dlib::fc<1, dlib::input<Sample>>>>>>>>;

// What the two have in common.
struct Network {
  std::vector<Sample> x, y;
  std::size_t inputs = 0, outputs = 0;
  virtual ~Network() = default;
  virtual void Step(const std::vector<Sample>& x_step, const std::vector<Sample>& y_step,
                    double rate) = 0;
  virtual Sample Predict(const Sample& sample) = 0;
};

template <class Net>
struct NetworkOf final : Network {
  Net net;
  std::vector<dlib::sgd> solvers =
      std::vector<dlib::sgd>(Net::num_computational_layers, dlib::sgd(0.0f, 0.0f));
  dlib::resizable_tensor tensor;

  void Step(const std::vector<Sample>& x_step, const std::vector<Sample>& y_step,
            double rate) override {
    net.to_tensor(x_step.begin(), x_step.end(), tensor);
    net.compute_parameter_gradients(tensor, y_step.begin());
    net.update_parameters(dlib::make_sstack(solvers), rate);
  }
  Sample Predict(const Sample& sample) override { return net(sample); }
};

// Layer `place` of a fully connected one, counted from the loss, gets `outputs` outputs.
template <class Layer>
void Fill(Layer& layer, const float* weights, const float* biases, std::size_t in,
          std::size_t out) {
  float* to = layer.layer_details().get_layer_params().host();
  std::copy_n(weights, in * out, to);
  std::copy_n(biases, out, to + in * out);
}

void* Make(const lanegrad::InitialNetwork& from) {
  const auto size = [&](std::size_t l) { return static_cast<long>(from.sizes[l]); };
  Sample nothing(size(0));
  nothing = 0.0f;
  std::unique_ptr<Network> made;
  if (from.layers == 2) {
    auto of = std::make_unique<NetworkOf<Two>>();
    dlib::layer<2>(of->net).layer_details().set_num_outputs(size(2));
    dlib::layer<4>(of->net).layer_details().set_num_outputs(size(1));
    of->net(nothing);  // allocates
    Fill(dlib::layer<2>(of->net), from.weights[1], from.biases[1], from.sizes[1], from.sizes[2]);
    Fill(dlib::layer<4>(of->net), from.weights[0], from.biases[0], from.sizes[0], from.sizes[1]);
    made = std::move(of);
  } else if (from.layers == 3) {
    auto of = std::make_unique<NetworkOf<Three>>();
    dlib::layer<2>(of->net).layer_details().set_num_outputs(size(3));
    dlib::layer<4>(of->net).layer_details().set_num_outputs(size(2));
    dlib::layer<6>(of->net).layer_details().set_num_outputs(size(1));
    of->net(nothing);
    Fill(dlib::layer<2>(of->net), from.weights[2], from.biases[2], from.sizes[2], from.sizes[3]);
    Fill(dlib::layer<4>(of->net), from.weights[1], from.biases[1], from.sizes[1], from.sizes[2]);
    Fill(dlib::layer<6>(of->net), from.weights[0], from.biases[0], from.sizes[0], from.sizes[1]);
    made = std::move(of);
  } else {
    return nullptr;
  }
  made->inputs = from.sizes[0];
  made->outputs = from.sizes[from.layers];
  return made.release();
}

std::vector<Sample> Samples(std::size_t count, std::size_t size, const float* from) {
  std::vector<Sample> samples(count, Sample(static_cast<long>(size)));
  for (std::size_t i = 0; i < count; ++i) std::copy_n(from + i * size, size, samples[i].begin());
  return samples;
}

void Load(void* network, std::size_t count, const float* x, const float* y) {
  auto& of = *static_cast<Network*>(network);
  of.x = Samples(count, of.inputs, x);
  of.y = Samples(count, of.outputs, y);
}

void Train(void* network, const std::uint32_t* order, std::size_t count, std::size_t batch,
           float rate) {
  auto& of = *static_cast<Network*>(network);
  std::vector<Sample> x(batch), y(batch);
  for (std::size_t first = 0; first < count; first += batch) {
    for (std::size_t r = 0; r < batch; ++r) {
      x[r] = of.x[order[first + r]];
      y[r] = of.y[order[first + r]];
    }
    // Its gradient is that of half the sum over outputs, ours of their mean.
    of.Step(x, y, static_cast<double>(rate) * 2.0 / static_cast<double>(of.outputs));
  }
}

void Predict(void* network, const float* x, float* a) {
  auto& of = *static_cast<Network*>(network);
  const Sample out = of.Predict(Samples(1, of.inputs, x).front());
  std::copy(out.begin(), out.end(), a);
}

void Destroy(void* network) { delete static_cast<Network*>(network); }

}  // namespace

LANEGRAD_TRAINING_PEER {
  static const lanegrad::TrainingPeer peer = {"dlib 19.24", &Make,    &Load,
                                              &Train,       &Predict, &Destroy};
  return &peer;
}
