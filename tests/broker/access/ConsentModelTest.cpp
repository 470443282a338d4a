#include "broker/base/UnderSanitizer.h"
#include "tests/broker/access/ConsentFixture.h"

#include <cstdlib>
#include <random>
#include <set>

// Random sequences of events against a reference that was written from the rules, not from the code: every
// request must be released exactly when the reference says so, and by a decision that the reference knows.
namespace keybearer {
namespace {

using namespace std::chrono_literals;

constexpr int sequences = underSanitizer ? 10'000 : 100'000;
constexpr int longestSequence = 18;

struct ModelProgram {
    std::string path;
    IdentityClass identity;
    int version = 1; // of its executable or script
};

struct ModelProcess {
    std::size_t program = 0;
    int version = 1;
    std::int64_t pid = 0;
};

// What was decided, as the reference keeps it.
struct ModelConsent {
    std::size_t program = 0;
    int version = 1;
    int account = 0;
    std::set<std::string> scopes;
    ConsentSpan span = ConsentSpan::Once;
    std::int64_t pid = 0;
    BootTime at{};
    BootTime used{};
};

enum class Fate { Waiting, Released, Refused, Forgotten };

struct ModelRequest {
    ModelProcess process;
    int account = 0;
    std::set<std::string> scopes;
    BootTime deadline{};
    Fate fate = Fate::Waiting;
    bool trusted = false;       // released without anybody's word
    std::string once;           // the decision that it was released by, if that was good for once
    std::set<std::string> able; // or the decisions that it may have been released by
};

class Reference {
public:
    AccessPolicy policy = AccessPolicy::Ask;
    bool listening = true;
    BootTime now{};
    std::array<ModelProgram, 4> programs{ModelProgram{"/usr/bin/native", IdentityClass::Native},
                                         ModelProgram{"/usr/bin/node", IdentityClass::Script},
                                         ModelProgram{"/home/ana/tool", IdentityClass::Unknown},
                                         ModelProgram{"/app/bin/boxed", IdentityClass::Sandboxed}};
    std::map<std::string, ModelConsent> consents;
    std::map<int, ModelRequest> requests;

    struct Open {
        std::vector<int> waiting;
        std::vector<int> line;
        BootTime due{};
    };
    std::map<std::size_t, Open> open; // by program

    void ask(int number) { look(number); }

