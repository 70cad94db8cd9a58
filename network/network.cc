// SPDX-License-Identifier: Apache-2.0
#include "network/network.h"

#include "kernels/gemm.h"
#include "kernels/reduce.h"
#include "network/parallel.h"

namespace lanegrad {

Output Output::Named(std::string_view name) {
  for (const HeadInfo& info : Heads()) {
    if (info.name == name) {
      return {.activation = Activation::Named("identity"), .head = Head::Named(name)};
    }
  }
  for (const ActivationInfo& info : Activations()) {
    if (info.name == BareName(name)) return {.activation = Activation::Named(name)};
  }
  throw UnknownName("output activation", name, OutputNames());
}

std::string Output::spelled() const {
  return head ? std::string(head->info().name) : activation.spelled();
}

std::vector<std::string_view> OutputNames() {
  std::vector<std::string_view> names;
  for (const ActivationInfo& info : Activations()) names.push_back(info.name);
  for (const HeadInfo& info : Heads()) names.push_back(info.name);
  return names;
}

bool Accepts(const Loss& loss, const Output& output) {
  return output.head ? loss.info().outputs == Outputs::kAny : loss.Accepts(output.activation);
}

Network::Network(std::span<const std::size_t> sizes, Activation hidden, Output output)
    : head_(output.head) {
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
    const bool last = l + 2 == sizes.size();
    layers_.push_back({.weights = Matrix(sizes[l], sizes[l + 1]),
                       .bias = Array(PanelCount(sizes[l + 1]) * kPanel),
                       .activation = last ? output.activation : hidden,
                       .weight_states = {},
                       .bias_states = {}});
  }
}

void Network::Initialize(Initializer initializer, std::uint64_t seed) {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    lanegrad::Initialize(initializer, RandomStream(seed, Stream::kWeights, l),
                         layer.weights.view());
  }
}

void Network::Prepare(Optimizer optimizer) {
  for (Layer& layer : layers_) {
    layer.weight_states.clear();
    layer.bias_states.clear();
    for (std::size_t s = 0; s < optimizer.info().states; ++s) {
      layer.weight_states.emplace_back(layer.in(), layer.out());
      layer.bias_states.emplace_back(layer.bias.size());
    }
  }
}

std::size_t Network::Parameters() const {
  std::size_t count = 0;
  for (const Layer& layer : layers_) count += (layer.in() + 1) * layer.out();
  return count;
}

double Network::FlopsPerSample() const {
  double flops = 0.0;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const double weights = static_cast<double>(layers_[l].in() * layers_[l].out());
    flops += (l == 0 ? 4.0 : 6.0) * weights;
  }
  return flops;
}

Workspace Network::MakeWorkspace(std::size_t rows, bool training) const {
  Workspace space;
  for (const Layer& layer : layers_) {
    space.values.emplace_back(rows, layer.out());
    space.slopes.emplace_back(rows, layer.out());
    if (training) space.deltas.emplace_back(rows, layer.out());
  }
  return space;
}

// [forward]
void Network::Forward(ConstPanels x, Range rows, Workspace& space, const Dropout* dropout) const {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    Multiply(x, layer.weights.view(), rows, space.values[l].view(),
             {.bias = layer.bias.data(),
              .factor = {},
              .sweep = SweepOf(layer.activation),
              .slope = space.slopes[l].view()});
    if (dropout != nullptr && l + 1 < layers_.size()) {
      Drop(*dropout, l, rows, space.values[l].view(), space.slopes[l].view());
    }
    x = space.values[l].view();
  }
  if (head_) Apply(*head_, rows, space.values.back().view());
}
// [forward]

void Network::Judge(Loss loss, ConstPanels y, Range rows, double scale, double* losses,
                    Workspace& space) const {
  const bool back = !space.deltas.empty();
  // The slope of the identity is 1: the loss need not multiply by it.
  const bool plain = layers_.back().activation.info().name == "identity";
  Evaluate(loss, space.values.back().view(), y, rows, scale, losses,
           plain ? ConstPanels() : ConstPanels(space.slopes.back().view()),
           back ? space.deltas.back().view() : Panels());
  if (back && head_) PullBack(*head_, space.values.back().view(), rows, space.deltas.back().view());
}

// [backward]
void Network::Backward(Range rows, Workspace& space) const {
  for (std::size_t l = layers_.size() - 1; l > 0; --l) {
    MultiplyByTransposed(
        space.deltas[l].view(), layers_[l].weights.view(), rows, space.deltas[l - 1].view(),
        {.bias = nullptr, .factor = space.slopes[l - 1].view(), .sweep = {}, .slope = {}});
  }
}
// [backward]

void Network::Update(Optimizer optimizer, const StepScalars& scalars, ConstPanels x,
                     std::size_t count, const Workspace& space, std::size_t part,
                     std::size_t parts) {
  const OptimizerSweep step = SweepOf(optimizer);
  // A bias is not shrunk: it says where a unit bends, not how strongly.
  StepScalars of_bias = scalars;
  of_bias.l1 = of_bias.l2 = of_bias.shrink = 0.0f;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    const ConstPanels delta = space.deltas[l].view();
    UpdateEpilogue update = {
        .optimizer = optimizer, .scalars = &scalars, .weights = layer.weights.view(), .states = {}};
    for (std::size_t s = 0; s < layer.weight_states.size(); ++s) {
      update.states[s] = layer.weight_states[s].view();
    }
    MultiplyTransposedAndStep(x, delta, count, Slice({0, PanelCount(layer.in())}, part, parts),
                              update);

    const Range panels = Slice({0, PanelCount(layer.out())}, part, parts);
    for (std::size_t panel = panels.begin; panel < panels.end; ++panel) {
      alignas(64) float sums[kPanel];
      ColumnSums({delta.Row(panel, 0), delta.rows, kPanel}, count, {0, 1}, sums);
      StateArrays state = {};
      for (std::size_t s = 0; s < layer.bias_states.size(); ++s) {
        state[s] = layer.bias_states[s].data() + panel * kPanel;
      }
      step(of_bias, kPanel, sums, layer.bias.data() + panel * kPanel, state);
    }
    x = space.values[l].view();
  }
}

void Network::Gradient(ConstPanels x, std::size_t count, const Workspace& space, std::size_t layer,
                       Panels weights, float* bias) const {
  const ConstPanels left = layer == 0 ? x : ConstPanels(space.values[layer - 1].view());
  const ConstPanels delta = space.deltas[layer].view();
  MultiplyTransposed(left, delta, count, {0, PanelCount(weights.rows)}, weights);
  ColumnSums(delta, count, {0, PanelCount(weights.cols)}, bias);
}

void Network::AddTo(Hasher& hasher) const {
  for (const Layer& layer : layers_) {
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) hasher.Add(layer.weights(i, j));
    }
    for (std::size_t j = 0; j < layer.out(); ++j) hasher.Add(layer.bias[j]);
  }
}

bool Network::Finite() const {
  for (const Layer& layer : layers_) {
    if (!AllFinite(layer.weights.view().data, layer.weights.view().size())) return false;
    if (!AllFinite(layer.bias.data(), layer.bias.size())) return false;
  }
  return true;
}

}  // namespace lanegrad
