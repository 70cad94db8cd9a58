// SPDX-License-Identifier: Apache-2.0
// What is measured of maps: whether they are right, what they point at, what they depend on.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "experiments/cli/interrupt.h"
#include "experiments/explanations/deletion.h"
#include "experiments/explanations/measures.h"
#include "experiments/explanations/picture_letters.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/side_by_side.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// The first few pictures, for what is slow.
Pictures FirstOf(const Pictures& all, std::size_t count) {
  Pictures few = {.width = all.width,
                  .height = all.height,
                  .x = Matrix(count, all.pixels()),
                  .reference = all.reference};
  for (std::size_t p = 0; p < count; ++p) {
    for (std::size_t i = 0; i < all.pixels(); ++i) few.x(p, i) = all.x(p, i);
  }
  return few;
}

std::vector<std::uint8_t> Decide(const Network& network, const Pictures& pictures) {
  return DecisionsOf(OutputsOf(network, pictures.x.view()).view());
}

// The pictures with every pixel a little lighter or darker, at random.
Pictures ChangedALittle(const Pictures& pictures, std::uint64_t seed) {
  Pictures changed = pictures;
  RandomStream random(seed, Stream::kNoise, std::uint64_t{1} << 40);
  for (std::size_t p = 0; p < pictures.count(); ++p) {
    for (std::size_t i = 0; i < pictures.pixels(); ++i) {
      const float change = random.Below(2) == 0 ? kTinyChange : -kTinyChange;
      changed.x(p, i) = std::clamp(pictures.x(p, i) + change, 0.0f, 1.0f);
    }
  }
  return changed;
}

// Means over the pictures that count.
struct LikenessOfMaps {
  double correlation = 0.0, top = 0.0, counted = 0.0;
};

// A list of likenesses, a pair of twins each, and of the share of pictures that count.
struct Compared {
  const char* name;
  std::vector<double> correlation, top, counted;
};

LikenessOfMaps Compare(const std::vector<PixelMap>& a, const std::vector<PixelMap>& b,
                       const std::function<bool(std::size_t)>& counts) {
  LikenessOfMaps sum;
  for (std::size_t p = 0; p < a.size(); ++p) {
    if (!counts(p)) continue;
    sum.counted += 1.0;
    sum.correlation += Likeness(a[p], b[p]);
    sum.top += SharedTop(a[p], b[p], kTop);
  }
  const double n = std::max(sum.counted, 1.0);
  return {sum.correlation / n, sum.top / n, sum.counted / static_cast<double>(a.size())};
}

}  // namespace

void MeasureCheck(ExplainedNetworks& networks, Measurement& row) {
  const TrainedNetworks& plain = networks.Of(Recipe::kPlain);
  if (InterruptRequested()) return;  // some networks may be missing
  const Pictures& all = networks.pictures();
  const Pictures few = FirstOf(all, 1);
  std::vector<double> errors(networks.pairs()), gaps(networks.pairs());
  SideBySide(networks.pairs(), networks.effort().search.threads, [&](std::size_t i) {
    const Network& network = plain.networks[i];
    errors[i] = GradientError(network, few, Decide(network, few));
    const std::vector<std::uint8_t> decisions = Decide(network, all);
    const std::vector<double> each = CompletenessGaps(
        network, all, decisions, Explain(MapKind::kIntegrated, network, all, decisions));
    gaps[i] = *std::max_element(each.begin(), each.end());
  });
  SetNumbers(row.values, "gradient_error", errors);
  SetNumbers(row.values, "completeness_gap", gaps);
}

void MeasureDeletion(ExplainedNetworks& networks, std::string_view map, Measurement& row) {
  const TrainedNetworks& plain = networks.Of(Recipe::kPlain);
  const Pictures& pictures = networks.pictures();
  if (InterruptRequested()) return;  // some networks may be missing
  const std::size_t pairs = networks.pairs();
  std::vector<std::vector<double>> kept(pairs), foreign(pairs);
  SideBySide(pairs, networks.effort().search.threads, [&](std::size_t i) {
    const Network& network = plain.networks[i];
    const std::vector<std::uint8_t> decisions = Decide(network, pictures);
    const auto keep = [&](const Network& mapped, std::uint64_t seed) {
      std::vector<std::vector<std::uint32_t>> orders;
      for (std::size_t p = 0; p < pictures.count(); ++p) {
        orders.push_back(RandomOrder(pictures.pixels(), seed, p));
      }
      for (const MapKindInfo& info : kMapKinds) {
        if (info.name != map) continue;
        orders.clear();
        for (const PixelMap& each : Explain(info.kind, mapped, pictures, decisions)) {
          orders.push_back(ByImportance(each));
        }
      }
      return DecisionsKept(network, pictures, decisions, orders, kDeleted);
    };
    kept[i] = keep(network, SeedOfNetwork(i));
    foreign[i] = keep(plain.networks[pairs + i], SeedOfNetwork(pairs + i));
  });
  for (std::size_t k = 0; k < std::size(kDeleted); ++k) {
    std::vector<double> by_own, by_twin;
    for (std::size_t i = 0; i < pairs; ++i) {
      by_own.push_back(kept[i][k]);
      by_twin.push_back(foreign[i][k]);
    }
    SetNumbers(row.values, fmt::format("kept_{}", kDeleted[k]), by_own);
    SetNumbers(row.values, fmt::format("kept_by_twin_{}", kDeleted[k]), by_twin);
  }
}

