/* The connection to the broker: a Unix domain socket or a named pipe. Private to the library. Every wait has
 * a deadline in milliseconds of kb_now. */
#ifndef KEYBEARER_CHANNEL_H
#define KEYBEARER_CHANNEL_H

#include "keybearer.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef _WIN32
typedef void* kb_channel;
#define KB_NO_CHANNEL ((kb_channel)0)
#else
typedef int kb_channel;
#define KB_NO_CHANNEL (-1)
#endif

/* Always returns false. */
bool kb_fail(kb_error* error, kb_kind kind, const char* message, const char* action);

long long kb_now(void);
void kb_pause(int milliseconds);
long kb_process(void);

/* Where the broker listens, as the environment says; the caller frees it. NULL with *error filled in. */
char* kb_place(kb_error* error);

/* Refuses a directory that others could put a socket into, and a peer of another user. *absent: nobody
 * listens. */
bool kb_channel_open(const char* place, kb_channel* channel, bool* absent, kb_error* error);
/* A copy of a descriptor that was handed over, KEYBEARER_FD. */
bool kb_channel_adopt(int descriptor, kb_channel* channel, kb_error* error);
void kb_channel_close(kb_channel channel);

/* How many bytes were read; 0 at the end, -1 at the deadline. */
long kb_channel_read(kb_channel channel, char* out, size_t size, long long deadline);
/* False if the other side is gone or does not read; what it said before is still to be read. */
bool kb_channel_write(kb_channel channel, const char* bytes, size_t size, long long deadline);

#endif
