/* Programs that try to pass for another one, each a way of its own. What the broker answers goes to standard output, one
   line an answer; "closed" where it closed the connection instead. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_SECONDS 20

static const char early[] = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"rpc.discover\"}\n";
static const char greeting[] = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"hello\",\"params\":{\"protocol\":1,"
                               "\"client\":{\"name\":\"trick\",\"version\":\"1\"}}}\n"
                               "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"caller.show\",\"params\":{}}\n";

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static int new_socket(void) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct timeval patience = {PATIENCE_SECONDS, 0};
    if (fd < 0)
        fail("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd;
}

static int try_connect(int fd, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    return connect(fd, (struct sockaddr *)&address, sizeof address);
}

static int connected(const char *path) {
    int fd = new_socket();
    if (try_connect(fd, path) != 0)
        fail("connect");
    return fd;
}

static void say(int fd, const char *text) {
    if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0 && errno != EPIPE && errno != ECONNRESET)
        fail("send");
}

/* One line, without its end. False at the end of the stream. */
static int line(int fd, char *out, size_t size) {
    size_t used = 0;
    char byte;
    for (;;) {
        ssize_t got = recv(fd, &byte, 1, 0);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            fputs("no answer in time\n", stderr);
            exit(3);
        }
        if (got <= 0)
            return 0;
        if (byte == '\n') {
            out[used] = 0;
            return 1;
        }
        if (used + 1 < size)
            out[used++] = byte;
    }
}

static void print_answers(int fd, int count) {
    static char text[1 << 16];
    while (count-- > 0) {
        if (!line(fd, text, sizeof text)) {
            puts("closed");
            break;
        }
        puts(text);
    }
    fflush(stdout);
}

static void speak(int fd) {
    say(fd, greeting);
    print_answers(fd, 2);
}

/* The broker has taken the connection: it answers what comes before hello, too. */
static void await_accept(int fd) {
    static char text[1 << 16];
    say(fd, early);
    if (!line(fd, text, sizeof text)) {
        puts("closed");
        exit(0);
    }
}

static void await_end_of(int pipe_end) {
    char byte;
    while (read(pipe_end, &byte, 1) > 0) {
    }
}

