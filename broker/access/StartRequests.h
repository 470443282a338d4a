#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/access/RunCommand.h"
#include "broker/platform/ProcessWatch.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace keybearer {

// A program that waits to be started with what a profile lists.
struct StartRequest {
    std::string id; // of the capability that it becomes
    std::uint64_t connection = 0;
    Caller opener; // whose child the process is
    RunProfile profile;
    RunCommand command;
    bool inEnvironment = false;
    std::unique_ptr<ProcessWatch> watch; // on the process, from before anything is known of it
};

// What becomes of the wish to start a program under a profile, until it may start or may not: its process is
// watched and measured, and a person asked unless the profile names the command. Owned by Capabilities; event
// loop thread.
class StartRequests : public QObject {
    Q_OBJECT
public:
    // Calls back once, at once or later, with the content hash of a file as hex and the stamp of the file
    // that has it (fileStamp); empty if it cannot be told.
    using Measured = std::function<void(const std::string& hex, const std::string& stamp)>;
    using Measure = std::function<void(const std::string& path, Measured)>;
    struct Allowed {
        StartRequest request;
        ReleaseGrant grant;
    };

    // `measure` null: the content does not count.
    StartRequests(Measure measure, ConsentGate& gate);
    ~StartRequests() override;

    // Takes a request without id and watch. Completes at once when no question is needed. PolicyDenied (the
    // process is no child of the opener), Cancelled (it is gone), and what ConsentGate::decide says. Not
    // called when the connection closes first.
    void ask(StartRequest request, Completion<Allowed> done);
    void connectionClosed(std::uint64_t connection);

    [[nodiscard]] bool isFull() const; // more questions than a person answers

Q_SIGNALS:
    // Somebody or something said no, before the one who asked hears it.
    void refused(const keybearer::Caller& program, const std::string& why);
    // The process of a request that was allowed.
    void processEnded(const std::string& id);

private:
    struct Waiting {
        StartRequest request;
        Completion<Allowed> done;
    };

    [[nodiscard]] static Result<void> checkChild(const Caller& opener, RunCommand& command);
    void begin(std::uint64_t number);
    void measure(std::uint64_t number, bool script);
    void measured(std::uint64_t number, bool script, const std::string& hex, const std::string& stamp);
    void decide(std::uint64_t number);
    void decided(std::uint64_t number, Result<ReleaseGrant> grant);
    void allow(std::uint64_t number, const ReleaseGrant& grant);
    void giveUp(std::uint64_t number, const Error& error);
    void onProcessEnded(std::uint64_t number, const std::string& id);

    Measure measure_;
    ConsentGate& gate_;
    std::map<std::uint64_t, Waiting> waiting_;
    std::uint64_t last_ = 0;
};

} // namespace keybearer
