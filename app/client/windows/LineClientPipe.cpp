// How a client waits, writes and reads: a named pipe that was opened for overlapped operations.
#include "app/client/LineClient.h"

#include "broker/base/Secret.h"
#include "broker/base/windows/Handle.h"

#include <algorithm>
#include <array>
#include <io.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::size_t mostWatched = 4;    // as with sockets
constexpr DWORD largestPiece = 64 * 1024; // of one write
constexpr DWORD stalled = 30'000;         // milliseconds in which a broker that is alive reads something

tl::unexpected<Error> unreachable(std::string what, std::string action = {}) {
    return failure(ErrorCode::BrokerUnreachable, std::move(what), std::move(action));
}

HANDLE handleOf(int descriptor) {
    return reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor));
}

bool isOver(DWORD code) {
    return code == ERROR_BROKEN_PIPE || code == ERROR_PIPE_NOT_CONNECTED || code == ERROR_NO_DATA;
}

// An overlapped operation; its destruction takes back what has not ended, as the kernel writes into it.
class Operation {
public:
    explicit Operation(HANDLE pipe) : pipe_(pipe), ended_(::CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
        work_.hEvent = ended_.get();
    }
    ~Operation() {
        DWORD unused = 0;
        if (begun_ && ::CancelIoEx(pipe_, &work_) != 0)
            ::GetOverlappedResult(pipe_, &work_, &unused, TRUE);
    }
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;

    [[nodiscard]] HANDLE ended() const { return ended_.get(); }
    // ERROR_SUCCESS if it is done or under way.
    [[nodiscard]] DWORD read(void* out, DWORD size) {
        return begun(::ReadFile(pipe_, out, size, nullptr, &work_));
    }
    [[nodiscard]] DWORD write(const void* bytes, DWORD size) {
        return begun(::WriteFile(pipe_, bytes, size, nullptr, &work_));
    }
    [[nodiscard]] DWORD finish(DWORD& done) {
        const BOOL good = ::GetOverlappedResult(pipe_, &work_, &done, TRUE);
        begun_ = false;
        return good != 0 ? ERROR_SUCCESS : ::GetLastError();
    }

private:
    DWORD begun(BOOL good) {
        const DWORD code = good != 0 ? ERROR_SUCCESS : ::GetLastError();
        begun_ = code == ERROR_SUCCESS || code == ERROR_IO_PENDING;
        return begun_ ? ERROR_SUCCESS : code;
    }

    HANDLE pipe_;
    Handle ended_;
    OVERLAPPED work_{};
    bool begun_ = false;
};

} // namespace

// Reading nothing ends when there is something to read, and takes none of it.
Result<int> LineClient::wait(Deadline deadline, std::span<const int> watched) {
    Operation operation(handleOf(descriptor_));
    char none = 0;
    if (const DWORD code = operation.read(&none, 0); isOver(code))
        return descriptor_; // fetch() says it
    else if (code != ERROR_SUCCESS)
        return unreachable("cannot wait for the broker: error " + std::to_string(code));
    std::array<HANDLE, mostWatched + 1> set{};
    const std::size_t count = std::min(watched.size(), mostWatched);
    for (std::size_t i = 0; i < count; ++i)
        set[i] = handleOf(watched[i]); // first: of several the lowest is told
    set[count] = operation.ended();
    const auto left = std::chrono::ceil<milliseconds>(deadline - Steady::now()).count();
    const DWORD which =
        ::WaitForMultipleObjects(static_cast<DWORD>(count + 1), set.data(), FALSE,
                                 static_cast<DWORD>(std::clamp<std::int64_t>(left, 0, 3'600'000)));
    if (which == WAIT_TIMEOUT)
        return -1;
    if (which >= WAIT_OBJECT_0 + count + 1)
        return unreachable("cannot wait for the broker: error " + std::to_string(::GetLastError()));
    return which == WAIT_OBJECT_0 + count ? descriptor_ : watched[which - WAIT_OBJECT_0];
}

// Waits until the broker has taken all of it: a pipe says nothing of room to write.
Result<void> LineClient::flush() {
    while (!outbox_.empty()) {
        Operation operation(handleOf(descriptor_));
        const auto size = static_cast<DWORD>(std::min<std::size_t>(outbox_.size(), largestPiece));
        DWORD sent = 0;
        DWORD code = operation.write(outbox_.data(), size);
        if (code == ERROR_SUCCESS && ::WaitForSingleObject(operation.ended(), stalled) != WAIT_OBJECT_0)
            return failure(ErrorCode::TimedOut, "the broker does not read what is asked of it");
        if (code == ERROR_SUCCESS)
            code = operation.finish(sent);
        if (isOver(code))
            return {}; // what the broker said before it closed is still to be read
        if (code != ERROR_SUCCESS)
            return unreachable("cannot write to the broker: error " + std::to_string(code));
        if (sent == outbox_.size())
            wipe(outbox_);
        else
            outbox_.erase(0, sent);
    }
    return {};
}

Result<std::size_t> LineClient::fetch() {
    Operation operation(handleOf(descriptor_));
    DWORD waiting = 0;
    DWORD got = 0;
    DWORD code = ::PeekNamedPipe(handleOf(descriptor_), nullptr, 0, nullptr, &waiting, nullptr) != 0
                     ? ERROR_SUCCESS
                     : ::GetLastError();
    if (code == ERROR_SUCCESS && waiting == 0)
        return 0;
    if (code == ERROR_SUCCESS)
        code = operation.read(inbox_.data(), std::min(waiting, static_cast<DWORD>(inbox_.size())));
    if (code == ERROR_SUCCESS)
        code = operation.finish(got);
    if (isOver(code))
        return unreachable("the broker closed the connection", "Try again; if it stays so: keybearer doctor");
    if (code != ERROR_SUCCESS)
        return unreachable("cannot read from the broker: error " + std::to_string(code));
    return std::size_t{got};
}

} // namespace keybearer
