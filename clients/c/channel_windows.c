#ifdef _WIN32
#include "channel.h"

#include <windows.h>

#include <aclapi.h>
#include <limits.h>
#include <sddl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { longest_place = 256 };
enum { busy_limit = 1000 }; /* milliseconds; between two clients the broker has no free end for a moment */

static const char pipes[] = "\\\\.\\pipe\\";

long long kb_now(void) {
    return (long long)GetTickCount64();
}

void kb_pause(int milliseconds) {
    Sleep((DWORD)milliseconds);
}

long kb_process(void) {
    return (long)GetCurrentProcessId();
}

/* The user of a process; the caller frees it. NULL if that cannot be told. */
static TOKEN_USER* user_of(HANDLE process) {
    HANDLE token = NULL;
    DWORD size = 0;
    TOKEN_USER* user = NULL;
    if (!OpenProcessToken(process, TOKEN_QUERY, &token))
        return NULL;
    GetTokenInformation(token, TokenUser, NULL, 0, &size);
    user = size > 0 ? malloc(size) : NULL;
    if (user != NULL && !GetTokenInformation(token, TokenUser, user, size, &size)) {
        free(user);
        user = NULL;
    }
    CloseHandle(token);
    return user;
}

/* The full path of KEYBEARER_HOME in UTF-8, without a backslash at its end; the caller frees it. NULL if it
 * is not set. */
static char* own_home(void) {
    wchar_t named[MAX_PATH * 4];
    wchar_t full[MAX_PATH * 4];
    DWORD length = GetEnvironmentVariableW(L"KEYBEARER_HOME", named, MAX_PATH * 4);
    char* out = NULL;
    int size = 0;
    if (length == 0 || length >= MAX_PATH * 4)
        return NULL;
    length = GetFullPathNameW(named, MAX_PATH * 4, full, NULL);
    if (length == 0 || length >= MAX_PATH * 4)
        return NULL;
    while (length > 3 && full[length - 1] == L'\\')
        full[--length] = L'\0';
    size = WideCharToMultiByte(CP_UTF8, 0, full, -1, NULL, 0, NULL, NULL);
    out = size > 0 ? malloc((size_t)size) : NULL;
    if (out != NULL)
        WideCharToMultiByte(CP_UTF8, 0, full, -1, out, size, NULL, NULL);
    return out;
}

/* What tells the pipe of a broker with a directory of its own from the others: FNV-1a, as the broker does it.
 */
static unsigned long long mark_of(const char* directory) {
    unsigned long long hash = 14695981039346656037ULL;
    for (; *directory != '\0'; ++directory) {
        const char small =
            *directory >= 'A' && *directory <= 'Z' ? (char)(*directory - 'A' + 'a') : *directory;
        hash = (hash ^ (unsigned char)small) * 1099511628211ULL;
    }
    return hash;
}

char* kb_place(kb_error* error) {
    char place[longest_place];
    char* home = own_home();
    const char* alone = getenv("KEYBEARER_SOCKET");
    TOKEN_USER* user = user_of(GetCurrentProcess());
    char* sid = NULL;
    char* copy = NULL;
    int length = -1;
    if (alone != NULL && *alone != '\0')
        length = snprintf(place, sizeof place, "%s", alone);
    else if (user != NULL && ConvertSidToStringSidA(user->User.Sid, &sid))
        length = home == NULL
                     ? snprintf(place, sizeof place, "%skeybearer-%s", pipes, sid)
                     : snprintf(place, sizeof place, "%skeybearer-%s-%016llx", pipes, sid, mark_of(home));
    if (length > 0 && (size_t)length < sizeof place)
        copy = _strdup(place);
    if (sid != NULL)
        LocalFree(sid);
    free(user);
    free(home);
    if (copy == NULL)
        kb_fail(error, KB_UNREACHABLE, "the name of the broker's pipe cannot be told",
                "Check KEYBEARER_SOCKET.");
    return copy;
}

/* No other account can make itself less than the owner of what it made, or make us the owner. */
static bool is_owner(HANDLE pipe, const TOKEN_USER* user) {
    PSID owner = NULL;
    PSECURITY_DESCRIPTOR found = NULL;
    const DWORD code =
        GetSecurityInfo(pipe, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL, &found);
    const bool same = code == ERROR_SUCCESS && owner != NULL && EqualSid(owner, user->User.Sid);
    if (code == ERROR_SUCCESS)
        LocalFree(found);
    return same;
}

