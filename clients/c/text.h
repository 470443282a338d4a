/* A text that is put together from pieces and may hold a secret. Private to the library. */
#ifndef KEYBEARER_TEXT_H
#define KEYBEARER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Begins as {0}; bytes is NULL after a failure, which lasts. */
typedef struct kb_text {
    char* bytes;
    size_t size, room;
    bool failed;
} kb_text;

void kb_say(kb_text* out, const char* string);
void kb_say_number(kb_text* out, long long number);
/* A JSON string. What is no UTF-8 in it the broker refuses. */
void kb_say_string(kb_text* out, const char* string);
/* A name in quotes and a colon, after a comma where one is due. */
void kb_say_name(kb_text* out, const char* name);
/* A member, unless the string is NULL. */
void kb_say_member(kb_text* out, const char* name, const char* string);
void kb_text_free(kb_text* text);

/* Moves `used` bytes to a place of `wanted` bytes, and leaves no copy of them behind; NULL if there is none.
 */
char* kb_move(char* bytes, size_t used, size_t wanted);
/* Wipes and frees. */
void kb_forget(char* string);
char* kb_copy(const char* string);
/* As much as fits into `room` bytes, whole characters, none that could play tricks on a terminal. */
void kb_put(char* out, size_t room, const char* string);

#endif