static void pass_on(int over, int fd) {
    char byte = 'x';
    struct iovec piece = {&byte, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
    if (sendmsg(over, &message, 0) != 1)
        fail("sendmsg");
}

static int take_over(int over) {
    char byte;
    struct iovec piece = {&byte, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    int fd = -1;
    if (recvmsg(over, &message, 0) != 1 || CMSG_FIRSTHDR(&message) == NULL)
        fail("recvmsg");
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    return fd;
}

/* A child that connects and hands its descriptor to us. It goes on when it reads a byte from `go`. */
static pid_t connecting_child(const char *path, int *fd, int *go, char **program) {
    int channel[2], start[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0 || pipe2(start, O_CLOEXEC) != 0)
        fail("socketpair");
    pid_t child = fork();
    if (child == 0) {
        char byte;
        int own = connected(path);
        pass_on(channel[1], own);
        if (read(start[0], &byte, 1) == 1 && program != NULL)
            execv(program[0], program);
        _exit(1);
    }
    close(start[0]);
    *fd = take_over(channel[0]);
    *go = start[1];
    return child;
}

static int runs(pid_t pid, const char *program) {
    char link[64], target[4096], wanted[4096];
    snprintf(link, sizeof link, "/proc/%d/exe", (int)pid);
    ssize_t size = readlink(link, target, sizeof target - 1);
    if (size < 0 || realpath(program, wanted) == NULL)
        return 0;
    target[size] = 0;
    return strcmp(target, wanted) == 0;
}

/* exec SOCKET PROGRAM...: a child connects and becomes PROGRAM; we speak over its connection. */
static void become_trusted(const char *path, char **program) {
    int fd, go;
    pid_t child = connecting_child(path, &fd, &go, program);
    await_accept(fd);
    if (write(go, "x", 1) != 1)
        fail("write");
    for (int i = 0; i < PATIENCE_SECONDS * 100 && !runs(child, program[0]); ++i)
        poll(NULL, 0, 10);
    speak(fd);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* orphan SOCKET: we connect and end; our child holds the connection and speaks. */
static void leave_it_to_the_child(const char *path) {
    int alive[2];
    int fd = connected(path);
    await_accept(fd);
    if (pipe2(alive, O_CLOEXEC) != 0)
        fail("pipe");
    if (fork() != 0)
        _exit(0); /* whoever started us waits for standard output, which the child holds */
    close(alive[1]);
    await_end_of(alive[0]);
    speak(fd);
}

/* pass SOCKET: a child connects; we speak over its connection, then it ends. */
static void use_what_was_passed(const char *path) {
    int fd, go;
    pid_t child = connecting_child(path, &fd, &go, NULL);
    printf("%d\n", (int)child);
    speak(fd);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    print_answers(fd, 1);
}

/* memfd SOCKET: we become a copy of ourselves that has no file. */
static void become_fileless(const char *path) {
    char bytes[65536];
    ssize_t got;
    char *words[] = {"innocent", "speak", (char *)path, NULL};
    char *none[] = {NULL};
    int from = open("/proc/self/exe", O_RDONLY), to = memfd_create("innocent", MFD_CLOEXEC);
    while ((got = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)got) != got)
            fail("write");
    fexecve(to, words, none);
    fail("fexecve");
}

/* deleted SOCKET: our file goes before we connect. */
static void lose_the_file(const char *path) {
    char own[4096];
    ssize_t size = readlink("/proc/self/exe", own, sizeof own - 1);
    if (size < 0)
        fail("readlink");
    own[size] = 0;
    unlink(own);
    speak(connected(path));
}

/* reuse SOCKET BROKER: while the broker is stopped, children connect and end, and others get their numbers. Then it goes on
   and we speak over the connections. Prints how many were connected, how many numbers were used again, how many greeted. */
static void use_numbers_again(const char *path, pid_t broker) {
    enum { clients = 20, others = 200 };
    int fds[clients], connectedCount = 0, again = 0, greeted = 0;
    pid_t gone[clients], living[others];
    static char text[1 << 16];
    for (;;) { /* numbers up to 300 are given once: it is those above that come again */
        pid_t child = fork();
        if (child == 0)
            _exit(0);
        waitpid(child, NULL, 0);
        if (child < 0 || child > 300)
            break;
    }
    kill(broker, SIGSTOP);
    for (int i = 0; i < clients; ++i) {
        fds[i] = new_socket(); /* ours; the child connects it, and is the peer */
        gone[i] = fork();
        if (gone[i] == 0)
            _exit(try_connect(fds[i], path) == 0 ? 0 : 1);
        int status = 1;
        waitpid(gone[i], &status, 0);
        connectedCount += status == 0;
    }
    int count = 0;
    for (; count < others; ++count) {
        living[count] = fork();
        if (living[count] == 0) {
            pause();
            _exit(0);
        }
        if (living[count] < 0)
            break;
        for (int i = 0; i < clients; ++i)
            again += living[count] == gone[i];
    }
    kill(broker, SIGCONT);
    for (int i = 0; i < clients; ++i) {
        say(fds[i], greeting);
        greeted += line(fds[i], text, sizeof text) && strstr(text, "\"result\"") != NULL;
    }
    for (int i = 0; i < count; ++i) {
        kill(living[i], SIGKILL);
        waitpid(living[i], NULL, 0);
    }
    printf("{\"connected\":%d,\"again\":%d,\"greeted\":%d}\n", connectedCount, again, greeted);
}

int main(int count, char **words) {
    if (count < 3)
        return 64;
    if (strcmp(words[1], "speak") == 0)
        speak(connected(words[2]));
    else if (strcmp(words[1], "exec") == 0 && count > 3)
        become_trusted(words[2], words + 3);
    else if (strcmp(words[1], "orphan") == 0)
        leave_it_to_the_child(words[2]);
    else if (strcmp(words[1], "pass") == 0)
        use_what_was_passed(words[2]);
    else if (strcmp(words[1], "memfd") == 0)
        become_fileless(words[2]);
    else if (strcmp(words[1], "deleted") == 0)
        lose_the_file(words[2]);
    else if (strcmp(words[1], "reuse") == 0 && count > 3)
        use_numbers_again(words[2], (pid_t)atoi(words[3]));
    else
        return 64;
    return 0;
}
