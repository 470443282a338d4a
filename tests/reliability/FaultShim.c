// Preloaded into keybearerd (LD_PRELOAD): the N-th call of one kind fails with an error of choice. Which, is
// said while the process runs, through a file of KEYBEARER_FAULT_CONTROL that both sides have mapped or
// written (fault_control.mjs); there the calls of each kind are counted, too. Calls that the C library makes
// to itself are not seen: strace is for those (docs/reliability.md).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

// The order is that of fault_control.mjs.
enum Kind {
    Open,
    Read,
    Write,
    Sync,
    Rename,
    Unlink,
    Truncate,
    MakeDirectory,
    Socket,
    Connect,
    Accept,
    Send,
    Receive,
    Descriptor,
    Thread,
    Map,
    LockMemory,
    Allocate,
    kinds
};

struct Control {
    int32_t kind;       // of the call that is to fail; -1: none
    int32_t error;      // its errno
    atomic_llong left;  // so many calls until then, that one included
    atomic_llong fired; // how often it was so
    int64_t inARow;     // how many calls fail from then on
    atomic_llong counts[kinds];
};

static struct Control* control;
static __thread int inside; // our own calls do not count

__attribute__((constructor)) static void begin(void) {
    const char* path = getenv("KEYBEARER_FAULT_CONTROL");
    if (path == NULL || strcmp(program_invocation_short_name, "keybearerd") != 0)
        return;
    const int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    void* mapped = file < 0 ? MAP_FAILED
                            : (void*)syscall(SYS_mmap, NULL, sizeof(struct Control), PROT_READ | PROT_WRITE,
                                             MAP_SHARED, file, 0);
    if (file >= 0)
        syscall(SYS_close, file);
    if (mapped != MAP_FAILED)
        control = mapped;
}

// What fails, for whoever reads the log.
static void tell(const char* name, int fd, const char* path) {
    char where[256] = "";
    if (path != NULL)
        snprintf(where, sizeof where, "%s", path);
    else if (fd >= 0) {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        const ssize_t length = syscall(SYS_readlink, link, where, sizeof where - 1);
        where[length < 0 ? 0 : length] = '\0';
    }
    char line[400];
    const int length = snprintf(line, sizeof line, "FaultShim: %s(%s) fails: %s\n", name, where,
                                strerrordesc_np(control->error));
    syscall(SYS_write, 2, line, (size_t)length);
    if (getenv("KEYBEARER_FAULT_TRACE") != NULL) {
        void* frames[48];
        backtrace_symbols_fd(frames, backtrace(frames, 48), 2);
    }
}

// Only files: pipes and event counters of a process to itself do not fail in any kernel, and what is written
// to sockets is standard error and the word that it is ready.
static int canFail(enum Kind kind, int fd) {
    struct stat what;
    if (fd < 0 || (kind != Read && kind != Write) || fstat(fd, &what) != 0)
        return 1;
    return S_ISREG(what.st_mode);
}

static int fails(enum Kind kind, const char* name, int fd, const char* path) {
    if (control == NULL || inside || !canFail(kind, fd))
        return 0;
    inside = 1;
    int result = 0;
    atomic_fetch_add(&control->counts[kind], 1);
    if (control->kind == (int32_t)kind) {
        const long long left = atomic_fetch_sub(&control->left, 1);
        if (left <= 1 && left > 1 - control->inARow) {
            atomic_fetch_add(&control->fired, 1);
            tell(name, fd, path);
            errno = control->error;
            result = 1;
        }
    }
    inside = 0;
    return result;
}

