#include "json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { most_levels = 32, longest_name = 64, most_digits = 18 };

size_t kb_utf8_length(const char* at, const char* end) {
    const unsigned char* p = (const unsigned char*)at;
    const size_t left = (size_t)(end - at);
    const unsigned char c = left > 0 ? p[0] : 0xFF;
    const size_t length = c < 0x80                 ? 1
                          : c >= 0xC2 && c <= 0xDF ? 2
                          : (c & 0xF0) == 0xE0     ? 3
                          : c >= 0xF0 && c <= 0xF4 ? 4
                                                   : 0;
    if (length > left)
        return 0;
    for (size_t i = 1; i < length; ++i) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    /* Longer than need be, a surrogate, or beyond the last character. */
    if ((c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F) || (c == 0xF0 && p[1] < 0x90) ||
        (c == 0xF4 && p[1] > 0x8F))
        return 0;
    return length;
}

static void skip_space(kb_json* r) {
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\r' || *r->at == '\n'))
        ++r->at;
}

static bool take(kb_json* r, char c) {
    if (r->at == r->end || *r->at != c)
        return false;
    ++r->at;
    return true;
}

static bool hex4(kb_json* r, unsigned* unit) {
    *unit = 0;
    for (int i = 0; i < 4; ++i) {
        static const char digits[] = "0123456789abcdef";
        const char c = r->at < r->end ? *r->at : '\0';
        const char* digit = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
        if (digit == NULL)
            return false;
        *unit = *unit * 16 + (unsigned)(digit - digits);
        ++r->at;
    }
    return true;
}

/* Puts a character into out as UTF-8. */
static size_t encode(unsigned c, char* out) {
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    const size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (length == 1) {
        out[0] = (char)c;
        return 1;
    }
    for (size_t i = length; i-- > 1; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[length] | c);
    return length;
}

/* Behind a backslash. At most four bytes go to out. */
static bool escape(kb_json* r, char* out, size_t* length) {
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    unsigned unit = 0, low = 0;
    const char c = r->at < r->end ? *r->at++ : '\0';
    const char* letter = c == '\0' ? NULL : strchr(letters, c);
    if (letter != NULL) {
        *out = meant[letter - letters];
        *length = 1;
        return true;
    }
    if (c != 'u' || !hex4(r, &unit) || unit == 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return false;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        if (!take(r, '\\') || !take(r, 'u') || !hex4(r, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    *length = encode(unit, out);
    return true;
}

/* The string at r. What it means goes to out, as far as there is room; it is never longer than it is written.
 */
static bool string(kb_json* r, char* out, size_t room, size_t* length) {
    *length = 0;
    if (!take(r, '"'))
        return false;
    while (r->at < r->end && *r->at != '"') {
        char piece[4];
        size_t size = 0;
        if (*r->at == '\\') {
            ++r->at;
            if (!escape(r, piece, &size))
                return false;
        } else {
            size = kb_utf8_length(r->at, r->end);
            if (size == 0 || (unsigned char)*r->at < 0x20)
                return false;
            memcpy(piece, r->at, size);
            r->at += size;
        }
        if (*length + size <= room)
            memcpy(out + *length, piece, size);
        *length += size;
    }
    return take(r, '"');
}

static bool digits(kb_json* r) {
    const char* begin = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        ++r->at;
    return r->at > begin;
}

static bool number(kb_json* r) {
    take(r, '-');
    if (!take(r, '0') && !digits(r))
        return false;
    if (take(r, '.') && !digits(r))
        return false;
    if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
        ++r->at;
        if (!take(r, '+'))
            take(r, '-');
        return digits(r);
    }
    return true;
}

static bool word(kb_json* r, const char* expected) {
    const size_t size = strlen(expected);
    if ((size_t)(r->end - r->at) < size || memcmp(r->at, expected, size) != 0)
        return false;
    r->at += size;
    return true;
}

static bool value(kb_json* r, int levels);

/* One member; its name goes to `name`, empty if it is too long to be one that is looked for. */
static bool member(kb_json* r, int levels, char name[longest_name], kb_json* found) {
    size_t length = 0;
    skip_space(r);
    if (!string(r, name, longest_name - 1, &length))
        return false;
    name[length < longest_name ? length : 0] = '\0';
    skip_space(r);
    if (!take(r, ':'))
        return false;
    skip_space(r);
    found->at = r->at;
    if (!value(r, levels))
        return false;
    found->end = r->at;
    skip_space(r);
    return true;
}

static bool container(kb_json* r, int levels, char last) {
    ++r->at;
    skip_space(r);
    if (take(r, last))
        return true;
    do {
        char name[longest_name];
        kb_json ignored;
        skip_space(r);
        if (last == '}' ? !member(r, levels, name, &ignored) : !value(r, levels))
            return false;
        skip_space(r);
    } while (take(r, ','));
    return take(r, last);
}

static bool value(kb_json* r, int levels) {
    size_t length = 0;
    switch (r->at < r->end ? *r->at : '\0') {
    case '{':
        return levels > 0 && container(r, levels - 1, '}');
    case '[':
        return levels > 0 && container(r, levels - 1, ']');
    case '"':
        return string(r, NULL, 0, &length);
    case 't':
        return word(r, "true");
    case 'f':
        return word(r, "false");
    case 'n':
        return word(r, "null");
    default:
        return number(r);
    }
}

bool kb_json_object(const char* text, size_t size, kb_json* object) {
    kb_json r = {text, text + size};
    skip_space(&r);
    object->at = r.at;
    if (r.at == r.end || *r.at != '{' || !value(&r, most_levels))
        return false;
    object->end = r.at;
    skip_space(&r);
    return r.at == r.end;
}

bool kb_json_member(kb_json object, const char* wanted, kb_json* found) {
    int times = 0;
    if (object.at == object.end || *object.at != '{')
        return false;
    ++object.at;
    skip_space(&object);
    while (object.at < object.end && *object.at == '"') {
        char name[longest_name];
        kb_json one;
        if (!member(&object, most_levels, name, &one))
            return false;
        if (strcmp(name, wanted) == 0) {
            *found = one;
            ++times;
        }
        take(&object, ',');
        skip_space(&object);
    }
    return times == 1 && *found->at != 'n';
}

char* kb_json_text(kb_json text) {
    const size_t room = (size_t)(text.end - text.at);
    size_t length = 0;
    char* out = room > 0 && *text.at == '"' ? malloc(room) : NULL;
    if (out == NULL)
        return NULL;
    if (!string(&text, out, room - 1, &length) || length >= room) {
        free(out);
        return NULL;
    }
    out[length] = '\0';
    return out;
}

bool kb_json_integer(kb_json text, long long* out) {
    const bool negative = take(&text, '-');
    long long sum = 0;
    if (text.at == text.end || text.end - text.at > most_digits)
        return false;
    for (; text.at < text.end; ++text.at) {
        if (*text.at < '0' || *text.at > '9')
            return false;
        sum = sum * 10 + (*text.at - '0');
    }
    *out = negative ? -sum : sum;
    return true;
}