    // The reference only learns the name of a decision from the gate; what it is worth it knows itself.
    void allowed(std::size_t program, ConsentDecision decision, const std::string& id, bool alive) {
        const ModelRequest& first = requests[open[program].waiting.front()];
        ModelConsent consent{program, first.process.version, first.account, first.scopes, {}, {}, now, now};
        consent.pid = first.process.pid;
        consent.span = decision == ConsentDecision::AllowOnce      ? ConsentSpan::Once
                       : decision == ConsentDecision::AllowSession ? ConsentSpan::Session
                                                                   : longestOf(program);
        const bool kept =
            consent.span != ConsentSpan::Once && (consent.span != ConsentSpan::Session || alive);
        if (kept)
            consents[id] = consent;
        close(program, [&](ModelRequest& request) {
            request.fate = Fate::Released;
            if (kept)
                request.able = {id};
            else
                request.once = id;
        });
    }
    void denied(std::size_t program) {
        std::vector<BootTime>& times = denials_[program];
        times.push_back(now);
        std::erase_if(times, [&](BootTime time) { return time <= now - 10min; });
        if (times.size() == 3) {
            times.clear();
            quarantine_[program] = now + 10min;
        }
        close(program, [](ModelRequest& request) { request.fate = Fate::Refused; });
    }
    [[nodiscard]] bool takes(std::size_t program, ConsentDecision decision) const {
        const ConsentSpan longest = longestOf(program);
        return decision == ConsentDecision::Deny || decision == ConsentDecision::AllowOnce ||
               (decision == ConsentDecision::AllowSession && longest >= ConsentSpan::Session) ||
               longest >= ConsentSpan::ThirtyDays;
    }
    void passTime(BootTime by) {
        now += by;
        std::vector<std::size_t> due;
        for (auto& [program, question] : open) {
            std::erase_if(question.line, [&](int number) {
                const bool late = requests[number].deadline <= now;
                if (late)
                    requests[number].fate = Fate::Refused;
                return late;
            });
        }
        for (auto& [program, question] : open) {
            if (question.due <= now)
                due.push_back(program);
        }
        for (const std::size_t program : due)
            close(program, [](ModelRequest& request) { request.fate = Fate::Refused; });
    }
    void processEnded(std::int64_t pid) {
        std::erase_if(consents, [&](const auto& one) {
            return one.second.span == ConsentSpan::Session && one.second.pid == pid;
        });
    }
    void connectionsOf(std::int64_t pid) {
        const auto mine = [&](int number) {
            const bool is = requests[number].process.pid == pid;
            if (is)
                requests[number].fate = Fate::Forgotten;
            return is;
        };
        std::vector<std::size_t> left;
        for (auto& [program, question] : open) {
            std::erase_if(question.line, mine);
            if (std::erase_if(question.waiting, mine) > 0 && question.waiting.empty())
                left.push_back(program);
        }
        for (const std::size_t program : left) {
            abandoned_[program].push_back(now);
            close(program, [](ModelRequest&) {});
        }
    }
    void endSessions() {
        std::erase_if(consents, [](const auto& one) { return one.second.span == ConsentSpan::Session; });
    }
    void refuseAll() {
        for (auto& [program, question] : std::exchange(open, {})) {
            for (const int number : question.waiting)
                requests[number].fate = Fate::Refused;
            for (const int number : question.line)
                requests[number].fate = Fate::Refused;
        }
    }
    void restart() {
        endSessions();
        open.clear();
        for (auto& [number, request] : requests) {
            if (request.fate == Fate::Waiting)
                request.fate = Fate::Forgotten;
        }
        denials_.clear();
        quarantine_.clear();
        abandoned_.clear();
    }
    [[nodiscard]] bool alive(const ModelConsent& consent) const {
        switch (consent.span) {
        case ConsentSpan::Session:
            return now < consent.used + 10min && now < consent.at + 12h;
        case ConsentSpan::ThirtyDays:
            return now < consent.at + 30 * 24h;
        case ConsentSpan::UntilRevoked:
            return now < consent.used + 90 * 24h;
        default:
            return false;
        }
    }

private:
    [[nodiscard]] ConsentSpan longestOf(std::size_t program) const {
        constexpr std::array spans{ConsentSpan::ThirtyDays, ConsentSpan::Session, ConsentSpan::Once,
                                   ConsentSpan::UntilRevoked};
        return spans[program];
    }
    [[nodiscard]] bool covers(const ModelConsent& consent, const ModelRequest& request) const {
        if (consent.program != request.process.program || consent.account != request.account ||
            !alive(consent))
            return false;
        if (!std::includes(consent.scopes.begin(), consent.scopes.end(), request.scopes.begin(),
                           request.scopes.end()))
            return false;
        if (consent.span == ConsentSpan::Session)
            return consent.pid == request.process.pid;
        return true; // only programs that the system or the sandbox updates have lasting ones
    }
    void look(int number) {
        ModelRequest& request = requests[number];
        const std::size_t program = request.process.program;
        const auto refuse = [&] { request.fate = Fate::Refused; };
        if (policy == AccessPolicy::Trusting) {
            request.fate = Fate::Released;
            request.trusted = true;
            return;
        }
        for (const auto& [id, consent] : consents) {
            if (covers(consent, request))
                request.able.insert(id);
        }
        if (!request.able.empty()) {
            request.fate = Fate::Released;
            return;
        }
        if (policy == AccessPolicy::Locked || quarantine_[program] > now || !listening)
            return refuse();
        std::vector<BootTime>& left = abandoned_[program];
        if (std::count_if(left.begin(), left.end(), [&](BootTime time) { return time > now - 1min; }) >= 5)
            return refuse();
        const auto asked = open.find(program);
        if (asked == open.end()) {
            open[program] = {{number}, {}, now + 120s};
            return;
        }
        const ModelRequest& first = requests[asked->second.waiting.front()];
        const bool same = first.process.pid == request.process.pid && first.account == request.account &&
                          first.scopes == request.scopes;
        if (same && asked->second.waiting.size() < 32)
            asked->second.waiting.push_back(number);
        else if (!same && asked->second.line.size() < 8 && request.deadline > now)
            asked->second.line.push_back(number);
        else
            refuse();
    }
    template <typename Tell>
    void close(std::size_t program, Tell tell) {
        const Open closed = open[program];
        open.erase(program);
        for (const int number : closed.waiting)
            tell(requests[number]);
        for (const int number : closed.line)
            look(number);
    }

