/* Asks the broker out of a program that knows nothing of it, as a library that was preloaded into it. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

__attribute__((constructor)) static void ask(void) {
    static const char words[] = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"hello\",\"params\":{\"protocol\":1,"
                                "\"client\":{\"name\":\"cat\",\"version\":\"1\"}}}\n";
    const char *path = getenv("TRICK_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char answer[1 << 15];
    size_t used = 0;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (path == NULL || fd < 0)
        return;
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        send(fd, words, strlen(words), MSG_NOSIGNAL) > 0) {
        while (used < sizeof answer && memchr(answer, '\n', used) == NULL) {
            ssize_t got = recv(fd, answer + used, sizeof answer - used, 0);
            if (got <= 0)
                break;
            used += (size_t)got;
        }
        if (write(1, answer, used) < 0)
            _exit(2);
    }
    close(fd);
}
