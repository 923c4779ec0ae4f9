#include "json_record.h"

#include <simdjson.h>

#include <memory>
#include <new>
#include <string_view>
#include <vector>

using simdjson::dom::element;
using simdjson::dom::element_type;

namespace {

// A parser keeps memory for the largest record that it met: about 14 bytes a byte of JSON at
// worst. After a record beyond this size it is made anew.
constexpr size_t largest_kept = size_t(16) << 20;
constexpr size_t smallest_capacity = size_t(64) << 10;
constexpr size_t maximum_depth = 1024;

cuvee_json_status status_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::SUCCESS: return CUVEE_JSON_OK;
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC: return CUVEE_JSON_NO_MEMORY;
    case simdjson::DEPTH_ERROR: return CUVEE_JSON_TOO_DEEP;
    case simdjson::STRING_ERROR: return CUVEE_JSON_BAD_STRING;
    case simdjson::NUMBER_ERROR: return CUVEE_JSON_BAD_NUMBER;
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return CUVEE_JSON_BAD_LITERAL;
    case simdjson::UTF8_ERROR: return CUVEE_JSON_INVALID_UTF8;
    case simdjson::EMPTY: return CUVEE_JSON_EMPTY;
    case simdjson::UNESCAPED_CHARS: return CUVEE_JSON_CONTROL_IN_STRING;
    case simdjson::UNCLOSED_STRING: return CUVEE_JSON_OPEN_STRING;
    default: return CUVEE_JSON_BAD_STRUCTURE;
  }
}

}  // namespace

struct cuvee_json {
  std::unique_ptr<simdjson::dom::parser> parser;
  std::vector<element> nodes;
  // A copy of a record after which too few bytes may be read.
  std::vector<uint8_t> padded;

  bool holds(int64_t node) const { return node >= 0 && size_t(node) < nodes.size(); }

  cuvee_json_status parse(const uint8_t *bytes, size_t count, size_t readable) {
    nodes.clear();
    if (count == 0) return CUVEE_JSON_EMPTY;
    if (parser && parser->capacity() > largest_kept && count <= largest_kept) parser.reset();
    if (!parser) parser = std::make_unique<simdjson::dom::parser>();
    if (parser->capacity() < count) {
      size_t capacity = smallest_capacity;
      while (capacity < count) capacity *= 2;
      if (auto error = parser->allocate(capacity, maximum_depth)) return status_of(error);
    }
    if (readable - count < simdjson::SIMDJSON_PADDING) {
      padded.resize(count + simdjson::SIMDJSON_PADDING);
      std::memcpy(padded.data(), bytes, count);
      bytes = padded.data();
    }
    element root;
    auto error = parser->parse(bytes, count, false).get(root);
    if (padded.capacity() > largest_kept) std::vector<uint8_t>().swap(padded);
    if (error) return status_of(error);
    nodes.push_back(root);
    return CUVEE_JSON_OK;
  }

  void shrink() {
    if (parser && parser->capacity() > largest_kept) {
      nodes.clear();
      parser.reset();
    }
  }

  int64_t member(int64_t node, std::string_view key) {
    simdjson::dom::object object;
    if (!holds(node) || nodes[size_t(node)].get(object)) return -1;
    bool found = false;
    element value;
    for (auto field : object) {
      if (field.key == key) {
        value = field.value;
        found = true;
      }
    }
    if (!found) return -1;
    nodes.push_back(value);
    return int64_t(nodes.size() - 1);
  }

  int64_t elements(int64_t node, size_t *count) {
    simdjson::dom::array array;
    *count = 0;
    if (!holds(node) || nodes[size_t(node)].get(array)) return -1;
    size_t first = nodes.size();
    for (element value : array) nodes.push_back(value);
    *count = nodes.size() - first;
    return int64_t(first);
  }
};

// No C++ exception may pass into Swift: each function that may allocate catches what it throws.
extern "C" {

cuvee_json *cuvee_json_create(void) { return new (std::nothrow) cuvee_json; }

void cuvee_json_destroy(cuvee_json *json) { delete json; }

cuvee_json_status cuvee_json_parse(
    cuvee_json *json, const uint8_t *bytes, size_t count, size_t readable) {
  try {
    return json->parse(bytes, count, readable);
  } catch (...) {
    return CUVEE_JSON_NO_MEMORY;
  }
}

void cuvee_json_shrink(cuvee_json *json) { json->shrink(); }

cuvee_json_value cuvee_json_get(const cuvee_json *json, int64_t node) {
  cuvee_json_value result = {};
  if (!json->holds(node)) return result;
  const element &value = json->nodes[size_t(node)];
  switch (value.type()) {
    case element_type::ARRAY: result.kind = CUVEE_JSON_ARRAY; break;
    case element_type::OBJECT: result.kind = CUVEE_JSON_OBJECT; break;
    case element_type::INT64:
      result.kind = CUVEE_JSON_SIGNED;
      result.number.signed_integer = int64_t(value.get_int64().value_unsafe());
      break;
    case element_type::UINT64:
      result.kind = CUVEE_JSON_UNSIGNED;
      result.number.unsigned_integer = uint64_t(value.get_uint64().value_unsafe());
      break;
    case element_type::DOUBLE:
      result.kind = CUVEE_JSON_DOUBLE;
      result.number.floating = double(value.get_double().value_unsafe());
      break;
    case element_type::BOOL:
      result.kind = CUVEE_JSON_BOOLEAN;
      result.number.boolean = bool(value.get_bool().value_unsafe());
      break;
    case element_type::STRING: {
      std::string_view text = value.get_string().value_unsafe();
      result.kind = CUVEE_JSON_STRING;
      result.string = reinterpret_cast<const uint8_t *>(text.data());
      result.count = text.size();
      break;
    }
    case element_type::NULL_VALUE: result.kind = CUVEE_JSON_NULL; break;
  }
  return result;
}

int64_t cuvee_json_member(cuvee_json *json, int64_t node, const uint8_t *key, size_t key_count) {
  try {
    return json->member(node, {reinterpret_cast<const char *>(key), key_count});
  } catch (...) {
    return -1;
  }
}

int64_t cuvee_json_elements(cuvee_json *json, int64_t node, size_t *count) {
  try {
    return json->elements(node, count);
  } catch (...) {
    return -1;
  }
}

cuvee_json_value cuvee_json_key(const cuvee_json *json, int64_t node, size_t place) {
  cuvee_json_value result = {};
  simdjson::dom::object object;
  if (!json->holds(node) || json->nodes[size_t(node)].get(object)) return result;
  for (auto field : object) {
    if (place-- > 0) continue;
    result.kind = CUVEE_JSON_STRING;
    result.string = reinterpret_cast<const uint8_t *>(field.key.data());
    result.count = field.key.size();
    break;
  }
  return result;
}

int cuvee_utf8_is_valid(const uint8_t *bytes, size_t count) {
  return count == 0 || simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}
}
