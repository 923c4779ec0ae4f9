// The scanner for one instruction set, which the includer defines:
//   TARGET           the attribute of its functions
//   NAME(f)          the name of a function of this set
//   BLOCK, LOAD(p)   64 bytes, and how they are read
//   RANGE(b, c, n)   the set of bytes from c to c + n
//   FOLD(b)          the bytes with bit 0x20 set, which makes letters lower case
//   STORE(p, s, n)   writes the members of a set plus n, in order; up to 64 places may be written

#define EQUAL(b, c) RANGE(b, c, 0)

// The sets of the ASCII characters of a block.
TARGET static inline __attribute__((always_inline)) cuvee_sets NAME(ascii_sets)(const uint8_t *p,
                                                                                 int cased) {
  const BLOCK b = LOAD(p);
  cuvee_sets s;
  s.letter = RANGE(FOLD(b), 'a', 25);
  s.number = RANGE(b, '0', 9);
  s.blank = EQUAL(b, ' ');
  s.space = s.blank | RANGE(b, '\t', 4);
  s.quote = EQUAL(b, '\'');
  s.high = RANGE(b, 0x80, 0x7F);
  s.newline = EQUAL(b, '\n') | EQUAL(b, '\r');
  s.slash = cased ? EQUAL(b, '/') : 0;
  s.lower = cased ? RANGE(b, 'a', 25) : 0;
  s.upper = cased ? s.letter & ~s.lower : 0;
  s.mark = 0;
  s.tail = 0;
  return s;
}

// Adds a character of some bytes with a class.
TARGET static inline __attribute__((always_inline)) void NAME(add)(cuvee_sets *s, int cased,
                                                                    uint64_t bytes, uint8_t value) {
  const uint8_t kind = value & CUVEE_CLASS_SPACE;
  if (kind == CUVEE_CLASS_LETTER) s->letter |= bytes;
  if (kind == CUVEE_CLASS_NUMBER) s->number |= bytes;
  if (kind == CUVEE_CLASS_SPACE) s->space |= bytes;
  if (!cased) return;
  const uint8_t edges = value & (CUVEE_CLASS_STARTS | CUVEE_CLASS_ENDS);
  if (edges == CUVEE_CLASS_STARTS) s->upper |= bytes;
  if (edges == CUVEE_CLASS_ENDS) s->lower |= bytes;
  if (kind == 0 && edges != 0) {
    s->mark |= bytes;
    s->letter |= bytes;
  }
}

// Adds the other characters, of a block that the text goes beyond only those that start in its first
// 61 bytes; false where some are not UTF-8.
TARGET static inline __attribute__((always_inline)) int NAME(high_sets)(
    cuvee_sets *s, const uint8_t *p, int cased, const cuvee_pattern *pattern, int whole) {
  const BLOCK b = LOAD(p);
  const uint64_t two = RANGE(b, 0xC2, 0x1D), three = RANGE(b, 0xE0, 0x0F);
  const uint64_t four = RANGE(b, 0xF0, 0x04);
  const uint64_t tail = RANGE(b, 0x80, 0x3F);
  const uint64_t wanted = (two | three | four) << 1 | (three | four) << 2 | four << 3;
  // A character that the end of the block cuts is left out by the limit.
  if (wanted != tail || (two | three | four | tail) != s->high) return 0;
  if (whole && ((two >> 63) | (three >> 62) | (four >> 61))) return 0;
  s->tail = tail;
  // U+5000 to U+9FFF and U+B000 to U+CFFF are letters without case.
  const uint64_t plain = RANGE(b, 0xE5, 0x04) | RANGE(b, 0xEB, 0x01);
  s->letter |= plain | plain << 1 | plain << 2;
  uint64_t rest = (two | three | four) & ~plain & ~(whole ? 0 : from(61));
  while (rest != 0) {
    const int i = lowest(rest);
    rest &= rest - 1;
    const uint8_t *q = p + i;
    uint32_t page, low;
    uint64_t bytes;
    if (q[0] < 0xE0) {
      page = q[0] & 0x1F;
      low = q[1];
      bytes = 3;
    } else if (q[0] < 0xF0) {
      page = (uint32_t)(q[0] & 0x0F) << 6 | (q[1] & 0x3F);
      low = q[2];
      bytes = 7;
    } else {
      page = (uint32_t)(q[0] & 0x07) << 12 | (uint32_t)(q[1] & 0x3F) << 6 | (q[2] & 0x3F);
      low = q[3];
      bytes = 15;
      if (page >= 0x110000 >> 6) return 0;
    }
    NAME(add)(s, cased, bytes << i,
              pattern->values[(size_t)pattern->pages[page] << 6 | (low & 0x3F)]);
  }
  return 1;
}

