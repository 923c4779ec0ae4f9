#include "PieceEncoder.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

// Keys --------------------------------------------------------------------------------------------

// No piece has this key: its length is 0, and its bytes are not.
#define NO_PIECE_LOW (~(uint64_t)0)
#define NO_PIECE_HIGH (~(uint64_t)0 >> 8)
#define LENGTH_SHIFT 56
#define COUNT_SHIFT 60
#define SPILLED 15

static inline uint64_t piece_hash(uint64_t low, uint64_t high) {
#if defined(__SIZEOF_INT128__)
  const unsigned __int128 product = (unsigned __int128)(low ^ 0x9E3779B97F4A7C15u) *
                                    (high ^ 0xA24BAED4963EE407u);
  return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
  const uint64_t mixed = (low ^ high * 0xA24BAED4963EE407u) * 0x9E3779B97F4A7C15u;
  return mixed ^ mixed >> 32;
#endif
}

// The first bytes of a word, from none to all eight.
static inline uint64_t first_bytes(uint64_t word, size_t n) {
  return n >= 8 ? word : word & (((uint64_t)1 << (8 * n)) - 1);
}

static inline cuvee_key make_key(const uint8_t *bytes16, size_t length) {
  uint64_t low, high;
  memcpy(&low, bytes16, 8);
  memcpy(&high, bytes16 + 8, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  low = __builtin_bswap64(low);
  high = __builtin_bswap64(high);
#endif
  cuvee_key key;
  key.low = first_bytes(low, length);
  key.high = first_bytes(high, length > 8 ? length - 8 : 0) | (uint64_t)length << LENGTH_SHIFT;
  key.hash = piece_hash(key.low, key.high);
  return key;
}

void cuvee_make_keys(const cuvee_cache *cache, const uint8_t *text, size_t count, uint32_t start,
                     const uint32_t *ends, size_t n, cuvee_key *keys) {
  const cuvee_entry *entries = cache->entries;
  const uint64_t line_mask = cache->line_mask;
  for (size_t i = 0; i < n; i++) {
    const uint32_t end = ends[i] & ~CUVEE_MARK;
    const size_t length = end - start;
    if (unlikely(length > CUVEE_SHORT_PIECE || length == 0 || ends[i] != end)) {
      keys[i] = (cuvee_key){NO_PIECE_LOW, NO_PIECE_HIGH, 0};
    } else if (likely((size_t)start + 16 <= count)) {
      keys[i] = make_key(text + start, length);
    } else {
      uint8_t padded[16] = {0};
      memcpy(padded, text + start, length);
      keys[i] = make_key(padded, length);
    }
    __builtin_prefetch(entries + 2 * (keys[i].hash & line_mask), 0, 3);
    start = end;
  }
}

// Merges ------------------------------------------------------------------------------------------

static inline uint32_t pair_rank(const cuvee_merges *m, uint32_t left, uint32_t right) {
  const uint64_t pair = (uint64_t)left << 21 | right;
  uint64_t place = cuvee_pair_hash(pair) & m->slot_mask;
  while (1) {
    const uint64_t slot = m->slots[place];
    if (slot >> 22 == pair) return (uint32_t)(slot & 0x3FFFFF);
    if (slot == ~(uint64_t)0) return CUVEE_NO_RANK;
    place = (place + 1) & m->slot_mask;
  }
}

size_t cuvee_merge(const cuvee_merges *merges, const uint8_t *piece, size_t length, uint32_t *ids) {
  uint32_t symbols[CUVEE_MERGED_PIECE];
  // The rank of each symbol with its right neighbour and the symbol's place below it, so that the
  // least is the pair that merges next: the leftmost of the lowest rank.
  uint32_t pairs[CUVEE_MERGED_PIECE];
  const uint32_t none = 0xFFFFFFFFu;
  size_t count = 0;
  uint8_t before = 0;
  for (size_t i = 0; i < length; i++) {
    const uint32_t token = merges->byte_tokens[piece[i]];
    if (token == CUVEE_NO_TOKEN) continue;  // never occurs in UTF-8
    if (count > 0) {
      const uint32_t rank = merges->byte_ranks[(size_t)before << 8 | piece[i]];
      pairs[count - 1] = rank == CUVEE_NO_RANK ? none : rank << 6 | (uint32_t)(count - 1);
    }
    before = piece[i];
    symbols[count++] = token;
  }
  if (count == 0) return 0;
  pairs[count - 1] = none;
  uint64_t alive = count == 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1;
  while (1) {
    uint32_t least = none;
    for (size_t i = 0; i < count; i++) least = pairs[i] < least ? pairs[i] : least;
    if (least == none) break;
    const uint32_t place = least & 63;
    const uint32_t merged = merges->merged[least >> 6];
    symbols[place] = merged;
    // Bits above `place`: its right neighbour goes, and the one after that is the new one.
    uint64_t after = alive & (~(uint64_t)1 << place);
    const uint64_t gone = after & -after;
    alive ^= gone;
    after ^= gone;
    pairs[__builtin_ctzll(gone)] = none;
    uint32_t rank = CUVEE_NO_RANK;
    if (after != 0) rank = pair_rank(merges, merged, symbols[__builtin_ctzll(after)]);
    pairs[place] = rank == CUVEE_NO_RANK ? none : rank << 6 | place;
    const uint64_t left = alive & (((uint64_t)1 << place) - 1);
    if (left != 0) {
      const uint32_t other = 63 - (uint32_t)__builtin_clzll(left);
      rank = pair_rank(merges, symbols[other], merged);
      pairs[other] = rank == CUVEE_NO_RANK ? none : rank << 6 | other;
    }
  }
  size_t written = 0;
  for (; alive != 0; alive &= alive - 1) ids[written++] = symbols[__builtin_ctzll(alive)];
  return written;
}

// The cache ---------------------------------------------------------------------------------------

// What differs between a piece and an entry, the number of ids left out.
static inline uint64_t difference(const cuvee_entry *entry, uint64_t low, uint64_t high) {
  return (entry->low ^ low) | (entry->high ^ high) << 4;
}

// The entry of a piece, or the empty one where it belongs.
static cuvee_entry *find_entry(const cuvee_cache *cache, uint64_t low, uint64_t high,
                               uint64_t hash) {
  uint64_t line = hash & cache->line_mask;
  while (1) {
    cuvee_entry *entry = cache->entries + 2 * line;
    for (int i = 0; i < 2; i++, entry++) {
      if (entry->high == 0 || difference(entry, low, high) == 0) return entry;
    }
    line = (line + 1) & cache->line_mask;
  }
}

// Writes the ids of an entry and gives their number.
static inline size_t write_ids(const cuvee_cache *cache, const cuvee_entry *entry, uint32_t *ids) {
  memcpy(ids, entry->ids, sizeof entry->ids);
  const size_t count = entry->high >> COUNT_SHIFT;
  if (likely(count != SPILLED)) return count;
  memcpy(ids, cache->spilled + entry->ids[0], entry->ids[1] * sizeof *ids);
  return entry->ids[1];
}

static int has_room(const cuvee_cache *cache) {
  return cache->used < cache->limit &&
         cache->spilled_used + CUVEE_SHORT_PIECE <= cache->spilled_limit;
}

static void fill_entry(cuvee_cache *cache, cuvee_entry *entry, uint64_t low, uint64_t high,
                       const uint32_t *ids, size_t count) {
  uint64_t stored = count;
  if (count > 4) {
    entry->ids[0] = (uint32_t)cache->spilled_used;
    entry->ids[1] = (uint32_t)count;
    memcpy(cache->spilled + cache->spilled_used, ids, count * sizeof *ids);
    cache->spilled_used += count;
    stored = SPILLED;
  } else {
    memcpy(entry->ids, ids, count * sizeof *ids);
  }
  entry->low = low;
  entry->high = high | stored << COUNT_SHIFT;
  cache->used++;
}

// Merges a piece that the cache may not know, and remembers it.
static __attribute__((noinline)) size_t merge_unknown(cuvee_cache *cache,
                                                      const cuvee_merges *merges,
                                                      const cuvee_key *key, uint32_t *ids) {
  cuvee_entry *entry = find_entry(cache, key->low, key->high, key->hash);
  if (entry->high != 0) return write_ids(cache, entry, ids);
  uint8_t bytes[16];
  for (int i = 0; i < 8; i++) {
    bytes[i] = (uint8_t)(key->low >> (8 * i));
    bytes[i + 8] = (uint8_t)(key->high >> (8 * i));
  }
  const size_t count = cuvee_merge(merges, bytes, key->high >> LENGTH_SHIFT & 15, ids);
  fill_entry(cache, entry, key->low, key->high, ids, count);
  return count;
}

size_t cuvee_encode_pieces(cuvee_cache *cache, const cuvee_merges *merges, const cuvee_key *keys,
                           size_t first, size_t n, uint32_t **ids) {
  const cuvee_entry *entries = cache->entries;
  const uint64_t line_mask = cache->line_mask;
  uint32_t *out = *ids;
  size_t i = first;
  for (; i < n; i++) {
    const cuvee_key *key = keys + i;
    const cuvee_entry *entry = entries + 2 * (key->hash & line_mask);
    const uint64_t miss = difference(entry, key->low, key->high);
    const uint64_t other = difference(entry + 1, key->low, key->high);
    entry += miss != 0;
    if (likely(miss == 0 || other == 0)) {
      out += write_ids(cache, entry, out);
      continue;
    }
    if ((key->high >> LENGTH_SHIFT & 15) == 0 || !has_room(cache)) break;
    out += merge_unknown(cache, merges, key, out);
  }
  *ids = out;
  return i;
}

void cuvee_remember(cuvee_cache *cache, const cuvee_merges *merges, const uint8_t *piece,
                    size_t length, uint32_t token) {
  if (!has_room(cache) || cache->spilled_used > cache->spilled_limit / 2) return;
  uint8_t padded[16] = {0};
  memcpy(padded, piece, length);
  const cuvee_key key = make_key(padded, length);
  uint32_t ids[16];
  if (token == CUVEE_NO_TOKEN) {
    merge_unknown(cache, merges, &key, ids);
    return;
  }
  cuvee_entry *entry = find_entry(cache, key.low, key.high, key.hash);
  if (entry->high == 0) fill_entry(cache, entry, key.low, key.high, &token, 1);
}

void cuvee_move_entries(const cuvee_cache *from, cuvee_cache *to) {
  for (size_t i = 0; i < 2 * (from->line_mask + 1); i++) {
    const cuvee_entry *entry = from->entries + i;
    if (entry->high == 0) continue;
    const uint64_t high = entry->high & ~((uint64_t)15 << COUNT_SHIFT);
    *find_entry(to, entry->low, high, piece_hash(entry->low, high)) = *entry;
  }
  to->used = from->used;
}
