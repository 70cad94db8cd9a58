// SPDX-License-Identifier: Apache-2.0
#include "network/idx.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <system_error>

#include "network/device.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// No data set of bytes is larger; a header that says so is damaged.
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 36;

std::size_t BigEndian(std::span<const std::uint8_t> four) {
  return std::size_t{four[0]} << 24 | std::size_t{four[1]} << 16 | std::size_t{four[2]} << 8 |
         std::size_t{four[3]};
}

// Room for `count` bytes, on large pages if the system gives them to who asks: samples are
// gathered from anywhere, and a set in pages of 4 KB has more of them than a processor keeps
// the addresses of. A hint, so nothing depends on the answer.
void ReserveOnLargePages(std::vector<std::uint8_t>& bytes, std::size_t count) {
  bytes.reserve(count);
#ifdef MADV_HUGEPAGE
  constexpr std::size_t kWorthIt = std::size_t{1} << 23;  // 2048 pages of 4 KB
  if (count < kWorthIt) return;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t past = reinterpret_cast<std::uintptr_t>(bytes.data()) % page;
  ::madvise(bytes.data() + (page - past) % page, count - page, MADV_HUGEPAGE);
#endif
}

struct Loaded {
  Samples samples;
  std::size_t width, height;
};

Loaded Load(const fs::path& directory, std::string_view set) {
  const fs::path image_path = FindIdxFile(directory, set, "images");
  const fs::path label_path = FindIdxFile(directory, set, "labels");
  IdxArray images = ParseIdx(ReadMaybeGzip(image_path), 3, image_path.string());
  IdxArray labels = ParseIdx(ReadMaybeGzip(label_path), 1, label_path.string());
  if (images.shape[0] != labels.shape[0]) {
    throw DataError(fmt::format("{} has {} images but {} has {} labels; they must be as many",
                                image_path.string(), images.shape[0], label_path.string(),
                                labels.shape[0]));
  }
  return {.samples = {.count = images.shape[0],
                      .features = images.shape[1] * images.shape[2],
                      .bytes = std::move(images.bytes),
                      .values = {},
                      .labels = std::move(labels.bytes)},
          .width = images.shape[2],
          .height = images.shape[1]};
}

}  // namespace

IdxArray ParseIdx(std::span<const std::uint8_t> content, std::size_t dimensions,
                  std::string_view name) {
  const std::size_t header = 4 + 4 * dimensions;
  if (content.size() < header) {
    throw DataError(fmt::format("{}: {} bytes are too few for an IDX header of {}", name,
                                content.size(), header));
  }
  const std::uint8_t expected[] = {0, 0, 8, static_cast<std::uint8_t>(dimensions)};
  if (!std::equal(expected, expected + 4, content.begin())) {
    throw DataError(
        fmt::format("{}: magic number {:02x}, expected {:02x} (IDX of unsigned bytes "
                    "with {} dimension{})",
                    name, fmt::join(content.first(4), " "), fmt::join(expected, " "), dimensions,
                    dimensions == 1 ? "" : "s"));
  }
  IdxArray array;
  std::uint64_t total = 1;
  for (std::size_t i = 0; i < dimensions; ++i) {
    array.shape.push_back(BigEndian(content.subspan(4 + 4 * i, 4)));
    if (array.shape.back() == 0) {
      throw DataError(
          fmt::format("{}: size {} of its header is 0; nothing to learn from", name, i + 1));
    }
    // Each factor is below 2^32 and the product before it at most 2^36.
    if (array.shape.back() > kMostBytes / total) {
      throw DataError(fmt::format("{}: its header promises sizes {}, more than any data set has",
                                  name, fmt::join(array.shape, " x ")));
    }
    total *= array.shape.back();
  }
  if (content.size() - header != total) {
    throw DataError(fmt::format("{}: {} bytes follow the header, but it promises {} = {}", name,
                                content.size() - header, fmt::join(array.shape, " x "), total));
  }
  ReserveOnLargePages(array.bytes, total);
  array.bytes.assign(content.begin() + static_cast<std::ptrdiff_t>(header), content.end());
  return array;
}

