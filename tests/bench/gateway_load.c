/* The load of the gateway's budgets, over HTTP/1.1 to a port of this machine:
 *   bench_gateway_load post PORT PATH TOKEN CONNECTIONS SECONDS [REQUESTS_A_SECOND]
 *   bench_gateway_load events PORT PATH TOKEN STREAMS SECONDS
 * The first keeps one tools/call under way on every connection (or so many a second over all); the second reads
 * event streams whose events hold the nanosecond at which they left. Prints one line of JSON. */
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
#include <time.h>
#include <unistd.h>

enum { most_answer = 65536, most_samples = 4000000, most_connections = 4096 };

struct connection {
    int fd;
    int busy;
    long long began;
    size_t size;
    char bytes[most_answer];
};
static struct connection* connections;
static long long* samples;
static size_t count;
static size_t failures;

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int ascending(const void* a, const void* b) {
    const long long x = *(const long long*)a;
    const long long y = *(const long long*)b;
    return (x > y) - (x < y);
}

static void keep(long long nanoseconds) {
    if (count < most_samples)
        samples[count++] = nanoseconds;
}

static int opened(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                  .sin_port = htons((unsigned short)port)};
    const int on = 1;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr*)&address, sizeof address) != 0)
        return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

/* The length of a whole answer at the front; 0: more has to come. */
static size_t whole(const struct connection* from) {
    const char* end = memmem(from->bytes, from->size, "\r\n\r\n", 4);
    const char* field;
    size_t length = 0;
    if (end == NULL)
        return 0;
    for (field = from->bytes; (field = memchr(field, '\n', (size_t)(end - field))) != NULL;) {
        ++field;
        if (strncasecmp(field, "content-length:", 15) == 0)
            length = strtoul(field + 15, NULL, 10);
    }
    length += (size_t)(end + 4 - from->bytes);
    return length <= from->size ? length : 0;
}

static int asks(struct connection* on, const char* request, size_t size) {
    on->began = now();
    on->busy = 1;
    return send(on->fd, request, size, MSG_NOSIGNAL) == (ssize_t)size;
}

static void takes_answer(struct connection* from) {
    const size_t length = whole(from);
    if (length == 0)
        return;
    if (memcmp(from->bytes, "HTTP/1.1 200", 12) != 0)
        ++failures;
    keep(now() - from->began);
    from->busy = 0;
    from->size -= length;
    memmove(from->bytes, from->bytes + length, from->size);
}

/* Each event is "data: NANOSECONDS\n\n", chunked or not. */
static void takes_events(struct connection* from) {
    const long long time = now();
    char* at = from->bytes;
    char* end = from->bytes + from->size;
    char* data;
    while ((data = memmem(at, (size_t)(end - at), "data: ", 6)) != NULL) {
        char* line = memchr(data, '\n', (size_t)(end - data));
        if (line == NULL)
            break;
        keep(time - strtoll(data + 6, NULL, 10));
        at = line + 1;
    }
    from->size = (size_t)(end - at);
    memmove(from->bytes, at, from->size);
    if (from->size > most_answer / 2)
        from->size = 0;
}

int main(int argc, char** argv) {
    static const char body[] =
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"tool\",\"arguments\":{\"a\":1}}}";
    static char request[8192];
    struct epoll_event events[256];
    const int set = epoll_create1(EPOLL_CLOEXEC);
    int streaming;
    int wanted;
    int length;
    double seconds;
    double rate;
    long long began;
    long long end;
    size_t sent = 0;
    if (argc < 7)
        return 2;
    streaming = strcmp(argv[1], "events") == 0;
    wanted = atoi(argv[5]);
    seconds = atof(argv[6]);
    rate = argc > 7 ? atof(argv[7]) : 0;
    connections = calloc(most_connections, sizeof *connections);
    samples = malloc(most_samples * sizeof *samples);
    if (wanted < 1 || wanted > most_connections || connections == NULL || samples == NULL)
        return 2;
    length = snprintf(request, sizeof request,
                      "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nAuthorization: Bearer %s\r\n"
                      "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n",
                      streaming ? "GET" : "POST", argv[3], argv[2], argv[4]);
    if (streaming)
        length += snprintf(request + length, sizeof request - (size_t)length, "\r\n");
    else
        length += snprintf(request + length, sizeof request - (size_t)length,
                           "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", sizeof body - 1,
                           body);
    for (int i = 0; i < wanted; ++i) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (unsigned)i};
        connections[i].fd = opened(atoi(argv[2]));
        if (connections[i].fd < 0 || epoll_ctl(set, EPOLL_CTL_ADD, connections[i].fd, &event) != 0 ||
            ((streaming || rate == 0) && !asks(&connections[i], request, (size_t)length)))
            return 1;
    }
    began = now();
    end = began + (long long)(seconds * 1e9);
    for (int next = 0; now() < end;) {
        const int ready = epoll_wait(set, events, 256, rate > 0 ? 1 : 100);
        for (int i = 0; i < ready; ++i) {
            struct connection* from = &connections[events[i].data.u32];
            const ssize_t got = read(from->fd, from->bytes + from->size, most_answer - from->size);
            if (got <= 0)
                return 1;
            from->size += (size_t)got;
            if (streaming) {
                takes_events(from);
                continue;
            }
            takes_answer(from);
            if (!from->busy && rate == 0 && !asks(from, request, (size_t)length))
                return 1;
        }
        while (rate > 0 && (double)sent < (double)(now() - began) / 1e9 * rate) {
            int tried = 0;
            while (connections[next].busy && tried++ < wanted)
                next = (next + 1) % wanted;
            if (connections[next].busy)
                break;
            if (!asks(&connections[next], request, (size_t)length))
                return 1;
            ++sent;
        }
    }
    qsort(samples, count, sizeof *samples, ascending);
    printf("{\"count\":%zu,\"rate\":%.0f,\"failures\":%zu,\"p50_us\":%.1f,\"p99_us\":%.1f}\n", count,
           (double)count / ((double)(now() - began) / 1e9), failures,
           count > 0 ? (double)samples[count / 2] / 1e3 : 0, count > 0 ? (double)samples[count * 99 / 100] / 1e3 : 0);
    return 0;
}
