#include "broker/platform/SingleInstance.h"

#include "broker/base/PrivateFile.h"
#include "broker/base/windows/Handle.h"

#include <charconv>

namespace keybearer {

namespace {

constexpr std::size_t pidFileLimit = 64; // a number and a newline

class LockedInstance final : public SingleInstance {
public:
    LockedInstance(HANDLE lock, std::filesystem::path pidFile) : lock_(lock), pidFile_(std::move(pidFile)) {}
    ~LockedInstance() override { ::DeleteFileW(pidFile_.c_str()); }
    [[nodiscard]] int release() override { return -1; }

private:
    Handle lock_;
    std::filesystem::path pidFile_;
};

tl::unexpected<Error> alreadyRunning(const std::filesystem::path& pidFile) {
    std::int64_t pid = 0;
    if (const Result<std::string> text = readFile(pidFile, pidFileLimit); text)
        std::from_chars(text->data(), text->data() + text->size(), pid);
    Error error(ErrorCode::InvalidRequest, "a broker is already running here",
                "Use the one that runs, or give this one a place of its own with KEYBEARER_HOME.");
    if (pid > 0) {
        error.message += " (process " + std::to_string(pid) + ")";
        error.details.emplace_back("pid", pid);
    }
    return failure(std::move(error));
}

} // namespace

Result<std::unique_ptr<SingleInstance>> SingleInstance::acquire(const std::filesystem::path& lock,
                                                                const std::filesystem::path& pidFile, int) {
    for (const std::filesystem::path& file : {lock, pidFile}) {
        if (Result<void> made = makePrivateDirectory(file.parent_path()); !made)
            return failure(made.error());
    }
    // Opened for nobody else: the lock is the open handle, which the system closes with the process.
    HANDLE handle = ::CreateFileW(lock.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_ALWAYS,
                                  FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (handle == INVALID_HANDLE_VALUE && ::GetLastError() == ERROR_SHARING_VIOLATION)
        return alreadyRunning(pidFile);
    if (handle == INVALID_HANDLE_VALUE)
        return failure(ErrorCode::StoreUnavailable,
                       "cannot open " + lock.string() + ": error " + std::to_string(::GetLastError()));
    auto instance = std::make_unique<LockedInstance>(handle, pidFile);
    if (Result<void> written = writePrivateFile(pidFile, std::to_string(::GetCurrentProcessId()) + "\n");
        !written)
        return failure(written.error());
    return instance;
}

} // namespace keybearer