    std::map<std::size_t, std::vector<BootTime>> denials_;
    std::map<std::size_t, std::vector<BootTime>> abandoned_;
    std::map<std::size_t, BootTime> quarantine_;
};

class ConsentModelTest : public ConsentFixture {
protected:
    void run(std::mt19937& random) {
        random_ = &random;
        clock = FakeClock();
        shelf = ShelfOfConsents();
        processes = PretendedProcesses();
        listening = true;
        listenerReturn = std::chrono::milliseconds::zero(); // the model knows no clock of the event loop
        model = Reference();
        model.now = clock.boot();
        outcomes.clear();
        alive.clear();
        next = 1;
        build(AccessPolicy::Ask);
        const int steps = pick(4, longestSequence);
        for (int i = 0; i < steps && !HasFailure(); ++i) {
            step();
            compare();
        }
        gate.reset();
    }

    int pick(int least, int most) {
        return least + static_cast<int>((*random_)() % static_cast<unsigned>(most - least + 1));
    }
    void build(AccessPolicy policy) {
        gate.reset();
        gate = make(policy);
        model.policy = policy;
        QObject::connect(gate.get(), &ConsentGate::granted,
                         [this](const Consent& consent) { lastGranted = consent.id; });
    }

    void step() {
        const int what = pick(0, 99);
        if (what < 42)
            ask();
        else if (what < 66)
            answerOne();
        else if (what < 76)
            passTime();
        else if (what < 81)
            endProcess();
        else if (what < 85)
            model.programs[static_cast<std::size_t>(pick(0, 3))].version++;
        else if (what < 89)
            revoke();
        else if (what < 92)
            lockSomething();
        else if (what < 95)
            toggleListener();
        else if (what < 97)
            gate->onMinute();
        else
            restart();
    }

    void ask() {
        ModelProcess process;
        if (!alive.empty() && pick(0, 3) > 0)
            process = alive[static_cast<std::size_t>(pick(0, static_cast<int>(alive.size()) - 1))];
        else {
            const auto program = static_cast<std::size_t>(pick(0, 3));
            process = {program, model.programs[program].version, 1000 + next};
            alive.push_back(process);
        }
        const int number = next++;
        ModelRequest request;
        request.process = process;
        request.account = pick(0, 1);
        request.scopes = pick(0, 1) == 0 ? std::set<std::string>{"a"} : std::set<std::string>{"a", "b"};
        request.deadline = model.now + 120s;
        model.requests[number] = request;
        model.ask(number);
        ConsentSubject about = subject({request.scopes.begin(), request.scopes.end()});
        about.sessionId = "s_" + std::to_string(request.account);
        outcomes[number] =
            ConsentFixture::ask(*gate, callerOf(process), about, static_cast<std::uint64_t>(process.pid));
    }
    Caller callerOf(const ModelProcess& process) const {
        const ModelProgram& program = model.programs[process.program];
        Caller caller = ConsentFixture::program(program.path, program.identity);
        const std::string hash = "v" + std::to_string(process.version);
        caller.pid = process.pid;
        caller.executableHash = program.identity == IdentityClass::Script ? "node" : hash;
        if (program.identity == IdentityClass::Script) {
            caller.script = "/home/ana/server.js";
            caller.scriptHash = hash;
        }
        if (program.identity == IdentityClass::Sandboxed)
            caller.sandbox = "flatpak:org.example.Boxed";
        return caller;
    }

    void answerOne() {
        const std::vector<PendingConsent> pending = gate->pending();
        if (pending.empty())
            return;
        const PendingConsent& question =
            pending[static_cast<std::size_t>(pick(0, static_cast<int>(pending.size()) - 1))];
        std::size_t program = 0;
        while (model.programs[program].path != question.caller.executable)
            ++program;
        const auto decision = static_cast<ConsentDecision>(pick(0, 3));
        const bool taken = model.takes(program, decision);
        ASSERT_EQ(gate->answer(question.id, decision).has_value(), taken);
        if (!taken)
            return;
        if (decision == ConsentDecision::Deny)
            return model.denied(program);
        const bool running = std::any_of(alive.begin(), alive.end(), [&](const ModelProcess& process) {
            return process.pid == question.caller.pid;
        });
        model.allowed(program, decision, lastGranted, running);
    }

