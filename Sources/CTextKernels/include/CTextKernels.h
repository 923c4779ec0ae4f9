// Words and sequences of words of one document, for the metrics of filters. All memory belongs to the
// caller. Texts are valid UTF-8 of less than 2^31 bytes.

#ifndef CUVEE_TEXT_KERNELS_H
#define CUVEE_TEXT_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// A word at its place: the bytes from `start` to before `end`, and the number of the word that this is; a hash
// of its bytes until it has one.
typedef struct {
  uint32_t start, end, word;
} cuvee_place;

enum {
  cuvee_word_has_letter = 1,  // a letter of ASCII
  cuvee_word_has_other = 2,   // a letter or a digit of ASCII
  cuvee_word_is_wide = 4,     // bytes outside ASCII, which the caller looks at
};

// A word, however often it occurs.
typedef struct {
  uint64_t head;      // its first eight bytes, zeros after its end
  uint32_t start;     // where it occurs first
  uint32_t count;     // its bytes
  uint32_t characters;
  uint32_t occurrences;
  uint32_t flags;
  uint32_t hash;
} cuvee_word;

// Cuts words between white space, as Python's `str.split`, from `*index` on, until `room` are found or the
// text ends; `*index` is then where to go on. The numbers of words are left to `cuvee_number_words`.
size_t cuvee_cut_words(const uint8_t *text, size_t n, size_t *index, cuvee_place *places, size_t room);

// Gives equal words the same number, in the order in which they occur first. `slots` has room for `*mask` + 1
// numbers, a power of two and more than `count`; of these `*mask` + 1 are used in the end, as few as hold the
// different words, so that they stay in the cache. `words` has room for `count`. Gives the number of different
// words.
size_t cuvee_number_words(const uint8_t *text, cuvee_place *places, size_t count, cuvee_word *words,
                          uint32_t *slots, size_t *mask);

// The number of a word among those of `cuvee_number_words`, or -1.
long cuvee_find_word(const uint8_t *text, const cuvee_word *words, const uint32_t *slots, size_t mask,
                     const uint8_t *word, size_t count);

// A sequence of words, in a table by `key`; `count` is 0 where the slot is empty.
typedef struct {
  uint64_t key;
  uint32_t count;
  uint32_t unused;
} cuvee_sequence;

// Counts the sequences one word longer than those numbered in `numbers`, which has a number for each place, or
// -1 where the sequence there occurs once; afterwards it has those of the longer ones. `last` is the last place
// at which a longer sequence begins. `slots` has room for twice as many as there can be, `mask` + 1 of them.
// Gives how often the most frequent occurs, and in `*first` where the first of these begins.
uint32_t cuvee_count_sequences(int32_t *numbers, size_t last, cuvee_sequence *slots, size_t mask, size_t *first);

// Writes the words one after another without white space, and 16 zeros; `offsets` and `characters` get what is
// before each word and, last, in all. `joined` has room for the text's bytes and 32 more.
size_t cuvee_join_words(const uint8_t *text, size_t n, const cuvee_place *places, size_t count,
                        const cuvee_word *words, uint8_t *joined, uint32_t *offsets, uint32_t *characters);

// The places at which a sequence of at least `shortest` words may begin that occurs twice: where the next 16
// bytes begin at another word, too, or `shortest` words are shorter than that. `slots` has `mask` + 1
// numbers, a power of two and more than `count`; `candidates` has room for `count`. Gives how many there are.
size_t cuvee_find_candidates(const uint8_t *joined, const uint32_t *offsets, size_t count, size_t shortest,
                             uint32_t *slots, size_t mask, uint8_t *flags, uint32_t *candidates);

// The characters of the sequences of `length` words that occurred before, from the first candidate on and past
// each such sequence. `slots` has `mask` + 1 numbers, a power of two and more than `candidate_count`.
size_t cuvee_repeated_characters(const uint8_t *joined, const uint32_t *offsets, const uint32_t *characters,
                                 size_t count, size_t length, const uint32_t *candidates,
                                 size_t candidate_count, uint32_t *slots, size_t mask);

#endif
