#pragma once

#include "broker/base/windows/Handle.h"

#include <cstdint>
#include <string>

namespace keybearer {

// A process that runs until it is ended.
class Child {
public:
    // `more` goes on the command line: > FILE keeps that open.
    explicit Child(const std::wstring& more = {}) {
        std::wstring command = L"cmd.exe /c pause" + more;
        STARTUPINFOW start{};
        start.cb = sizeof start;
        SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
        HANDLE in = nullptr;
        HANDLE keep = nullptr;
        ::CreatePipe(&in, &keep, &inherited, 0);
        ::SetHandleInformation(keep, HANDLE_FLAG_INHERIT, 0);
        input_ = Handle(keep);
        start.dwFlags = STARTF_USESTDHANDLES;
        start.hStdInput = in;
        start.hStdOutput = start.hStdError = nullptr;
        ::CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, CREATE_NO_WINDOW, nullptr, nullptr,
                         &start, &made_);
        ::CloseHandle(in);
        process_ = Handle(made_.hProcess);
        thread_ = Handle(made_.hThread);
    }
    ~Child() { end(); }
    void end() const {
        ::TerminateProcess(process_.get(), 0);
        ::WaitForSingleObject(process_.get(), 10'000);
    }
    [[nodiscard]] std::int64_t pid() const { return made_.dwProcessId; }

private:
    PROCESS_INFORMATION made_{};
    Handle input_{nullptr};
    Handle process_{nullptr};
    Handle thread_{nullptr};
};

} // namespace keybearer