    void passTime() {
        constexpr std::array<std::chrono::seconds, 9> steps{1s,    20s, 61s,      5min,    9min,
                                                            11min, 13h, 31 * 24h, 91 * 24h};
        const std::chrono::seconds by = steps[static_cast<std::size_t>(pick(0, 8))];
        clock.advance(by);
        gate->prompts().endExpired();
        model.passTime(by);
    }
    void endProcess() {
        if (alive.empty())
            return;
        const auto which = static_cast<std::size_t>(pick(0, static_cast<int>(alive.size()) - 1));
        const std::int64_t pid = alive[which].pid;
        alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(which));
        processes.end(pid);
        model.processEnded(pid);
        gate->connectionClosed(static_cast<std::uint64_t>(pid));
        model.connectionsOf(pid);
    }
    void revoke() {
        const auto consents = gate->consents();
        if (consents.empty())
            return;
        const std::string id =
            consents[static_cast<std::size_t>(pick(0, static_cast<int>(consents.size()) - 1))]->id;
        ASSERT_TRUE(gate->revoke(id));
        model.consents.erase(id);
    }
    void lockSomething() {
        model.endSessions();
        if (pick(0, 1) == 0)
            return gate->screenLocked();
        gate->storeLocked();
        model.refuseAll();
    }
    void toggleListener() {
        listening = !listening;
        model.listening = listening;
        gate->listenersChanged();
        if (!listening)
            model.refuseAll();
    }
    // Also the only way to another policy.
    void restart() {
        gate->saveUses();
        model.restart();
        const int which = pick(0, 5);
        build(which == 0 ? AccessPolicy::Trusting : which == 1 ? AccessPolicy::Locked : AccessPolicy::Ask);
    }

    void compare() {
        for (auto& [number, outcome] : outcomes) {
            const ModelRequest& wanted = model.requests[number];
            ASSERT_EQ(outcome->answered, wanted.fate == Fate::Released || wanted.fate == Fate::Refused)
                << "request " << number;
            if (!outcome->answered)
                continue;
            ASSERT_EQ(outcome->grant.has_value(), wanted.fate == Fate::Released) << "request " << number;
            if (outcome->grant)
                checkRelease(number, wanted, *outcome->grant);
        }
        std::erase_if(outcomes, [](const auto& one) { return one.second->answered; });
    }
    // By a decision that covers it; and then it counts as used, as the TokenBroker does it.
    void checkRelease(int number, const ModelRequest& wanted, const ReleaseGrant& grant) {
        if (wanted.trusted) {
            EXPECT_EQ(grant.why, "trusting");
            return;
        }
        if (!wanted.once.empty()) {
            EXPECT_EQ(grant.why, wanted.once);
            EXPECT_TRUE(grant.once);
            return;
        }
        ASSERT_TRUE(wanted.able.contains(grant.why)) << "request " << number << " by " << grant.why;
        ASSERT_NE(grant.consent, nullptr);
        ++grant.consent->uses;
        grant.consent->noteUse(clock.wall(), clock.boot());
        if (const auto consent = model.consents.find(grant.why); consent != model.consents.end())
            consent->second.used = model.now;
    }

    std::mt19937* random_ = nullptr;
    Reference model;
    std::unique_ptr<ConsentGate> gate;
    std::map<int, std::shared_ptr<Outcome>> outcomes;
    std::vector<ModelProcess> alive;
    std::string lastGranted;
    int next = 1;
};

TEST_F(ConsentModelTest, NoReleaseWithoutAMatchingDecisionAndNoneIsMissing) {
    const char* given = std::getenv("KEYBEARER_TEST_SEED");
    const auto seed =
        given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
    std::printf("seed %u (KEYBEARER_TEST_SEED repeats it)\n", seed);
    RecordProperty("seed", std::to_string(seed));
    std::mt19937 random(seed);
    for (int i = 0; i < sequences && !HasFailure(); ++i) {
        SCOPED_TRACE("sequence " + std::to_string(i) + " of seed " + std::to_string(seed));
        run(random);
    }
}

} // namespace
} // namespace keybearer
