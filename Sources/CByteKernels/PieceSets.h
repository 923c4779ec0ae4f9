// What a block of 64 bytes holds, as sets of bytes, and the rules of the patterns on such sets.
// Bit i stands for byte i; all bytes of a character have its classes. Every block starts where a
// piece starts, so no rule needs to know what stood before.

#ifndef CUVEE_PIECE_SETS_H
#define CUVEE_PIECE_SETS_H

#include "PieceScanner.h"

#define CUVEE_INLINE static inline __attribute__((always_inline))

typedef struct {
  uint64_t letter;   // o200k: everything a word holds, marks as well
  uint64_t number;
  uint64_t space;
  uint64_t newline;  // CR and LF
  uint64_t blank;    // U+0020
  uint64_t quote;    // U+0027
  uint64_t slash;    // U+002F
  uint64_t upper;    // only starts a cased word
  uint64_t lower;    // only ends one
  uint64_t mark;
  uint64_t high;     // bytes of 0x80 and more
  uint64_t tail;     // bytes of a character after its first
} cuvee_sets;

// Pieces that start in a block. `starts` is certain up to `limit`; bit 0 is not in it.
typedef struct {
  uint64_t starts;
  int limit;
} cuvee_starts;

CUVEE_INLINE uint64_t bit(int index) { return (uint64_t)1 << index; }

// The bits from an index on, which may be 64.
CUVEE_INLINE uint64_t from(int index) { return index > 63 ? 0 : ~(uint64_t)0 << index; }

CUVEE_INLINE int lowest(uint64_t set) { return __builtin_ctzll(set); }

// The members of a set that are the first of their run.
CUVEE_INLINE uint64_t first_of_runs(uint64_t set) { return set & ~(set << 1); }

// The first byte of the characters whose last byte is in a set.
CUVEE_INLINE uint64_t first_bytes(uint64_t last, uint64_t tail) {
  uint64_t inside = last & tail;
  uint64_t first = last & ~tail;
  while (inside != 0) {
    inside >>= 1;
    first |= inside & ~tail;
    inside &= tail;
  }
  return first;
}

// All bytes of the characters whose first byte is in a set.
CUVEE_INLINE uint64_t all_bytes(uint64_t first, uint64_t tail) {
  if (tail == 0) return first;
  uint64_t all = first | ((first << 1) & tail);
  all |= (all << 1) & tail;
  return all | ((all << 1) & tail);
}

