/* The least that a program can do to fetch a line over a local socket: connect, ask, read, print. Linked static.
 * bench_round_trip SOCKET */
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char** argv) {
    static const char request[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token.get\",\"params\":{\"provider\":\"bench\"}}\n";
    static char answer[65536];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (argc != 2 || fd < 0 || strlen(argv[1]) >= sizeof address.sun_path)
        return 2;
    strcpy(address.sun_path, argv[1]);
    if (connect(fd, (struct sockaddr*)&address, sizeof address) != 0 ||
        write(fd, request, sizeof request - 1) != (ssize_t)(sizeof request - 1))
        return 1;
    const ssize_t got = read(fd, answer, sizeof answer);
    return got > 0 && write(STDOUT_FILENO, answer, (size_t)got) == got ? 0 : 1;
}
