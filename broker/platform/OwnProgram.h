#pragma once

#include "broker/platform/ProgramFile.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace keybearer {

// The file that this process was started from, and whether another one is in its place now, as after an
// upgrade of the package. Event loop thread; a look is one system call.
class OwnProgram {
public:
    enum class State { Same, Replaced, Gone };

    // As it is now; to be asked early, before somebody can have put another file there.
    [[nodiscard]] static OwnProgram ofThisProcess();
    explicit OwnProgram(std::filesystem::path program);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] State look() const;
    // True if only the system's administrator could put another file there when it was looked at first.
    [[nodiscard]] bool isTheSystems() const { return systemOwned_; }

private:
    struct Mark {
        FileIdentity identity;
        std::int64_t size = 0;
        std::int64_t modified = 0; // nanoseconds
        [[nodiscard]] bool operator==(const Mark&) const = default;
    };
    [[nodiscard]] static std::optional<Mark> markOf(const std::filesystem::path& file);

    std::filesystem::path path_;
    std::optional<Mark> began_;
    bool systemOwned_ = false;
};

} // namespace keybearer
