// Searches for bytes, 16 at a time where the machine has SSE2 (every x86-64), else one by one.
// Each reads only `p[0]` to `p[n - 1]` and returns the index of the first match, or `n`.

#ifndef CUVEE_BYTE_KERNELS_H
#define CUVEE_BYTE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "Mixing.h"
#include "PieceEncoder.h"
#include "PieceScanner.h"
#include "Splitter.h"
#include "TextSearch.h"
#include "TokenTable.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// The first byte that is `a`, `b` or `c`.
static inline size_t cuvee_find_any(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i va = _mm_set1_epi8((char)a);
  const __m128i vb = _mm_set1_epi8((char)b);
  const __m128i vc = _mm_set1_epi8((char)c);
  for (; i + 16 <= n; i += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    const __m128i found = _mm_or_si128(
        _mm_cmpeq_epi8(v, va), _mm_or_si128(_mm_cmpeq_epi8(v, vb), _mm_cmpeq_epi8(v, vc)));
    const unsigned mask = (unsigned)_mm_movemask_epi8(found);
    if (mask != 0) return i + (size_t)__builtin_ctz(mask);
  }
#endif
  for (; i < n; i++) {
    if (p[i] == a || p[i] == b || p[i] == c) return i;
  }
  return n;
}

// The length in bytes of the line break at `p`, which has `n` bytes; 0 where there is none.
// A line break is what Python's `str.splitlines` takes for one: LF, VT, FF, CR, CR LF, FS, GS, RS,
// NEL (U+0085), U+2028 and U+2029.
static inline size_t cuvee_line_break_length(const uint8_t *p, size_t n) {
  if (n == 0) return 0;
  if (p[0] == 0x0D) return n > 1 && p[1] == 0x0A ? 2 : 1;
  if ((p[0] >= 0x0A && p[0] <= 0x0C) || (p[0] >= 0x1C && p[0] <= 0x1E)) return 1;
  if (p[0] == 0xC2 && n > 1 && p[1] == 0x85) return 2;
  if (p[0] == 0xE2 && n > 2 && p[1] == 0x80 && (p[2] & 0xFE) == 0xA8) return 3;
  return 0;
}

// The first byte at which a line break begins.
static inline size_t cuvee_find_line_break(const uint8_t *p, size_t n) {
  size_t i = 0;
#if defined(__SSE2__)
  // Bytes below 0x20, and the first byte of each longer break where the second one fits it; the
  // function above decides.
  const __m128i control = _mm_set1_epi8(0x1F);
  for (; i + 17 <= n; i += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(p + i + 1));
    const __m128i low = _mm_cmpeq_epi8(_mm_max_epu8(v, control), control);
    const __m128i nel = _mm_and_si128(
        _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC2)),
        _mm_cmpeq_epi8(next, _mm_set1_epi8((char)0x85)));
    const __m128i separator = _mm_and_si128(
        _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2)),
        _mm_cmpeq_epi8(next, _mm_set1_epi8((char)0x80)));
    unsigned mask =
        (unsigned)_mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(nel, separator)));
    while (mask != 0) {
      const size_t found = i + (size_t)__builtin_ctz(mask);
      if (cuvee_line_break_length(p + found, n - found) != 0) return found;
      mask &= mask - 1;
    }
  }
#endif
  for (; i < n; i++) {
    if (cuvee_line_break_length(p + i, n - i) != 0) return i;
  }
  return n;
}

#endif
