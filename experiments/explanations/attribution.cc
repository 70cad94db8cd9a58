// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/attribution.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "kernels/gemm.h"

namespace lanegrad {
namespace {

void RequirePlainOutputs(const Network& network) {
  if (network.head() || !network.layers().back().activation.info().is_identity) {
    throw std::invalid_argument(
        "an explanation is of outputs before softmax: the last layer must be the identity");
  }
}

// The pictures with what `change(p, i, x)` makes of every pixel.
template <class Change>
Matrix Changed(const Pictures& pictures, const Change& change) {
  Matrix changed(pictures.count(), pictures.pixels());
  for (std::size_t p = 0; p < pictures.count(); ++p) {
    for (std::size_t i = 0; i < pictures.pixels(); ++i) {
      changed(p, i) = change(p, i, pictures.x(p, i));
    }
  }
  return changed;
}

std::vector<PixelMap> MapsOf(const Pictures& pictures) {
  return std::vector<PixelMap>(pictures.count(), PixelMap(pictures.pixels()));
}

double Difference(const Pictures& pictures, std::size_t p, std::size_t i) {
  return double(pictures.x(p, i)) - double(pictures.reference[i]);
}

std::vector<PixelMap> Gradients(const Network& network, const Pictures& pictures,
                                std::span<const std::uint8_t> classes, bool times_difference) {
  Matrix gradients(pictures.count(), pictures.pixels());
  InputGradients(network, pictures.x.view(), classes, gradients.view());
  std::vector<PixelMap> maps = MapsOf(pictures);
  for (std::size_t p = 0; p < maps.size(); ++p) {
    for (std::size_t i = 0; i < pictures.pixels(); ++i) {
      const double gradient = gradients(p, i);
      maps[p][i] = times_difference ? gradient * Difference(pictures, p, i) : std::fabs(gradient);
    }
  }
  return maps;
}

// [integrated]
std::vector<PixelMap> Integrated(const Network& network, const Pictures& pictures,
                                 std::span<const std::uint8_t> classes) {
  std::vector<PixelMap> maps = MapsOf(pictures);
  Matrix gradients(pictures.count(), pictures.pixels());
  for (std::size_t step = 0; step < kPathSteps; ++step) {
    const float part = (static_cast<float>(step) + 0.5f) / static_cast<float>(kPathSteps);
    const Matrix on_the_way = Changed(pictures, [&](std::size_t, std::size_t i, float x) {
      return pictures.reference[i] + part * (x - pictures.reference[i]);
    });
    InputGradients(network, on_the_way.view(), classes, gradients.view());
    for (std::size_t p = 0; p < maps.size(); ++p) {
      for (std::size_t i = 0; i < pictures.pixels(); ++i) maps[p][i] += gradients(p, i);
    }
  }
  for (std::size_t p = 0; p < maps.size(); ++p) {
    for (std::size_t i = 0; i < pictures.pixels(); ++i) {
      maps[p][i] *= Difference(pictures, p, i) / static_cast<double>(kPathSteps);
    }
  }
  return maps;
}
// [integrated]

std::vector<PixelMap> Occluded(const Network& network, const Pictures& pictures,
                               std::span<const std::uint8_t> classes) {
  const Matrix whole = OutputsOf(network, pictures.x.view());
  std::vector<PixelMap> maps = MapsOf(pictures);
  std::vector<double> covered(pictures.pixels());
  for (std::size_t top = 0; top + kPatch <= pictures.height; top += kPatch / 2) {
    for (std::size_t left = 0; left + kPatch <= pictures.width; left += kPatch / 2) {
      const auto inside = [&](std::size_t i) {
        const std::size_t row = i / pictures.width, column = i % pictures.width;
        return row >= top && row < top + kPatch && column >= left && column < left + kPatch;
      };
      const Matrix patched = Changed(pictures, [&](std::size_t, std::size_t i, float x) {
        return inside(i) ? pictures.reference[i] : x;
      });
      const Matrix outputs = OutputsOf(network, patched.view());
      for (std::size_t i = 0; i < pictures.pixels(); ++i) {
        if (!inside(i)) continue;
        covered[i] += 1.0;
        for (std::size_t p = 0; p < maps.size(); ++p) {
          maps[p][i] += double(whole(p, classes[p])) - double(outputs(p, classes[p]));
        }
      }
    }
  }
  for (PixelMap& map : maps) {
    for (std::size_t i = 0; i < map.size(); ++i) map[i] /= std::max(covered[i], 1.0);
  }
  return maps;
}

// The output of one class, in double, by a plain loop.
double PlainOutput(const Network& network, std::vector<double> a, std::size_t c) {
  const std::size_t last = network.layers().size() - 1;
  for (std::size_t l = 0; l <= last; ++l) {
    const Layer& layer = network.layers()[l];
    std::vector<double> z(layer.out());
    for (std::size_t j = 0; j < layer.out(); ++j) z[j] = layer.bias[j];
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) z[j] += a[i] * double(layer.weights(i, j));
    }
    if (l < last) {
      for (double& each : z) each = each > 0.0 ? each : 0.0;
    }
    a = std::move(z);
  }
  return a[c];
}

}  // namespace

