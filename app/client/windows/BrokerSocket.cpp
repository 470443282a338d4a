// The broker's named pipe.
#include "app/client/BrokerSocket.h"

#include "broker/base/windows/OwnerOnly.h"

#include <algorithm>
#include <fcntl.h>
#include <io.h>
#include <string>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

tl::unexpected<Error> unreachable(std::string what, std::string action) {
    return failure(ErrorCode::BrokerUnreachable, std::move(what), std::move(action));
}

tl::unexpected<Error> connectError(DWORD code, const std::filesystem::path& pipe) {
    if (code == ERROR_FILE_NOT_FOUND)
        return failure(Error(ErrorCode::BrokerUnreachable,
                             "the broker is not running (nobody serves " + pipe.string() + ")")
                           .with("absent", true));
    if (code == ERROR_PIPE_BUSY || code == ERROR_SEM_TIMEOUT)
        return failure(ErrorCode::TimedOut, "the broker does not take new connections",
                       "Try again; if it stays so, stop the broker and start it again.");
    return unreachable("cannot connect to " + pipe.string() + ": error " + std::to_string(code),
                       "See what is wrong with: keybearer doctor");
}

// Identification alone: whoever serves the pipe may ask who we are, and not act in our name.
HANDLE openPipe(const std::filesystem::path& pipe) {
    return ::CreateFileW(pipe.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                         FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr);
}

// Anybody can make a pipe of any name. Its owner is whoever made it, which no other account can claim; and
// whoever serves it now must be of our account as well.
Result<void> checkPeer(HANDLE pipe) {
    const Result<Access> access = accessTo(pipe, SE_KERNEL_OBJECT);
    if (!access)
        return unreachable("cannot tell whose the broker's pipe is: " + access.error().message, "");
    if (*access == Access::Foreign)
        return unreachable("the broker's pipe belongs to another user",
                           "Do not go on; find out who made it.");
    ULONG number = 0;
    if (::GetNamedPipeServerProcessId(pipe, &number) == 0)
        return unreachable(
            "cannot tell who serves the broker's pipe: error " + std::to_string(::GetLastError()), "");
    const Handle process(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, number));
    const Result<std::string> theirs =
        process ? accountOf(process.get()) : Result<std::string>(std::string());
    if (!theirs || !ownAccount() || *theirs != *ownAccount())
        return unreachable("a program of another user serves the broker's pipe (process " +
                               std::to_string(number) + ")",
                           "Do not go on; find out who made it.");
    return {};
}

} // namespace

Result<int> connectToBroker(const std::filesystem::path& socket, milliseconds timeout) {
    constexpr std::wstring_view pipes = LR"(\\.\pipe\)";
    if (!socket.wstring().starts_with(pipes)) // a file, or a pipe of another machine
        return unreachable(socket.string() + " is no pipe of this machine", "Check KEYBEARER_SOCKET.");
    const Steady::time_point deadline = Steady::now() + timeout;
    Handle pipe(openPipe(socket));
    while (!pipe) {
        const DWORD code = ::GetLastError();
        const auto left = std::chrono::ceil<milliseconds>(deadline - Steady::now()).count();
        if (code != ERROR_PIPE_BUSY || left <= 0) // busy: no instance is free at this moment
            return connectError(code, socket);
        if (::WaitNamedPipeW(socket.c_str(), static_cast<DWORD>(left)) == 0 &&
            ::GetLastError() != ERROR_SEM_TIMEOUT)
            return connectError(::GetLastError(), socket);
        pipe = Handle(openPipe(socket));
    }
    if (const Result<void> trusted = checkPeer(pipe.get()); !trusted)
        return tl::unexpected(trusted.error());
    const int descriptor =
        ::_open_osfhandle(reinterpret_cast<intptr_t>(pipe.get()), _O_BINARY | _O_NOINHERIT);
    if (descriptor < 0)
        return unreachable("too many files are open", "Close some.");
    static_cast<void>(pipe.release()); // the descriptor's now
    return descriptor;
}

// What is passed on here are handles, to children alone, and keybearer run passes none.
Result<int> adoptConnection(int) {
    return unreachable("KEYBEARER_FD means nothing on Windows", "Unset KEYBEARER_FD.");
}

} // namespace keybearer
