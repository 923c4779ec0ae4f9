#include "PieceEncoder.h"

#include <string.h>

#include "Mixing.h"

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
  return cuvee_mix(low ^ 0x9E3779B97F4A7C15u, high ^ 0xA24BAED4963EE407u);
}

#if !defined(__SSE2__)
// The first bytes of a word, from none to all eight.
static inline uint64_t first_bytes(uint64_t word, size_t n) {
  return n >= 8 ? word : word & (((uint64_t)1 << (8 * n)) - 1);
}
#endif

// The key of a piece, given 16 bytes of which it is the first.
static inline cuvee_key make_key(const uint8_t *bytes16, size_t length) {
  uint64_t low, high;
  cuvee_key key;
#if defined(__SSE2__)
  static const uint8_t masks[32] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)bytes16);
  const __m128i mask = _mm_loadu_si128((const __m128i *)(const void *)(masks + 16 - length));
  const __m128i piece = _mm_and_si128(bytes, mask);
  low = (uint64_t)_mm_cvtsi128_si64(piece);
  high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(piece, piece));
  key.low = low;
  key.high = high | (uint64_t)length << LENGTH_SHIFT;
#else
  memcpy(&low, bytes16, 8);
  memcpy(&high, bytes16 + 8, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  low = __builtin_bswap64(low);
  high = __builtin_bswap64(high);
#endif
  key.low = first_bytes(low, length);
  key.high = first_bytes(high, length > 8 ? length - 8 : 0) | (uint64_t)length << LENGTH_SHIFT;
#endif
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

// What a pair of a tied rank merges to.
static __attribute__((noinline)) uint32_t tied_token(const cuvee_merges *m, uint32_t left,
                                                     uint32_t right) {
  const uint64_t pair = (uint64_t)left << 21 | right;
  for (size_t i = 0; i < m->tied_count; i++) {
    if (m->tied_pairs[i] == pair) return m->tied_tokens[i];
  }
  return CUVEE_NO_TOKEN;
}

static inline uint32_t merged_token(const cuvee_merges *m, uint32_t rank, uint32_t left,
                                    uint32_t right) {
  if (m->merged == NULL) return rank + m->merged_offset;
  const uint32_t token = m->merged[rank];
  return likely(token != CUVEE_NO_TOKEN) ? token : tied_token(m, left, right);
}

// Pairs are kept in blocks, each with its least one, so that a merge looks at the least of all blocks
// and then at the blocks that it changes.
enum { BLOCK = 32, BLOCKS = CUVEE_MERGED_PIECE / BLOCK, PLACE_BITS = 10, NO_PLACE = 0xFFFF };

static const uint32_t no_pair = 0xFFFFFFFFu;

typedef struct {
  uint32_t symbols[CUVEE_MERGED_PIECE];
  // The rank of each symbol with its right neighbour, and its place below that: the least is what
  // merges next, the leftmost of the lowest rank.
  uint32_t pairs[CUVEE_MERGED_PIECE];
  uint32_t least[BLOCKS];
  uint16_t right[CUVEE_MERGED_PIECE], left[CUVEE_MERGED_PIECE];
} merge_state;

static inline uint32_t least_of(const uint32_t *pairs, size_t count) {
  uint32_t least = no_pair;
  for (size_t i = 0; i < count; i++) least = pairs[i] < least ? pairs[i] : least;
  return least;
}

static inline void set_pair(merge_state *s, size_t place, uint32_t rank) {
  const uint32_t pair = rank == CUVEE_NO_RANK ? no_pair : rank << PLACE_BITS | (uint32_t)place;
  const uint32_t before = s->pairs[place];
  uint32_t *least = &s->least[place / BLOCK];
  s->pairs[place] = pair;
  if (pair < *least) {
    *least = pair;
  } else if (before == *least) {
    *least = least_of(s->pairs + place / BLOCK * BLOCK, BLOCK);
  }
}

// Adds a symbol and the rank of the one before it with it.
static inline void add_symbol(merge_state *s, size_t place, uint32_t symbol, uint32_t rank) {
  if (place > 0) {
    s->pairs[place - 1] =
        rank == CUVEE_NO_RANK ? no_pair : rank << PLACE_BITS | (uint32_t)(place - 1);
  }
  s->left[place] = place > 0 ? (uint16_t)(place - 1) : NO_PLACE;
  s->right[place] = (uint16_t)(place + 1);
  s->symbols[place] = symbol;
}

// Merges all symbols that were added.
static size_t merge_symbols(merge_state *s, const cuvee_merges *merges, size_t count,
                            uint32_t *ids) {
  if (count == 0) return 0;
  s->right[count - 1] = NO_PLACE;
  const size_t blocks = (count + BLOCK - 1) / BLOCK;
  for (size_t i = count - 1; i < blocks * BLOCK; i++) s->pairs[i] = no_pair;
  for (size_t i = 0; i < blocks; i++) s->least[i] = least_of(s->pairs + i * BLOCK, BLOCK);
  while (1) {
    const uint32_t least = least_of(s->least, blocks);
    if (least == no_pair) break;
    const size_t place = least & ((1u << PLACE_BITS) - 1);
    const size_t gone = s->right[place];
    const uint32_t merged =
        merged_token(merges, least >> PLACE_BITS, s->symbols[place], s->symbols[gone]);
    const size_t after = s->right[gone];
    const size_t other = s->left[place];
    s->symbols[place] = merged;
    s->right[place] = (uint16_t)after;
    set_pair(s, gone, CUVEE_NO_RANK);
    uint32_t rank = CUVEE_NO_RANK;
    if (after != NO_PLACE) {
      s->left[after] = (uint16_t)place;
      rank = pair_rank(merges, merged, s->symbols[after]);
    }
    set_pair(s, place, rank);
    if (other != NO_PLACE) set_pair(s, other, pair_rank(merges, s->symbols[other], merged));
  }
  size_t written = 0;
  for (size_t i = 0; i != NO_PLACE; i = s->right[i]) ids[written++] = s->symbols[i];
  return written;
}

size_t cuvee_merge(const cuvee_merges *merges, const uint8_t *piece, size_t length, uint32_t *ids) {
  merge_state s;
  size_t count = 0;
  uint8_t before = 0;
  for (size_t i = 0; i < length; i++) {
    const uint32_t token = merges->byte_tokens[piece[i]];
    if (token == CUVEE_NO_TOKEN) continue;  // never occurs in UTF-8
    const uint32_t rank =
        count > 0 ? merges->byte_ranks[(size_t)before << 8 | piece[i]] : CUVEE_NO_RANK;
    add_symbol(&s, count++, token, rank);
    before = piece[i];
  }
  return merge_symbols(&s, merges, count, ids);
}

size_t cuvee_merge_symbols(const cuvee_merges *merges, const uint32_t *symbols, size_t count,
                           uint32_t *ids) {
  merge_state s;
  for (size_t i = 0; i < count; i++) {
    const uint32_t rank = i > 0 ? pair_rank(merges, symbols[i - 1], symbols[i]) : CUVEE_NO_RANK;
    add_symbol(&s, i, symbols[i], rank);
  }
  return merge_symbols(&s, merges, count, ids);
}

// The cache ---------------------------------------------------------------------------------------

// Whether a piece has bytes whose tokens the merges do not know.
static inline int is_refused(const cuvee_merges *merges, const cuvee_key *key) {
  return ((key->low & merges->refused_low) | (key->high & merges->refused_high)) != 0;
}

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
  // As many as a short piece has at most: a copy of a fixed size is no call.
  memcpy(ids, cache->spilled + entry->ids[0], 16 * sizeof *ids);
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

// The bytes of a key's piece.
static inline void piece_bytes(const cuvee_key *key, uint8_t bytes[16]) {
  for (int i = 0; i < 8; i++) {
    bytes[i] = (uint8_t)(key->low >> (8 * i));
    bytes[i + 8] = (uint8_t)(key->high >> (8 * i));
  }
}

// Several pieces at a time -------------------------------------------------------------------------
//
// What a pair merges to is far away in memory, and what is asked next depends on it. So some pieces
// are merged in turn: each asks for its pairs, and reads them when the others have had theirs.

enum { LANES = 8, NO_PAIR = INT32_MAX };

typedef struct {
  uint32_t symbols[16];
  int32_t pairs[16];  // the rank, and the place in six bits below it
  uint32_t alive;
  // What it has asked for: the pairs of a symbol with its right and its left neighbour.
  uint64_t asked[2];
  int places[2];
  const cuvee_key *key;
} lane;

static const uint64_t nothing_asked = ~(uint64_t)0;

static void start_lane(lane *l, const cuvee_merges *merges, const cuvee_key *key) {
  uint8_t bytes[16];
  piece_bytes(key, bytes);
  const int length = (int)(key->high >> LENGTH_SHIFT & 15);
  for (int i = 0; i < 16; i++) l->pairs[i] = NO_PAIR;
  int count = 0;
  uint8_t before = 0;
  for (int i = 0; i < length; i++) {
    const uint32_t token = merges->byte_tokens[bytes[i]];
    if (token == CUVEE_NO_TOKEN) continue;  // never occurs in UTF-8
    if (count > 0) {
      const uint32_t rank = merges->byte_ranks[(size_t)before << 8 | bytes[i]];
      if (rank != CUVEE_NO_RANK) l->pairs[count - 1] = (int32_t)(rank << 6) | (count - 1);
    }
    before = bytes[i];
    l->symbols[count++] = token;
  }
  l->alive = (1u << count) - 1;
  l->asked[0] = l->asked[1] = nothing_asked;
  l->key = key;
}

static inline void ask(lane *l, const cuvee_merges *merges, int which, int place, uint32_t left,
                       uint32_t right) {
  l->asked[which] = (uint64_t)left << 21 | right;
  l->places[which] = place;
  __builtin_prefetch(merges->slots + (cuvee_pair_hash(l->asked[which]) & merges->slot_mask), 0, 3);
}

// One merge; 0 where none is left.
static inline int step_lane(lane *l, const cuvee_merges *merges) {
  for (int which = 0; which < 2; which++) {
    const uint64_t pair = l->asked[which];
    if (pair == nothing_asked) continue;
    const uint32_t rank = pair_rank(merges, (uint32_t)(pair >> 21), (uint32_t)(pair & 0x1FFFFF));
    const int place = l->places[which];
    l->pairs[place] = rank == CUVEE_NO_RANK ? NO_PAIR : (int32_t)(rank << 6) | place;
    l->asked[which] = nothing_asked;
  }
  int32_t least = NO_PAIR;
  for (int i = 0; i < 16; i++) least = l->pairs[i] < least ? l->pairs[i] : least;
  if (least == NO_PAIR) return 0;
  const int place = least & 63;
  uint32_t after = l->alive & (~1u << place);
  const uint32_t gone = after & -after;
  const uint32_t merged = merged_token(merges, (uint32_t)least >> 6, l->symbols[place],
                                       l->symbols[__builtin_ctz(gone)]);
  l->symbols[place] = merged;
  l->pairs[place] = NO_PAIR;
  l->alive ^= gone;
  after ^= gone;
  l->pairs[__builtin_ctz(gone)] = NO_PAIR;
  if (after != 0) ask(l, merges, 0, place, merged, l->symbols[__builtin_ctz(after)]);
  const uint32_t left = l->alive & ((1u << place) - 1);
  if (left != 0) {
    const int other = 31 - __builtin_clz(left);
    ask(l, merges, 1, other, l->symbols[other], merged);
  }
  return 1;
}

static void finish_lane(const lane *l, cuvee_cache *cache) {
  uint32_t ids[16];
  size_t count = 0;
  for (uint32_t alive = l->alive; alive != 0; alive &= alive - 1) {
    ids[count++] = l->symbols[__builtin_ctz(alive)];
  }
  // The same piece may have been merged in another lane.
  cuvee_entry *entry = find_entry(cache, l->key->low, l->key->high, l->key->hash);
  if (entry->high == 0) fill_entry(cache, entry, l->key->low, l->key->high, ids, count);
}

// Merges and remembers the unknown ones of some pieces, as far as there is room; 0 where there is none.
static __attribute__((noinline)) int merge_unknown(cuvee_cache *cache, const cuvee_merges *merges,
                                                   const cuvee_key *keys, size_t first, size_t n) {
  if (!has_room(cache)) return 0;
  size_t room = cache->limit - cache->used;
  const size_t spill = (cache->spilled_limit - cache->spilled_used) / CUVEE_SHORT_PIECE;
  if (spill < room) room = spill;
  lane lanes[LANES];
  int active = 0;
  size_t next = first;
  while (1) {
    for (; active < LANES && next < n && room > 0; next++) {
      const cuvee_key *key = keys + next;
      const cuvee_entry *line = cache->entries + 2 * (key->hash & cache->line_mask);
      if (difference(line, key->low, key->high) == 0) continue;
      if (difference(line + 1, key->low, key->high) == 0) continue;
      if ((key->high >> LENGTH_SHIFT & 15) == 0 || is_refused(merges, key)) continue;
      if (find_entry(cache, key->low, key->high, key->hash)->high != 0) continue;
      start_lane(&lanes[active++], merges, key);
      room--;
    }
    if (active == 0) return 1;
    for (int i = 0; i < active;) {
      if (step_lane(&lanes[i], merges)) {
        i++;
      } else {
        finish_lane(&lanes[i], cache);
        lanes[i] = lanes[--active];
      }
    }
  }
}

size_t cuvee_encode_pieces(cuvee_cache *cache, const cuvee_merges *merges, const cuvee_key *keys,
                           size_t first, size_t n, size_t checked, uint32_t **ids) {
  const cuvee_entry *entries = cache->entries;
  const uint64_t line_mask = cache->line_mask;
  uint32_t *out = *ids;
  size_t i = first;
  for (; i < n; i++) {
    const cuvee_key *key = keys + i;
    const cuvee_entry *entry = entries + 2 * (key->hash & line_mask);
    uint64_t miss = difference(entry, key->low, key->high) != 0;
    uint64_t other = difference(entry + 1, key->low, key->high) != 0;
    // Which of the two it is nobody can foresee, so there must be one branch for both: the compiler
    // is kept from seeing through the two numbers.
    __asm__("" : "+r"(miss), "+r"(other));
    entry += miss;
    if (likely((miss & other) == 0)) {
      out += write_ids(cache, entry, out);
      continue;
    }
    if ((key->high >> LENGTH_SHIFT & 15) == 0) break;
    entry = find_entry(cache, key->low, key->high, key->hash);
    if (entry->high == 0) {
      if (i >= checked || is_refused(merges, key)) break;
      if (!merge_unknown(cache, merges, keys, i, checked)) break;
      entry = find_entry(cache, key->low, key->high, key->hash);
    }
    out += write_ids(cache, entry, out);
  }
  *ids = out;
  return i;
}

size_t cuvee_next_unknown(const cuvee_cache *cache, const cuvee_key *keys, size_t first, size_t n) {
  for (; first < n; first++) {
    const cuvee_key *key = keys + first;
    if ((key->high >> LENGTH_SHIFT & 15) == 0) continue;
    if (find_entry(cache, key->low, key->high, key->hash)->high == 0) break;
  }
  return first;
}

void cuvee_insert(cuvee_cache *cache, const cuvee_key *key, const uint32_t *ids, size_t count) {
  if (!has_room(cache) || count > CUVEE_SHORT_PIECE || (key->high >> LENGTH_SHIFT & 15) == 0) return;
  cuvee_entry *entry = find_entry(cache, key->low, key->high, key->hash);
  if (entry->high == 0) fill_entry(cache, entry, key->low, key->high, ids, count);
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
