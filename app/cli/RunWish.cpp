#include "app/cli/RunWish.h"

#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

using Wanted = RunWish::Wanted;

constexpr std::size_t shownCommand = 200; // of the command in a question about one token

tl::unexpected<Error> misuse(std::string message) {
    return failure(ErrorCode::InvalidParams, std::move(message), "See: keybearer run --help");
}

bool isVariableName(std::string_view name) {
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    return !name.empty() && isLetter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    });
}

// VAR=PROVIDER[:ACCOUNT] or VAR=apikey:NAME.
Result<Wanted> wantedFrom(const std::string& text, const std::string& command) {
    const std::size_t equals = text.find('=');
    Wanted wanted;
    wanted.variable = text.substr(0, equals);
    const std::string selector = equals == std::string::npos ? std::string() : text.substr(equals + 1);
    const std::size_t colon = selector.find(':');
    const std::string shown = displaySafe(text, 64);
    if (!isVariableName(wanted.variable) || selector.empty() || colon == 0 || colon + 1 == selector.size())
        return misuse("--env takes VAR=PROVIDER[:ACCOUNT] or VAR=apikey:NAME, not \"" + shown + "\"");
    if (wanted.variable.rfind("KEYBEARER_", 0) == 0)
        return misuse("the variable " + wanted.variable + " has a meaning of its own");
    wanted.get.provider = selector.substr(0, colon);
    if (colon != std::string::npos)
        wanted.get.account = selector.substr(colon + 1);
    wanted.get.reason = "for " + wanted.variable + " of: " + command;
    return wanted;
}

} // namespace

Result<RunWish> RunWish::from(const Arguments& arguments) {
    RunWish wish;
    for (const std::string_view word : arguments.operands())
        wish.plan.words.emplace_back(word);
    wish.profile = arguments.value("--profile");
    wish.inject = arguments.has("--inject");
    wish.inEnvironment = arguments.has("--capability-env");
    wish.restarts = arguments.has("--restart-on-expiry");
    const std::string command = displaySafe(join(wish.plan.words, " "), shownCommand);
    for (const std::string& text : arguments.values("--env")) {
        Result<Wanted> wanted = wantedFrom(text, command);
        if (!wanted)
            return tl::unexpected(wanted.error());
        for (const Wanted& other : wish.variables) {
            if (other.variable == wanted->variable)
                return misuse("the variable " + wanted->variable + " is given twice");
        }
        wish.variables.push_back(std::move(*wanted));
    }
    if (wish.variables.empty() && !wish.profile)
        return misuse("nothing is to be handed over; give --env or --profile");
    if ((wish.inject || wish.inEnvironment) && !wish.profile)
        return misuse("--inject and --capability-env go with --profile");
    if (wish.inject && (wish.variables.empty() || wish.inEnvironment))
        return misuse("--inject goes with --env, and not with --capability-env");
    if (wish.restarts && wish.variables.empty())
        return misuse("--restart-on-expiry goes with --env; what --profile hands over does not end");
    return wish;
}

} // namespace keybearer
