/* The floor of every comparison: what a local socket costs when nothing is done. One thread, epoll, an answer that was
 * written beforehand for each line that comes in. bench_floor SOCKET ANSWER_BYTES; says "ready" on standard output. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { most_answer = 65536, most_events = 256 };

static char answer[most_answer];
static size_t answer_size;

/* One whole answer for each LF of what was read. False when the client is gone. */
static int echo(int fd) {
    static char request[65536];
    const ssize_t got = read(fd, request, sizeof request);
    if (got <= 0)
        return 0;
    for (const char* at = request; (at = memchr(at, '\n', (size_t)(request + got - at))) != NULL; ++at) {
        if (send(fd, answer, answer_size, MSG_NOSIGNAL) != (ssize_t)answer_size)
            return 0;
    }
    return 1;
}

static int serve(int listener) {
    const int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    struct epoll_event events[most_events];
    if (set < 0 || epoll_ctl(set, EPOLL_CTL_ADD, listener, &event) != 0)
        return 1;
    for (;;) {
        const int ready = epoll_wait(set, events, most_events, -1);
        for (int i = 0; i < ready; ++i) {
            const int fd = events[i].data.fd;
            if (fd == listener) {
                event.data.fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
                if (event.data.fd >= 0)
                    epoll_ctl(set, EPOLL_CTL_ADD, event.data.fd, &event);
            } else if (!echo(fd)) {
                close(fd);
            }
        }
    }
}

int main(int argc, char** argv) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (argc != 3 || listener < 0 || strlen(argv[1]) >= sizeof address.sun_path)
        return 2;
    strcpy(address.sun_path, argv[1]);
    answer_size = strtoul(argv[2], NULL, 10);
    if (answer_size < 64 || answer_size > most_answer)
        return 2;
    const int head = snprintf(answer, sizeof answer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"");
    memset(answer + head, 'x', answer_size - (size_t)head);
    memcpy(answer + answer_size - 3, "\"}\n", 3);
    if (bind(listener, (struct sockaddr*)&address, sizeof address) != 0 || listen(listener, 512) != 0)
        return 1;
    puts("ready");
    fflush(stdout);
    return serve(listener);
}
