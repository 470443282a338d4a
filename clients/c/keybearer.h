/* Access tokens from the Keybearer broker of this user. C11, no dependency. Needs nothing of Keybearer but a
 * running broker (keybearerd); it never starts one, never opens a browser, and never sees a refresh token.
 *
 * Threads: a client is for one thread at a time, and there may be several clients. Where KEYBEARER_FD hands
 * over a connection (keybearer run --profile) there is one connection for all of them: use one client then,
 * behind a lock.
 */
#ifndef KEYBEARER_H
#define KEYBEARER_H

#ifdef __cplusplus
extern "C" {
#endif

#define KB_VERSION "0.1.0"

/* What a program can do about an error; the same six in every language's library. */
typedef enum kb_kind {
    KB_OK = 0,
    KB_SIGN_IN, /* a person has to sign in: authorization_required, authorization_pending, sign_in_again,
                   insufficient_scope */
    KB_DENIED,  /* the answer is no: consent_*, policy_*, client_* */
    KB_LATER, /* passes by itself or soon: provider_unavailable, rate_limited, store_locked, store_unavailable
               */
    KB_UNREACHABLE, /* no broker, or not one to be trusted: broker_unreachable */
    KB_TIMED_OUT,   /* no answer within kb_request.timeout: timed_out */
    KB_OTHER        /* a mistake in the request or the configuration, or of the provider; see name */
} kb_kind;

/* Every text is UTF-8, ends with NUL, holds no control characters and is cut where it does not fit. */
typedef struct kb_error {
    kb_kind kind;
    int code;        /* of JSON-RPC, -31001 for instance; 0 if the error was found on this side */
    int retry_after; /* seconds, or -1 if nobody knows */
    char name[48];   /* "authorization_required"; decide by this or by kind, never by the message */
    char message[512];
    char action[512];             /* one sentence: what the person can do; may be empty */
    char authorization_url[2048]; /* with KB_SIGN_IN, if there is one: for the person's browser */
    char verification_uri[512];   /* the same for a sign-in with a code */
    char user_code[64];
} kb_error;

/* Leave out what does not matter: (kb_options){.name = "notes"}. */
typedef struct kb_options {
    const char* name; /* what the program calls itself; the person sees it as a claim */
    const char* version;
    const char* socket;     /* NULL: KEYBEARER_SOCKET, KEYBEARER_HOME, or the usual place */
    const char* client_key; /* NULL: KEYBEARER_CLIENT_KEY, which holds a key, or @ and the name of a file */
} kb_options;

/* One of provider, service and resource, or a tool alone: (kb_request){.provider = "github", .min_valid =
 * 60}. */
typedef struct kb_request {
    const char* provider; /* "github", "github:ana@example.com", "apikey:weather" */
    const char* service;  /* a name under services: of config.yaml */
    const char* resource; /* the URL of a server */
    const char* account;
    const char* tool;          /* the rules of config.yaml choose or check by it */
    const char* reason;        /* the person sees it as a claim */
    const char* const* scopes; /* ends with NULL */
    int min_valid;             /* seconds that the token has to be good for, at most 86400 */
    int timeout;               /* seconds; 0: 150, because a question to the person stays open for 120 */
} kb_request;

/* What kb_get_token filled in; kb_token_free wipes and frees it. */
typedef struct kb_token {
    char* access_token;
    char* token_type;   /* "Bearer", "DPoP", "ApiKey" */
    char* header_name;  /* how it goes into a request: "Authorization" */
    char* header_value; /* "Bearer ..." */
    char* account;
    char* expires_at; /* RFC 3339 in UTC, or NULL: it does not expire */
} kb_token;

typedef struct kb_client kb_client;

/* Connects nowhere yet. NULL with *error filled in if the environment makes no sense. The texts are copied.
 */
kb_client* kb_open(const kb_options* options, kb_error* error);

/* Asks the broker and waits. The connection is made when it is needed, kept, and made again after the broker
 * was restarted. Ask each time a token is needed: the broker remembers, and renews in time. KB_OK, or *error
 * is filled in and *token empty. `error` may be NULL. */
kb_kind kb_get_token(kb_client* client, const kb_request* request, kb_token* token, kb_error* error);

void kb_token_free(kb_token* token);
void kb_close(kb_client* client);

/* Overwrites memory in a way that a compiler does not leave out. */
void kb_wipe(void* memory, unsigned long size);

#ifdef __cplusplus
}
#endif
#endif
