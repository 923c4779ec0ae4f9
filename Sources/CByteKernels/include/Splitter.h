// Cuts text into pieces where a pattern matches, by an automaton over the symbols of its characters.
// Swift compiles the patterns (Tokenizers/Patterns); here are the loops over text.

#ifndef CUVEE_SPLITTER_H
#define CUVEE_SPLITTER_H

#include <stddef.h>
#include <stdint.h>

// In an end of a piece: the piece is left out of what follows.
#define CUVEE_REMOVED (1ull << 63)

// The stretches of states that a trail keeps.
enum { CUVEE_TRAIL = 64 };

// The symbols that a search compares with, and the bytes behind the symbols that it may read.
enum { CUVEE_WANTED = 6, CUVEE_SYMBOL_SLACK = 32 };

// The symbols below which a search looks at two in a row.
enum { CUVEE_PAIRED = 32 };

// The symbol of each code point: `values[pages[c >> 8] << 8 | (c & 255)]`. A character's first byte gets
// its symbol, its other bytes get `inside`.
typedef struct {
  const uint16_t *pages;
  const uint8_t *values;
  uint8_t inside;
} cuvee_symbols;

// Writes the symbols of UTF-8 text, one for each byte. A byte that is no UTF-8 counts as U+FFFD.
void cuvee_write_symbols(const cuvee_symbols *symbols, const uint8_t *text, size_t count, uint8_t *out);

// Writes the symbol of each byte, given those of all 256.
void cuvee_write_byte_symbols(const uint8_t *symbols, const uint8_t *text, size_t count, uint8_t *out);

// Whether this processor can search for pairs of symbols.
int cuvee_can_search_pairs(void);

// A pattern, and what becomes of its matches.
//
// `next[state << shift | symbol]` is the state that follows; the top bit says that a match ends before
// the symbol. State 0 is dead. A match is preferred as a backtracking engine would: the last one seen
// before the automaton dies.
typedef struct {
  const uint16_t *next;
  const uint16_t *starts;  // where to start, by the symbol before; or `start` where that is no matter
  const uint8_t *skipped;  // by symbol: whether no match starts there
  uint8_t wanted[CUVEE_WANTED];  // the symbols at which one may, where they are few
  uint8_t wanted_count;          // 0 where they are not
  // A match may start at symbol a with b behind it only where `first[a] & second[b]` has a bit; at a as the
  // last one of a piece where `last[a]` is not 0, or the search finds it. Only where `has_pairs` is not 0.
  uint8_t has_pairs;
  uint8_t first[CUVEE_PAIRED], second[CUVEE_PAIRED], last[256];
  uint16_t start;          // at the beginning of a piece
  uint8_t shift;
  uint8_t end;             // the symbol that stands for the end of a piece, where there are no marks
  uint8_t inside;
  uint8_t looks_back;      // whether `starts` is to be used
  uint8_t keeps_trail;     // whether an attempt may run far beyond its match
  // Whether pieces are cut before a match that a gap precedes, behind one that a gap follows, and
  // between two.
  uint8_t cuts_before, cuts_behind, cuts_between;
  uint8_t removes_matches, removes_gaps;
  // Look-aheads of more than a character, or NULL: a second automaton goes through a piece from its end
  // and writes symbols that say which of them hold. Its input is the symbol times `behind_count` plus the
  // class of the symbol before, which is `behind[base_end]` at the beginning.
  const uint16_t *mark_next;
  const uint8_t *mark_symbols;
  const uint8_t *behind;
  uint32_t mark_width;
  uint8_t behind_count, base_end, base_inside;
} cuvee_splitter;

// Where a splitter is in a list of pieces.
typedef struct {
  size_t index;       // the piece of the list
  size_t start;       // where it starts
  size_t at;          // where to look for the next match; or `start` with `entered` 0
  size_t gap;         // the end of the last match
  size_t cut;         // the end of the last piece that was given
  size_t candidate;   // no match starts between `start` and here, where it is greater
  uint8_t entered, matched;
  // The states of the last attempt behind its match, up to where it died: nothing matched there.
  size_t trail_from, trail_to;
  uint32_t trail_count;
  struct { size_t from; uint16_t state; } trail[CUVEE_TRAIL];
} cuvee_split_place;

// Cuts pieces into smaller ones.
//
// `symbols` are those of the whole text, with CUVEE_SYMBOL_SLACK bytes behind them. `ends` are the ends of the pieces; the first starts at 0 when
// `place` is all zeros. Writes at most `capacity` ends, which is 4 or more, and gives their number; goes on
// from there when called again. When `place->index` is `count` all are cut; for another list that
// continues this one it is set to 0. `marked` has room for the text and a byte more where the splitter
// has look-aheads.
size_t cuvee_split(const cuvee_splitter *splitter, cuvee_split_place *place, const uint8_t *symbols,
                   uint8_t *marked, const uint64_t *ends, size_t count, uint64_t *out,
                   size_t capacity);

#endif
