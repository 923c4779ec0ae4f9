#include "TokenTable.h"

// The strings that are asked for at once. What they need fits the smallest cache.
#define GROUP 32

static inline int is_equal(const uint8_t *left, const uint8_t *right, size_t n) {
  if (n >= 8) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
      if (cuvee_load64(left + i) != cuvee_load64(right + i)) return 0;
    }
    return cuvee_load64(left + n - 8) == cuvee_load64(right + n - 8);
  }
  if (n >= 4) {
    return cuvee_load32(left) == cuvee_load32(right) &&
           cuvee_load32(left + n - 4) == cuvee_load32(right + n - 4);
  }
  for (size_t i = 0; i < n; i++) {
    if (left[i] != right[i]) return 0;
  }
  return 1;
}

static inline int is_token(const cuvee_tokens *tokens, uint32_t id, const uint8_t *p, size_t n) {
  const cuvee_token_place place = tokens->places[id];
  return place.length == n && is_equal(tokens->arena + place.start, p, n);
}

void cuvee_find_tokens(const cuvee_tokens *tokens, const uint8_t *text, const cuvee_token_place *strings,
                       size_t count, uint32_t *ids) {
  const uint64_t *slots = tokens->slots;
  const uint64_t mask = tokens->slot_mask;
  uint64_t hashes[GROUP];
  uint32_t candidates[GROUP];
  if (tokens->places == NULL) {
    for (size_t i = 0; i < count; i++) ids[i] = CUVEE_NO_TOKEN;
    return;
  }
  for (size_t first = 0; first < count; first += GROUP) {
    const size_t n = count - first < GROUP ? count - first : GROUP;
    const cuvee_token_place *group = strings + first;
    for (size_t i = 0; i < n; i++) {
      hashes[i] = cuvee_token_hash(text + group[i].start, group[i].length);
      cuvee_prefetch(slots + (hashes[i] & mask));
    }
    // The first slot nearly always decides; the others are looked at below. Whether it holds what is
    // wanted no processor can foretell, so all are asked for.
    for (size_t i = 0; i < n; i++) {
      const uint64_t slot = slots[hashes[i] & mask];
      candidates[i] = slot == CUVEE_FREE_SLOT ? 0 : (uint32_t)slot;
      cuvee_prefetch(tokens->places + candidates[i]);
    }
    for (size_t i = 0; i < n; i++) {
      cuvee_prefetch(tokens->arena + tokens->places[candidates[i]].start);
    }
    for (size_t i = 0; i < n; i++) {
      uint32_t found = CUVEE_NO_TOKEN;
      for (uint64_t place = hashes[i] & mask;; place = (place + 1) & mask) {
        const uint64_t slot = slots[place];
        if (slot == CUVEE_FREE_SLOT) break;
        if ((slot ^ hashes[i]) >> 32 == 0 &&
            is_token(tokens, (uint32_t)slot, text + group[i].start, group[i].length)) {
          found = (uint32_t)slot;
          break;
        }
      }
      ids[first + i] = found;
    }
  }
}

size_t cuvee_index_tokens(uint64_t *slots, const cuvee_tokens *tokens, const uint32_t *ids,
                          size_t count, uint32_t *other) {
  const uint64_t mask = tokens->slot_mask;
  uint64_t hashes[GROUP];
  for (size_t first = 0; first < count; first += GROUP) {
    const size_t n = count - first < GROUP ? count - first : GROUP;
    for (size_t i = 0; i < n; i++) {
      const cuvee_token_place place = tokens->places[ids[first + i]];
      if (place.length == 0) continue;
      hashes[i] = cuvee_token_hash(tokens->arena + place.start, place.length);
      cuvee_prefetch(slots + (hashes[i] & mask));
    }
    for (size_t i = 0; i < n; i++) {
      const cuvee_token_place token = tokens->places[ids[first + i]];
      if (token.length == 0) continue;
      uint64_t place = hashes[i] & mask;
      while (slots[place] != CUVEE_FREE_SLOT) {
        const uint64_t slot = slots[place];
        if ((slot ^ hashes[i]) >> 32 == 0 &&
            is_token(tokens, (uint32_t)slot, tokens->arena + token.start, token.length)) {
          *other = (uint32_t)slot;
          return first + i;
        }
        place = (place + 1) & mask;
      }
      slots[place] = hashes[i] >> 32 << 32 | ids[first + i];
    }
  }
  return count;
}

#define BLOCK 256

void cuvee_longest_beginnings(const cuvee_tokens *tokens, const uint8_t *has_length,
                              const uint32_t *ids, size_t count, uint32_t *beginnings) {
  uint32_t left[BLOCK], found[BLOCK];
  cuvee_token_place places[BLOCK];
  for (size_t first = 0; first < count; first += BLOCK) {
    const size_t n = count - first < BLOCK ? count - first : BLOCK;
    size_t pending = 0;
    for (size_t i = 0; i < n; i++) {
      left[pending] = ids[first + i];
      places[pending] = tokens->places[ids[first + i]];
      beginnings[ids[first + i]] = CUVEE_NO_TOKEN;
      pending += places[pending].length > 1;
    }
    while (pending > 0) {
      // The next shorter beginning of each that a token may be; without one it is done.
      size_t asked = 0;
      for (size_t i = 0; i < pending; i++) {
        const uint32_t start = places[i].start;
        uint32_t length = places[i].length - 1;
        while (length > 0 && !has_length[length]) length--;
        left[asked] = left[i];
        places[asked] = (cuvee_token_place){start, length};
        asked += length > 0;
      }
      cuvee_find_tokens(tokens, tokens->arena, places, asked, found);
      pending = 0;
      for (size_t i = 0; i < asked; i++) {
        beginnings[left[i]] = found[i];
        const int goes_on = found[i] == CUVEE_NO_TOKEN && places[i].length > 1;
        left[pending] = left[i];
        places[pending] = places[i];
        pending += (size_t)goes_on;
      }
    }
  }
}
