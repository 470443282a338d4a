#include "broker/platform/windows/PipeListener.h"

#include "broker/base/windows/OwnerOnly.h"

namespace keybearer {

namespace {

constexpr DWORD bufferBytes = 64 * 1024; // each way; an answer with a token is a fraction of it

tl::unexpected<Error> cannot(const std::string& what, DWORD code) {
    return failure(ErrorCode::InvalidRequest, "cannot " + what + ": error " + std::to_string(code));
}

Result<Handle> instance(const std::wstring& name, DWORD first) {
    Result<OwnerOnly> ours = OwnerOnly::create(OwnerOnly::For::Pipe);
    if (!ours)
        return failure(ours.error());
    Handle made(
        ::CreateNamedPipeW(name.c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | first,
                           PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
                           PIPE_UNLIMITED_INSTANCES, bufferBytes, bufferBytes, 0, ours->attributes()));
    if (made)
        return made;
    const DWORD code = ::GetLastError();
    // ERROR_ACCESS_DENIED: there is one, which is what the flag asks about. ERROR_PIPE_BUSY: it takes no
    // more.
    if (code == ERROR_ACCESS_DENIED || code == ERROR_PIPE_BUSY)
        return failure(ErrorCode::InvalidRequest,
                       "another program serves the pipe " + utf8(name.data(), static_cast<int>(name.size())));
    return cannot("make the pipe", code);
}

} // namespace

Result<PipeListener> PipeListener::open(const std::string& name) {
    std::wstring wideName = wide(name);
    Result<Handle> first = instance(wideName, FILE_FLAG_FIRST_PIPE_INSTANCE);
    if (!first)
        return failure(first.error());
    return PipeListener(std::move(wideName), std::move(*first));
}

Result<Handle> PipeListener::accept(std::chrono::milliseconds patience) {
    const Handle came(::CreateEventW(nullptr, TRUE, FALSE, nullptr));
    if (!came)
        return cannot("wait for a client", ::GetLastError());
    OVERLAPPED work{};
    work.hEvent = came.get();
    DWORD unused = 0;
    if (::ConnectNamedPipe(next_.get(), &work) == 0) {
        const DWORD code = ::GetLastError();
        const bool pending = code == ERROR_IO_PENDING;
        if (pending &&
            ::WaitForSingleObject(came.get(), static_cast<DWORD>(patience.count())) != WAIT_OBJECT_0)
            ::CancelIoEx(next_.get(), &work); // it may have come in the meantime: the next line tells
        if (pending && ::GetOverlappedResult(next_.get(), &work, &unused, TRUE) == 0)
            return failure(ErrorCode::TimedOut, "nobody connected");
        // ERROR_NO_DATA: one came and has gone again, and its end is of no use to another.
        if (!pending && code != ERROR_PIPE_CONNECTED && code != ERROR_NO_DATA)
            return cannot("wait for a client", code);
    }
    Result<Handle> another = instance(name_, 0);
    if (!another)
        return failure(another.error());
    std::swap(next_, *another);
    return another;
}

} // namespace keybearer
