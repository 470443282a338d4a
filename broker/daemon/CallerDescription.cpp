#include "broker/daemon/CallerDescription.h"

namespace keybearer {

// One caller that is being measured.
struct CallerDescription::Case {
    Caller caller;
    ProcessFacts facts;
    Done done;
};

void CallerDescription::describe(const std::shared_ptr<const PeerProcess>& process, const Done& done) {
    const auto open = std::make_shared<Case>();
    open->caller.process = process;
    open->caller.uid = process->credentials.uid;
    open->caller.pid = process->credentials.pid;
    open->done = done;
    measure(open);
}

void CallerDescription::describe(std::int64_t pid, const Done& done) {
    std::shared_ptr<const ProcessPin> pin = ProcessPin::ofProcess(pid);
    if (pin == nullptr)
        return done(failure(ErrorCode::NotFound, "there is no such process"));
    PeerCredentials credentials;
    credentials.pid = pid;
    describe(std::make_shared<const PeerProcess>(PeerProcess{credentials, std::move(pin), markOf(pid)}),
             done);
}

void CallerDescription::measure(const std::shared_ptr<Case>& open) {
    if (open->caller.process->pin == nullptr) {
        open->caller.remarks.emplace_back("It runs where this broker cannot see it, in a container perhaps.");
        return conclude(open);
    }
    open->facts = measureProcess(open->caller.pid);
    if (!ownDirectory_.empty() &&
        std::filesystem::path(open->facts.executable).parent_path() == ownDirectory_) {
        open->facts.interpreter = false; // its arguments are its own words
        open->facts.script.clear();
    }
    takeFacts(open->caller, open->facts);
    hashExecutable(open);
}

void CallerDescription::hashExecutable(const std::shared_ptr<Case>& open) {
    const FileMark& mark = open->facts.executableFile;
    if (mark.inode == 0)
        return hashScript(open);
    open->caller.executableHash = digests_.known(mark);
    if (!open->caller.executableHash.empty())
        return hashScript(open);
    digests_.digest(mark, openExecutable(open->caller.pid), [this, open](const std::string& hex) {
        open->caller.executableHash = hex;
        hashScript(open);
    });
}

void CallerDescription::hashScript(const std::shared_ptr<Case>& open) {
    const FileMark& mark = open->facts.scriptFile;
    if (mark.inode == 0 || open->facts.script.empty())
        return conclude(open);
    open->caller.scriptHash = digests_.known(mark);
    if (!open->caller.scriptHash.empty())
        return conclude(open);
    digests_.digest(mark, openForReading(open->facts.script), [open](const std::string& hex) {
        open->caller.scriptHash = hex;
        conclude(open);
    });
}

// Last of all: whatever was read above was read of this process and of this program, or counts for nothing.
void CallerDescription::conclude(const std::shared_ptr<Case>& open) {
    const PeerProcess& process = *open->caller.process;
    const bool changed = process.pin != nullptr && markOf(open->caller.pid) != process.mark;
    if (process.pin != nullptr && process.pin->ended())
        return open->done(failure(ErrorCode::InvalidRequest, "the program that connected has ended",
                                  "Connect from the program that asks."));
    if (changed)
        open->caller.remarks.emplace_back("It became another program after it had connected.");
    if (open->facts.executableFile.inode != 0 && open->caller.executableHash.empty())
        open->caller.remarks.emplace_back("The program's file could not be read as a whole.");
    open->caller.identity = identityOf(open->caller, open->facts, changed);
    open->done(std::move(open->caller));
}

} // namespace keybearer
