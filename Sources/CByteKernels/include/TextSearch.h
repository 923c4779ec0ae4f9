// Searches of the tokenizers before text is cut. Each reads only `p[0]` to `p[n - 1]` and returns an
// index, or `n`.

#ifndef CUVEE_TEXT_SEARCH_H
#define CUVEE_TEXT_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define CUVEE_MOST_PAIRS 6

// The first byte at which one of some pairs of bytes stands, `first | second << 8`; at most
// CUVEE_MOST_PAIRS.
static inline size_t cuvee_find_pair(const uint8_t *p, size_t n, const uint16_t *pairs, int count) {
  size_t i = 0;
#if defined(__SSE2__)
  __m128i firsts[CUVEE_MOST_PAIRS], seconds[CUVEE_MOST_PAIRS];
  for (int k = 0; k < CUVEE_MOST_PAIRS; k++) {
    // Those that are not there repeat the last, so that the loop below has no end to look for.
    const uint16_t pair = count > 0 ? pairs[k < count ? k : count - 1] : 0;
    firsts[k] = _mm_set1_epi8((char)(pair & 0xFF));
    seconds[k] = _mm_set1_epi8((char)(pair >> 8));
  }
  const int used = count <= 3 ? 3 : CUVEE_MOST_PAIRS;
  for (; i + 17 <= n; i += 16) {
    const __m128i here = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(p + i + 1));
    __m128i found = _mm_setzero_si128();
    for (int k = 0; k < used; k++) {
      found = _mm_or_si128(
          found, _mm_and_si128(_mm_cmpeq_epi8(here, firsts[k]), _mm_cmpeq_epi8(next, seconds[k])));
    }
    const unsigned mask = (unsigned)_mm_movemask_epi8(found);
    if (mask != 0) return i + (size_t)__builtin_ctz(mask);
  }
#endif
  for (; i + 1 < n; i++) {
    for (int k = 0; k < count; k++) {
      if (p[i] == (pairs[k] & 0xFF) && p[i + 1] == pairs[k] >> 8) return i;
    }
  }
  return n;
}

// The first character of UTF-8 whose value in a table of pages is not 0, where characters below
// U+0300 have none: `values[pages[c >> 6] * 64 + (c & 63)]`. What is not UTF-8 is passed over.
static inline size_t cuvee_find_valued(const uint8_t *p, size_t n, const uint16_t *pages,
                                       const uint8_t *values) {
  size_t i = 0;
  while (i < n) {
#if defined(__SSE2__)
    const __m128i least = _mm_set1_epi8((char)0xCC);
    unsigned mask = 0;
    for (; i + 16 <= n; i += 16) {
      const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
      mask = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(v, least), v));
      if (mask != 0) break;
    }
    const size_t end = i + 16 <= n ? i + 16 : n;
    if (mask != 0) i += (size_t)__builtin_ctz(mask);
#else
    const size_t end = n;
#endif
    for (; i < end; i++) {
      const uint8_t a = p[i];
      if (a < 0xCC) continue;
      const size_t length = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2;
      if (length > n - i || (p[i + 1] & 0xC0) != 0x80) continue;
      uint32_t page = a & 0x1F;
      if (length > 2) {
        if ((p[i + 2] & 0xC0) != 0x80) continue;
        page = (uint32_t)(a & 0x0F) << 6 | (p[i + 1] & 0x3F);
      }
      if (length > 3) {
        if ((p[i + 3] & 0xC0) != 0x80) continue;
        page = page << 6 | (p[i + 2] & 0x3F);
        if (a > 0xF4 || page >= 0x110000 >> 6) continue;
      }
      if (values[(size_t)pages[page] << 6 | (p[i + length - 1] & 0x3F)] != 0) return i;
    }
  }
  return n;
}

// The first byte of JSON that is no white space.
static inline size_t cuvee_find_json(const uint8_t *p, size_t n) {
  size_t i = 0;
#if defined(__SSE2__)
  for (; i + 16 <= n; i += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    const __m128i spaces = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x20)),
                                        _mm_cmpeq_epi8(v, _mm_set1_epi8(0x0A)));
    const __m128i others = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x0D)),
                                        _mm_cmpeq_epi8(v, _mm_set1_epi8(0x09)));
    const unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(spaces, others)) ^ 0xFFFF;
    if (mask != 0) return i + (size_t)__builtin_ctz(mask);
  }
#endif
  for (; i < n; i++) {
    if (p[i] != 0x20 && p[i] != 0x0A && p[i] != 0x0D && p[i] != 0x09) return i;
  }
  return n;
}

// The first byte of a string of JSON that does not stand for itself: a quote, a backslash or a control
// character. `is_ascii` is set to 0 where a byte before it is not ASCII, and else left alone.
static inline size_t cuvee_find_string_mark(const uint8_t *p, size_t n, int *is_ascii) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i control = _mm_set1_epi8(0x1F);
  for (; i + 16 <= n; i += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                       _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    const unsigned found = (unsigned)_mm_movemask_epi8(
        _mm_or_si128(marks, _mm_cmpeq_epi8(_mm_max_epu8(v, control), control)));
    const unsigned high = (unsigned)_mm_movemask_epi8(v);
    if (found != 0) {
      if ((high & (found ^ (found - 1))) != 0) *is_ascii = 0;
      return i + (size_t)__builtin_ctz(found);
    }
    if (high != 0) *is_ascii = 0;
  }
#endif
  for (; i < n; i++) {
    if (p[i] == '"' || p[i] == '\\' || p[i] < 0x20) return i;
    if (p[i] >= 0x80) *is_ascii = 0;
  }
  return n;
}

// How many characters of UTF-8 there are.
static inline size_t cuvee_count_characters(const uint8_t *p, size_t n) {
  size_t continuations = 0;
  size_t i = 0;
#if defined(__SSE2__)
  // As signed bytes the continuation bytes 0x80 to 0xBF are those below -64.
  const __m128i limit = _mm_set1_epi8(-64);
  while (i + 16 <= n) {
    __m128i counts = _mm_setzero_si128();
    // A byte of the counts overflows after 255 rounds.
    const size_t stop = n - i > 16 * 255 ? i + 16 * 255 : n;
    for (; i + 16 <= stop; i += 16) {
      const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
      counts = _mm_sub_epi8(counts, _mm_cmplt_epi8(v, limit));
    }
    const __m128i sums = _mm_sad_epu8(counts, _mm_setzero_si128());
    continuations += (size_t)_mm_cvtsi128_si64(sums) + (size_t)_mm_cvtsi128_si64(_mm_srli_si128(sums, 8));
  }
#endif
  for (; i < n; i++) continuations += (p[i] & 0xC0) == 0x80;
  return n - continuations;
}

#endif
