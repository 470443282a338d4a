#pragma once

#include "broker/gatekeeper/LocalPrograms.h"

#include <deque>

// What LocalPrograms keeps; for its own files alone.
namespace keybearer {

constexpr std::size_t mostWaiting = 64; // starts of one service; the gateway asks once at a time

// What a person has agreed to, or the policy: good for the next start and as long as that runs.
struct StartPermission {
    RunCommand command;
    Caller program;      // as the program is going to be, with its prior grant
    std::string consent; // id, or empty
};

struct LocalPrograms::Running {
    ProgramService service;
    std::optional<StartPermission> permitted;
    std::unique_ptr<LocalProgram> program;
    std::string instance;
    std::set<std::string> sessions; // of the tokens in its environment
    std::optional<WallTime> ends;   // of the first of them
    std::deque<Completion<Opened>> waiting;
    QTimer pause;
    QTimer renewal;
    BootTime startedAt{};
    WallTime startedWall{};
    unsigned quickDeaths = 0;
    bool gathering = false;       // permission and tokens for a start
    bool renewing = false;        // it ends because its tokens do
    std::uint64_t generation = 0; // of what the configuration says of it
    bool withdrawn = false; // the configuration knows it no longer; kept, for somebody may still call back
    std::uint64_t starts = 0;
    std::uint64_t deaths = 0; // that nobody had asked for
};

// One question whether an exchange may go on.
struct LocalPrograms::Case {
    std::uint64_t connection = 0;
    Caller client;
    Running* service = nullptr;
    std::uint64_t generation = 0; // of the service: what is agreed to is what was asked about
    bool interactive = true;
    RunCommand command;
    Completion<void> done;
    QTimer deadline;
    bool over = false;
};

} // namespace keybearer
