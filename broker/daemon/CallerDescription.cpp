#include "broker/daemon/CallerDescription.h"

#include <utility>

namespace keybearer {

// One caller that is being measured.
struct CallerDescription::Case {
    Caller caller;
    ProcessFacts facts;
    bool changed = false; // it is another program than connected
    Done done;
};

// The facts of a look in which the program that connected stayed the same are that program's, whatever the
// process does afterwards. So they need no other look.
void CallerDescription::describe(const std::shared_ptr<const PeerProcess>& process,
                                 std::optional<Measurement> measured, const Done& done) {
    const auto open = std::make_shared<Case>();
    open->caller.process = process;
    open->caller.uid = process->credentials.uid;
    open->caller.pid = process->credentials.pid;
    open->done = done;
    if (process->pin == nullptr) {
        open->caller.remarks.emplace_back("It runs where this broker cannot see it, in a container perhaps.");
        return conclude(open);
    }
    if (!measured || !measured->steady)
        measured = measureProgram(open->caller.pid);
    open->facts = std::move(measured->facts);
    open->caller.program = measured->file;
    open->changed = !measured->steady || measured->mark != process->mark;
    begin(open);
}

void CallerDescription::describe(std::int64_t pid, const Done& done) {
    std::shared_ptr<const ProcessPin> pin = ProcessPin::ofProcess(pid);
    if (pin == nullptr)
        return done(failure(ErrorCode::NotFound, "there is no such process"));
    PeerCredentials credentials;
    credentials.pid = pid;
    Measurement measured = measureProgram(pid);
    auto process =
        std::make_shared<const PeerProcess>(PeerProcess{credentials, std::move(pin), measured.mark});
    describe(process, std::move(measured), done);
}

void CallerDescription::begin(const std::shared_ptr<Case>& open) {
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
        lookAgain(open);
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
        lookAgain(open);
        conclude(open);
    });
}

// A file that has to be read first takes long enough for much to happen.
void CallerDescription::lookAgain(const std::shared_ptr<Case>& open) {
    open->changed = open->changed || markOf(open->caller.pid) != open->caller.process->mark;
}

// Last of all: what was read of a number was read of this process, or counts for nothing.
void CallerDescription::conclude(const std::shared_ptr<Case>& open) {
    const PeerProcess& process = *open->caller.process;
    if (process.pin != nullptr && process.pin->ended())
        return open->done(failure(ErrorCode::InvalidRequest, "the program that connected has ended",
                                  "Connect from the program that asks."));
    if (open->changed) {
        open->caller.program.reset();
        open->caller.remarks.emplace_back("It became another program after it had connected.");
    }
    if (open->facts.executableFile.inode != 0 && open->caller.executableHash.empty())
        open->caller.remarks.emplace_back("The program's file could not be read as a whole.");
    open->caller.identity = identityOf(open->caller, open->facts, open->changed);
    open->done(std::move(open->caller));
}

} // namespace keybearer
