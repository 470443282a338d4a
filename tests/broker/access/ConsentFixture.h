#pragma once

#include "broker/access/ConsentGate.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

#include <map>
#include <unistd.h>

namespace keybearer {

class ShelfOfConsents final : public ConsentStore {
public:
    [[nodiscard]] Result<Loaded> loadConsents() override {
        Loaded out;
        for (const auto& [id, consent] : kept)
            out.consents.push_back(consent);
        out.refused = tampered;
        return out;
    }
    [[nodiscard]] Result<void> putConsent(const Consent& consent) override {
        if (broken)
            return failure(ErrorCode::StoreUnavailable, "disk full");
        kept[consent.id] = consent;
        return {};
    }
    [[nodiscard]] Result<void> removeConsent(const std::string& id) override {
        removed.push_back(id);
        kept.erase(id);
        return {};
    }
    std::map<std::string, Consent> kept;
    std::vector<std::string> tampered;
    std::vector<std::string> removed;
    bool broken = false;
};

// Processes that live until the test ends them.
class PretendedProcesses {
public:
    ConsentRecords::WatchOwner watcher() {
        return
            [this](const ConsentOwner& owner, std::function<void()> ended) -> std::unique_ptr<ProcessWatch> {
                if (gone.contains(owner.pid))
                    return nullptr;
                return std::make_unique<Watch>(*this, owner.pid, std::move(ended));
            };
    }
    void end(std::int64_t pid) {
        gone[pid] = true;
        const auto told = watches; // an end may lead to others
        for (const auto& [watch, watched] : told) {
            if (watched.first == pid && watches.contains(watch))
                watched.second();
        }
    }

private:
    using Watched = std::pair<std::int64_t, std::function<void()>>;
    class Watch final : public ProcessWatch {
    public:
        Watch(PretendedProcesses& all, std::int64_t pid, std::function<void()> ended) : all_(all) {
            all_.watches[this] = {pid, std::move(ended)};
        }
        ~Watch() override { all_.watches.erase(this); }

    private:
        PretendedProcesses& all_;
    };
    std::map<const Watch*, Watched> watches;
    std::map<std::int64_t, bool> gone;
};

class ConsentFixture : public ::testing::Test {
protected:
    std::unique_ptr<ConsentGate> make(AccessPolicy policy = AccessPolicy::Ask) {
        ConsentGate::Setup setup;
        setup.policy = policy;
        setup.allowed = {{"/usr/bin/git", {"github"}}};
        setup.ownCommandLine = "/opt/keybearer/bin/keybearer";
        setup.somebodyListens = [this] { return listening; };
        setup.stillTheSame = [this](const Caller&) { return same; };
        setup.watchOwner = processes.watcher();
        setup.listenerReturn = listenerReturn;
        auto made = std::make_unique<ConsentGate>(std::move(setup), shelf, clock);
        EXPECT_TRUE(made->load());
        return made;
    }
    static Caller program(std::string executable, IdentityClass identity = IdentityClass::Native) {
        Caller caller;
        caller.uid = 1000;
        caller.pid = 4711;
        caller.startTime = 7;
        caller.executable = std::move(executable);
        caller.executableHash = "aa11";
        caller.identity = identity;
        caller.systemOwned = identity == IdentityClass::Native;
        caller.startedBy = "/usr/bin/bash";
        caller.parentPid = 4700;
        caller.parentStartTime = 3;
        return caller;
    }
    static Caller script(std::string path) {
        Caller caller = program("/usr/bin/node", IdentityClass::Script);
        caller.interpreter = true;
        caller.script = std::move(path);
        caller.scriptHash = "5c11";
        caller.workingDirectory = "/home/ana";
        return caller;
    }
    static ConsentSubject subject(std::vector<std::string> scopes = {"repo"}) {
        return {"github", "GitHub", "ana@example.com", "s_1", std::move(scopes)};
    }
    // What decide() has said so far.
    struct Outcome {
        bool answered = false;
        Result<ReleaseGrant> grant;
        [[nodiscard]] bool allowed() const { return answered && grant.has_value(); }
        [[nodiscard]] bool refused(ErrorCode code) const {
            return answered && !grant && grant.error().code == code;
        }
    };
    std::shared_ptr<Outcome> ask(ConsentGate& gate, const Caller& caller,
                                 const ConsentSubject& about = subject(), std::uint64_t connection = 1) {
        auto outcome = std::make_shared<Outcome>();
        gate.decide(connection, caller, about, "to read issues", [outcome](Result<ReleaseGrant> grant) {
            EXPECT_FALSE(outcome->answered) << "answered twice";
            outcome->answered = true;
            outcome->grant = std::move(grant);
        });
        return outcome;
    }
    // The person answers the oldest open question.
    static Result<void> answer(ConsentGate& gate, ConsentDecision decision) {
        const std::vector<PendingConsent> open = gate.pending();
        if (open.empty())
            return failure(ErrorCode::NotFound, "nobody asks");
        return gate.answer(open.front().id, decision);
    }
    // A program asks and a person answers.
    std::shared_ptr<Outcome> askAndAnswer(ConsentGate& gate, const Caller& caller, ConsentDecision decision,
                                          const ConsentSubject& about = subject()) {
        auto outcome = ask(gate, caller, about);
        EXPECT_FALSE(outcome->answered);
        EXPECT_TRUE(answer(gate, decision));
        EXPECT_TRUE(outcome->answered);
        return outcome;
    }

    FakeClock clock;
    ShelfOfConsents shelf;
    PretendedProcesses processes;
    std::chrono::milliseconds listenerReturn{30};
    bool listening = true;
    bool same = true;
};

} // namespace keybearer
