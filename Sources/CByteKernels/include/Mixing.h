// Loads of some bytes as numbers, and what hashes are made of.

#ifndef CUVEE_MIXING_H
#define CUVEE_MIXING_H

#include <stdint.h>
#include <string.h>

static inline uint64_t cuvee_load64(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

static inline uint64_t cuvee_load32(const uint8_t *p) {
  uint32_t word;
  memcpy(&word, p, 4);
  return word;
}

// Multiplies two numbers and folds the halves of the product together.
static inline uint64_t cuvee_mix(uint64_t first, uint64_t last) {
#if defined(__SIZEOF_INT128__)
  const unsigned __int128 product = (unsigned __int128)first * last;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
  const uint64_t mixed = (first ^ last * 0xA24BAED4963EE407u) * 0x9E3779B97F4A7C15u;
  return mixed ^ mixed >> 32;
#endif
}

#endif
