#ifndef CUVEE_CSIMDJSON_H
#define CUVEE_CSIMDJSON_H
#include "json_record.h"
#endif
