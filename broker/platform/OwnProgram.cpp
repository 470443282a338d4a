#include "broker/platform/OwnProgram.h"

#include "broker/platform/ProcessFacts.h"

#include <QCoreApplication>

namespace keybearer {

OwnProgram OwnProgram::ofThisProcess() {
    const ProcessFacts facts = measureProcess(QCoreApplication::applicationPid());
    OwnProgram out(facts.executable);
    out.systemOwned_ = facts.systemOwned;
    return out;
}

OwnProgram::OwnProgram(std::filesystem::path program) : path_(std::move(program)), began_(markOf(path_)) {}

std::optional<OwnProgram::Mark> OwnProgram::markOf(const std::filesystem::path& file) {
    const std::optional<FileIdentity> identity = fileIdentity(file);
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (!identity || failed)
        return std::nullopt;
    const auto modified = std::filesystem::last_write_time(file, failed);
    if (failed)
        return std::nullopt;
    return Mark{*identity, static_cast<std::int64_t>(size), modified.time_since_epoch().count()};
}

OwnProgram::State OwnProgram::look() const {
    const std::optional<Mark> now = markOf(path_);
    if (!now)
        return State::Gone;
    return now == began_ ? State::Same : State::Replaced;
}

} // namespace keybearer
