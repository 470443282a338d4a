#include "text.h"

#include "json.h"
#include "keybearer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kb_wipe(void* memory, unsigned long size) {
    volatile unsigned char* byte = memory;
    while (memory != NULL && size-- > 0)
        *byte++ = 0;
}

char* kb_move(char* bytes, size_t used, size_t wanted) {
    char* bigger = malloc(wanted);
    if (bigger != NULL && used > 0)
        memcpy(bigger, bytes, used);
    kb_wipe(bytes, (unsigned long)used);
    free(bytes);
    return bigger;
}

void kb_forget(char* string) {
    if (string != NULL)
        kb_wipe(string, (unsigned long)strlen(string));
    free(string);
}

char* kb_copy(const char* string) {
    char* copy = string == NULL ? NULL : malloc(strlen(string) + 1);
    return copy == NULL ? NULL : strcpy(copy, string);
}

void kb_put(char* out, size_t room, const char* string) {
    const char* end = string + strlen(string);
    size_t used = 0;
    while (string < end) {
        const size_t length = kb_utf8_length(string, end);
        if (length == 0 || used + length >= room)
            break;
        memcpy(out + used, string, length);
        if (length == 1 && ((unsigned char)*string < 0x20 || *string == 0x7F))
            out[used] = ' ';
        used += length;
        string += length;
    }
    out[used] = '\0';
}

static void add(kb_text* out, const char* bytes, size_t size) {
    if (!out->failed && out->room - out->size < size) {
        const size_t wanted = (out->size + size) * 2;
        out->bytes = kb_move(out->bytes, out->size, wanted);
        out->failed = out->bytes == NULL;
        out->room = out->failed ? 0 : wanted;
    }
    if (out->failed)
        return;
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
}

void kb_say(kb_text* out, const char* string) {
    add(out, string, strlen(string));
}

void kb_say_number(kb_text* out, long long number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", number);
    kb_say(out, digits);
}

void kb_say_string(kb_text* out, const char* string) {
    add(out, "\"", 1);
    for (; *string != '\0'; ++string) {
        char escaped[8];
        if (*string == '"' || *string == '\\' || (unsigned char)*string < 0x20) {
            snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)(unsigned char)*string);
            kb_say(out, escaped);
        } else {
            add(out, string, 1);
        }
    }
    add(out, "\"", 1);
}

void kb_say_name(kb_text* out, const char* name) {
    if (!out->failed && out->size > 0 && out->bytes[out->size - 1] != '{')
        kb_say(out, ",");
    kb_say_string(out, name);
    kb_say(out, ":");
}

void kb_say_member(kb_text* out, const char* name, const char* string) {
    if (string == NULL)
        return;
    kb_say_name(out, name);
    kb_say_string(out, string);
}

void kb_text_free(kb_text* text) {
    kb_wipe(text->bytes, (unsigned long)text->size);
    free(text->bytes);
    *text = (kb_text){0};
}
