// The functions of pcre2.h are macros that add the width of a code unit, which Swift does not see;
// the functions with the width in their names are seen.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