std::vector<std::uint8_t> ReadMaybeGzip(const fs::path& path) {
  RefuseDevice(path);
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), &gzclose);
  if (file == nullptr) {
    throw DataError(fmt::format("{}: cannot be read: {}", path.string(),
                                std::generic_category().message(errno)));
  }
  gzbuffer(file.get(), 1 << 18);
  std::vector<std::uint8_t> content;
  for (;;) {
    constexpr std::size_t kPiece = 1 << 22;
    const std::size_t before = content.size();
    content.resize(before + kPiece);
    const int got = gzread(file.get(), content.data() + before, kPiece);
    if (got < 0) {
      int code = 0;
      const std::string_view why = gzerror(file.get(), &code);
      throw DataError(
          fmt::format("{}: damaged: {}; fetch it again", path.string(),
                      code == Z_ERRNO ? std::generic_category().message(errno) : std::string(why)));
    }
    content.resize(before + static_cast<std::size_t>(got));
    if (got < static_cast<int>(kPiece)) break;
  }
  // A gzip stream that ends too early is no error to gzread, only to gzclose's kin.
  int code = 0;
  gzerror(file.get(), &code);
  if (code == Z_BUF_ERROR) {
    throw DataError(
        fmt::format("{}: truncated: the gzip stream ends after {} bytes of content; "
                    "fetch it again",
                    path.string(), content.size()));
  }
  return content;
}

fs::path FindIdxFile(const fs::path& directory, std::string_view set, std::string_view kind) {
  for (const char* joint : {"-", "."}) {
    for (const char* ending : {"", ".gz"}) {
      fs::path path =
          directory / fmt::format("{}-{}{}{}-ubyte{}", set, kind == "images" ? "images" : "labels",
                                  joint, kind == "images" ? "idx3" : "idx1", ending);
      std::error_code ignored;
      if (fs::exists(path, ignored)) return path;
    }
  }
  throw DataError(
      fmt::format("{}: no file {}-{}-{}-ubyte, plain or .gz; expected the four files of "
                  "MNIST (train and t10k, images and labels)",
                  directory.string(), set, kind, kind == "images" ? "idx3" : "idx1"));
}

Samples ReadIdxValidation(const fs::path& directory) {
  bool own = true;
  try {
    FindIdxFile(directory, "validation", "images");
  } catch (const DataError&) {
    own = false;
  }
  return Load(directory, own ? "validation" : "train").samples;
}

Dataset ReadIdxDirectory(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::is_directory(directory, ignored)) {
    const bool debian = directory == kFashionMnistDirectory;
    throw DataError(
        fmt::format("{}: no such directory{}", directory.string(),
                    debian ? "; Debian's package dataset-fashion-mnist provides it" : ""));
  }
  Loaded train = Load(directory, "train");
  Loaded test = Load(directory, "t10k");
  if (train.width != test.width || train.height != test.height) {
    throw DataError(fmt::format("{}: training images are {} x {} pixels but test images {} x {}",
                                directory.string(), train.width, train.height, test.width,
                                test.height));
  }
  Dataset data;
  const fs::path normal = (directory / "").lexically_normal().parent_path();
  data.name = normal.filename().string();
  data.source = directory.string();
  data.width = train.width;
  data.height = train.height;
  data.train = std::move(train.samples);
  data.test = std::move(test.samples);
  for (const Samples* samples : {&data.train, &data.test}) {
    const auto largest = std::max_element(samples->labels.begin(), samples->labels.end());
    data.classes = std::max(data.classes, std::size_t{*largest} + 1);
  }
  if (data.name == "fashion-mnist" && data.classes == 10) {
    data.class_names = {"T-shirt/top", "trouser", "pullover", "dress", "coat",
                        "sandal",      "shirt",   "sneaker",  "bag",   "ankle boot"};
  }
  SetChecksum(data);
  return data;
}

}  // namespace lanegrad
