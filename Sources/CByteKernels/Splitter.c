#include "Splitter.h"

#include <string.h>

#if defined(__SSE2__)
#include <tmmintrin.h>
#define HAS_PAIRS 1
#endif

#define MATCHED 0x8000u
#define NOWHERE SIZE_MAX

static inline uint8_t symbol_of(const cuvee_symbols *s, uint32_t point) {
  return s->values[(uint32_t)s->pages[point >> 8] << 8 | (point & 255)];
}

// The character at `text[i]`, which is no ASCII, and its bytes; U+FFFD and 1 where there is none.
static inline uint32_t decode(const uint8_t *text, size_t count, size_t i, size_t *length) {
  const uint32_t first = text[i];
  const size_t n = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  *length = 1;
  if (first < 0xC2 || first > 0xF4 || count - i < n) return 0xFFFD;
  uint32_t point = first & (0x7Fu >> n);
  for (size_t k = 1; k < n; k++) {
    if ((text[i + k] & 0xC0) != 0x80) return 0xFFFD;
    point = point << 6 | (text[i + k] & 0x3Fu);
  }
  if (point > 0x10FFFF) return 0xFFFD;
  *length = n;
  return point;
}

void cuvee_write_symbols(const cuvee_symbols *symbols, const uint8_t *text, size_t count, uint8_t *out) {
  // The page of U+0000 to U+00FF is the first.
  const uint8_t *ascii = symbols->values;
  size_t i = 0;
  while (i < count) {
    if (i + 8 <= count) {
      uint64_t word;
      memcpy(&word, text + i, 8);
      if ((word & 0x8080808080808080u) == 0) {
        for (int k = 0; k < 8; k++) out[i + (size_t)k] = ascii[text[i + (size_t)k]];
        i += 8;
        continue;
      }
    }
    if (text[i] < 0x80) {
      out[i] = ascii[text[i]];
      i++;
      continue;
    }
    size_t length;
    out[i] = symbol_of(symbols, decode(text, count, i, &length));
    for (size_t k = 1; k < length; k++) out[i + k] = symbols->inside;
    i += length;
  }
}

void cuvee_write_byte_symbols(const uint8_t *symbols, const uint8_t *text, size_t count, uint8_t *out) {
  for (size_t i = 0; i < count; i++) out[i] = symbols[text[i]];
}

// Writes which look-aheads hold at each character of a piece and at its end.
static void write_marks(const cuvee_splitter *s, const uint8_t *symbols, size_t start, size_t end,
                        uint8_t *marked) {
  uint32_t state = 0;
  size_t at = end;
  uint8_t symbol = s->base_end;
  for (;;) {
    size_t before = at;
    while (before > start && symbols[before - 1] == s->base_inside) {
      before--;
      marked[before] = s->inside;
    }
    const uint8_t class = s->behind[before > start ? symbols[before - 1] : s->base_end];
    const uint32_t input = state * s->mark_width + (uint32_t)symbol * s->behind_count + class;
    marked[at] = s->mark_symbols[input];
    state = s->mark_next[input];
    if (before == start) return;
    at = before - 1;
    symbol = symbols[at];
  }
}

// The end of the match that begins at a place, or NOWHERE.
static inline size_t match_end(const cuvee_splitter *s, const uint8_t *symbols, size_t at, size_t end,
                               uint8_t end_symbol, uint32_t state) {
  size_t found = NOWHERE;
  for (size_t i = at; i < end;) {
    const uint16_t *const row = s->next + ((size_t)state << s->shift);
    uint32_t step = row[symbols[i]];
    // Most of a word is one state: while it stays, no step has to wait for the one before it.
    while ((step & ~MATCHED) == state) {
      found = step & MATCHED ? i : found;
      i++;
      if (i == end) return row[end_symbol] & MATCHED ? end : found;
      step = row[symbols[i]];
    }
    found = step & MATCHED ? i : found;
    state = step & ~MATCHED;
    if (state == 0) return found;
    i++;
  }
  return s->next[((size_t)state << s->shift) + end_symbol] & MATCHED ? end : found;
}

