// SPDX-License-Identifier: Apache-2.0
#include "bench/peers/modules.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace lanegrad {

namespace {

namespace fs = std::filesystem;

// What a module's file name ends with, and the instruction set that it is for; the widest first.
struct Instructions {
  std::string_view ending, target;
  bool available;
};
std::vector<Instructions> AllInstructions() {
  return {{"_avx512f", "AVX3", __builtin_cpu_supports("avx512f") > 0},
          {"_avx2", "AVX2", __builtin_cpu_supports("avx2") > 0}};
}

// The second module of a library has everything that it needs to itself: oneDNN chooses its
// instructions once, for all who share its variables.
void* Open(const fs::path& file, bool first) {
  void* module = first ? ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)
                       : ::dlmopen(LM_ID_NEWLM, file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) fmt::print(stderr, "peers: {}\n", ::dlerror());
  return module;
}

}  // namespace

std::vector<LoadedPeer> LoadPeers() {
  std::set<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(
           fs::read_symlink("/proc/self/exe").parent_path() / "peer_modules", none)) {
    files.insert(entry.path());
  }
  std::vector<LoadedPeer> loaded;
  std::map<std::string, std::string_view> last;  // by library, the instructions loaded last
  const auto load = [&](const fs::path& file, std::string_view target) {
    const std::string stem = file.stem();
    std::string_view& before = last[stem.substr(0, stem.find('_'))];
    if (before == target) return;
    void* module = Open(file, before.empty());
    before = target;
    if (module == nullptr) return;
    loaded.push_back({reinterpret_cast<const Peer* (*)()>(::dlsym(module, "LanegradPeer"))(),
                      std::string(target)});
  };
  bool widest = true;
  for (const Instructions& each : AllInstructions()) {
    if (!each.available) continue;
    for (const fs::path& file : files) {
      const std::string stem = file.stem();
      const bool any = stem.find('_') == stem.npos;
      if (any ? widest : stem.ends_with(each.ending)) load(file, each.target);
    }
    widest = false;
  }
  return loaded;
}

std::vector<const Peer*> WidestOf(const std::vector<LoadedPeer>& loaded) {
  std::vector<const Peer*> widest;
  for (const LoadedPeer& each : loaded) {
    if (each.target == loaded.front().target) widest.push_back(each.peer);
  }
  return widest;
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
