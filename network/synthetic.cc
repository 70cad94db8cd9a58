// SPDX-License-Identifier: Apache-2.0
#include "network/synthetic.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <vector>

#include "kernels/catalogue.h"
#include "kernels/op_list.h"
#include "kernels/random.h"
#include "network/idx.h"

namespace lanegrad {
namespace {

struct Point {
  double x, y;
};

// The point of the unit circle after so many turns: (cos 2 pi t, sin 2 pi t), from
// + - * alone, because the C library's differ from machine to machine. Turns are
// cut to an eighth exactly; Taylor series to the 15th power leave 2^-52 there.
Point Turn(double turns) {
  const double quarters = std::floor(4.0 * turns + 0.5);
  const double angle = (turns - quarters / 4.0) * 6.283185307179586;
  const double square = angle * angle;
  double sine = 0.0, cosine = 0.0;
  for (int n = 15; n >= 1; n -= 2) sine = 1.0 - sine * square / ((n + 1) * (n + 2.0));
  for (int n = 14; n >= 0; n -= 2) cosine = 1.0 - cosine * square / ((n + 1) * (n + 2.0));
  sine *= angle;
  switch (static_cast<long>(quarters) & 3) {
    case 0:
      return {cosine, sine};
    case 1:
      return {-sine, cosine};
    case 2:
      return {-cosine, -sine};
    default:
      return {sine, -cosine};
  }
}

// Labels in turn, so that classes are equal; `place` says where a sample of a
// label lies before noise.
template <class Place>
Samples MakeSamples(std::size_t count, std::size_t classes, float noise, RandomStream random,
                    Place place) {
  Samples samples;
  samples.count = count;
  samples.features = 2;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t label = i % classes;
    const Point point = place(label, random);
    samples.labels.push_back(static_cast<std::uint8_t>(label));
    samples.values.push_back(static_cast<float>(point.x) + noise * random.Normal());
    samples.values.push_back(static_cast<float>(point.y) + noise * random.Normal());
  }
  return samples;
}

template <class Place>
Dataset MakeSet(std::string_view name, const SyntheticSettings& s, std::size_t classes,
                Place place) {
  Dataset data;
  data.name = name;
  data.source = fmt::format("{} with {} + {} samples, seed {}, noise {}", name, s.train, s.test,
                            s.seed, s.noise);
  data.classes = classes;
  data.train =
      MakeSamples(s.train, classes, s.noise, RandomStream(s.seed, Stream::kData, 0), place);
  data.test = MakeSamples(s.test, classes, s.noise, RandomStream(s.seed, Stream::kData, 1), place);
  SetChecksum(data);
  return data;
}

/// Four clusters at the corners of a square; the label is whether the signs differ.
struct Xor {
  static Dataset Make(const SyntheticSettings& s) {
    return MakeSet("xor", s, 2, [](std::size_t label, RandomStream& random) -> Point {
      const double x = random.Below(2) == 0 ? -1.0 : 1.0;
      return {x, label == 0 ? x : -x};
    });
  }
  static constexpr SyntheticInfo kInfo = {"xor", "four clusters: do the signs differ?", &Make,
                                          "3d7bac2b832201dba3242197a7631b1b"};
};

/// Two half circles, one inside the reach of the other.
struct Moons {
  static Dataset Make(const SyntheticSettings& s) {
    return MakeSet("moons", s, 2, [](std::size_t label, RandomStream& random) -> Point {
      const Point arc = Turn(0.5 * static_cast<double>(random.Uniform()));
      return label == 0 ? arc : Point{1.0 - arc.x, 0.5 - arc.y};
    });
  }
  static constexpr SyntheticInfo kInfo = {"moons", "two half circles, interleaved", &Make,
                                          "a9fc718f3076d2c52d4775c66f334409"};
};

/// Two spirals of one and a half turns.
struct Spirals {
  static Dataset Make(const SyntheticSettings& s) {
    return MakeSet("spirals", s, 2, [](std::size_t label, RandomStream& random) -> Point {
      const double t = 0.1 + 0.9 * static_cast<double>(random.Uniform());
      const Point arc = Turn(1.5 * t + 0.5 * static_cast<double>(label));
      return {2.0 * t * arc.x, 2.0 * t * arc.y};
    });
  }
  static constexpr SyntheticInfo kInfo = {"spirals", "two spirals of one and a half turns", &Make,
                                          "fb86a9ff43d4c5129f8ae191db483983"};
};

/// Five clusters round a circle.
struct Blobs {
  static Dataset Make(const SyntheticSettings& s) {
    return MakeSet("blobs", s, 5, [](std::size_t label, RandomStream&) -> Point {
      return Turn(static_cast<double>(label) / 5.0);
    });
  }
  static constexpr SyntheticInfo kInfo = {"blobs", "five clusters round a circle", &Make,
                                          "513c006a0892ad173e86c58ab737cc7d"};
};

/// Every generator there is.
using SyntheticList = OpList<Xor, Moons, Spirals, Blobs>;

constexpr auto kCatalogue = Tabulate(SyntheticList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const SyntheticInfo> SyntheticSets() { return kCatalogue; }

Dataset LoadData(std::string_view data, const SyntheticSettings& settings) {
  std::vector<std::string_view> names;
  for (const SyntheticInfo& info : kCatalogue) {
    if (info.name == data) return info.make(settings);
    names.push_back(info.name);
  }
  std::error_code ignored;
  if (data.find('/') == data.npos && !std::filesystem::exists(data, ignored)) {
    const std::string_view nearest = NearestName(data, names);
    throw DataError(fmt::format("no data '{}': neither a directory nor a synthetic set{}", data,
                                nearest.empty() ? fmt::format(" ({})", fmt::join(names, ", "))
                                                : fmt::format("; did you mean '{}'?", nearest)));
  }
  return ReadIdxDirectory(data);
}

}  // namespace lanegrad
