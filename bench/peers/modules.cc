// SPDX-License-Identifier: Apache-2.0
#include "bench/peers/modules.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

namespace lanegrad {

std::vector<const Peer*> LoadPeers() {
  std::map<std::string, std::string> files;
  const auto directory =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "peer_modules";
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory, none)) {
    const std::string stem = entry.path().stem();
    const bool wide = stem.ends_with("_avx512f"), narrow = stem.ends_with("_avx2");
    if (wide && !__builtin_cpu_supports("avx512f")) continue;
    if (narrow && !__builtin_cpu_supports("avx2")) continue;
    std::string& file = files[stem.substr(0, stem.find('_'))];
    if (file.empty() || wide) file = entry.path();
  }
  std::vector<const Peer*> peers;
  for (const auto& [name, file] : files) {
    void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) {
      fmt::print(stderr, "peers: {}\n", ::dlerror());
      continue;
    }
    peers.push_back(reinterpret_cast<const Peer* (*)()>(::dlsym(module, "LanegradPeer"))());
  }
  return peers;
}

void StartWithOneThreadEach(char** argv) {
  if (std::getenv("LANEGRAD_PEERS_STARTED") != nullptr) return;
  ::setenv("LANEGRAD_PEERS_STARTED", "1", 1);
  for (const char* name : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS"}) {
    ::setenv(name, "1", 1);
  }
  if (__builtin_cpu_supports("avx512f")) {
    ::setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
    ::setenv("BLIS_ARCH_TYPE", "skx", 0);
  }
  ::execv("/proc/self/exe", argv);
}

}  // namespace lanegrad
