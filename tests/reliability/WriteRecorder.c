// Preloaded into keybearerd (LD_PRELOAD): everything that it does to files below KEYBEARER_RECORD_BELOW is
// written down, in order and with its bytes, into KEYBEARER_RECORD; and when it sends something, to a client
// or to a provider. From that crash_states.mjs makes what a power cut could have left. One line an entry,
// then the bytes if there are any:
//   C path | W path offset length | T path length | S path | D path | R path path | U path | A | Q
// made, written, cut, synced, directory synced, renamed, removed, answered a client, asked a server.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int record = -1;
static const char* below;

__attribute__((constructor)) static void begin(void) {
    const char* path = getenv("KEYBEARER_RECORD");
    below = getenv("KEYBEARER_RECORD_BELOW");
    if (path != NULL && below != NULL && strcmp(program_invocation_short_name, "keybearerd") == 0)
        record = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// One write, so that entries of two threads stay whole.
static void put(const char* line, const void* bytes, size_t length) {
    struct iovec parts[2] = {{(void*)(uintptr_t)line, strlen(line)}, {(void*)(uintptr_t)bytes, length}};
    if (syscall(SYS_writev, record, parts, length > 0 ? 2 : 1) < 0)
        _exit(99); // a record with holes would prove nothing
}

// The path of a descriptor relative to the directory that is recorded; NULL: somewhere else.
static const char* nameOf(int fd, char room[512]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = syscall(SYS_readlink, link, room, 511);
    if (length < 0)
        return NULL;
    room[length] = '\0';
    const size_t start = strlen(below);
    return strncmp(room, below, start) == 0 && (room[start] == '/' || room[start] == '\0') ? room + start
                                                                                           : NULL;
}

static void notePath(const char* what, int fd) {
    char room[512], line[600];
    const int saved = errno;
    const char* name = record < 0 ? NULL : nameOf(fd, room);
    struct stat status;
    if (name != NULL && fstat(fd, &status) == 0) {
        snprintf(line, sizeof line, "%s %s\n", what[0] == 'S' && S_ISDIR(status.st_mode) ? "D" : what, name);
        put(line, NULL, 0);
    }
    errno = saved;
}

static void noteWrite(int fd, const void* bytes, ssize_t length, off_t at) {
    char room[512], line[600];
    const int saved = errno;
    const char* name = record < 0 || length <= 0 ? NULL : nameOf(fd, room);
    if (name != NULL) {
        snprintf(line, sizeof line, "W %s %lld %lld\n", name, (long long)at, (long long)length);
        put(line, bytes, (size_t)length);
    }
    errno = saved;
}

static void noteLength(int fd, off_t length) {
    char room[512], line[600];
    const char* name = record < 0 ? NULL : nameOf(fd, room);
    if (name != NULL) {
        snprintf(line, sizeof line, "T %s %lld\n", name, (long long)length);
        put(line, NULL, 0);
    }
}

static void noteSent(int fd) {
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    const int saved = errno;
    if (record >= 0 && getsockname(fd, (struct sockaddr*)&peer, &length) == 0 && peer.ss_family != AF_NETLINK)
        put(peer.ss_family == AF_UNIX ? "A\n" : "Q\n", NULL, 0);
    errno = saved;
}

#define REAL(name)                                                                                           \
    static __typeof__(name)* real;                                                                           \
    if (real == NULL)                                                                                        \
        real = (__typeof__(name)*)dlsym(RTLD_NEXT, #name);

#define OPEN(name, first, firstArgument, at)                                                                 \
    int name(first const char* path, int flags, ...) {                                                       \
        REAL(name)                                                                                           \
        va_list more;                                                                                        \
        va_start(more, flags);                                                                               \
        const mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;               \
        va_end(more);                                                                                        \
        const int is = record >= 0 && (flags & O_CREAT) != 0 && faccessat(at, path, F_OK, 0) == 0;           \
        const int fd = real(firstArgument path, flags, mode);                                                \
        if (record >= 0 && fd >= 0 && (flags & O_CREAT) != 0 && !is)                                         \
            notePath("C", fd);                                                                               \
        else if (record >= 0 && fd >= 0 && (flags & O_TRUNC) != 0)                                           \
            noteLength(fd, 0);                                                                               \
        return fd;                                                                                           \
    }
#define NOTHING
#define DIRECTORY int directory,
#define DIRECTORY_ARGUMENT directory,
OPEN(open, NOTHING, NOTHING, AT_FDCWD)
OPEN(open64, NOTHING, NOTHING, AT_FDCWD)
OPEN(openat, DIRECTORY, DIRECTORY_ARGUMENT, directory)
OPEN(openat64, DIRECTORY, DIRECTORY_ARGUMENT, directory)

// Where write() would write. The broker has one writer a file.
static off_t place(int fd) {
    struct stat status;
    if (record < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return 0;
    return (fcntl(fd, F_GETFL) & O_APPEND) != 0 ? status.st_size : lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void* from, size_t length) {
    REAL(write)
    const off_t at = place(fd);
    const ssize_t written = real(fd, from, length);
    noteWrite(fd, from, written, at);
    return written;
}
ssize_t writev(int fd, const struct iovec* from, int count) {
    REAL(writev)
    off_t at = place(fd);
    const ssize_t written = real(fd, from, count);
    ssize_t left = written;
    for (int i = 0; i < count && left > 0; i++) {
        const ssize_t piece = left < (ssize_t)from[i].iov_len ? left : (ssize_t)from[i].iov_len;
        noteWrite(fd, from[i].iov_base, piece, at);
        at += piece;
        left -= piece;
    }
    return written;
}
ssize_t pwrite(int fd, const void* from, size_t length, off_t at) {
    REAL(pwrite)
    const ssize_t written = real(fd, from, length, at);
    noteWrite(fd, from, written, at);
    return written;
}
ssize_t pwrite64(int fd, const void* from, size_t length, off64_t at) {
    REAL(pwrite64)
    const ssize_t written = real(fd, from, length, at);
    noteWrite(fd, from, written, at);
    return written;
}
int ftruncate(int fd, off_t length) {
    REAL(ftruncate)
    const int result = real(fd, length);
    if (result == 0)
        noteLength(fd, length);
    return result;
}
int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64)
    const int result = real(fd, length);
    if (result == 0)
        noteLength(fd, length);
    return result;
}
int fsync(int fd) {
    REAL(fsync)
    const int result = real(fd);
    if (result == 0)
        notePath("S", fd);
    return result;
}
int fdatasync(int fd) {
    REAL(fdatasync)
    const int result = real(fd);
    if (result == 0)
        notePath("S", fd);
    return result;
}

static const char* relative(const char* path) {
    const size_t start = record < 0 ? 0 : strlen(below);
    return record >= 0 && strncmp(path, below, start) == 0 && path[start] == '/' ? path + start : NULL;
}
int rename(const char* from, const char* to) {
    REAL(rename)
    const int result = real(from, to);
    if (result == 0 && relative(from) != NULL && relative(to) != NULL) {
        char line[1200];
        snprintf(line, sizeof line, "R %s %s\n", relative(from), relative(to));
        put(line, NULL, 0);
    }
    return result;
}
int unlink(const char* path) {
    REAL(unlink)
    const int result = real(path);
    if (result == 0 && relative(path) != NULL) {
        char line[600];
        snprintf(line, sizeof line, "U %s\n", relative(path));
        put(line, NULL, 0);
    }
    return result;
}
ssize_t send(int fd, const void* from, size_t length, int flags) {
    REAL(send)
    const ssize_t sent = real(fd, from, length, flags);
    if (sent > 0)
        noteSent(fd);
    return sent;
}
ssize_t sendmsg(int fd, const struct msghdr* message, int flags) {
    REAL(sendmsg)
    const ssize_t sent = real(fd, message, flags);
    if (sent > 0)
        noteSent(fd);
    return sent;
}