// The same, where attempts may run far beyond what they match: one that comes to the state that the last
// one had at the same place, behind its match, will find as little there.
static size_t match_end_by_trail(const cuvee_splitter *s, cuvee_split_place *p, const uint8_t *symbols,
                                 size_t at, size_t end, uint8_t end_symbol, uint32_t state) {
  cuvee_split_place fresh;
  fresh.trail_from = fresh.trail_to = at;
  fresh.trail_count = 0;
  size_t found = NOWHERE;
  uint32_t known = 0;
  int is_full = 0;
  for (size_t i = at;; i++) {
    if (i >= p->trail_from && i < p->trail_to) {
      while (known + 1 < p->trail_count && p->trail[known + 1].from <= i) known++;
      if (p->trail[known].state == state) return found;
    }
    const uint32_t step = s->next[state << s->shift | (i < end ? symbols[i] : end_symbol)];
    if (step & MATCHED) {
      found = i;
      fresh.trail_from = fresh.trail_to = i + 1;
      fresh.trail_count = 0;
      is_full = 0;
    } else if (!is_full) {
      if (fresh.trail_count == 0 || fresh.trail[fresh.trail_count - 1].state != state) {
        if (fresh.trail_count == CUVEE_TRAIL) {
          is_full = 1;
        } else {
          fresh.trail[fresh.trail_count].from = i;
          fresh.trail[fresh.trail_count].state = (uint16_t)state;
          fresh.trail_count++;
        }
      }
      if (!is_full) fresh.trail_to = i + 1;
    }
    state = step & ~MATCHED;
    if (state == 0 || i >= end) break;
  }
  p->trail_from = fresh.trail_from;
  p->trail_to = fresh.trail_count > 0 ? fresh.trail_to : fresh.trail_from;
  p->trail_count = fresh.trail_count;
  memcpy(p->trail, fresh.trail, sizeof(fresh.trail[0]) * fresh.trail_count);
  return found;
}

// The first place from `at` on at which a match may start, or `all`.
static inline size_t next_wanted(const cuvee_splitter *s, const uint8_t *symbols, size_t at, size_t all) {
#if defined(__SSE2__)
  if (s->wanted_count > 0) {
    __m128i wanted[CUVEE_WANTED];
    for (int k = 0; k < CUVEE_WANTED; k++) wanted[k] = _mm_set1_epi8((char)s->wanted[k]);
    for (; at < all; at += 16) {
      const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(symbols + at));
      __m128i found = _mm_cmpeq_epi8(v, wanted[0]);
      for (int k = 1; k < CUVEE_WANTED; k++) found = _mm_or_si128(found, _mm_cmpeq_epi8(v, wanted[k]));
      const unsigned mask = (unsigned)_mm_movemask_epi8(found);
      if (mask != 0) {
        at += (size_t)__builtin_ctz(mask);
        return at < all ? at : all;
      }
    }
    return all;
  }
#endif
  while (at < all && s->skipped[symbols[at]]) at++;
  return at;
}

int cuvee_can_search_pairs(void) {
#if defined(HAS_PAIRS)
  return __builtin_cpu_supports("ssse3");
#else
  return 0;
#endif
}

// The first place from `at` on where a match may start, by the symbol there and the one behind it, or `all`.
#if defined(HAS_PAIRS)
__attribute__((target("ssse3"))) static inline __m128i look_up(const __m128i tables[2], __m128i v) {
  const __m128i high = _mm_cmpgt_epi8(v, _mm_set1_epi8(15));
  return _mm_or_si128(_mm_andnot_si128(high, _mm_shuffle_epi8(tables[0], v)),
                      _mm_and_si128(high, _mm_shuffle_epi8(tables[1], v)));
}

__attribute__((target("ssse3"))) static size_t next_pair(const cuvee_splitter *s, const uint8_t *symbols,
                                                         size_t at, size_t all) {
  __m128i first[2], second[2];
  memcpy(first, s->first, sizeof first);
  memcpy(second, s->second, sizeof second);
  for (; at < all; at += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(symbols + at));
    const __m128i w = _mm_loadu_si128((const __m128i *)(const void *)(symbols + at + 1));
    const __m128i both = _mm_and_si128(look_up(first, v), look_up(second, w));
    const unsigned none = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(both, _mm_setzero_si128()));
    if (none != 0xFFFF) {
      at += (size_t)__builtin_ctz(~none);
      return at < all ? at : all;
    }
  }
  return all;
}
#else
static size_t next_pair(const cuvee_splitter *s, const uint8_t *symbols, size_t at, size_t all) {
  while (at < all && (s->first[symbols[at]] & s->second[symbols[at + 1]]) == 0) at++;
  return at;
}
#endif

// Moves the candidate to where a match may start in a piece that ends at `end`; else to where one may
// start behind it, or behind all pieces.
static inline void find_candidate(const cuvee_splitter *s, cuvee_split_place *p, const uint8_t *symbols,
                                  size_t end, size_t all) {
  if (s->has_pairs) {
    p->candidate = next_pair(s, symbols, p->candidate, all);
    return;
  }
  const uint16_t *const first = s->next + ((size_t)s->start << s->shift);
  size_t at = p->candidate;
  for (;;) {
    at = next_wanted(s, symbols, at, all);
    if (at >= end || s->looks_back) break;
    // Often the second symbol says that there is none, as where a pattern may begin with a space.
    const uint32_t step = first[symbols[at]];
    if ((step & MATCHED) || step == 0) break;
    const uint8_t second = at + 1 < end ? symbols[at + 1] : s->end;
    if (s->next[((size_t)step << s->shift) + second] != 0) break;
    at++;
  }
  p->candidate = at;
}

