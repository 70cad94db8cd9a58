// SPDX-License-Identifier: Apache-2.0
//
// Reading data: IDX files of ten thousand made-up pictures, from memory, from a plain file and
// through gzip. The files are written to the directory for temporary files and removed. An
// element is a byte of a picture.
#include <fmt/format.h>
#include <stdlib.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "bench/suite.h"
#include "kernels/random.h"
#include "network/idx.h"

namespace lanegrad {
namespace {

constexpr std::size_t kPictures = 10000, kPixels = 784;

// Half of the pixels dark, as in pictures of clothes, the rest random: gzip finds something to
// do, and not too much.
const std::vector<std::uint8_t>& Content() {
  static const std::vector<std::uint8_t> content = [] {
    std::vector<std::uint8_t> all = {0, 0, 8, 3};
    for (const std::size_t size : {kPictures, std::size_t{28}, std::size_t{28}}) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        all.push_back(static_cast<std::uint8_t>(size >> shift));
      }
    }
    RandomStream random(1, Stream::kData);
    for (std::size_t i = 0; i < kPictures * kPixels; ++i) {
      const std::size_t column = i % 28;
      const bool dark = column < 7 || column >= 21;
      all.push_back(dark ? 0 : static_cast<std::uint8_t>(random.Word() >> 26));
    }
    return all;
  }();
  return content;
}

// A file of that content, while it lives.
class TemporaryFile {
 public:
  explicit TemporaryFile(bool compressed) {
    std::string pattern = (std::filesystem::temp_directory_path() / "lanegrad-idx-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error(pattern + ": not made");
    directory_ = pattern;
    const auto size = static_cast<unsigned>(Content().size());
    if (compressed) {
      gzFile file = ::gzopen(path().c_str(), "wb6");
      const bool written = file != nullptr && ::gzwrite(file, Content().data(), size) > 0;
      if (::gzclose(file) != Z_OK || !written) throw std::runtime_error(path().string());
    } else {
      std::ofstream file(path(), std::ios::binary);
      file.write(reinterpret_cast<const char*>(Content().data()), size);
      if (!file.flush()) throw std::runtime_error(path().string());
    }
  }
  ~TemporaryFile() { std::filesystem::remove_all(directory_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::filesystem::path path() const { return directory_ / "images"; }

 private:
  std::filesystem::path directory_;
};

void RegisterReading(const std::string& name,
                     const std::function<std::vector<std::uint8_t>()>& read) {
  RegisterPortable(
      name, fmt::format("{}x{}", kPictures, kPixels),
      [=] {
        auto images = std::make_shared<IdxArray>();
        const double bytes = static_cast<double>(kPictures * kPixels);
        return Subject{
            .work = {.elements = bytes, .read_bytes = bytes, .written_bytes = bytes},
            .run = [=] { *images = ParseIdx(read(), 3, "images"); },
            .result =
                [=] { return std::vector<double>(images->bytes.begin(), images->bytes.end()); }};
      },
      [](const std::vector<double>& is) {
        return std::equal(is.begin(), is.end(), Content().begin() + 16, Content().end());
      });
}

const bool kRegistered = [] {
  RegisterReading("decode/memory", [] { return Content(); });
  for (const bool compressed : {false, true}) {
    // Written when it is first needed; removed with the last who can read it.
    auto file = std::make_shared<std::unique_ptr<TemporaryFile>>();
    RegisterReading(compressed ? "decode/gzip" : "decode/file", [=] {
      if (!*file) *file = std::make_unique<TemporaryFile>(compressed);
      return ReadMaybeGzip((*file)->path());
    });
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
