#include "connection.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    longest_key = 4096,      /* a client key is a line */
    usual_timeout = 150,     /* seconds; a question to the person stays open for 120 */
    longest_timeout = 86400, /* a day */
    longest_validity = 86400
};

static long long begin_request(kb_client* client, kb_text* out, const char* method) {
    kb_say(out, "{\"jsonrpc\":\"2.0\",\"id\":");
    kb_say_number(out, ++client->last_id);
    kb_say(out, ",\"method\":\"");
    kb_say(out, method);
    kb_say(out, "\",\"params\":{");
    return client->last_id;
}

static void say_hello(kb_client* client, kb_text* out) {
    client->hello_id = begin_request(client, out, "hello");
    kb_say(out, "\"protocol\":1,\"client\":{");
    kb_say_member(out, "name", client->name);
    kb_say_member(out, "version", client->version);
    kb_say(out, "}");
    kb_say_member(out, client->by_capability ? "capability" : "client_key", client->secret);
    kb_say(out, "}}\n");
}

/* "github:ana@example.com" names the account too. */
static long long say_request(kb_client* client, kb_text* out, const kb_request* request) {
    const char* colon =
        request->provider == NULL || request->account != NULL ? NULL : strchr(request->provider, ':');
    char* provider = kb_copy(request->provider);
    const long long id = begin_request(client, out, "token.get");
    if (provider != NULL && colon != NULL)
        provider[colon - request->provider] = '\0';
    kb_say_member(out, "provider", provider);
    kb_say_member(out, "service", request->service);
    kb_say_member(out, "resource", request->resource);
    kb_say_member(out, "account", colon != NULL ? colon + 1 : request->account);
    kb_say_member(out, "tool", request->tool);
    kb_say_member(out, "reason", request->reason);
    if (request->scopes != NULL && *request->scopes != NULL) {
        kb_say_name(out, "scopes");
        for (const char* const* scope = request->scopes; *scope != NULL; ++scope) {
            kb_say(out, scope == request->scopes ? "[" : ",");
            kb_say_string(out, *scope);
        }
        kb_say(out, "]");
    }
    if (request->min_valid > 0) {
        kb_say_name(out, "min_valid_seconds");
        kb_say_number(out, request->min_valid);
    }
    kb_say(out, "}}\n");
    free(provider);
    return id;
}

static kb_verdict ask(kb_client* client, const kb_request* request, kb_json* result, size_t* size,
                      long long deadline, kb_error* error) {
    kb_text out = {0};
    const bool fresh = client->channel == KB_NO_CHANNEL;
    if (fresh && !kb_connect(client, deadline, error))
        return REFUSED;
    if (fresh && client->handed < 0)
        say_hello(client, &out);
    const long long id = say_request(client, &out, request);
    if (out.failed) {
        kb_disconnect(client);
        kb_no_memory(error);
        return REFUSED;
    }
    /* A broker that has closed may still have said why. */
    const bool sent = kb_channel_write(client->channel, out.bytes, out.size, deadline);
    kb_text_free(&out);
    if (!sent && kb_now() >= deadline) {
        kb_disconnect(client); /* half a line is on its way */
        kb_fail(error, KB_TIMED_OUT, "the broker does not read", "See what is wrong with: keybearer doctor");
        return REFUSED;
    }
    const kb_verdict came = kb_await(client, id, result, size, deadline, error);
    if (came == LOST)
        kb_disconnect(client);
    return came == LOST && fresh ? REFUSED : came;
}

static char* text_of(kb_json object, const char* name) {
    kb_json value;
    return kb_json_member(object, name, &value) ? kb_json_text(value) : NULL;
}

static bool fill(kb_json result, kb_token* token) {
    kb_json header;
    token->access_token = text_of(result, "access_token");
    token->token_type = text_of(result, "token_type");
    token->account = text_of(result, "account");
    token->expires_at = text_of(result, "expires_at");
    if (token->access_token == NULL || token->token_type == NULL)
        return false;
    if (kb_json_member(result, "header", &header)) {
        token->header_name = text_of(header, "name");
        token->header_value = text_of(header, "value");
    } else {
        const size_t room = strlen(token->token_type) + strlen(token->access_token) + 2;
        token->header_name = kb_copy("Authorization");
        token->header_value = malloc(room);
        if (token->header_value != NULL)
            snprintf(token->header_value, room, "%s %s", token->token_type, token->access_token);
    }
    return token->header_name != NULL && token->header_value != NULL;
}

