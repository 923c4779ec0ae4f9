// Loads and hashes of short stretches of bytes.

#ifndef CUVEE_TEXT_HASHING_H
#define CUVEE_TEXT_HASHING_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CByteKernels.h"

// The first `count` of at most eight bytes, zeros after them; reads no byte at or after `end`.
static inline uint64_t load_upto8(const uint8_t *p, size_t count, const uint8_t *end) {
  if (count >= 8) return cuvee_load64(p);
  if (p + 8 <= end) return cuvee_load64(p) & (((uint64_t)1 << (8 * count)) - 1);
  uint64_t value = 0;
  memcpy(&value, p, count);
  return value;
}

// Mixes 64 bits.
static inline uint64_t fold(uint64_t value) {
  return cuvee_mix(value ^ 0xA0761D6478BD642Full, 0xE7037ED1A0B428DBull);
}

// A hash of `count` bytes, eight at a time.
static inline uint64_t hash_bytes(const uint8_t *p, size_t count, const uint8_t *end) {
  uint64_t hash = count * 0x9E3779B97F4A7C15ull;
  size_t i = 0;
  for (; i + 8 < count; i += 8) hash = fold(hash ^ cuvee_load64(p + i));
  return fold(hash ^ load_upto8(p + i, count - i, end));
}

#endif
