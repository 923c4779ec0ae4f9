#ifndef CUVEE_CSIMDJSON_H
#define CUVEE_CSIMDJSON_H
#ifdef __cplusplus
extern "C" {
#endif
int cuvee_simdjson_version(void);
#ifdef __cplusplus
}
#endif
#endif
