#pragma once

#include "broker/base/Json.h"
#include "broker/base/windows/Handle.h"

#include <sddl.h>

#include <chrono>
#include <string>

namespace keybearer {

inline constexpr std::chrono::seconds patience{20}; // for what happens at once
inline constexpr const char* welcome = R"({"server":"keybearerd","version":"1.2.3","protocol":1})";

// The far end of one connection: says what it is told to, line for line.
class Served {
public:
    explicit Served(Handle pipe)
        : pipe_(std::move(pipe)), done_(::CreateEventW(nullptr, TRUE, FALSE, nullptr)) {}

    std::string line() {
        for (;;) {
            if (const std::size_t end = kept_.find('\n'); end != std::string::npos) {
                std::string found = kept_.substr(0, end);
                kept_.erase(0, end + 1);
                return found;
            }
            char buffer[4096];
            OVERLAPPED work{};
            work.hEvent = done_.get();
            DWORD got = 0;
            if (::ReadFile(pipe_.get(), buffer, sizeof buffer, nullptr, &work) == 0 &&
                ::GetLastError() != ERROR_IO_PENDING)
                return {};
            if (::GetOverlappedResult(pipe_.get(), &work, &got, TRUE) == 0)
                return {};
            kept_.append(buffer, got);
        }
    }
    void say(const std::string& text) {
        OVERLAPPED work{};
        work.hEvent = done_.get();
        DWORD sent = 0;
        if (::WriteFile(pipe_.get(), text.data(), static_cast<DWORD>(text.size()), nullptr, &work) != 0 ||
            ::GetLastError() == ERROR_IO_PENDING)
            ::GetOverlappedResult(pipe_.get(), &work, &sent, TRUE);
    }
    void answer(const std::string& result) {
        const Result<Json> request = parseJson(line());
        if (request)
            say(R"({"jsonrpc":"2.0","id":)" + std::to_string((*request)["id"].get<std::int64_t>()) +
                R"(,"result":)" + result + "}\n");
    }
    [[nodiscard]] HANDLE get() const { return pipe_.get(); }

private:
    Handle pipe_;
    Handle done_;
    std::string kept_;
};

// Makes a pipe with this security descriptor, or with none.
inline Handle foreignPipe(const std::string& name, const char* sddl) {
    SECURITY_ATTRIBUTES attributes{sizeof attributes, nullptr, FALSE};
    if (sddl != nullptr)
        ::ConvertStringSecurityDescriptorToSecurityDescriptorA(sddl, SDDL_REVISION_1,
                                                               &attributes.lpSecurityDescriptor, nullptr);
    Handle made(::CreateNamedPipeW(wide(name).c_str(), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                                   PIPE_TYPE_BYTE, PIPE_UNLIMITED_INSTANCES, 4096, 4096, 0, &attributes));
    ::LocalFree(attributes.lpSecurityDescriptor);
    return made;
}

} // namespace keybearer
