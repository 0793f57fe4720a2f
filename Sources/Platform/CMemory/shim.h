#pragma once
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

// glibc keeps what was freed for the process; this gives it back to the system.
static inline void magpie_return_freed_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