#define REAL(name)                                                                                           \
    static __typeof__(name)* real;                                                                           \
    if (real == NULL) {                                                                                      \
        inside++;                                                                                            \
        real = (__typeof__(name)*)dlsym(RTLD_NEXT, #name);                                                   \
        inside--;                                                                                            \
    }
#define WRAP(result, name, parameters, arguments, kind, fd, path, failure)                                   \
    result name parameters {                                                                                 \
        REAL(name)                                                                                           \
        if (fails(kind, #name, fd, path))                                                                    \
            return failure;                                                                                  \
        return real arguments;                                                                               \
    }

#define OPEN(name, first, firstArgument)                                                                     \
    int name(first const char* path, int flags, ...) {                                                       \
        REAL(name)                                                                                           \
        va_list more;                                                                                        \
        va_start(more, flags);                                                                               \
        const mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;               \
        va_end(more);                                                                                        \
        if (fails(Open, #name, -1, path))                                                                    \
            return -1;                                                                                       \
        return real(firstArgument path, flags, mode);                                                        \
    }
#define NOTHING
#define DIRECTORY int directory,
#define DIRECTORY_ARGUMENT directory,
OPEN(open, NOTHING, NOTHING)
OPEN(open64, NOTHING, NOTHING)
OPEN(openat, DIRECTORY, DIRECTORY_ARGUMENT)
OPEN(openat64, DIRECTORY, DIRECTORY_ARGUMENT)

// What _FORTIFY_SOURCE makes of some of them.
ssize_t __read_chk(int fd, void* to, size_t most, size_t room);
ssize_t __pread64_chk(int fd, void* to, size_t most, off64_t at, size_t room);
ssize_t __recv_chk(int fd, void* to, size_t most, size_t room, int flags);
int __open64_2(const char* path, int flags);
int __open_2(const char* path, int flags);

WRAP(int, __open64_2, (const char* path, int flags), (path, flags), Open, -1, path, -1)
WRAP(int, __open_2, (const char* path, int flags), (path, flags), Open, -1, path, -1)
WRAP(ssize_t, read, (int fd, void* to, size_t most), (fd, to, most), Read, fd, NULL, -1)
WRAP(ssize_t, __read_chk, (int fd, void* to, size_t most, size_t room), (fd, to, most, room), Read, fd, NULL,
     -1)
WRAP(ssize_t, pread, (int fd, void* to, size_t most, off_t at), (fd, to, most, at), Read, fd, NULL, -1)
WRAP(ssize_t, pread64, (int fd, void* to, size_t most, off64_t at), (fd, to, most, at), Read, fd, NULL, -1)
WRAP(ssize_t, __pread64_chk, (int fd, void* to, size_t most, off64_t at, size_t room),
     (fd, to, most, at, room), Read, fd, NULL, -1)
WRAP(ssize_t, readv, (int fd, const struct iovec* to, int count), (fd, to, count), Read, fd, NULL, -1)
WRAP(ssize_t, write, (int fd, const void* from, size_t length), (fd, from, length), Write, fd, NULL, -1)
WRAP(ssize_t, pwrite, (int fd, const void* from, size_t length, off_t at), (fd, from, length, at), Write, fd,
     NULL, -1)
WRAP(ssize_t, pwrite64, (int fd, const void* from, size_t length, off64_t at), (fd, from, length, at), Write,
     fd, NULL, -1)
WRAP(ssize_t, writev, (int fd, const struct iovec* from, int count), (fd, from, count), Write, fd, NULL, -1)
WRAP(int, fsync, (int fd), (fd), Sync, fd, NULL, -1)
WRAP(int, fdatasync, (int fd), (fd), Sync, fd, NULL, -1)
WRAP(int, rename, (const char* from, const char* to), (from, to), Rename, -1, to, -1)
WRAP(int, renameat, (int one, const char* from, int other, const char* to), (one, from, other, to), Rename,
     -1, to, -1)
WRAP(int, unlink, (const char* path), (path), Unlink, -1, path, -1)
WRAP(int, unlinkat, (int directory, const char* path, int flags), (directory, path, flags), Unlink, -1, path,
     -1)
WRAP(int, ftruncate, (int fd, off_t length), (fd, length), Truncate, fd, NULL, -1)
WRAP(int, ftruncate64, (int fd, off64_t length), (fd, length), Truncate, fd, NULL, -1)
WRAP(int, posix_fallocate, (int fd, off_t from, off_t length), (fd, from, length), Truncate, fd, NULL,
     control->error)
WRAP(int, posix_fallocate64, (int fd, off64_t from, off64_t length), (fd, from, length), Truncate, fd, NULL,
     control->error)
WRAP(int, mkdir, (const char* path, mode_t mode), (path, mode), MakeDirectory, -1, path, -1)
WRAP(int, socket, (int domain, int type, int protocol), (domain, type, protocol), Socket, -1, NULL, -1)
WRAP(int, socketpair, (int domain, int type, int protocol, int both[2]), (domain, type, protocol, both),
     Socket, -1, NULL, -1)
WRAP(int, bind, (int fd, const struct sockaddr* to, socklen_t length), (fd, to, length), Socket, fd, NULL, -1)
WRAP(int, listen, (int fd, int backlog), (fd, backlog), Socket, fd, NULL, -1)
WRAP(int, connect, (int fd, const struct sockaddr* to, socklen_t length), (fd, to, length), Connect, fd, NULL,
     -1)
WRAP(int, accept, (int fd, struct sockaddr* from, socklen_t* length), (fd, from, length), Accept, fd, NULL,
     -1)
WRAP(int, accept4, (int fd, struct sockaddr* from, socklen_t* length, int flags), (fd, from, length, flags),
     Accept, fd, NULL, -1)
WRAP(ssize_t, send, (int fd, const void* from, size_t length, int flags), (fd, from, length, flags), Send, fd,
     NULL, -1)
WRAP(ssize_t, sendto,
     (int fd, const void* from, size_t length, int flags, const struct sockaddr* to, socklen_t room),
     (fd, from, length, flags, to, room), Send, fd, NULL, -1)
WRAP(ssize_t, sendmsg, (int fd, const struct msghdr* message, int flags), (fd, message, flags), Send, fd,
     NULL, -1)
WRAP(ssize_t, recv, (int fd, void* to, size_t most, int flags), (fd, to, most, flags), Receive, fd, NULL, -1)
WRAP(ssize_t, __recv_chk, (int fd, void* to, size_t most, size_t room, int flags),
     (fd, to, most, room, flags), Receive, fd, NULL, -1)
WRAP(ssize_t, recvfrom, (int fd, void* to, size_t most, int flags, struct sockaddr* from, socklen_t* length),
     (fd, to, most, flags, from, length), Receive, fd, NULL, -1)
WRAP(ssize_t, recvmsg, (int fd, struct msghdr* message, int flags), (fd, message, flags), Receive, fd, NULL,
     -1)
WRAP(int, pipe, (int both[2]), (both), Descriptor, -1, NULL, -1)
WRAP(int, pipe2, (int both[2], int flags), (both, flags), Descriptor, -1, NULL, -1)
WRAP(int, eventfd, (unsigned value, int flags), (value, flags), Descriptor, -1, NULL, -1)
WRAP(int, timerfd_create, (int clock, int flags), (clock, flags), Descriptor, -1, NULL, -1)
WRAP(int, epoll_create1, (int flags), (flags), Descriptor, -1, NULL, -1)
WRAP(int, dup, (int fd), (fd), Descriptor, fd, NULL, -1)
WRAP(int, pthread_create, (pthread_t * thread, const pthread_attr_t* how, void* (*body)(void*), void* of),
     (thread, how, body, of), Thread, -1, NULL, control->error)
WRAP(void*, mmap, (void* at, size_t length, int rights, int flags, int fd, off_t from),
     (at, length, rights, flags, fd, from), Map, fd, NULL, MAP_FAILED)
WRAP(void*, mmap64, (void* at, size_t length, int rights, int flags, int fd, off64_t from),
     (at, length, rights, flags, fd, from), Map, fd, NULL, MAP_FAILED)
WRAP(int, mlock, (const void* at, size_t length), (at, length), LockMemory, -1, NULL, -1)

// dlsym() itself wants memory: the C library's other names for these need no looking up.
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* before, size_t size);

void* malloc(size_t size) {
    return fails(Allocate, "malloc", -1, NULL) ? NULL : __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
    return fails(Allocate, "calloc", -1, NULL) ? NULL : __libc_calloc(count, size);
}
void* realloc(void* before, size_t size) {
    return fails(Allocate, "realloc", -1, NULL) ? NULL : __libc_realloc(before, size);
}
