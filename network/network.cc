// SPDX-License-Identifier: Apache-2.0
#include "network/network.h"

#include "kernels/gemm.h"
#include "kernels/reduce.h"
#include "kernels/tiny.h"
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

Network::Network(std::span<const std::size_t> sizes, std::span<const Activation> hidden,
                 Output output)
    : head_(output.head) {
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
    const bool last = l + 2 == sizes.size();
    layers_.push_back({.weights = Matrix(sizes[l], sizes[l + 1]),
                       .bias = Array(PanelCount(sizes[l + 1]) * kPanel),
                       .activation = last ? output.activation : hidden[l],
                       .weight_states = {},
                       .bias_states = {}});
  }
}

void Network::Initialize(std::span<const Initializer> initializers, std::uint64_t seed) {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    lanegrad::Initialize(initializers[l], RandomStream(seed, Stream::kWeights, l),
                         layers_[l].weights.view());
  }
}

void Network::InitializeBiases(Initializer initializer, std::uint64_t seed) {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const RandomStream random(seed, Stream::kWeights, std::uint64_t{1} << 32 | l);
    InitializeBias(initializer, random, layers_[l].in(),
                   std::span(layers_[l].bias.data(), layers_[l].out()));
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

namespace {

// Whether the members of a team share a matrix of so many columns by panels. Each then
// reads and writes weights that no other touches, and they stay in its own cache; dealt
// out by samples instead, each reads all weights, and every step half of them (of two)
// come from where another has changed them: 512 x 512 at batch 128 took 1.27 times as
// long (Sapphire Rapids). By samples where panels are too few to be shared evenly.
bool ByPanels(std::size_t columns, const Member& member) {
  const std::size_t panels = PanelCount(columns), most = (panels + member.parts - 1) / member.parts;
  return member.parts > 1 && 8 * most * member.parts <= 9 * panels;
}

// The part of a matrix of `count` rows that a member computes.
struct Share {
  Share(std::size_t count, std::size_t columns, const Member& member)
      : by_panels(ByPanels(columns, member)), rows{0, count}, panels{0, PanelCount(columns)} {
    Range& cut = by_panels ? panels : rows;
    cut = member.Slice(cut);
  }
  bool by_panels;
  Range rows, panels;
};

}  // namespace

// [forward]
void Network::Forward(ConstPanels x, std::size_t count, Workspace& space, const Member& member,
                      const Dropout* dropout) const {
  bool own_rows_suffice = true;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    const Share share(count, layer.out(), member);
    if (share.by_panels || !own_rows_suffice) member.Wait();
    Multiply(x, Part(layer.weights.view(), share.panels), share.rows,
             Part(space.values[l].view(), share.panels),
             {.bias = layer.bias.data() + share.panels.begin * kPanel,
              .factor = {},
              .sweep = SweepOf(layer.activation),
              .slope = Part(space.slopes[l].view(), share.panels),
              .drop_tiny = l + 1 < layers_.size()});
    own_rows_suffice = !share.by_panels;
    x = space.values[l].view();
    if (dropout == nullptr || l + 1 == layers_.size()) continue;
    if (!own_rows_suffice) member.Wait();
    Drop(*dropout, l, member.Slice({0, count}), space.values[l].view(), space.slopes[l].view());
    own_rows_suffice = true;
  }
  if (!own_rows_suffice) member.Wait();
  if (head_) Apply(*head_, member.Slice({0, count}), space.values.back().view());
}
// [forward]

void Network::Evaluate(Loss loss, ConstPanels y, Range rows, double scale, double* losses,
                       Workspace& space) const {
  const bool back = !space.deltas.empty();
  // The slope of the identity is 1: the loss need not multiply by it.
  const bool plain = layers_.back().activation.info().is_identity;
  lanegrad::Evaluate(loss, space.values.back().view(), y, rows, scale, losses,
                     plain ? ConstPanels() : ConstPanels(space.slopes.back().view()),
                     back ? space.deltas.back().view() : Panels());
  if (back && head_)
    lanegrad::Backward(*head_, space.values.back().view(), rows, space.deltas.back().view());
}

// [backward]
void Network::Backward(std::size_t count, Workspace& space, const Member& member) const {
  DropTiny(member.Slice({0, count}), space.deltas.back().view());
  bool own_rows_suffice = true;
  for (std::size_t l = layers_.size() - 1; l > 0; --l) {
    const Share share(count, layers_[l].in(), member);
    if (share.by_panels || !own_rows_suffice) member.Wait();
    MultiplyByTransposed(
        space.deltas[l].view(), layers_[l].weights.view(), share.rows, share.panels,
        space.deltas[l - 1].view(),
        {.bias = nullptr, .factor = space.slopes[l - 1].view(), .sweep = {}, .slope = {}});
    own_rows_suffice = !share.by_panels;
  }
}
// [backward]

void Network::Update(Optimizer optimizer, const StepScalars& scalars, ConstPanels x,
                     std::size_t count, const Workspace& space, const Member& member,
                     const RowsAhead& ahead) {
  const OptimizerSweep step = SweepOf(optimizer);
  // A bias is not shrunk: it says where a unit bends, not how strongly.
  StepScalars of_bias = scalars;
  of_bias.l1 = of_bias.l2 = of_bias.weight_decay = 0.0f;
  // Last to first: the way back has ended with the second layer's weights, and the next step
  // begins with those of the first.
  for (std::size_t l = layers_.size(); l-- > 0;) {
    Layer& layer = layers_[l];
    const ConstPanels left = l == 0 ? x : ConstPanels(space.values[l - 1].view());
    const ConstPanels delta = space.deltas[l].view();
    // Whose columns a layer's weights were forward, his they are here.
    Range inputs = {0, PanelCount(layer.in())}, outputs = {0, PanelCount(layer.out())};
    Range& cut = ByPanels(layer.out(), member) ? outputs : inputs;
    cut = member.Slice(cut);
    UpdateEpilogue update = {.optimizer = optimizer,
                             .scalars = &scalars,
                             .weights = Part(layer.weights.view(), outputs),
                             .states = {},
                             .ahead = l == 0 ? ahead : RowsAhead{}};
    for (std::size_t s = 0; s < layer.weight_states.size(); ++s) {
      update.states[s] = Part(layer.weight_states[s].view(), outputs);
    }
    MultiplyTransposedAndStep(left, Part(delta, outputs), count, inputs, update);

    const Range panels = member.Slice({0, PanelCount(layer.out())});
    for (std::size_t panel = panels.begin; panel < panels.end; ++panel) {
      alignas(64) float sums[kPanel];
      ColumnSums({delta.Row(panel, 0), delta.rows, kPanel}, count, {0, 1}, sums);
      StateArrays state = {};
      for (std::size_t s = 0; s < layer.bias_states.size(); ++s) {
        state[s] = layer.bias_states[s].data() + panel * kPanel;
      }
      step(of_bias, kPanel, sums, layer.bias.data() + panel * kPanel, state);
    }
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