// The length of a contraction at an apostrophe that two more bytes follow, or 0.
CUVEE_INLINE int contraction(const uint8_t *p, int caseless) {
  const uint8_t fold = caseless ? 0x20 : 0;
  const uint8_t a = p[1] | fold;
  if (a == 's' || a == 't' || a == 'm' || a == 'd') return 2;
  if (caseless && p[1] == 0xC5 && p[2] == 0xBF) return 3;  // U+017F folds to s
  const uint8_t b = p[2] | fold;
  return (a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l') ? 3 : 0;
}

// GPT-2: runs of letters, numbers and others, each with a blank before it; whitespace leaves its
// last character to what follows.
CUVEE_INLINE cuvee_starts gpt2_starts(const cuvee_sets *s, const uint8_t *p, int limit) {
  const uint64_t other = ~(s->letter | s->number | s->space);
  const uint64_t runs =
      first_of_runs(s->letter) | first_of_runs(s->number) | first_of_runs(other);
  uint64_t starts = (runs & ~(s->blank << 1)) | first_of_runs(s->space) |
                    first_bytes(s->space & ~(s->space >> 1), s->tail);
  uint64_t quotes = s->quote & (starts | 1) & (s->letter >> 1);
  while (quotes != 0) {
    const int i = lowest(quotes);
    quotes &= quotes - 1;
    if (i > 61) break;
    const int length = contraction(p + i, 0);
    if (length == 0) continue;
    starts &= ~bit(i + 1);
    starts |= from(i + length) & ~from(i + length + 1);
  }
  return (cuvee_starts){starts, limit};
}

// Numbers by threes, or one by one.
CUVEE_INLINE uint64_t number_starts(const cuvee_sets *s, int single) {
  if (single) return s->number & ~s->tail;
  const uint64_t first = first_of_runs(s->number);
  uint64_t starts = first;
  uint64_t runs = first & (s->number >> 1) & (s->number >> 2) & (s->number >> 3);
  while (runs != 0) {
    int i = lowest(runs);
    runs &= runs - 1;
    const uint64_t beyond = ~s->number & from(i);
    const int end = beyond == 0 ? 64 : lowest(beyond);
    int inside = 0;
    for (; i < end; i++) {
      if (s->tail & bit(i)) continue;
      if (inside == 3) {
        starts |= bit(i);
        inside = 0;
      }
      inside++;
    }
  }
  return starts;
}

// Whitespace as `\s*[\r\n]+|\s+(?!\S)|\s+` cuts it, with line ends that symbols take (`taken`).
CUVEE_INLINE cuvee_starts space_starts(const cuvee_sets *s, uint64_t taken, int limit, int rest,
                                       int end_wins) {
  const uint64_t inner = s->space & ~s->newline;
  const uint64_t last = s->space & ~(s->space >> 1) & inner;
  uint64_t starts =
      (first_of_runs(s->space) & ~taken) | ((taken << 1) & inner) | first_bytes(last, s->tail);
  // After a line end, the rest of the run is a piece of its own unless it holds one more.
  uint64_t after = ((s->newline & ~taken) << 1) & inner;
  while (after != 0) {
    const int i = lowest(after);
    after &= after - 1;
    const uint64_t beyond = ~inner & from(i);
    const int end = beyond == 0 ? 64 : lowest(beyond);
    if (rest < 64 && end >= rest) {
      if (!end_wins) starts |= bit(i);
    } else if (end > limit + 1) {
      if (i <= limit) limit = i - 1;  // what ends the run is not known yet
    } else if ((s->newline & bit(end)) == 0) {
      starts |= bit(i);
    }
  }
  return (cuvee_starts){starts, limit};
}

// The line ends that directly follow symbols.
CUVEE_INLINE uint64_t taken_newlines(uint64_t newline, uint64_t other) {
  const uint64_t first = newline & (other << 1);
  return newline & ~(newline + first);  // the sum clears the runs that it enters
}

// cl100k: words with one character before them, numbers, symbols with a blank before and line ends
// after them, whitespace. `rest` bytes are left of the text; 64 where there are more.
CUVEE_INLINE cuvee_starts cl100k_starts(const cuvee_sets *s, const uint8_t *p, int limit, int rest,
                                        const cuvee_pattern *pattern) {
  const uint64_t other = ~(s->letter | s->number | s->space);
  const uint64_t symbols = first_of_runs(other) & ~(s->blank << 1);
  const uint64_t prefixes = (s->space & ~s->newline) | all_bytes(symbols, s->tail);
  const uint64_t words = first_of_runs(s->letter) & ~(prefixes << 1);
  const uint64_t taken = taken_newlines(s->newline, other);
  cuvee_starts result = space_starts(s, taken, limit, rest, pattern->end_wins);
  result.starts |= symbols | words | number_starts(s, pattern->single_digits);
  uint64_t quotes = s->quote & symbols & (s->letter >> 1);
  while (quotes != 0) {
    const int i = lowest(quotes);
    quotes &= quotes - 1;
    if (i > 61) break;
    const int length = contraction(p + i, 1);
    if (length > 0) result.starts |= from(i + length) & ~from(i + length + 1);
  }
  return result;
}

// o200k: as cl100k, but a word ends before an upper-case letter that follows a lower-case one, takes
// a contraction that follows it, and symbols take slashes after line ends.
CUVEE_INLINE cuvee_starts o200k_starts(const cuvee_sets *s, const uint8_t *p, int limit, int rest,
                                       const cuvee_pattern *pattern) {
  const uint64_t other = ~(s->letter | s->number | s->space);
  const uint64_t symbols = first_of_runs(other) & ~(s->blank << 1);
  const uint64_t single = all_bytes(symbols, s->tail);
  const uint64_t prefixes = (s->space & ~s->newline) | single;
  const uint64_t words = first_of_runs(s->letter) & ~(prefixes << 1);
  const uint64_t cased = s->upper & (s->lower << 1);
  const uint64_t taken = taken_newlines(s->newline, other);
  // What one character more cannot decide: an upper-case letter after one that has both cases, a
  // mark inside symbols, a slash after a line end that symbols took.
  const uint64_t both = s->letter & ~(s->upper | s->lower);
  const uint64_t unclear = (s->upper & (both << 1)) |
                           (s->mark & ~s->tail & (other << 1) & ~(single << 1)) |
                           (s->slash & (taken << 1));
  if (unclear != 0 && lowest(unclear) <= limit) limit = lowest(unclear) - 1;
  cuvee_starts result = space_starts(s, taken, limit, rest, 0);
  result.starts |= symbols | words | cased | number_starts(s, pattern->single_digits);
  if (!pattern->contractions) return result;
  uint64_t quotes = s->quote & (s->letter << 1) & (s->letter >> 1);
  int end = -1;
  while (quotes != 0) {
    const int i = lowest(quotes);
    quotes &= quotes - 1;
    if (i > 61) break;
    const int length = i == end ? 0 : contraction(p + i, 1);
    if (length == 0) continue;
    end = i + length;
    result.starts &= ~(from(i) & ~from(end));
    result.starts |= from(end) & ~from(end + 1);
  }
  return result;
}

#endif