kb_kind kb_get_token(kb_client* client, const kb_request* request, kb_token* token, kb_error* error) {
    kb_error unheard;
    kb_error* out = error == NULL ? &unheard : error;
    kb_json result;
    size_t size = 0;
    const int seconds = request->timeout > 0 ? request->timeout : usual_timeout;
    const long long deadline = kb_now() + 1000LL * (seconds < longest_timeout ? seconds : longest_timeout);
    memset(token, 0, sizeof *token);
    kb_fail(out, KB_OTHER, "min_valid and timeout are seconds, up to a day", "");
    if (request->min_valid < 0 || request->min_valid > longest_validity || request->timeout < 0)
        return out->kind;
    if (client->channel != KB_NO_CHANNEL && client->handed < 0 && client->process != kb_process())
        kb_disconnect(client); /* what we have is our parent's */
    kb_verdict came = ask(client, request, &result, &size, deadline, out);
    if (came == LOST) /* a connection of before; the request changes nothing, so it may be put again */
        came = ask(client, request, &result, &size, deadline, out);
    if (came != ANSWERED)
        return out->kind;
    memset(out, 0, sizeof *out);
    if (!fill(result, token)) {
        kb_token_free(token);
        kb_fail(out, KB_UNREACHABLE, "the broker's answer holds no token", "Update Keybearer.");
    }
    kb_drop(client, size);
    return out->kind;
}

void kb_token_free(kb_token* token) {
    char** const texts[] = {&token->access_token, &token->token_type, &token->header_name,
                            &token->header_value, &token->account,    &token->expires_at};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
        kb_forget(*texts[i]);
        *texts[i] = NULL;
    }
}

static const char* setting(const char* name) {
    const char* value = getenv(name);
    return value == NULL || *value == '\0' ? NULL : value;
}

/* A key, or @ and the name of a file that holds one. */
static char* key_from(const char* where, kb_error* error) {
    char key[longest_key];
    FILE* file = NULL;
    char* copy = NULL;
    if (*where != '@')
        return kb_copy(where);
    file = fopen(where + 1, "rb");
    if (file != NULL)
        setvbuf(file, NULL, _IONBF, 0);
    size_t size = file == NULL ? 0 : fread(key, 1, sizeof key - 1, file);
    while (size > 0 && strchr(" \t\r\n", key[size - 1]) != NULL)
        --size;
    key[size] = '\0';
    if (file != NULL)
        fclose(file);
    if (size > 0)
        copy = kb_copy(key);
    else
        kb_fail(error, KB_OTHER, "the file of the client key cannot be read",
                "Check KEYBEARER_CLIENT_KEY: it names a file that holds a client key.");
    kb_wipe(key, sizeof key);
    return copy;
}

/* What was handed over counts before a key; a program that says which socket or key it means is taken at its
 * word. */
static bool settle(kb_client* client, const kb_options* options, kb_error* error) {
    const bool told = options->socket != NULL || options->client_key != NULL;
    const char* descriptor = told ? NULL : setting("KEYBEARER_FD");
    const char* capability = told ? NULL : setting("KEYBEARER_CAPABILITY");
    const char* key = options->client_key != NULL ? options->client_key : setting("KEYBEARER_CLIENT_KEY");
    if (descriptor != NULL) {
        char* end = NULL;
        const long number = strtol(descriptor, &end, 10);
        if (*end != '\0' || number < 3 || number > 1 << 20)
            return kb_fail(error, KB_OTHER, "KEYBEARER_FD is no number", "Unset it; keybearer run sets it.");
        client->handed = (int)number;
        client->last_id =
            (kb_now() * 7919 + client->process) % (1 << 30); /* others may have asked on it before */
        return true;
    }
    client->by_capability = capability != NULL;
    client->secret = capability != NULL ? kb_copy(capability) : key != NULL ? key_from(key, error) : NULL;
    if ((capability != NULL || key != NULL) && client->secret == NULL)
        return false;
    client->place = options->socket != NULL ? kb_copy(options->socket) : kb_place(error);
    return client->place != NULL;
}

kb_client* kb_open(const kb_options* options, kb_error* error) {
    static const kb_options nothing = {0};
    kb_error unheard;
    kb_client* client = calloc(1, sizeof *client);
    const kb_options* wanted = options == NULL ? &nothing : options;
    kb_error* out = error == NULL ? &unheard : error;
    memset(out, 0, sizeof *out);
    if (client == NULL) {
        kb_no_memory(out);
        return NULL;
    }
    client->handed = -1;
    client->hello_id = -1;
    client->channel = KB_NO_CHANNEL;
    client->process = kb_process();
    client->name = kb_copy(wanted->name != NULL ? wanted->name : "keybearer-c");
    client->version = kb_copy(wanted->version != NULL ? wanted->version : KB_VERSION);
    if (client->name != NULL && client->version != NULL && settle(client, wanted, out))
        return client;
    if (out->kind == KB_OK)
        kb_no_memory(out);
    kb_close(client);
    return NULL;
}

void kb_close(kb_client* client) {
    if (client == NULL)
        return;
    kb_disconnect(client);
    kb_forget(client->secret);
    free(client->received);
    free(client->place);
    free(client->name);
    free(client->version);
    free(client);
}