Matrix OutputsOf(const Network& network, ConstPanels x) {
  RequirePlainOutputs(network);
  Workspace space = network.MakeWorkspace(x.rows, false);
  network.Forward(x, x.rows, space);
  return std::move(space.values.back());
}

std::vector<std::uint8_t> DecisionsOf(ConstPanels outputs) {
  std::vector<std::uint8_t> decisions(outputs.rows);
  for (std::size_t p = 0; p < outputs.rows; ++p) {
    for (std::size_t c = 1; c < outputs.cols; ++c) {
      if (outputs.At(p, c) > outputs.At(p, decisions[p])) {
        decisions[p] = static_cast<std::uint8_t>(c);
      }
    }
  }
  return decisions;
}

// [input-gradients]
void BackFromOutputs(const Network& network, ConstPanels x, std::span<const std::uint8_t> classes,
                     Workspace& space) {
  RequirePlainOutputs(network);
  network.Forward(x, classes.size(), space);
  // dz_c/dz is 1 in place c and 0 elsewhere: the error signal to begin with.
  const Panels last = space.deltas.back().view();
  for (std::size_t p = 0; p < classes.size(); ++p) {
    for (std::size_t c = 0; c < last.cols; ++c) last.At(p, c) = c == classes[p] ? 1.0f : 0.0f;
  }
  network.Backward(classes.size(), space);
}

void InputGradients(const Network& network, ConstPanels x, std::span<const std::uint8_t> classes,
                    Panels gradients) {
  Workspace space = network.MakeWorkspace(x.rows);
  BackFromOutputs(network, x, classes, space);
  // Forward:   z_1 = x W_1 + b_1
  // Hence:     dz_c/dx = delta_1 W_1^T
  MultiplyByTransposed(space.deltas.front().view(), network.layers().front().weights.view(),
                       {0, x.rows}, {0, PanelCount(x.cols)}, gradients);
}
// [input-gradients]

std::vector<PixelMap> Explain(MapKind kind, const Network& network, const Pictures& pictures,
                              std::span<const std::uint8_t> classes) {
  switch (kind) {
    case MapKind::kGradient:
      return Gradients(network, pictures, classes, false);
    case MapKind::kTimesDifference:
      return Gradients(network, pictures, classes, true);
    case MapKind::kIntegrated:
      return Integrated(network, pictures, classes);
    case MapKind::kOcclusion:
      return Occluded(network, pictures, classes);
    case MapKind::kContrast:
      break;
  }
  std::vector<PixelMap> maps = MapsOf(pictures);
  for (std::size_t p = 0; p < maps.size(); ++p) {
    for (std::size_t i = 0; i < pictures.pixels(); ++i) {
      maps[p][i] = std::fabs(Difference(pictures, p, i));
    }
  }
  return maps;
}

std::vector<double> CompletenessGaps(const Network& network, const Pictures& pictures,
                                     std::span<const std::uint8_t> classes,
                                     std::span<const PixelMap> integrated) {
  const Matrix at_x = OutputsOf(network, pictures.x.view());
  const Matrix references =
      Changed(pictures, [&](std::size_t, std::size_t i, float) { return pictures.reference[i]; });
  const Matrix at_r = OutputsOf(network, references.view());
  std::vector<double> gaps;
  for (std::size_t p = 0; p < pictures.count(); ++p) {
    double sum = 0.0;
    for (const double each : integrated[p]) sum += each;
    const double whole = double(at_x(p, classes[p])) - double(at_r(p, classes[p]));
    gaps.push_back(std::fabs(sum - whole) / std::max(1.0, std::fabs(whole)));
  }
  return gaps;
}

double GradientError(const Network& network, const Pictures& pictures,
                     std::span<const std::uint8_t> classes) {
  // Between two bends the network is linear, so that any step will do that crosses none; a tiny one
  // seldom does.
  constexpr double kStep = 1e-7;
  Matrix gradients(pictures.count(), pictures.pixels());
  InputGradients(network, pictures.x.view(), classes, gradients.view());
  double largest = 0.0, error = 0.0;
  for (std::size_t p = 0; p < pictures.count(); ++p) {
    std::vector<double> x(pictures.pixels());
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = pictures.x(p, i);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double here = x[i];
      x[i] = here + kStep;
      const double above = PlainOutput(network, x, classes[p]);
      x[i] = here - kStep;
      const double below = PlainOutput(network, x, classes[p]);
      x[i] = here;
      const double gradient = gradients(p, i);
      largest = std::max(largest, std::fabs(gradient));
      error = std::max(error, std::fabs((above - below) / (2.0 * kStep) - gradient));
    }
  }
  return error / largest;
}

}  // namespace lanegrad
