#ifndef _WIN32
#define _GNU_SOURCE      /* struct ucred */
#define _DARWIN_C_SOURCE /* getpeereid */
#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* macOS: SO_NOSIGPIPE instead */
#endif

enum { longest_place = 108 }; /* sockaddr_un.sun_path with its NUL, on Linux; a few less elsewhere */

static const char move_it[] = "Choose a directory of your own with KEYBEARER_HOME or KEYBEARER_SOCKET.";

long long kb_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void kb_pause(int milliseconds) {
    const struct timespec pause = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

long kb_process(void) {
    return (long)getpid();
}

static const char* from_environment(const char* name) {
    const char* value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

char* kb_place(kb_error* error) {
    char place[longest_place];
    int length = 0;
    const char* home = from_environment("HOME");
    const char* own = from_environment("KEYBEARER_HOME");
    const char* socket_alone = from_environment("KEYBEARER_SOCKET");
#ifdef __APPLE__
    const char* runtime = from_environment("TMPDIR");
    const char* below_home = "Library/Caches";
#else
    const char* runtime = from_environment("XDG_RUNTIME_DIR");
    const char* state = from_environment("XDG_STATE_HOME");
    const char* below_home = ".local/state/keybearer/run";
    if (runtime != NULL && *runtime != '/') /* counts only if it is absolute */
        runtime = NULL;
#endif
    if (socket_alone != NULL)
        length = snprintf(place, sizeof place, "%s", socket_alone);
    else if (own != NULL)
        length = snprintf(place, sizeof place, "%s/run/broker.sock", own);
    else if (runtime != NULL)
        length = snprintf(place, sizeof place, "%s/keybearer/broker.sock", runtime);
#ifndef __APPLE__
    else if (state != NULL && *state == '/')
        length = snprintf(place, sizeof place, "%s/keybearer/run/keybearer/broker.sock", state);
#endif
    else if (home != NULL)
        length = snprintf(place, sizeof place, "%s/%s/keybearer/broker.sock", home, below_home);
    if (length <= 0)
        kb_fail(error, KB_UNREACHABLE, "neither HOME nor KEYBEARER_HOME is set",
                "Set KEYBEARER_HOME to a directory of yours.");
    else if ((size_t)length >= sizeof place)
        kb_fail(error, KB_UNREACHABLE, "the path of the broker's socket is too long",
                "Choose a shorter directory with KEYBEARER_HOME or KEYBEARER_SOCKET.");
    else
        return strdup(place);
    return NULL;
}

/* Whoever can put a socket there could play the broker. */
static bool directory_is_ours(const char* place, bool* absent, kb_error* error) {
    char directory[longest_place];
    struct stat status;
    const char* slash = strrchr(place, '/');
    snprintf(directory, sizeof directory, "%s", slash == NULL ? "." : place);
    if (slash != NULL)
        directory[slash == place ? 1 : slash - place] = '\0';
    if (lstat(directory, &status) != 0) {
        *absent = errno == ENOENT;
        return kb_fail(error, KB_UNREACHABLE, "the broker is not running (there is no directory for it)",
                       "Start it with: keybearer status");
    }
    if (!S_ISDIR(status.st_mode))
        return kb_fail(error, KB_UNREACHABLE, "the directory of the broker's socket is a link or a file",
                       move_it);
    if (status.st_uid != geteuid())
        return kb_fail(error, KB_UNREACHABLE, "the directory of the broker's socket belongs to another user",
                       move_it);
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return kb_fail(error, KB_UNREACHABLE, "others may write to the directory of the broker's socket",
                       move_it);
    return true;
}

static bool peer_is_ours(int descriptor, kb_error* error) {
#ifdef SO_PEERCRED
    struct ucred peer;
    socklen_t size = sizeof peer;
    const bool known = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
    const bool ours = known && peer.uid == geteuid();
#else
    uid_t user = 0;
    gid_t group = 0;
    const bool ours = getpeereid(descriptor, &user, &group) == 0 && user == geteuid();
#endif
    return ours || kb_fail(error, KB_UNREACHABLE, "a program of another user listens on the broker's socket",
                           "Do not go on; find out who put it there.");
}

static bool prepare(int descriptor) {
#ifdef SO_NOSIGPIPE
    const int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    return fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

bool kb_channel_open(const char* place, kb_channel* channel, bool* absent, kb_error* error) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    *absent = false;
    if (strlen(place) >= sizeof address.sun_path || strlen(place) >= longest_place)
        return kb_fail(error, KB_UNREACHABLE, "the path of the broker's socket is too long", move_it);
    if (!directory_is_ours(place, absent, error))
        return false;
    memcpy(address.sun_path, place, strlen(place) + 1);
    const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
    if (descriptor < 0 || !prepare(descriptor) || fcntl(descriptor, F_SETFL, O_NONBLOCK) != 0 ||
        connect(descriptor, (const struct sockaddr*)&address, sizeof address) != 0) {
        /* EAGAIN: its queue is full, which passes as well. */
        *absent = errno == ENOENT || errno == ECONNREFUSED || errno == EAGAIN;
        if (descriptor >= 0)
            close(descriptor);
        return kb_fail(error, KB_UNREACHABLE,
                       *absent ? "the broker is not running (nobody listens on its socket)"
                               : "cannot connect to the broker's socket",
                       *absent ? "Start it with: keybearer status"
                               : "See what is wrong with: keybearer doctor");
    }
    if (!peer_is_ours(descriptor, error)) {
        close(descriptor);
        return false;
    }
    *channel = descriptor;
    return true;
}

bool kb_channel_adopt(int descriptor, kb_channel* channel, kb_error* error) {
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (getpeername(descriptor, (struct sockaddr*)&address, &size) != 0 || address.ss_family != AF_UNIX)
        return kb_fail(
            error, KB_UNREACHABLE, "KEYBEARER_FD names a descriptor that is no connection to the broker",
            "Let the program that started this one pass the descriptor on, or unset KEYBEARER_FD.");
    if (!peer_is_ours(descriptor, error))
        return false;
    const int copy = dup(descriptor);
    if (copy < 0 || !prepare(copy))
        return kb_fail(error, KB_UNREACHABLE, "KEYBEARER_FD cannot be used", "Close some files.");
    *channel = copy;
    return true;
}

void kb_channel_close(kb_channel channel) {
    close(channel);
}

/* Whether a connection, which may or may not block, is ready before the deadline. */
static bool wait_for(int descriptor, short what, long long deadline) {
    for (;;) {
        struct pollfd waited = {descriptor, what, 0};
        const long long left = deadline - kb_now();
        const int ready = poll(&waited, 1, left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left);
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

long kb_channel_read(kb_channel channel, char* out, size_t size, long long deadline) {
    for (;;) {
        const ssize_t got = recv(channel, out, size, MSG_DONTWAIT);
        if (got >= 0)
            return (long)got;
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for(channel, POLLIN, deadline))
                return -1;
        } else if (errno != EINTR) {
            return 0;
        }
    }
}

bool kb_channel_write(kb_channel channel, const char* bytes, size_t size, long long deadline) {
    while (size > 0) {
        const ssize_t sent = send(channel, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            bytes += sent;
            size -= (size_t)sent;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for(channel, POLLOUT, deadline))
                return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}
#else
typedef int kb_not_unix; /* a file must hold something */
#endif
