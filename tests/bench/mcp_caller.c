/* An MCP client that costs next to nothing, for the budgets of the bridge (B9 to B11):
 *   bench_mcp_caller CALLS --direct PORT           over HTTP to the server itself
 *   bench_mcp_caller CALLS --bridges N CMD ARG...  N bridges started at once; the first one is called
 * Prints one JSON object: ready_ms (all answered initialize), p50_us and p99_us of a call, and for bridges
 * the private memory of all (private_kib) and of the first before and after the calls (before_kib,
 * after_kib). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_bridges = 128, most_line = 65536, patience_ms = 20000 };

extern char** environ;

struct bridge {
    pid_t pid;
    int in;  /* we write */
    int out; /* we read */
    char line[most_line];
    size_t size;
};
static struct bridge bridges[most_bridges];

static const char initialize[] =
    "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
    "\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}\n";
static const char initialized[] = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";

static double now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void fails(const char* what) {
    fprintf(stderr, "bench_mcp_caller: %s\n", what);
    for (int i = 0; i < most_bridges; ++i) {
        if (bridges[i].pid > 0)
            kill(bridges[i].pid, SIGKILL);
    }
    exit(1);
}

static void writes(int fd, const char* bytes, size_t size) {
    if (write(fd, bytes, size) != (ssize_t)size)
        fails("short write");
}

static void starts(struct bridge* one, char** command) {
    int in[2];
    int out[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        fails("no pipe");
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    if (posix_spawnp(&one->pid, command[0], &actions, NULL, command, environ) != 0)
        fails("the bridge does not start");
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    one->in = in[1];
    one->out = out[0];
}

/* Takes what there is; true when a line with an answer is complete, which is then gone. */
static int answered(struct bridge* one) {
    for (;;) {
        char* end = memchr(one->line, '\n', one->size);
        if (end != NULL) {
            const int is_answer = memmem(one->line, (size_t)(end - one->line), "\"result\"", 8) != NULL;
            if (memmem(one->line, (size_t)(end - one->line), "\"error\"", 7) != NULL)
                fails("an error came back");
            one->size -= (size_t)(end + 1 - one->line);
            memmove(one->line, end + 1, one->size);
            if (is_answer)
                return 1;
            continue;
        }
        struct pollfd waiting = {.fd = one->out, .events = POLLIN};
        if (poll(&waiting, 1, patience_ms) != 1)
            fails("no answer");
        const ssize_t got = read(one->out, one->line + one->size, most_line - one->size);
        if (got <= 0)
            fails("the bridge ended");
        one->size += (size_t)got;
    }
}

static int call_text(char* text, size_t size, int id) {
    return snprintf(text, size,
                    "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/"
                    "call\",\"params\":{\"name\":\"tool\",\"arguments\":{}}}\n",
                    id);
}

static long private_kib(pid_t pid) {
    char path[64];
    char line[256];
    long sum = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    FILE* rollup = fopen(path, "r");
    while (rollup != NULL && fgets(line, sizeof line, rollup) != NULL) {
        long kib;
        if (sscanf(line, "Private_Clean: %ld", &kib) == 1 || sscanf(line, "Private_Dirty: %ld", &kib) == 1)
            sum += kib;
    }
    if (rollup != NULL)
        fclose(rollup);
    return sum;
}

static int ascending(const void* left, const void* right) {
    const double a = *(const double*)left;
    const double b = *(const double*)right;
    return (a > b) - (a < b);
}

static void prints(double ready_us, double* times, int calls) {
    qsort(times, (size_t)calls, sizeof *times, ascending);
    printf("{\"ready_ms\":%.3f,\"p50_us\":%.1f,\"p99_us\":%.1f", ready_us / 1e3,
           calls > 0 ? times[calls / 2] : 0.0, calls > 0 ? times[(long)calls * 99 / 100] : 0.0);
}

static void calls_bridges(int count, int calls, char** command) {
    double* times = calloc((size_t)calls + 1, sizeof *times);
    char text[256];
    const double begin = now_us();
    for (int i = 0; i < count; ++i) {
        starts(&bridges[i], command);
        writes(bridges[i].in, initialize, sizeof initialize - 1);
    }
    for (int i = 0; i < count; ++i)
        answered(&bridges[i]);
    const double ready = now_us() - begin;
    for (int i = 0; i < count; ++i)
        writes(bridges[i].in, initialized, sizeof initialized - 1);
    long before = 0;
    for (int i = 0; i < calls; ++i) {
        if (i == calls / 20)
            before = private_kib(bridges[0].pid);
        const int size = call_text(text, sizeof text, i + 1);
        const double asked = now_us();
        writes(bridges[0].in, text, (size_t)size);
        answered(&bridges[0]);
        times[i] = now_us() - asked;
    }
    long all = 0;
    for (int i = 0; i < count; ++i)
        all += private_kib(bridges[i].pid);
    prints(ready, times, calls);
    printf(",\"private_kib\":%ld,\"before_kib\":%ld,\"after_kib\":%ld}\n", all, before,
           private_kib(bridges[0].pid));
    for (int i = 0; i < count; ++i) {
        close(bridges[i].in);
        close(bridges[i].out);
    }
    for (int i = 0; i < count; ++i)
        waitpid(bridges[i].pid, NULL, 0);
    free(times);
}

static void calls_directly(int port, int calls) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    double* times = calloc((size_t)calls + 1, sizeof *times);
    char text[1024];
    char body[256];
    const int on = 1;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr*)&address, sizeof address) != 0)
        fails("the server is not there");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (int i = 0; i < calls; ++i) {
        const int body_size = call_text(body, sizeof body, i + 1) - 1;
        const int size = snprintf(
            text, sizeof text,
            "POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json, text/event-stream\r\n"
            "content-type: application/json\r\nmcp-protocol-version: 2025-11-25\r\ncontent-length: "
            "%d\r\n\r\n%.*s",
            body_size, body_size, body);
        const double asked = now_us();
        writes(fd, text, (size_t)size);
        size_t got = 0;
        do {
            const ssize_t more = read(fd, text + got, sizeof text - 1 - got);
            if (more <= 0)
                fails("the server ended");
            got += (size_t)more;
            text[got] = '\0';
        } while (strstr(text, "}]}}") == NULL);
        times[i] = now_us() - asked;
    }
    prints(0, times, calls);
    puts("}");
    free(times);
    close(fd);
}

int main(int argc, char** argv) {
    const int calls = argc > 3 ? atoi(argv[1]) : -1;
    if (calls < 0)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    if (strcmp(argv[2], "--direct") == 0) {
        calls_directly(atoi(argv[3]), calls);
        return 0;
    }
    const int count = atoi(argv[3]);
    if (strcmp(argv[2], "--bridges") != 0 || argc < 5 || count < 1 || count > most_bridges)
        return 2;
    calls_bridges(count, calls, argv + 4);
    return 0;
}
