// SPDX-License-Identifier: Apache-2.0
//
// Every bad file is answered by one line that names it and says what would be
// right. The files here are real ones, made in a directory of the test's own.
#include "network/idx.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <fstream>
#include <string>

namespace lanegrad {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

Bytes Idx(const std::vector<std::size_t>& shape, std::size_t first = 0) {
  Bytes bytes = {0, 0, 8, static_cast<std::uint8_t>(shape.size())};
  std::size_t total = 1;
  for (const std::size_t size : shape) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.push_back(static_cast<std::uint8_t>(size >> shift));
    }
    total *= size;
  }
  for (std::size_t i = 0; i < total; ++i) {
    bytes.push_back(static_cast<std::uint8_t>((first + i) % 5));
  }
  return bytes;
}

class IdxTest : public testing::Test {
 protected:
  IdxTest() {
    std::string pattern = (fs::temp_directory_path() / "lanegrad-idx-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    Write("train-images-idx3-ubyte", Idx({6, 3, 4}));
    Write("train-labels-idx1-ubyte", Idx({6}));
    Write("t10k-images-idx3-ubyte", Idx({2, 3, 4}, 7));
    Write("t10k-labels-idx1-ubyte", Idx({2}));
  }
  ~IdxTest() override { fs::remove_all(directory_); }

  fs::path Path(const std::string& name) const { return directory_ / name; }

  void Write(const std::string& name, const Bytes& bytes) const {
    std::ofstream(Path(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }

  // Replaces a plain file by a compressed one, and returns its bytes.
  Bytes Compress(const std::string& name) const {
    const Bytes plain = ReadMaybeGzip(Path(name));
    const gzFile file = gzopen(Path(name + ".gz").c_str(), "wb");
    gzwrite(file, plain.data(), static_cast<unsigned>(plain.size()));
    gzclose(file);
    fs::remove(Path(name));
    std::ifstream stream(Path(name + ".gz"), std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(stream), {});
  }

  // The refusal without the directory, which is another each time.
  std::string Refusal() const {
    try {
      ReadIdxDirectory(directory_);
    } catch (const DataError& error) {
      std::string text = error.what();
      for (std::size_t at; (at = text.find(directory_.string() + "/")) != text.npos;) {
        text.erase(at, directory_.string().size() + 1);
      }
      return text;
    }
    return "accepted";
  }

  fs::path directory_;
};

TEST_F(IdxTest, ReadsImagesOfAnySizeWithTheirLabels) {
  const Dataset data = ReadIdxDirectory(directory_);
  EXPECT_EQ(data.train.count, 6u);
  EXPECT_EQ(data.test.count, 2u);
  EXPECT_EQ(data.train.features, 12u);
  EXPECT_EQ(data.width, 4u);
  EXPECT_EQ(data.height, 3u);
  EXPECT_EQ(data.classes, 5u);
  EXPECT_EQ(data.train.bytes[13], 3);
  EXPECT_EQ(data.train.labels, (Bytes{0, 1, 2, 3, 4, 0}));
  EXPECT_EQ(data.name, directory_.filename().string());
}

TEST_F(IdxTest, GzipAndPlainGiveTheSameChecksum) {
  const std::string plain = ReadIdxDirectory(directory_).checksum;
  Compress("train-images-idx3-ubyte");
  Compress("t10k-labels-idx1-ubyte");
  EXPECT_EQ(ReadIdxDirectory(directory_).checksum, plain);
}

TEST_F(IdxTest, ADotInTheNameIsAccepted) {
  fs::rename(Path("train-images-idx3-ubyte"), Path("train-images.idx3-ubyte"));
  EXPECT_EQ(Refusal(), "accepted");
}

TEST_F(IdxTest, AMissingDirectoryIsNamed) {
  try {
    ReadIdxDirectory("/no/such/place");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(), "/no/such/place: no such directory");
  }
}

TEST_F(IdxTest, AMissingFileIsNamed) {
  fs::remove(Path("t10k-labels-idx1-ubyte"));
  EXPECT_NE(Refusal().find("no file t10k-labels-idx1-ubyte, plain or .gz"), std::string::npos);
}

TEST_F(IdxTest, ATruncatedGzipIsCalledTruncated) {
  Bytes bytes = Compress("train-images-idx3-ubyte");
  bytes.resize(bytes.size() - 12);
  Write("train-images-idx3-ubyte.gz", bytes);
  EXPECT_NE(Refusal().find("train-images-idx3-ubyte.gz: truncated"), std::string::npos)
      << Refusal();
}

TEST_F(IdxTest, AGzipWithAWrongChecksumIsCalledDamaged) {
  Bytes bytes = Compress("train-images-idx3-ubyte");
  bytes[bytes.size() - 6] ^= 0x40;
  Write("train-images-idx3-ubyte.gz", bytes);
  EXPECT_NE(Refusal().find("train-images-idx3-ubyte.gz: damaged"), std::string::npos) << Refusal();
}

TEST_F(IdxTest, AWrongMagicNumberIsShownBesideTheRightOne) {
  Write("train-labels-idx1-ubyte", Idx({6, 1, 1}));
  EXPECT_EQ(Refusal(),
            "train-labels-idx1-ubyte: magic number 00 00 08 03, expected 00 00 08 01 "
            "(IDX of unsigned bytes with 1 dimension)");
}

TEST_F(IdxTest, AFileShorterOrLongerThanItsHeaderSaysIsRefused) {
  Bytes bytes = Idx({6});
  bytes.pop_back();
  Write("train-labels-idx1-ubyte", bytes);
  EXPECT_EQ(Refusal(), "train-labels-idx1-ubyte: 5 bytes follow the header, but it promises 6 = 6");
  bytes.resize(bytes.size() + 2);
  Write("train-labels-idx1-ubyte", bytes);
  EXPECT_EQ(Refusal(), "train-labels-idx1-ubyte: 7 bytes follow the header, but it promises 6 = 6");
}

TEST_F(IdxTest, AnAbsurdHeaderIsRefusedWithoutAllocating) {
  Bytes bytes = Idx({6, 3, 4});
  for (int i = 4; i < 16; ++i) bytes[static_cast<std::size_t>(i)] = 0xff;
  Write("train-images-idx3-ubyte", bytes);
  EXPECT_NE(Refusal().find("more than any data set has"), std::string::npos) << Refusal();
}

TEST_F(IdxTest, NoSamplesAreRefused) {
  Write("train-labels-idx1-ubyte", Idx({0}));
  EXPECT_NE(Refusal().find("size 1 of its header is 0"), std::string::npos) << Refusal();
}

TEST_F(IdxTest, CountsThatDisagreeAreRefused) {
  Write("train-labels-idx1-ubyte", Idx({5}));
  EXPECT_EQ(Refusal(),
            "train-images-idx3-ubyte has 6 images but train-labels-idx1-ubyte has 5 "
            "labels; they must be as many");
}

TEST_F(IdxTest, ImageSizesThatDisagreeAreRefused) {
  Write("t10k-images-idx3-ubyte", Idx({2, 4, 4}));
  EXPECT_NE(Refusal().find("training images are 4 x 3 pixels but test images 4 x 4"),
            std::string::npos);
}

TEST_F(IdxTest, NoTruncationAndNoFlippedHeaderBitDoesMoreThanThrow) {
  const Bytes valid = Idx({3, 2, 2});
  for (std::size_t length = 0; length < valid.size(); ++length) {
    EXPECT_THROW(ParseIdx({valid.data(), length}, 3, "short"), DataError);
  }
  for (std::size_t bit = 0; bit < 16 * 8; ++bit) {
    Bytes flipped = valid;
    flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ 1u << (bit % 8));
    EXPECT_THROW(ParseIdx(flipped, 3, "flipped"), DataError) << "bit " << bit;
  }
}

TEST_F(IdxTest, EveryTruncationOfAGzipThrows) {
  const Bytes bytes = Compress("train-labels-idx1-ubyte");
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    Write("train-labels-idx1-ubyte.gz",
          Bytes(bytes.begin(), bytes.begin() + static_cast<long>(length)));
    EXPECT_NE(Refusal(), "accepted") << length << " of " << bytes.size() << " bytes";
  }
}

TEST(FashionMnistTest, IsReadWhole) {
  if (!fs::exists(kFashionMnistDirectory)) GTEST_SKIP() << "dataset-fashion-mnist is not installed";
  const Dataset data = ReadIdxDirectory(kFashionMnistDirectory);
  EXPECT_EQ(data.train.count, 60000u);
  EXPECT_EQ(data.test.count, 10000u);
  EXPECT_EQ(data.train.features, 784u);
  EXPECT_EQ(data.classes, 10u);
  EXPECT_EQ(data.class_names.size(), 10u);
}

}  // namespace
}  // namespace lanegrad
