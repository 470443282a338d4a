#include "broker/gatekeeper/ProgramTokens.h"

#include "broker/base/Text.h"

namespace keybearer {

namespace {

// No connection of a client and no exchange has such a number.
constexpr std::uint64_t programBit = std::uint64_t{1} << 62U;

TokenWish wishFor(const ProgramService& service, const ProgramService::Variable& variable,
                  std::chrono::seconds minValid) {
    const std::size_t colon = variable.selector.find(':');
    TokenWish wish;
    wish.selector.provider = variable.selector.substr(0, colon);
    if (colon != std::string::npos)
        wish.selector.account = variable.selector.substr(colon + 1);
    wish.minValid = minValid;
    wish.reason = "for " + variable.name + " of the service " + service.name;
    wish.mayAsk = false;
    return wish;
}

} // namespace

struct ProgramTokens::Run {
    ~Run() {
        for (std::string& variable : gathered.variables)
            wipe(variable);
    }
    const ProgramService& service;
    Caller program;
    std::chrono::seconds minValid{0};
    Completion<Gathered> done;
    std::uint64_t connection = 0;
    std::size_t at = 0;
    Gathered gathered{};
};

void ProgramTokens::gather(const ProgramService& service, const Caller& program,
                           std::optional<WallTime> notBefore, Completion<Gathered> done) {
    std::chrono::seconds minValid{0};
    if (notBefore && *notBefore > clock_.wall())
        minValid =
            std::chrono::ceil<std::chrono::seconds>(*notBefore - clock_.wall()) + std::chrono::seconds(1);
    const auto run = std::shared_ptr<Run>(new Run{service, program, minValid, std::move(done),
                                                  ConsentGate::conversationBit | programBit | ++last_});
    next(run);
}

void ProgramTokens::next(const std::shared_ptr<Run>& run) {
    if (run->at == run->service.environment.size())
        return run->done(std::exchange(run->gathered, Gathered()));
    ask(run, run->minValid);
}

void ProgramTokens::ask(const std::shared_ptr<Run>& run, std::chrono::seconds minValid) {
    const ProgramService::Variable& variable = run->service.environment[run->at];
    broker_.request(
        run->connection, run->program, wishFor(run->service, variable, minValid),
        [this, run, minValid, alive = alive_](const Result<TokenGrant>& grant) {
            if (!*alive)
                return;
            if (!grant && minValid.count() > 0 && isTransient(grant.error().code))
                return ask(run, std::chrono::seconds(0)); // the one that there is will do
            if (!grant)
                return run->done(tl::unexpected(grant.error()));
            const ProgramService::Variable& wanted = run->service.environment[run->at];
            std::string line;
            const std::string_view token = grant->accessToken.reveal();
            line.reserve(wanted.name.size() + 1 + token.size()); // so that growing leaves no copy behind
            line.append(wanted.name).append("=").append(token);
            run->gathered.variables.push_back(std::move(line));
            run->gathered.sessions.insert(grant->record.id);
            if (const auto ends = grant->record.accessExpiresAt)
                run->gathered.ends = run->gathered.ends ? std::min(*run->gathered.ends, *ends) : *ends;
            ++run->at;
            next(run);
        });
}

} // namespace keybearer
