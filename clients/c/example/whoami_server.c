/* An MCP server with one tool, whoami: it asks an HTTP API who the person is, with a token of the broker.
 *
 *   WHOAMI_URL=https://api.github.com/user WHOAMI_PROVIDER=github whoami_server
 *
 * JSON-RPC over standard input and output, one message a line, in both eras of MCP as far as one tool goes.
 */
#define _GNU_SOURCE /* getline */
#include "keybearer.h"

#include <curl/curl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { longest_answer = 65536, seconds_for_http = 20, seconds_of_token = 60 };

typedef struct body {
    char bytes[longest_answer];
    size_t size;
} body;

static const char* setting(const char* name, const char* usual) {
    const char* value = getenv(name);
    return value == NULL || *value == '\0' ? usual : value;
}

static size_t collect(char* bytes, size_t one, size_t count, void* to) {
    body* out = to;
    if (count > sizeof out->bytes - out->size)
        return 0; /* too much: curl ends the transfer */
    memcpy(out->bytes + out->size, bytes, one * count);
    out->size += one * count;
    return one * count;
}

/* The status of the answer, 0 if there was none. */
static long fetch(const char* url, const kb_token* token, body* out) {
    char line[8192];
    long status = 0;
    CURL* curl = curl_easy_init();
    const int length = snprintf(line, sizeof line, "%s: %s", token->header_name, token->header_value);
    struct curl_slist* headers =
        length > 0 && (size_t)length < sizeof line ? curl_slist_append(NULL, line) : NULL;
    kb_wipe(line, sizeof line);
    out->size = 0;
    if (curl != NULL && headers != NULL) {
        curl_easy_setopt(curl, CURLOPT_URL, url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_USERAGENT, "whoami-server");
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)seconds_for_http);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, out);
        if (curl_easy_perform(curl) == CURLE_OK)
            curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    }
    if (headers != NULL)
        kb_wipe(headers->data, strlen(headers->data));
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return status;
}

static json_t* said(const char* text, size_t size, int is_error) {
    return json_pack("{s:[{s:s, s:s%}], s:b}", "content", "type", "text", "text", text, size, "isError",
                     is_error);
}

static json_t* whoami(kb_client* client) {
    static body answer;
    char text[4096];
    kb_token token;
    kb_error error;
    const kb_request request = {.provider = setting("WHOAMI_PROVIDER", "github"),
                                .min_valid = seconds_of_token,
                                .reason = "to ask who you are"};
    if (kb_get_token(client, &request, &token, &error) != KB_OK) {
        /* The model reads it, and so does the person: what happened, and what to do. */
        const int length = snprintf(text, sizeof text, "%s: %s. %s %s", error.name, error.message,
                                    error.action, error.authorization_url);
        return said(text, length < 0 ? 0 : strlen(text), 1);
    }
    const long status = fetch(setting("WHOAMI_URL", "https://api.github.com/user"), &token, &answer);
    kb_token_free(&token);
    if (status == 200)
        return said(answer.bytes, answer.size, 0);
    snprintf(text, sizeof text, "the API answered %ld", status);
    return said(text, strlen(text), 1);
}

static json_t* server_itself(void) {
    return json_pack("{s:s, s:s}", "name", "whoami", "version", KB_VERSION);
}

/* The result of a method, or NULL if there is none of that name. */
static json_t* result_of(kb_client* client, const char* method, json_t* params) {
    const char* version = json_string_value(json_object_get(params, "protocolVersion"));
    const char* tool = json_string_value(json_object_get(params, "name"));
    if (strcmp(method, "initialize") == 0)
        return json_pack("{s:s, s:{s:{}}, s:o}", "protocolVersion", version == NULL ? "2025-11-25" : version,
                         "capabilities", "tools", "serverInfo", server_itself());
    if (strcmp(method, "ping") == 0)
        return json_object();
    if (strcmp(method, "tools/list") == 0)
        return json_pack("{s:[{s:s, s:s, s:{s:s, s:{}}}]}", "tools", "name", "whoami", "description",
                         "Who is signed in", "inputSchema", "type", "object", "properties");
    if (strcmp(method, "tools/call") == 0 && tool != NULL && strcmp(tool, "whoami") == 0)
        return whoami(client);
    return NULL;
}

static void answer_line(kb_client* client, const char* line, size_t size) {
    json_t* message = json_loadb(line, size, JSON_REJECT_DUPLICATES, NULL);
    json_t* id = json_object_get(message, "id");
    const char* method = json_string_value(json_object_get(message, "method"));
    if (id != NULL && method != NULL) { /* what has no id is a notification and gets no answer */
        json_t* result = result_of(client, method, json_object_get(message, "params"));
        json_t* answer = result != NULL
                             ? json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result", result)
                             : json_pack("{s:s, s:O, s:{s:i, s:s}}", "jsonrpc", "2.0", "id", id, "error",
                                         "code", -32601, "message", "no such method or tool");
        json_dumpf(answer, stdout, JSON_COMPACT);
        putchar('\n');
        fflush(stdout);
        json_decref(answer);
    }
    json_decref(message);
}

int main(void) {
    kb_error error;
    char* line = NULL;
    size_t room = 0;
    ssize_t size = 0;
    kb_client* client = kb_open(&(kb_options){.name = "whoami-server", .version = KB_VERSION}, &error);
    if (client == NULL) {
        fprintf(stderr, "whoami_server: %s. %s\n", error.message, error.action);
        return EXIT_FAILURE;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    while ((size = getline(&line, &room, stdin)) > 0)
        answer_line(client, line, (size_t)size);
    free(line);
    kb_close(client);
    curl_global_cleanup();
    return EXIT_SUCCESS;
}