// Adds the other characters of a block that holds bytes which are not UTF-8: each counts as U+FFFD.
TARGET static __attribute__((noinline)) void NAME(broken_sets)(cuvee_sets *s, const uint8_t *p,
                                                               int cased,
                                                               const cuvee_pattern *pattern) {
  s->tail = 0;
  for (int i = 0; i < 64; i++) {
    const uint32_t first = p[i];
    if (first < 0xC2 || first > 0xF4) continue;
    const int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (i + length > 64) continue;
    uint32_t point = first & (0x7F >> length);
    int valid = 1;
    for (int k = 1; k < length; k++) {
      valid &= (p[i + k] & 0xC0) == 0x80;
      point = point << 6 | (p[i + k] & 0x3F);
    }
    if (!valid || point > 0x10FFFF) continue;
    s->tail |= (from(1) & ~from(length)) << i;
    NAME(add)(s, cased, (~from(length)) << i,
              pattern->values[(size_t)pattern->pages[point >> 6] << 6 | (point & 0x3F)]);
    i += length - 1;
  }
}

// The pieces that start in a block of which `rest` bytes are text, all but the first; and the end of
// the last piece of the text.
TARGET static inline __attribute__((always_inline)) uint64_t NAME(block_starts)(
    const cuvee_pattern *pattern, int family, const uint8_t *p, int rest) {
  const int cased = family == CUVEE_PATTERN_O200K;
  cuvee_sets s = NAME(ascii_sets)(p, cased);
  // What a start hangs on reaches into the character after it, or two bytes on for a contraction.
  int limit = rest < 64 ? rest - 1 : cased ? 61 : 62;
  if (s.high != 0) {
    if (!NAME(high_sets)(&s, p, cased, pattern, rest < 64)) {
      s = NAME(ascii_sets)(p, cased);
      NAME(broken_sets)(&s, p, cased, pattern);
    }
    if (rest == 64) limit = 56;
  }
  cuvee_starts found;
  if (family == CUVEE_PATTERN_GPT2) {
    found = gpt2_starts(&s, p, limit);
  } else if (family == CUVEE_PATTERN_CL100K) {
    found = cl100k_starts(&s, p, limit, rest, pattern);
  } else {
    found = o200k_starts(&s, p, limit, rest, pattern);
  }
  const uint64_t end = rest < 64 && found.limit == rest - 1 ? bit(rest) : 0;
  return end | (found.limit < 1 ? 0 : found.starts & ~from(found.limit + 1) & ~(uint64_t)1);
}

TARGET static inline __attribute__((always_inline)) size_t NAME(cut)(
    const cuvee_pattern *pattern, int family, const uint8_t *text, size_t count, size_t start,
    uint32_t *ends, size_t capacity) {
  size_t written = 0;
  while (start < count && written + 64 < capacity) {
    const size_t left = count - start;
    uint64_t starts;
    if (left >= 64) {
      starts = NAME(block_starts)(pattern, family, text + start, 64);
    } else {
      uint8_t padded[64];
      memset(padded, ' ', sizeof padded);
      memcpy(padded, text + start, left);
      starts = NAME(block_starts)(pattern, family, padded, (int)left);
    }
    if (starts == 0) return written;
    STORE(ends + written, starts, (uint32_t)start);
    written += (size_t)__builtin_popcountll(starts);
    start += (size_t)(63 - __builtin_clzll(starts));
  }
  return written;
}

TARGET static size_t NAME(cut_pieces)(const cuvee_pattern *pattern, const uint8_t *text,
                                      size_t count, size_t start, uint32_t *ends,
                                      size_t capacity) {
  // Each family is compiled by itself, so that the rules of the others are not in its loop.
  switch (pattern->family) {
    case CUVEE_PATTERN_GPT2:
      return NAME(cut)(pattern, CUVEE_PATTERN_GPT2, text, count, start, ends, capacity);
    case CUVEE_PATTERN_CL100K:
      return NAME(cut)(pattern, CUVEE_PATTERN_CL100K, text, count, start, ends, capacity);
    default:
      return NAME(cut)(pattern, CUVEE_PATTERN_O200K, text, count, start, ends, capacity);
  }
}

#undef EQUAL
#undef TARGET
#undef NAME
#undef BLOCK
#undef LOAD
#undef RANGE
#undef FOLD
#undef STORE
