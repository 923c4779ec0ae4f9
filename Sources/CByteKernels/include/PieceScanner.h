// Where the patterns of byte-level tokenizers cut text: 64 bytes at a time, by sets of bytes as bits
// of 64-bit words. What the sets cannot tell is left to the caller's scanner of single characters.

#ifndef CUVEE_PIECE_SCANNER_H
#define CUVEE_PIECE_SCANNER_H

#include <stddef.h>
#include <stdint.h>

// The families of patterns that have a scanner.
enum { CUVEE_PATTERN_GPT2 = 0, CUVEE_PATTERN_CL100K = 1, CUVEE_PATTERN_O200K = 2 };

// The bits of a character's class. Whitespace is `letter | number`, which no character is.
enum {
  CUVEE_CLASS_LETTER = 1,
  CUVEE_CLASS_NUMBER = 2,
  CUVEE_CLASS_SPACE = 3,
  CUVEE_CLASS_STARTS = 4,  // may stand where a cased word starts
  CUVEE_CLASS_ENDS = 8     // may stand where a cased word ends
};

// The instruction sets that a scanner may use; each holds those before it.
enum { CUVEE_LEVEL_PLAIN = 0, CUVEE_LEVEL_SSE2 = 1, CUVEE_LEVEL_AVX2 = 2, CUVEE_LEVEL_AVX512 = 3 };

// A pattern and the classes of all characters: `values[pages[c >> 6] * 64 + (c & 63)]`.
typedef struct {
  const uint16_t *pages;
  const uint8_t *values;
  uint8_t family;
  uint8_t single_digits;  // numbers are cut one by one, not by threes (not GPT-2)
  uint8_t end_wins;       // whitespace up to the end of the text is one piece (cl100k)
  uint8_t contractions;   // a word takes the contraction after it (o200k)
} cuvee_pattern;

// The best level of this machine.
int cuvee_kernel_level(void);

// Cuts pieces from `text[start]` on, where a piece must start, and writes the end of each as an
// offset in `text`, which has fewer than 2^31 bytes.
//
// Stops at the end of the text, when `capacity - 64` ends or more are written, or before a piece
// that has to be cut otherwise: when fewer are written and the text has not ended. Gives the number
// of ends; the last is where to go on.
size_t cuvee_cut_pieces(const cuvee_pattern *pattern, int level, const uint8_t *text, size_t count,
                        size_t start, uint32_t *ends, size_t capacity);

// Cuts ASCII text where two neighbours are not joined: `joins[first << 7 | second]` is 0. Writes the
// offset of each such second character from `text[*start] + 1` on, 64 at a time, and gives their number;
// `*start` becomes the place up to which all are found. Stops before a character that is not ASCII, at
// the end of the text, and when more than `capacity - 64` are written.
size_t cuvee_cut_unjoined(const uint8_t *joins, const uint8_t *text, size_t count, size_t *start,
                          uint32_t *ends, size_t capacity);

#endif
