#pragma once

#include "broker/access/Caller.h"

#include <filesystem>

namespace keybearer {

// The programs through which the person speaks: keybearer and keybearer-tray in the broker's own directory,
// as far as the system can tell that a process runs one of them. It cannot tell who moves them: another
// program of the same user can start the command line, or debug the tray (SECURITY.md). Any thread.
class OperatorPrograms {
public:
    // `directory`: absolute, without symbolic links; empty: there are none.
    explicit OperatorPrograms(std::filesystem::path directory) : directory_(std::move(directory)) {}

    // Asked at hello, right after it was measured. The program's file, Caller::program, is the one in our
    // directory, and nobody else can put another there.
    [[nodiscard]] bool include(const Caller& caller) const;
    // What keeps a program of that name from being one, as advice for people; empty for all others.
    [[nodiscard]] std::string advice(const Caller& caller) const;
    // Asked before anything is changed in the person's name: the same process still runs the same file. Needs
    // Caller::program of hello; a program that an update replaced meanwhile is still itself.
    [[nodiscard]] static bool isStill(const Caller& caller);

private:
    // The program of ours whose name the caller has; empty: none.
    [[nodiscard]] std::filesystem::path named(const Caller& caller) const;

    std::filesystem::path directory_;
};

} // namespace keybearer