// Gives the piece that ends at a place, unless it is empty.
static inline void give(cuvee_split_place *p, size_t end, int is_removed, uint64_t *out, size_t *given) {
  if (end == p->cut) return;
  out[(*given)++] = (uint64_t)end | (is_removed ? CUVEE_REMOVED : 0);
  p->cut = end;
}

size_t cuvee_split(const cuvee_splitter *s, cuvee_split_place *p, const uint8_t *symbols,
                   uint8_t *marked, const uint64_t *ends, size_t count, uint64_t *out,
                   size_t capacity) {
  size_t given = 0;
  const size_t all = count > 0 ? (size_t)(ends[count - 1] & ~CUVEE_REMOVED) : 0;
  const uint8_t *const input = s->mark_next != NULL ? marked : symbols;
  while (p->index < count) {
    const uint64_t mark = ends[p->index];
    const size_t end = (size_t)(mark & ~CUVEE_REMOVED);
    if (mark & CUVEE_REMOVED) {
      if (given + 3 > capacity) return given;
      give(p, end, 1, out, &given);
      p->start = end;
      p->index++;
      continue;
    }
    if (!p->entered) {
      if (s->mark_next == NULL) {
        // Pieces in which no match starts are passed on as they are.
        if (p->candidate < p->start) p->candidate = p->start;
        find_candidate(s, p, symbols, end, all);
        // No piece is empty.
        if (p->candidate >= end && !s->last[symbols[end - 1]]) {
          if (given + 3 > capacity) return given;
          const uint64_t flag = s->removes_gaps ? CUVEE_REMOVED : 0;
          size_t index = p->index;
          uint64_t last = end;
          do {
            last = ends[index++];
            out[given++] = last | flag;
          } while (index < count && given + 3 <= capacity
                   && (ends[index] & ~CUVEE_REMOVED) <= p->candidate
                   && !s->last[symbols[(ends[index] & ~CUVEE_REMOVED) - 1]]);
          p->index = index;
          p->start = p->cut = (size_t)(last & ~CUVEE_REMOVED);
          continue;
        }
      }
      p->entered = 1;
      p->matched = 0;
      p->gap = p->start;
      p->at = p->start;
      // In the last case only the last symbol is left, which is a character of one byte.
      if (s->mark_next == NULL) p->at = p->candidate < end ? p->candidate : end - 1;
      p->trail_from = p->trail_to = 0;
      if (s->mark_next != NULL) write_marks(s, symbols, p->start, end, marked);
    }
    const uint8_t end_symbol = s->mark_next != NULL ? marked[end] : s->end;
    size_t at = p->at;
    while (at < end) {
      if (given + 3 > capacity) {
        p->at = at;
        return given;
      }
      while (at < end && s->skipped[input[at]]) at++;
      if (at == end) break;
      uint32_t state = s->start;
      if (s->looks_back && at > p->start) {
        size_t before = at - 1;
        while (before > p->start && input[before] == s->inside) before--;
        state = s->starts[input[before]];
      }
      size_t found = s->keeps_trail ? match_end_by_trail(s, p, input, at, end, end_symbol, state)
                                    : match_end(s, input, at, end, end_symbol, state);
      if (found == NOWHERE || (found == at && p->matched && at == p->gap)) {
        at++;
        while (at < end && input[at] == s->inside) at++;
        continue;
      }
      if (at > p->gap) {
        if (p->matched && s->cuts_behind) give(p, p->gap, s->removes_matches, out, &given);
        if (s->cuts_before) give(p, at, s->removes_gaps, out, &given);
      } else if (p->matched && s->cuts_between) {
        give(p, at, s->removes_matches, out, &given);
      }
      p->matched = 1;
      p->gap = found;
      at = found;
    }
    if (given + 3 > capacity) {
      p->at = at;
      return given;
    }
    const int ends_in_match = p->matched && p->gap == end;
    if (p->matched && p->gap < end && s->cuts_behind) {
      give(p, p->gap, s->removes_matches, out, &given);
    }
    give(p, end, ends_in_match ? s->removes_matches : s->removes_gaps, out, &given);
    p->start = end;
    p->entered = 0;
    p->index++;
  }
  return given;
}
