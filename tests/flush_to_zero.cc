// SPDX-License-Identifier: Apache-2.0
//
// A library that spoils arithmetic as it is loaded, as every library did that g++ before 13
// linked with -ffast-math: subnormal numbers become zero in the whole process.
#if defined(__x86_64__)
#include <immintrin.h>

namespace {
struct Spoiler {
  Spoiler() { _mm_setcsr(_mm_getcsr() | 0x8040u); }
} spoiler;
}  // namespace
#endif
