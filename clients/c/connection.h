/* A client's state, and what passes between it and the broker. Private to the library. */
#ifndef KEYBEARER_CONNECTION_H
#define KEYBEARER_CONNECTION_H

#include "channel.h"
#include "json.h"

struct kb_client {
    char *name, *version, *place, *secret;
    bool by_capability; /* the secret is KEYBEARER_CAPABILITY */
    int handed;         /* KEYBEARER_FD, or -1 */
    kb_channel channel;
    long process; /* that the channel belongs to: a fork makes its own */
    bool was_connected;
    long long last_id, hello_id;
    char* received;
    size_t used, room;
};

typedef enum kb_verdict {
    ANSWERED,
    REFUSED, /* *error says why */
    LOST     /* the connection is of no more use; *error says why */
} kb_verdict;

/* Always returns false. */
bool kb_no_memory(kb_error* error);

/* A broker that was there is given time to come back; one that was not is not waited for. */
bool kb_connect(kb_client* client, long long deadline, kb_error* error);
void kb_disconnect(kb_client* client);

/* Waits for the answer `id`; what answers others, and events, are passed over. `result` lies in
 * client->received, in a line of *size bytes that the caller drops. */
kb_verdict kb_await(kb_client* client, long long id, kb_json* result, size_t* size, long long deadline,
                    kb_error* error);
/* Forgets the bytes of a line that was read. */
void kb_drop(kb_client* client, size_t size);

#endif
