/* The upstream of the bridge's budgets: an MCP server that costs next to nothing. One thread, epoll, HTTP/1.1
 * with keep-alive, JSON answers; no session. GET of /events opens a stream, on which events with the nanosecond of their leaving come
 * (a thousand a second over all of them); any other GET gets 405. Says its port on standard output. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { most_request = 1 << 20, most_events = 256, most_connections = 4096 };

struct connection {
    char* bytes;
    size_t size;
};
static struct connection connections[most_connections];
static int streams[most_connections];
static int stream_count;
static int next_stream;

static const char initialized[] = "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                                  "\"serverInfo\":{\"name\":\"floor\",\"version\":\"1\"}}";
static const char tools[] = "{\"tools\":[{\"name\":\"tool\",\"inputSchema\":{\"type\":\"object\"}}]}";
static const char called[] = "{\"content\":[{\"type\":\"text\",\"text\":\"called\"}]}";

static int says(int fd, const char* bytes, size_t size) {
    return send(fd, bytes, size, MSG_NOSIGNAL) == (ssize_t)size;
}

static int says_status(int fd, const char* status) {
    char head[128];
    const int size = snprintf(head, sizeof head, "HTTP/1.1 %s\r\ncontent-length: 0\r\n\r\n", status);
    return says(fd, head, (size_t)size);
}

/* The JSON text of the id, up to the comma or brace behind it. */
static int id_of(const char* body, const char* end, const char** id) {
    const char* at = memmem(body, (size_t)(end - body), "\"id\":", 5);
    if (at == NULL)
        return 0;
    *id = at + 5;
    return (int)strcspn(*id, ",}");
}

static int answers(int fd, const char* head, const char* body, const char* end) {
    static char text[4096];
    const char* id = NULL;
    int length = 0;
    int id_length;
    const char* result = called;
    if (memcmp(head, "GET /events", 11) == 0) {
        static const char opened[] = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                                     "cache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n";
        streams[stream_count++] = fd;
        return says(fd, opened, sizeof opened - 1);
    }
    if (memcmp(head, "POST ", 5) != 0)
        return says_status(fd, memcmp(head, "GET ", 4) == 0 ? "405 Method Not Allowed" : "200 OK");
    id_length = id_of(body, end, &id);
    if (id_length == 0)
        return says_status(fd, "202 Accepted");
    if (memmem(body, (size_t)(end - body), "\"initialize\"", 12) != NULL)
        result = initialized;
    else if (memmem(body, (size_t)(end - body), "\"tools/list\"", 12) != NULL)
        result = tools;
    length = snprintf(text, sizeof text,
                      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                      "{\"jsonrpc\":\"2.0\",\"id\":%.*s,\"result\":%s}",
                      (int)(sizeof "{\"jsonrpc\":\"2.0\",\"id\":,\"result\":}" - 1) + id_length +
                          (int)strlen(result),
                      id_length, id, result);
    return says(fd, text, (size_t)length);
}

/* Where the first whole request ends, and its body; NULL: more has to come. */
static const char* request_end(const struct connection* from, const char** body) {
    const char* head_end = memmem(from->bytes, from->size, "\r\n\r\n", 4);
    const char* field;
    size_t length = 0;
    if (head_end == NULL)
        return NULL;
    *body = head_end + 4;
    for (field = from->bytes; (field = memchr(field, '\n', (size_t)(head_end - field))) != NULL;) {
        ++field;
        if (strncasecmp(field, "content-length:", 15) == 0)
            length = strtoul(field + 15, NULL, 10);
    }
    return *body + length <= from->bytes + from->size ? *body + length : NULL;
}

static int serves(int fd) {
    struct connection* mine = &connections[fd];
    const char* body;
    const char* end;
    ssize_t got;
    if (mine->bytes == NULL)
        mine->bytes = malloc(most_request);
    got = read(fd, mine->bytes + mine->size, most_request - mine->size);
    if (got <= 0)
        return 0;
    mine->size += (size_t)got;
    while ((end = request_end(mine, &body)) != NULL) {
        if (!answers(fd, mine->bytes, body, end))
            return 0;
        mine->size -= (size_t)(end - mine->bytes);
        memmove(mine->bytes, end, mine->size);
    }
    return mine->size < most_request;
}

static void tells(void) {
    struct timespec time;
    char event[128];
    char text[64];
    int size;
    int length;
    if (stream_count == 0)
        return;
    next_stream = (next_stream + 1) % stream_count;
    clock_gettime(CLOCK_MONOTONIC, &time);
    size = snprintf(text, sizeof text, "data: %lld\n\n", time.tv_sec * 1000000000LL + time.tv_nsec);
    length = snprintf(event, sizeof event, "%x\r\n%s\r\n", (unsigned)size, text);
    says(streams[next_stream], event, (size_t)length);
}

static void closes(int fd) {
    for (int i = 0; i < stream_count; ++i) {
        if (streams[i] == fd)
            streams[i--] = streams[--stream_count];
    }
    free(connections[fd].bytes);
    memset(&connections[fd], 0, sizeof connections[fd]);
    close(fd);
}

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    const int on = 1;
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    struct epoll_event events[most_events];
    const struct itimerspec millisecond = {{0, 1000000}, {0, 1000000}};
    const int clock = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct epoll_event ticks = {.events = EPOLLIN, .data.fd = clock};
    unsigned long long passed;
    if (timerfd_settime(clock, 0, &millisecond, NULL) != 0 || epoll_ctl(set, EPOLL_CTL_ADD, clock, &ticks) != 0 || bind(listener, (struct sockaddr*)&address, sizeof address) != 0 || listen(listener, 512) != 0 ||
        getsockname(listener, (struct sockaddr*)&address, &size) != 0 ||
        epoll_ctl(set, EPOLL_CTL_ADD, listener, &event) != 0)
        return 1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        const int ready = epoll_wait(set, events, most_events, -1);
        for (int i = 0; i < ready; ++i) {
            const int fd = events[i].data.fd;
            if (fd == clock) {
                if (read(clock, &passed, sizeof passed) > 0)
                    tells();
                continue;
            }
            if (fd != listener) {
                if (!serves(fd))
                    closes(fd);
                continue;
            }
            event.data.fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
            if (event.data.fd < 0)
                continue;
            setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            if (event.data.fd >= most_connections ||
                epoll_ctl(set, EPOLL_CTL_ADD, event.data.fd, &event) != 0)
                close(event.data.fd);
        }
    }
}