/* Anybody can make a pipe of any name: what counts is who made it, and who serves it. */
static bool peer_is_ours(HANDLE pipe, kb_error* error) {
    ULONG number = 0;
    HANDLE process = GetNamedPipeServerProcessId(pipe, &number)
                         ? OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, number)
                         : NULL;
    TOKEN_USER* theirs = process != NULL ? user_of(process) : NULL;
    TOKEN_USER* ours = user_of(GetCurrentProcess());
    const bool same =
        theirs != NULL && ours != NULL && EqualSid(theirs->User.Sid, ours->User.Sid) && is_owner(pipe, ours);
    free(theirs);
    free(ours);
    if (process != NULL)
        CloseHandle(process);
    return same || kb_fail(error, KB_UNREACHABLE, "a program of another user serves the broker's pipe",
                           "Do not go on; find out who made it.");
}

/* Identification alone: the other side must not act in our name. */
static HANDLE open_pipe(const char* place) {
    return CreateFileA(place, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                       FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
}

bool kb_channel_open(const char* place, kb_channel* channel, bool* absent, kb_error* error) {
    HANDLE pipe = INVALID_HANDLE_VALUE;
    DWORD code = ERROR_SUCCESS;
    *absent = false;
    if (strncmp(place, pipes, strlen(pipes)) != 0) /* a file, or a pipe of another machine */
        return kb_fail(error, KB_UNREACHABLE, "KEYBEARER_SOCKET names no pipe of this machine",
                       "Check KEYBEARER_SOCKET.");
    pipe = open_pipe(place);
    if (pipe == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY &&
        WaitNamedPipeA(place, busy_limit))
        pipe = open_pipe(place);
    code = pipe == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_SUCCESS;
    *absent = code == ERROR_FILE_NOT_FOUND || code == ERROR_PIPE_BUSY;
    if (pipe == INVALID_HANDLE_VALUE)
        return kb_fail(error, KB_UNREACHABLE,
                       *absent ? "the broker is not running (nobody serves its pipe)"
                               : "cannot connect to the broker's pipe",
                       *absent ? "Start it with: keybearer status"
                               : "See what is wrong with: keybearer doctor");
    if (!peer_is_ours(pipe, error)) {
        CloseHandle(pipe);
        return false;
    }
    *channel = pipe;
    return true;
}

bool kb_channel_adopt(int descriptor, kb_channel* channel, kb_error* error) {
    (void)descriptor;
    (void)channel;
    return kb_fail(error, KB_UNREACHABLE, "KEYBEARER_FD means nothing on Windows", "Unset KEYBEARER_FD.");
}

void kb_channel_close(kb_channel channel) {
    CloseHandle(channel);
}

/* Finishes what was begun, or takes it back at the deadline. */
static bool finish(HANDLE pipe, OVERLAPPED* work, DWORD* done, long long deadline, bool* late) {
    const long long left = deadline - kb_now();
    *late = WaitForSingleObject(work->hEvent, left <= 0        ? 0
                                              : left > INT_MAX ? INT_MAX
                                                               : (DWORD)left) != WAIT_OBJECT_0;
    if (*late)
        CancelIoEx(pipe, work);
    return GetOverlappedResult(pipe, work, done, TRUE) != 0;
}

long kb_channel_read(kb_channel channel, char* out, size_t size, long long deadline) {
    OVERLAPPED work = {0};
    DWORD got = 0;
    bool late = false;
    bool read = false;
    work.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    if (work.hEvent == NULL)
        return 0;
    if (ReadFile(channel, out, (DWORD)size, NULL, &work) || GetLastError() == ERROR_IO_PENDING)
        read = finish(channel, &work, &got, deadline, &late);
    CloseHandle(work.hEvent);
    if (read && got > 0)
        return (long)got;
    return late ? -1 : 0;
}

bool kb_channel_write(kb_channel channel, const char* bytes, size_t size, long long deadline) {
    while (size > 0) {
        OVERLAPPED work = {0};
        DWORD sent = 0;
        bool late = false;
        bool written = false;
        work.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
        if (work.hEvent == NULL)
            return false;
        if (WriteFile(channel, bytes, (DWORD)size, NULL, &work) || GetLastError() == ERROR_IO_PENDING)
            written = finish(channel, &work, &sent, deadline, &late);
        CloseHandle(work.hEvent);
        if (!written)
            return false;
        bytes += sent;
        size -= sent;
    }
    return true;
}
#else
typedef int kb_not_windows; /* a file must hold something */
#endif