void MeasureLikeness(ExplainedNetworks& networks, const MapKindInfo& kind, Measurement& row) {
  const Pictures& pictures = networks.pictures();
  const std::size_t pairs = networks.pairs();
  const auto& plain = networks.Of(Recipe::kPlain).networks;
  const auto& decayed = networks.Of(Recipe::kDecayed).networks;
  const auto& few = networks.Of(Recipe::kFew).networks;
  const auto& random_labels = networks.Of(Recipe::kRandomLabels).networks;
  if (InterruptRequested()) return;  // some networks may be missing
  const Settings settings = SettingsOf(networks.effort(), Recipe::kPlain);
  std::vector<Compared> all;
  for (const char* name : {"twin", "tiny_change", "redrawn_1", "redrawn_2", "redrawn_3",
                           "decayed_twin", "few_twin", "random_labels"}) {
    all.push_back(
        {name, std::vector<double>(pairs), std::vector<double>(pairs), std::vector<double>(pairs)});
  }
  SideBySide(pairs, networks.effort().search.threads, [&](std::size_t i) {
    std::size_t at = 0;
    const auto keep = [&](const LikenessOfMaps& found) {
      all[at].correlation[i] = found.correlation;
      all[at].top[i] = found.top;
      all[at++].counted[i] = found.counted;
    };
    // [likeness]
    // Two networks, by the pictures on which they agree.
    const auto twins = [&](const Network& a, const Network& b) {
      const std::vector<std::uint8_t> ours = Decide(a, pictures), theirs = Decide(b, pictures);
      keep(Compare(Explain(kind.kind, a, pictures, ours), Explain(kind.kind, b, pictures, ours),
                   [&](std::size_t p) { return ours[p] == theirs[p]; }));
    };
    const auto always = [](std::size_t) { return true; };
    const Network& network = plain[i];
    const std::vector<std::uint8_t> decisions = Decide(network, pictures);
    const std::vector<PixelMap> maps = Explain(kind.kind, network, pictures, decisions);
    twins(network, plain[pairs + i]);
    const Pictures changed = ChangedALittle(pictures, SeedOfNetwork(i));
    const std::vector<std::uint8_t> still = Decide(network, changed);
    keep(Compare(maps, Explain(kind.kind, network, changed, decisions),
                 [&](std::size_t p) { return still[p] == decisions[p]; }));
    for (std::size_t layers = 1; layers <= 3; ++layers) {
      const Network redrawn =
          Redrawn(network, settings, networks.data(), layers, SeedOfNetwork(i) + 1000 * layers);
      keep(Compare(maps, Explain(kind.kind, redrawn, pictures, decisions), always));
    }
    twins(decayed[i], decayed[pairs + i]);
    // Beside a twin, and beside one that differs from that twin in nothing but its labels.
    const std::vector<std::uint8_t> of_few = Decide(few[i], pictures);
    const std::vector<PixelMap> true_maps = Explain(kind.kind, few[i], pictures, of_few);
    keep(Compare(true_maps, Explain(kind.kind, few[pairs + i], pictures, of_few), always));
    keep(
        Compare(true_maps, Explain(kind.kind, random_labels[pairs + i], pictures, of_few), always));
    // [likeness]
  });
  for (const Compared& each : all) {
    SetNumbers(row.values, each.name, each.correlation);
    SetNumbers(row.values, fmt::format("{}_top", each.name), each.top);
    SetNumbers(row.values, fmt::format("{}_counted", each.name), each.counted);
  }
}

void MeasureMaps(ExplainedNetworks& networks, Measurement& row) {
  const auto& plain = networks.Of(Recipe::kPlain).networks;
  if (InterruptRequested()) return;  // some networks may be missing
  const Pictures few = FirstOf(networks.pictures(), kShownPictures);
  const Network* both[] = {&plain[0], &plain[networks.pairs()]};
  const std::vector<std::uint8_t> decisions = Decide(plain[0], few);
  for (std::size_t p = 0; p < few.count(); ++p) {
    std::vector<double> pixels(few.pixels());
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = few.x(p, i);
    row.values.Set(fmt::format("picture_{}", p + 1), PictureLetters(pixels, 0.0, 1.0));
    row.values.Set(fmt::format("decision_{}", p + 1), networks.data().class_names[decisions[p]]);
  }
  for (std::size_t which : {0u, 1u}) {
    for (const MapKindInfo& info : kMapKinds) {
      if (info.kind == MapKind::kContrast) continue;
      const std::vector<PixelMap> maps = Explain(info.kind, *both[which], few, decisions);
      for (std::size_t p = 0; p < maps.size(); ++p) {
        row.values.Set(fmt::format("{}_{}_{}", info.name, which + 1, p + 1),
                       PictureLetters(OverLargest(maps[p]), -1.0, 1.0));
      }
    }
  }
}

}  // namespace lanegrad
