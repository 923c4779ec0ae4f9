#include "PieceScanner.h"

#include <string.h>

#include "PieceSets.h"

#define CUVEE_JOIN(a, b) a##_##b

// Without vectors: byte by byte.

typedef struct {
  uint8_t byte[64];
} plain_block;

static inline plain_block plain_load(const uint8_t *p) {
  plain_block b;
  memcpy(b.byte, p, sizeof b.byte);
  return b;
}

static inline uint64_t plain_range(plain_block b, uint8_t first, uint8_t span) {
  uint64_t set = 0;
  for (int i = 0; i < 64; i++) set |= (uint64_t)((uint8_t)(b.byte[i] - first) <= span) << i;
  return set;
}

static inline plain_block plain_fold(plain_block b) {
  for (int i = 0; i < 64; i++) b.byte[i] |= 0x20;
  return b;
}

static inline void store_members(uint32_t *to, uint64_t set, uint32_t base) {
  for (; set != 0; set &= set - 1) *to++ = base + (uint32_t)lowest(set);
}

#define TARGET
#define NAME(f) CUVEE_JOIN(plain, f)
#define BLOCK plain_block
#define LOAD(p) plain_load(p)
#define RANGE(b, c, n) plain_range(b, c, n)
#define FOLD(b) plain_fold(b)
#define STORE(p, s, n) store_members(p, s, n)
#include "PieceScannerBody.h"

#if defined(__x86_64__)
#include <immintrin.h>

// SSE2, which every x86-64 has.

typedef struct {
  __m128i quarter[4];
} sse2_block;

static inline sse2_block sse2_load(const uint8_t *p) {
  sse2_block b;
  for (int i = 0; i < 4; i++) b.quarter[i] = _mm_loadu_si128((const __m128i *)(const void *)p + i);
  return b;
}

static inline uint64_t sse2_range(sse2_block b, uint8_t first, uint8_t span) {
  uint64_t set = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i above = _mm_sub_epi8(b.quarter[i], _mm_set1_epi8((char)first));
    const __m128i inside = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((char)span)), above);
    set |= (uint64_t)(uint32_t)_mm_movemask_epi8(inside) << (16 * i);
  }
  return set;
}

static inline sse2_block sse2_fold(sse2_block b) {
  for (int i = 0; i < 4; i++) b.quarter[i] = _mm_or_si128(b.quarter[i], _mm_set1_epi8(0x20));
  return b;
}

#define TARGET
#define NAME(f) CUVEE_JOIN(sse2, f)
#define BLOCK sse2_block
#define LOAD(p) sse2_load(p)
#define RANGE(b, c, n) sse2_range(b, c, n)
#define FOLD(b) sse2_fold(b)
#define STORE(p, s, n) store_members(p, s, n)
#include "PieceScannerBody.h"

// AVX2.

#define AVX2_TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

typedef struct {
  __m256i half[2];
} avx2_block;

AVX2_TARGET static inline avx2_block avx2_load(const uint8_t *p) {
  const __m256i *q = (const __m256i *)(const void *)p;
  return (avx2_block){{_mm256_loadu_si256(q), _mm256_loadu_si256(q + 1)}};
}

AVX2_TARGET static inline uint64_t avx2_range(avx2_block b, uint8_t first, uint8_t span) {
  uint64_t set = 0;
  for (int i = 0; i < 2; i++) {
    const __m256i above = _mm256_sub_epi8(b.half[i], _mm256_set1_epi8((char)first));
    const __m256i inside =
        _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8((char)span)), above);
    set |= (uint64_t)(uint32_t)_mm256_movemask_epi8(inside) << (32 * i);
  }
  return set;
}

AVX2_TARGET static inline avx2_block avx2_fold(avx2_block b) {
  for (int i = 0; i < 2; i++) b.half[i] = _mm256_or_si256(b.half[i], _mm256_set1_epi8(0x20));
  return b;
}

#define TARGET AVX2_TARGET
#define NAME(f) CUVEE_JOIN(avx2, f)
#define BLOCK avx2_block
#define LOAD(p) avx2_load(p)
#define RANGE(b, c, n) avx2_range(b, c, n)
#define FOLD(b) avx2_fold(b)
#define STORE(p, s, n) store_members(p, s, n)
#include "PieceScannerBody.h"

