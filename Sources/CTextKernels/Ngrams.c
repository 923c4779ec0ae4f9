#include "CTextKernels.h"
#include "Hashing.h"

uint32_t cuvee_count_sequences(int32_t *numbers, size_t last, cuvee_sequence *slots, size_t mask, size_t *first) {
  memset(slots, 0, (mask + 1) * sizeof *slots);
  uint32_t most = 1;
  for (size_t i = 0; i <= last; i++) {
    // The sequences at this place and the next overlap, so both together are the longer one.
    if (numbers[i] < 0 || numbers[i + 1] < 0) {
      numbers[i] = -1;
      continue;
    }
    const uint64_t key = (uint64_t)(uint32_t)numbers[i] << 32 | (uint32_t)numbers[i + 1];
    size_t slot = fold(key) & mask;
    while (slots[slot].count != 0 && slots[slot].key != key) slot = (slot + 1) & mask;
    slots[slot].key = key;
    const uint32_t count = ++slots[slot].count;
    if (count > most) most = count;
    numbers[i] = (int32_t)slot;
  }
  *first = 0;
  if (most > 1) {
    while (numbers[*first] < 0 || slots[numbers[*first]].count < most) ++*first;
  }
  for (size_t i = 0; i <= last; i++) {
    if (numbers[i] >= 0 && slots[numbers[i]].count < 2) numbers[i] = -1;
  }
  return most;
}

size_t cuvee_join_words(const uint8_t *text, size_t n, const cuvee_place *places, size_t count,
                        const cuvee_word *words, uint8_t *joined, uint32_t *offsets, uint32_t *characters) {
  size_t size = 0;
  uint32_t before = 0;
  for (size_t i = 0; i < count; i++) {
    const size_t length = places[i].end - places[i].start;
    offsets[i] = (uint32_t)size;
    characters[i] = before;
    before += words[places[i].word].characters;
    // What is copied beyond the word is overwritten by the next one.
    if (length <= 16 && places[i].start + 16 <= n) {
      memcpy(joined + size, text + places[i].start, 16);
    } else {
      memcpy(joined + size, text + places[i].start, length);
    }
    size += length;
  }
  offsets[count] = (uint32_t)size;
  characters[count] = before;
  memset(joined + size, 0, 16);
  return size;
}

size_t cuvee_find_candidates(const uint8_t *joined, const uint32_t *offsets, size_t count, size_t shortest,
                             uint32_t *slots, size_t mask, uint8_t *flags, uint32_t *candidates) {
  if (count < shortest) return 0;
  const size_t places = count - shortest + 1;
  memset(slots, 0xFF, (mask + 1) * sizeof *slots);
  memset(flags, 0, places);
  for (size_t i = 0; i < places; i++) {
    const uint8_t *p = joined + offsets[i];
    const uint64_t low = cuvee_load64(p), high = cuvee_load64(p + 8);
    if (offsets[i + shortest] - offsets[i] < 16) flags[i] = 1;
    size_t slot = fold(low ^ high * 0x9E3779B97F4A7C15ull) & mask;
    for (;; slot = (slot + 1) & mask) {
      const uint32_t other = slots[slot];
      if (other == UINT32_MAX) {
        slots[slot] = (uint32_t)i;
        break;
      }
      const uint8_t *q = joined + offsets[other];
      if (cuvee_load64(q) == low && cuvee_load64(q + 8) == high) {
        flags[i] = 1;
        flags[other] = 1;
        break;
      }
    }
  }
  size_t found = 0;
  for (size_t i = 0; i < places; i++) {
    candidates[found] = (uint32_t)i;
    found += flags[i];
  }
  return found;
}

size_t cuvee_repeated_characters(const uint8_t *joined, const uint32_t *offsets, const uint32_t *characters,
                                 size_t count, size_t length, const uint32_t *candidates,
                                 size_t candidate_count, uint32_t *slots, size_t mask) {
  if (candidate_count == 0 || count < length) return 0;
  const uint8_t *end = joined + offsets[count];
  memset(slots, 0xFF, (mask + 1) * sizeof *slots);
  size_t next = 0, repeated = 0;
  for (size_t c = 0; c < candidate_count; c++) {
    const size_t i = candidates[c];
    if (i < next) continue;
    if (i + length > count) break;
    const uint8_t *p = joined + offsets[i];
    const size_t bytes = offsets[i + length] - offsets[i];
    size_t slot = hash_bytes(p, bytes, end) & mask;
    for (;; slot = (slot + 1) & mask) {
      const uint32_t other = slots[slot];
      if (other == UINT32_MAX) {
        slots[slot] = (uint32_t)i;
        break;
      }
      if (offsets[other + length] - offsets[other] == bytes && memcmp(joined + offsets[other], p, bytes) == 0) {
        repeated += characters[i + length] - characters[i];
        next = i + length;
        break;
      }
    }
  }
  return repeated;
}
