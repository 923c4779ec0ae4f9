// From pieces of text to token ids: the cache of short pieces, and the byte-pair merges of those that
// are not in it.

#ifndef CUVEE_PIECE_ENCODER_H
#define CUVEE_PIECE_ENCODER_H

#include <stddef.h>
#include <stdint.h>

// The longest piece that the cache holds, and the longest that `cuvee_merge` takes.
enum { CUVEE_SHORT_PIECE = 15, CUVEE_MERGED_PIECE = 1024 };

// Set in the end of what is no piece but a mark of the caller's.
#define CUVEE_MARK 0x80000000u

#define CUVEE_NO_TOKEN 0xFFFFFFFFu
#define CUVEE_NO_RANK 0xFFFFFFFFu

// What two neighbours merge to. A slot holds `left << 43 | right << 22 | rank`, and all ones where it
// is empty; its place follows from `cuvee_pair_hash`, or is one of the next.
typedef struct {
  const uint64_t *slots;
  uint64_t slot_mask;           // a power of two less one
  const uint32_t *merged;       // the token of each rank; or NULL where it is
  uint32_t merged_offset;       // the rank plus this
  // A rank of several tokens is tied and has CUVEE_NO_TOKEN above; here are its pairs, as
  // `left << 21 | right`, and their tokens.
  const uint64_t *tied_pairs;
  const uint32_t *tied_tokens;
  size_t tied_count;
  const uint32_t *byte_tokens;  // the token of each byte, or CUVEE_NO_TOKEN
  const uint32_t *byte_ranks;   // of two bytes: at `first << 8 | second`, a rank or CUVEE_NO_RANK
  uint64_t refused_low, refused_high;  // bits of keys of which none is set in a piece to be merged
} cuvee_merges;

static inline uint64_t cuvee_pair_hash(uint64_t pair) {
  const uint64_t product = pair * 0x9E3779B97F4A7C15u;
  return product ^ product >> 32;
}

// A short piece and its ids. `high` holds the last bytes of the piece; above them, in its top byte,
// the length of the piece and the number of ids, or 15 where the ids are spilled: then `ids` are their
// place and their number. An empty entry is all zeros.
typedef struct {
  uint64_t low, high;
  uint32_t ids[4];
} cuvee_entry;

// A piece as the cache looks for it.
typedef struct {
  uint64_t low, high, hash;
} cuvee_key;

// The cache of one worker: lines of two entries, a cache line of 64 bytes each.
typedef struct {
  cuvee_entry *entries;
  uint64_t line_mask;  // a power of two less one
  size_t used, limit;  // entries in use, and the most
  uint32_t *spilled;  // with room for 16 more than the limit
  size_t spilled_used, spilled_limit;
} cuvee_cache;

// Makes the keys of pieces and asks for their lines. Piece i is `text[ends[i - 1]]` to `text[ends[i]]`,
// the first starts at `start`. `text` has `count` bytes; no more are read.
void cuvee_make_keys(const cuvee_cache *cache, const uint8_t *text, size_t count, uint32_t start,
                     const uint32_t *ends, size_t n, cuvee_key *keys);

// Writes the ids of the pieces from `first` on to `*ids`, which it moves, merging and remembering what
// the cache does not know. Stops before a mark, a piece that is not short, one that is not known and has
// refused bytes or stands at `checked` or behind, and where the cache has no room; gives the index where
// it stopped, or `n`. `*ids` has room for an id for each byte and 16 more.
size_t cuvee_encode_pieces(cuvee_cache *cache, const cuvee_merges *merges, const cuvee_key *keys,
                           size_t first, size_t n, size_t checked, uint32_t **ids);

// The first short piece from `first` on that the cache does not know, or `n`.
size_t cuvee_next_unknown(const cuvee_cache *cache, const cuvee_key *keys, size_t first, size_t n);

// Remembers the ids of a piece that has a key. Does nothing where the cache has no room, or there are
// more ids than a short piece has bytes.
void cuvee_insert(cuvee_cache *cache, const cuvee_key *key, const uint32_t *ids, size_t count);

// Moves all entries to another cache, which is empty and larger.
void cuvee_move_entries(const cuvee_cache *from, cuvee_cache *to);

// Merges the bytes of a piece of at most CUVEE_MERGED_PIECE bytes, and gives the number of tokens.
size_t cuvee_merge(const cuvee_merges *merges, const uint8_t *piece, size_t length, uint32_t *ids);

// Merges symbols, at most CUVEE_MERGED_PIECE and below 2^21, and gives the number of tokens.
size_t cuvee_merge_symbols(const cuvee_merges *merges, const uint32_t *symbols, size_t count,
                           uint32_t *ids);

#endif
