#include "connection.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

enum {
    longest_line = 1 << 20, /* as the broker has it */
    first_room = 8192,      /* an answer with a token is a fraction of this */
    longest_wait = 86400,   /* seconds until another attempt; a day */
    restart_limit = 3000,   /* ms that a broker which was there a moment ago may be away */
    restart_pause = 50      /* ms between two attempts */
};

bool kb_fail(kb_error* error, kb_kind kind, const char* message, const char* action) {
    memset(error, 0, sizeof *error);
    error->retry_after = -1;
    error->kind = kind;
    kb_put(error->name, sizeof error->name,
           kind == KB_UNREACHABLE ? "broker_unreachable"
           : kind == KB_TIMED_OUT ? "timed_out"
                                  : "invalid_params");
    kb_put(error->message, sizeof error->message, message);
    kb_put(error->action, sizeof error->action, action);
    return false;
}

bool kb_no_memory(kb_error* error) {
    kb_fail(error, KB_OTHER, "there is no memory left", "");
    kb_put(error->name, sizeof error->name, "internal_error");
    return false;
}

static kb_kind kind_of(const char* name) {
    static const struct {
        const char* name;
        kb_kind kind;
    } kinds[] = {
        {"authorization_required", KB_SIGN_IN},
        {"authorization_pending", KB_SIGN_IN},
        {"sign_in_again", KB_SIGN_IN},
        {"insufficient_scope", KB_SIGN_IN},
        {"consent_required", KB_DENIED},
        {"consent_denied", KB_DENIED},
        {"consent_unavailable", KB_DENIED},
        {"policy_denied", KB_DENIED},
        {"policy_unavailable", KB_DENIED},
        {"client_disabled", KB_DENIED},
        {"client_expired", KB_DENIED},
        {"client_unknown", KB_DENIED},
        {"provider_unavailable", KB_LATER},
        {"rate_limited", KB_LATER},
        {"store_locked", KB_LATER},
        {"store_unavailable", KB_LATER},
        {"timed_out", KB_TIMED_OUT},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].kind;
    }
    return KB_OTHER;
}

static void take_text(kb_json object, const char* name, char* out, size_t room) {
    kb_json value;
    char* text = kb_json_member(object, name, &value) ? kb_json_text(value) : NULL;
    if (text != NULL)
        kb_put(out, room, text);
    kb_forget(text);
}

/* The member error of an answer. */
static kb_verdict refusal(kb_json body, kb_error* error) {
    kb_json data, value;
    long long number = 0;
    kb_fail(error, KB_OTHER, "the broker refused", "");
    kb_put(error->name, sizeof error->name, "internal_error");
    take_text(body, "message", error->message, sizeof error->message);
    if (kb_json_member(body, "code", &value) && kb_json_integer(value, &number))
        error->code = (int)number;
    if (!kb_json_member(body, "data", &data))
        return REFUSED;
    take_text(data, "name", error->name, sizeof error->name);
    take_text(data, "action", error->action, sizeof error->action);
    take_text(data, "authorization_url", error->authorization_url, sizeof error->authorization_url);
    take_text(data, "verification_uri", error->verification_uri, sizeof error->verification_uri);
    take_text(data, "user_code", error->user_code, sizeof error->user_code);
    if (kb_json_member(data, "retry_after_seconds", &value) && kb_json_integer(value, &number) && number >= 0)
        error->retry_after = number > longest_wait ? longest_wait : (int)number;
    error->kind = kind_of(error->name);
    return REFUSED;
}

void kb_disconnect(kb_client* client) {
    if (client->channel != KB_NO_CHANNEL)
        kb_channel_close(client->channel);
    client->channel = KB_NO_CHANNEL;
    kb_wipe(client->received, (unsigned long)client->used);
    client->used = 0;
}

bool kb_connect(kb_client* client, long long deadline, kb_error* error) {
    const long long limit = client->was_connected ? kb_now() + restart_limit : 0;
    bool absent = false;
    if (client->handed >= 0) {
        if (client->was_connected)
            return kb_fail(error, KB_UNREACHABLE, "the connection that keybearer run handed over has ended",
                           "Start this program again.");
        if (!kb_channel_adopt(client->handed, &client->channel, error))
            return false;
    } else {
        while (!kb_channel_open(client->place, &client->channel, &absent, error)) {
            if (!absent || kb_now() >= limit || kb_now() >= deadline)
                return false;
            kb_pause(restart_pause);
        }
    }
    client->was_connected = true;
    client->process = kb_process();
    return true;
}

void kb_drop(kb_client* client, size_t size) {
    memmove(client->received, client->received + size, client->used - size);
    kb_wipe(client->received + client->used - size, (unsigned long)size);
    client->used -= size;
}

/* The next line, which stays in client->received until it is dropped. */
static kb_verdict next_line(kb_client* client, size_t* size, long long deadline, kb_error* error) {
    size_t looked = 0;
    for (;;) {
        const char* end =
            client->used > looked ? memchr(client->received + looked, '\n', client->used - looked) : NULL;
        if (end != NULL) {
            *size = (size_t)(end - client->received) + 1;
            return ANSWERED;
        }
        looked = client->used;
        if (client->used == client->room) {
            const size_t wanted = client->room == 0 ? first_room : client->room * 2;
            if (client->used >= longest_line) {
                kb_fail(error, KB_UNREACHABLE,
                        "what listens on the broker's socket does not speak its language",
                        "Stop the program that listens there.");
                return LOST;
            }
            client->received = kb_move(client->received, client->used, wanted);
            client->room = client->received == NULL ? 0 : wanted;
            if (client->received == NULL) {
                client->used = 0;
                kb_no_memory(error);
                return REFUSED;
            }
        }
        const long got = kb_channel_read(client->channel, client->received + client->used,
                                         client->room - client->used, deadline);
        if (got < 0) {
            kb_fail(error, KB_TIMED_OUT, "the broker has not answered in time",
                    "See whether it waits for you: keybearer status");
            return REFUSED;
        }
        if (got == 0) {
            kb_fail(error, KB_UNREACHABLE, "the broker closed the connection",
                    "Try again; if it stays so: keybearer doctor");
            return LOST;
        }
        client->used += (size_t)got;
    }
}

kb_verdict kb_await(kb_client* client, long long id, kb_json* result, size_t* size, long long deadline,
                    kb_error* error) {
    for (;;) {
        kb_json line, body, value;
        long long number = -1;
        const kb_verdict came = next_line(client, size, deadline, error);
        if (came != ANSWERED)
            return came;
        if (!kb_json_object(client->received, *size, &line)) {
            kb_fail(error, KB_UNREACHABLE, "what listens on the broker's socket does not speak its language",
                    "Stop the program that listens there.");
            return LOST;
        }
        const bool numbered = kb_json_member(line, "id", &value) && kb_json_integer(value, &number);
        const bool refused = kb_json_member(line, "error", &body);
        const bool event = kb_json_member(line, "method", &value);
        /* Without an id: the broker could not even read the request, or takes no more connections. */
        if (refused && (!numbered || number == id || number == client->hello_id)) {
            refusal(body, error);
            kb_drop(client, *size);
            return number == client->hello_id || !numbered ? LOST : REFUSED;
        }
        if (numbered && !event && number == id && kb_json_member(line, "result", result))
            return ANSWERED;
        kb_drop(client, *size);
    }
}
