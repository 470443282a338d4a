/* Reads the few members that an answer of the broker has. Strict (RFC 8259): valid UTF-8, no NUL, at most 32
 * levels, nothing behind the object. Private to the library; allocates nothing but what kb_json_text returns.
 */
#ifndef KEYBEARER_JSON_H
#define KEYBEARER_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* A value inside of a text that somebody else owns. */
typedef struct kb_json {
    const char* at;
    const char* end;
} kb_json;

/* Whether the text is one object and nothing else. Everything below is for what passed here. */
bool kb_json_object(const char* text, size_t size, kb_json* object);
/* False where there is no such member, or it is null, or it is there twice. */
bool kb_json_member(kb_json object, const char* name, kb_json* value);
/* A copy that the caller wipes and frees; NULL if the value is no text. */
char* kb_json_text(kb_json value);
bool kb_json_integer(kb_json value, long long* number);

/* The length of the UTF-8 sequence at `at`, 0 if it is none. */
size_t kb_utf8_length(const char* at, const char* end);

#endif