// AVX-512 with its byte compression.

#define AVX512_TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))

AVX512_TARGET static inline void avx512_store(uint32_t *to, uint64_t set, uint32_t base) {
  static const uint8_t indices[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i members =
      _mm512_maskz_compress_epi8(set, _mm512_loadu_si512((const void *)indices));
  const __m512i start = _mm512_set1_epi32((int)base);
  const int count = __builtin_popcountll(set);
  const __m512i low = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(members));
  _mm512_storeu_si512((void *)to, _mm512_add_epi32(low, start));
  if (count <= 16) return;
  const __m512i second = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(members, 1));
  _mm512_storeu_si512((void *)(to + 16), _mm512_add_epi32(second, start));
  if (count <= 32) return;
  const __m512i third = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(members, 2));
  _mm512_storeu_si512((void *)(to + 32), _mm512_add_epi32(third, start));
  const __m512i fourth = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(members, 3));
  _mm512_storeu_si512((void *)(to + 48), _mm512_add_epi32(fourth, start));
}

#define TARGET AVX512_TARGET
#define NAME(f) CUVEE_JOIN(avx512, f)
#define BLOCK __m512i
#define LOAD(p) _mm512_loadu_si512((const void *)(p))
#define RANGE(b, c, n)                                                  \
  (uint64_t)_mm512_cmple_epu8_mask(                                     \
      _mm512_sub_epi8(b, _mm512_set1_epi8((char)(c))), _mm512_set1_epi8((char)(n)))
#define FOLD(b) _mm512_or_si512(b, _mm512_set1_epi8(0x20))
#define STORE(p, s, n) avx512_store(p, s, n)
#include "PieceScannerBody.h"
#endif

int cuvee_kernel_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2")) return CUVEE_LEVEL_SSE2;
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vbmi2")) {
    return CUVEE_LEVEL_AVX512;
  }
  return CUVEE_LEVEL_AVX2;
#else
  return CUVEE_LEVEL_PLAIN;
#endif
}

size_t cuvee_cut_pieces(const cuvee_pattern *pattern, int level, const uint8_t *text, size_t count,
                        size_t start, uint32_t *ends, size_t capacity) {
#if defined(__x86_64__)
  if (level >= CUVEE_LEVEL_AVX512) {
    return avx512_cut_pieces(pattern, text, count, start, ends, capacity);
  }
  if (level == CUVEE_LEVEL_AVX2) {
    return avx2_cut_pieces(pattern, text, count, start, ends, capacity);
  }
  if (level == CUVEE_LEVEL_SSE2) {
    return sse2_cut_pieces(pattern, text, count, start, ends, capacity);
  }
#endif
  (void)level;
  return plain_cut_pieces(pattern, text, count, start, ends, capacity);
}

// The bytes of a block before the first that is not ASCII.
static inline size_t ascii_length(const uint8_t *block, size_t length) {
  size_t i = 0;
  for (uint64_t word; i + 8 <= length; i += 8) {
    memcpy(&word, block + i, sizeof word);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  while (i < length && block[i] < 0x80) i++;
  return i;
}

static inline uint64_t unjoined(const uint8_t *joins, const uint8_t *block, size_t pairs) {
  uint64_t cuts = 0;
  for (size_t k = 0; k < pairs; k++) {
    cuts |= (uint64_t)(joins[(size_t)block[k] << 7 | block[k + 1]] == 0) << k;
  }
  return cuts;
}

size_t cuvee_cut_unjoined(const uint8_t *joins, const uint8_t *text, size_t count, size_t *start,
                          uint32_t *ends, size_t capacity) {
  size_t n = 0;
  size_t i = *start;
  while (i + 1 < count && n + 64 <= capacity) {
    const uint8_t *block = text + i;
    const size_t length = ascii_length(block, count - i < 65 ? count - i : 65);
    if (length < 2) break;
    const size_t pairs = length - 1;
    uint64_t cuts = pairs == 64 ? unjoined(joins, block, 64) : unjoined(joins, block, pairs);
    for (; cuts != 0; cuts &= cuts - 1) {
      ends[n++] = (uint32_t)(i + 1) + (uint32_t)__builtin_ctzll(cuts);
    }
    i += pairs;
    if (pairs < 64) break;
  }
  *start = i;
  return n;
}
