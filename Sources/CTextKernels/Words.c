#include "CTextKernels.h"

#include "CByteKernels.h"
#include "Hashing.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// The length of the white space character at `p`, which has `n` bytes; 0 where there is none. White space is
// what Python's `str.split` takes for it.
static inline size_t space_length(const uint8_t *p, size_t n) {
  const uint8_t byte = p[0];
  if (byte < 0x80) return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F);
  if (byte == 0xC2) return n > 1 && (p[1] == 0x85 || p[1] == 0xA0) ? 2 : 0;
  if (n < 3) return 0;
  if (byte == 0xE1) return p[1] == 0x9A && p[2] == 0x80 ? 3 : 0;
  if (byte == 0xE3) return p[1] == 0x80 && p[2] == 0x80 ? 3 : 0;
  if (byte != 0xE2) return 0;
  if (p[1] == 0x81) return p[2] == 0x9F ? 3 : 0;
  if (p[1] != 0x80) return 0;
  return p[2] <= 0x8A || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF ? 3 : 0;
}

// The first byte from `i` on at which white space may begin: white space of ASCII, or the first byte of a wider
// one.
static inline size_t find_space(const uint8_t *text, size_t n, size_t i) {
#if defined(__SSE2__)
  // Most words are short, so a wide load pays only where it finds the end at once.
  const __m128i controls = _mm_set1_epi8(0x20);
  const __m128i low = _mm_set1_epi8((char)0xC1), high = _mm_set1_epi8((char)0xE4);
  const __m128i zero = _mm_setzero_si128();
  for (; i + 16 <= n; i += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + i));
    const __m128i small = _mm_cmpeq_epi8(_mm_subs_epu8(v, controls), zero);
    // As signed bytes 0xC2 to 0xE3 lie between 0xC1 and 0xE4.
    const __m128i wide = _mm_and_si128(_mm_cmpgt_epi8(v, low), _mm_cmplt_epi8(v, high));
    const unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(small, wide));
    if (mask != 0) return i + (size_t)__builtin_ctz(mask);
  }
#endif
  while (i < n && text[i] > 0x20 && (text[i] < 0xC2 || text[i] > 0xE3)) i++;
  return i;
}

static inline uint32_t hash_word(const uint8_t *p, size_t count, const uint8_t *end) {
  return (uint32_t)(count <= 8 ? fold(load_upto8(p, count, end) ^ count << 60) : hash_bytes(p, count, end));
}

size_t cuvee_cut_words(const uint8_t *text, size_t n, size_t *index, cuvee_place *places, size_t room) {
  size_t i = *index;
  size_t found = 0;
  while (found < room) {
    size_t space;
    while (i < n && (text[i] <= 0x20 || text[i] >= 0xC2) && (space = space_length(text + i, n - i)) > 0) i += space;
    if (i >= n) break;
    const size_t start = i;
    while (i < n) {
      i = find_space(text, n, i);
      if (i >= n || space_length(text + i, n - i) > 0) break;
      i++;
    }
    places[found].start = (uint32_t)start;
    places[found].end = (uint32_t)i;
    places[found].word = hash_word(text + start, i - start, text + n);
    found++;
  }
  *index = i;
  return found;
}

static int is_word(const uint8_t *text, const cuvee_word *word, const uint8_t *p, size_t count, uint64_t head) {
  if (word->head != head || word->count != count) return 0;
  return count <= 8 || memcmp(text + word->start + 8, p + 8, count - 8) == 0;
}

static void describe(cuvee_word *word, const uint8_t *p) {
  uint32_t flags = 0;
  for (size_t i = 0; i < word->count; i++) {
    const uint8_t byte = p[i];
    if ((uint8_t)((byte | 0x20) - 'a') < 26) flags |= cuvee_word_has_letter | cuvee_word_has_other;
    if ((uint8_t)(byte - '0') < 10) flags |= cuvee_word_has_other;
    if (byte >= 0x80) flags |= cuvee_word_is_wide;
  }
  word->flags = flags;
  word->characters = flags & cuvee_word_is_wide ? (uint32_t)cuvee_count_characters(p, word->count) : word->count;
}

// Doubles the slots four times and puts the words in their new ones.
static void grow(const cuvee_word *words, size_t different, uint32_t *slots, size_t mask) {
  memset(slots, 0xFF, (mask + 1) * sizeof *slots);
  for (size_t i = 0; i < different; i++) {
    size_t slot = words[i].hash & mask;
    while (slots[slot] != UINT32_MAX) slot = (slot + 1) & mask;
    slots[slot] = (uint32_t)i;
  }
}

size_t cuvee_number_words(const uint8_t *text, cuvee_place *places, size_t count, cuvee_word *words,
                          uint32_t *slots, size_t *mask) {
  // Past the last word there is nothing to read, before its end there is.
  const uint8_t *end = count > 0 ? text + places[count - 1].end : text;
  const size_t widest = *mask;
  size_t used = widest < 1023 ? widest : 1023;
  size_t different = 0;
  memset(slots, 0xFF, (used + 1) * sizeof *slots);
  for (size_t i = 0; i < count; i++) {
    const uint8_t *p = text + places[i].start;
    const size_t length = places[i].end - places[i].start;
    const uint32_t hash = places[i].word;
    if (i + 8 < count) __builtin_prefetch(&slots[places[i + 8].word & used]);
    const uint64_t head = load_upto8(p, length, end);
    size_t slot = hash & used;
    for (;; slot = (slot + 1) & used) {
      if (slots[slot] == UINT32_MAX) {
        slots[slot] = (uint32_t)different;
        cuvee_word *word = &words[different];
        word->head = head;
        word->start = places[i].start;
        word->count = (uint32_t)length;
        word->occurrences = 1;
        word->hash = hash;
        describe(word, p);
        places[i].word = (uint32_t)different++;
        if (different * 2 > used && used < widest) {
          used = used * 4 + 3 < widest ? used * 4 + 3 : widest;
          grow(words, different, slots, used);
        }
        break;
      }
      cuvee_word *word = &words[slots[slot]];
      if (word->hash == hash && is_word(text, word, p, length, head)) {
        word->occurrences++;
        places[i].word = slots[slot];
        break;
      }
    }
  }
  *mask = used;
  return different;
}

long cuvee_find_word(const uint8_t *text, const cuvee_word *words, const uint32_t *slots, size_t mask,
                     const uint8_t *word, size_t count) {
  const uint8_t *end = word + count;
  const uint64_t head = load_upto8(word, count, end);
  for (size_t slot = hash_word(word, count, end) & mask;; slot = (slot + 1) & mask) {
    if (slots[slot] == UINT32_MAX) return -1;
    if (is_word(text, &words[slots[slot]], word, count, head)) return (long)slots[slot];
  }
}
