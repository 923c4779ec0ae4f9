// The tokens of a vocabulary by their bytes: an open-addressed table beside the bytes of all tokens.
//
// A table of a large vocabulary is larger than the processor's caches, and a look-up waits for its slot,
// then for the place of the token, then for its bytes. Where many are wanted, each of these is asked for
// some strings ahead.

#ifndef CUVEE_TOKEN_TABLE_H
#define CUVEE_TOKEN_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "Mixing.h"
#include "PieceEncoder.h"

#define CUVEE_FREE_SLOT (~(uint64_t)0)

// Where some bytes are in a text.
typedef struct {
  uint32_t start, length;
} cuvee_token_place;

// A slot holds the upper half of the hash of a token above its id, so that hardly ever another token's
// bytes are looked at. Its place is the hash's lowest bits, or one of the next.
typedef struct {
  const uint64_t *slots;
  uint64_t slot_mask;         // a power of two less one
  const cuvee_token_place *places;  // of each id's token in the arena
  const uint8_t *arena;
} cuvee_tokens;

static inline void cuvee_prefetch(const void *address) { __builtin_prefetch(address); }

// A hash of some bytes; it is never stored. Nearly all tokens have at most 16 bytes.
static inline uint64_t cuvee_token_hash(const uint8_t *p, size_t n) {
  uint64_t first = 0, last = 0, seed = 0x9E3779B97F4A7C15u ^ (uint64_t)n << 17;
  size_t left = n;
  for (; left > 16; left -= 16, p += 16) {
    seed = cuvee_mix(cuvee_load64(p) ^ seed,
                           cuvee_load64(p + 8) ^ 0xA24BAED4963EE407u);
  }
  if (left >= 8) {
    first = cuvee_load64(p);
    last = cuvee_load64(p + left - 8);
  } else if (left >= 4) {
    first = cuvee_load32(p);
    last = cuvee_load32(p + left - 4);
  } else {
    for (size_t i = 0; i < left; i++) first = first << 8 | p[i];
  }
  return cuvee_mix(first ^ seed, last ^ 0xA24BAED4963EE407u);
}

// Writes the id of each of some strings, which lie in a text, or CUVEE_NO_TOKEN.
void cuvee_find_tokens(const cuvee_tokens *tokens, const uint8_t *text, const cuvee_token_place *strings,
                       size_t count, uint32_t *ids);

// Puts the tokens of some ids in a table, which has a free slot more than there are tokens. Those
// without bytes are left out. Stops at a token whose bytes another has, gives its index, or `count`,
// and writes the id of the other.
size_t cuvee_index_tokens(uint64_t *slots, const cuvee_tokens *tokens, const uint32_t *ids,
                          size_t count, uint32_t *other);

// Writes, at each of some ids, the longest other token that its token begins with, or CUVEE_NO_TOKEN.
// `has_length` says up to the greatest length of a token whether one has it.
void cuvee_longest_beginnings(const cuvee_tokens *tokens, const uint8_t *has_length,
                              const uint32_t *ids, size_t count, uint32_t *beginnings);

#endif
