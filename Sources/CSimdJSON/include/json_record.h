/* One JSON record at a time, read with simdjson's DOM parser, behind plain C.
 *
 * The DOM checks the whole record before anything of it is used; simdjson's On-Demand
 * interface would let malformed records pass where nobody looks.
 */
#ifndef CUVEE_JSON_RECORD_H
#define CUVEE_JSON_RECORD_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/* A parser and the record that it parsed last. Used by one thread at a time. */
typedef struct cuvee_json cuvee_json;

/* Why a record could not be parsed. */
typedef enum {
  CUVEE_JSON_OK = 0,
  CUVEE_JSON_NO_MEMORY,
  CUVEE_JSON_TOO_DEEP,       /* nested deeper than 1,024 levels */
  CUVEE_JSON_BAD_STRING,     /* an escape that is none, or half a surrogate pair */
  CUVEE_JSON_BAD_NUMBER,     /* not a number, or one that does not fit 64 bits */
  CUVEE_JSON_BAD_LITERAL,    /* begins like true, false or null and is not that */
  CUVEE_JSON_INVALID_UTF8,
  CUVEE_JSON_EMPTY,          /* nothing but white space */
  CUVEE_JSON_CONTROL_IN_STRING,
  CUVEE_JSON_OPEN_STRING,    /* the closing quotation mark is missing */
  CUVEE_JSON_BAD_STRUCTURE,  /* anything else: commas, colons, brackets, text after the end */
} cuvee_json_status;

typedef enum {
  CUVEE_JSON_NULL = 0,
  CUVEE_JSON_BOOLEAN,
  CUVEE_JSON_SIGNED,
  CUVEE_JSON_UNSIGNED,       /* greater than INT64_MAX */
  CUVEE_JSON_DOUBLE,
  CUVEE_JSON_STRING,
  CUVEE_JSON_ARRAY,
  CUVEE_JSON_OBJECT,
} cuvee_json_kind;

/* A scalar, or the kind of an array or object. A string's bytes are valid UTF-8, not
 * zero-terminated, and live until the next parse. */
typedef struct {
  cuvee_json_kind kind;
  const uint8_t *string;
  size_t count;
  union {
    int64_t signed_integer;
    uint64_t unsigned_integer;
    double floating;
    int boolean;
  } number;
} cuvee_json_value;

/* Creates a parser; NULL where memory is short. */
cuvee_json *cuvee_json_create(void);

/* Frees a parser. */
void cuvee_json_destroy(cuvee_json *json);

/* Parses the record of `count` bytes at `bytes`, of which `readable` bytes (at least `count`) may
 * be read: where fewer than 64 bytes follow the record it is copied first. The record's root is
 * node 0. Nodes and strings of the record before become invalid. */
cuvee_json_status cuvee_json_parse(
    cuvee_json *json, const uint8_t *bytes, size_t count, size_t readable);

// Forgets a record larger than 16 MiB and gives its memory back; keeps a smaller one.
void cuvee_json_shrink(cuvee_json *json);

/* The value of a node. */
cuvee_json_value cuvee_json_get(const cuvee_json *json, int64_t node);

/* The node of an object's member, the last one where a key occurs twice; -1 where the node is no
 * object or has no such member, or memory is short. */
int64_t cuvee_json_member(
    cuvee_json *json, int64_t node, const uint8_t *key, size_t key_count);

/* The node of an array's first element; the others follow it one by one, `*count` in all.
 * -1 where the node is no array or memory is short. */
int64_t cuvee_json_elements(cuvee_json *json, int64_t node, size_t *count);

/* The key of an object's member by its place, as a string value that lives until the next parse.
 * Null where the node is no object or has no such member. */
cuvee_json_value cuvee_json_key(const cuvee_json *json, int64_t node, size_t place);

/* Whether bytes are valid UTF-8. */
int cuvee_utf8_is_valid(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif
#endif
