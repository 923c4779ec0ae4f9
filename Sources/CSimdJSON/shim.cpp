#include "CSimdJSON.h"
#include <simdjson.h>
extern "C" int cuvee_simdjson_version(void) { return simdjson::SIMDJSON_VERSION_MAJOR; }
