// SPDX-License-Identifier: Apache-2.0
#include "network/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <bit>
#include <cmath>
#include <new>

namespace lanegrad {
namespace {

std::string Hex128(XXH128_hash_t hash) {
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

// The bytes of an integer, lowest first, whatever the machine's order.
template <class T>
void AddBytes(Hasher& hasher, T value) {
  unsigned char bytes[sizeof(T)];
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    bytes[i] = static_cast<unsigned char>(value >> (8 * i) & 0xff);
  }
  hasher.Add(bytes, sizeof(bytes));
}

}  // namespace

std::string Hash128(std::string_view bytes) {
  return Hex128(XXH3_128bits(bytes.data(), bytes.size()));
}

std::string Hash64(std::string_view bytes) {
  return fmt::format("{:016x}", XXH3_64bits(bytes.data(), bytes.size()));
}

struct Hasher::State {
  XXH3_state_t* xxh;
};

Hasher::Hasher() : state_(std::make_unique<State>(State{XXH3_createState()})) {
  if (state_->xxh == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset(state_->xxh);
}

Hasher::~Hasher() { XXH3_freeState(state_->xxh); }

void Hasher::Add(const void* data, std::size_t bytes) {
  XXH3_128bits_update(state_->xxh, data, bytes);
}

void Hasher::Add(std::string_view text) {
  Add(static_cast<std::uint64_t>(text.size()));
  Add(text.data(), text.size());
}

void Hasher::Add(float value) {
  AddBytes(*this, std::isnan(value) ? 0x7fc00000u : std::bit_cast<std::uint32_t>(value));
}

void Hasher::Add(double value) {
  AddBytes(*this, std::isnan(value) ? std::uint64_t{0x7ff8000000000000}
                                    : std::bit_cast<std::uint64_t>(value));
}

void Hasher::Add(std::uint64_t value) { AddBytes(*this, value); }

std::string Hasher::Hex() const { return Hex128(XXH3_128bits_digest(state_->xxh)); }

}  // namespace lanegrad
