#include "app/cli/ProgramStart.h"

#include "app/cli/ForeignCode.h"
#include "app/cli/TerminalConsent.h"
#include "app/cli/Words.h"
#include "app/client/ParamsText.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds usualTimeout{150}; // a question to the person may stay open for 120
constexpr milliseconds betweenLooks{200};         // at a program whose successor is being prepared
constexpr std::int64_t longestValidity = 86'400;  // that may be asked for

} // namespace

ProgramStart::~ProgramStart() {
    for (auto& [name, value] : variables_)
        wipe(value);
}

// Takes the result of token.get as text and wipes it.
Result<void> ProgramStart::take(const std::string& variable, std::string& answer) {
    Result<Json> document = parseJson(answer);
    wipe(answer);
    std::string token = document ? stringAt(*document, "access_token").value_or("") : std::string();
    const std::optional<std::string> ends = document ? stringAt(*document, "expires_at") : std::nullopt;
    if (document)
        wipeJson(*document);
    if (token.empty() || !isVisibleAscii(token)) {
        wipe(token);
        return failure(ErrorCode::InternalError, "the broker's answer holds no token");
    }
    if (const std::optional<WallTime> time = ends ? fromRfc3339(*ends) : std::nullopt)
        ends_ = ends_ ? std::min(*ends_, *time) : *time;
    variables_.emplace_back(variable, std::move(token));
    return {};
}

Result<std::string> ProgramStart::answer(LineClient& client, std::int64_t id, const Manner& manner) {
    const auto limit = invocation_.timeout(usualTimeout);
    if (manner.meanwhile == nullptr)
        return client.answerText(id, limit);
    const Steady::time_point deadline = Steady::now() + limit;
    for (;;) {
        Result<std::string> text = client.answerText(id, betweenLooks);
        if (text || text.error().code != ErrorCode::TimedOut || Steady::now() >= deadline)
            return text;
        if (manner.meanwhile->hasEnded())
            return failure(ErrorCode::Cancelled, "the program has ended");
    }
}

Result<void> ProgramStart::fetch(LineClient& client, bool asks, const Manner& manner) {
    if (asks)
        TerminalConsent::listen(client);
    for (const RunWish::Wanted& wanted : wish_.variables) {
        TokenGetParams get = wanted.get;
        get.minValidSeconds = std::min<std::int64_t>(manner.minValid.count(), longestValidity);
        const std::int64_t id = client.postText("token.get", paramsText(get));
        const auto limit = invocation_.timeout(usualTimeout);
        Result<std::string> text = asks ? TerminalConsent(client, invocation_.output(), limit).await(id)
                                        : answer(client, id, manner);
        if (!text)
            return tl::unexpected(text.error());
        if (const Result<void> taken = take(wanted.variable, *text); !taken)
            return taken;
    }
    return {};
}

CapabilityOpenParams ProgramStart::request() const {
    CapabilityOpenParams open;
    std::error_code failed;
    open.profile = *wish_.profile;
    open.pid = child_.pid();
    const std::filesystem::path real = std::filesystem::canonical(wish_.plan.program, failed);
    open.executable = failed ? wish_.plan.program.string() : real.string();
    open.arguments.assign(wish_.plan.words.begin() + 1, wish_.plan.words.end());
    open.workingDirectory = std::filesystem::current_path(failed).string();
    open.environment = foreignCodeIn(environ);
    open.inEnvironment = wish_.inEnvironment;
    return open;
}

// The question, if there is one, is put on a connection of its own: this one is the program's afterwards, and
// nothing else may be under way on it.
Result<std::string> ProgramStart::ask(LineClient& asker, std::int64_t id, const Manner& manner) {
    const auto limit = invocation_.timeout(usualTimeout);
    if (!manner.asksHere || !Output::personIsThere())
        return answer(asker, id, manner);
    const Result<std::unique_ptr<LineClient>> desk = invocation_.connect();
    if (!desk)
        return tl::unexpected(desk.error());
    const Json topics = SubscribeParams{{"consent.requested", "consent.withdrawn"}}.toJson();
    if (const Result<Json> heard = (*desk)->call("events.subscribe", topics, invocation_.timeout()); !heard)
        return tl::unexpected(heard.error());
    return TerminalConsent(**desk, invocation_.output(), limit, child_.pid()).await(asker, id);
}

Result<void> ProgramStart::openCapability(const Manner& manner) {
    Result<std::unique_ptr<LineClient>> client = invocation_.connect();
    if (!client)
        return tl::unexpected(client.error());
    capability_ = std::move(*client);
    if (Result<void> started = child_.start(wish_.plan); !started)
        return started;
    Result<std::string> text =
        ask(*capability_, capability_->postText("capability.open", dumpJson(request().toJson())), manner);
    if (!text)
        return tl::unexpected(text.error());
    Result<Json> opened = parseJson(*text);
    wipe(*text);
    if (!opened)
        return failure(ErrorCode::InternalError, "the broker's answer cannot be read");
    invocation_.output().detail("the program has " + listAt(*opened, "allow", "nothing") + " as " +
                                textAt(*opened, "capability_id"));
    stamp_ = stringAt(*opened, "executable_stamp").value_or("");
    profileRestarts_ = stringAt(*opened, "restart") == "on_expiry";
    if (wish_.inEnvironment)
        variables_.emplace_back("KEYBEARER_CAPABILITY", stringAt(*opened, "capability").value_or(""));
    wipeJson(*opened);
    return {};
}

Result<void> ProgramStart::prepare(const Manner& manner) {
    if (!wish_.variables.empty() && !wish_.inject) {
        const Result<LineClient*> client = invocation_.tokens();
        if (!client)
            return tl::unexpected(client.error());
        const bool asks = manner.asksHere && Output::personIsThere() && !invocation_.handedOver();
        const Result<void> fetched = fetch(**client, asks, manner);
        invocation_.disconnect();
        if (!fetched)
            return fetched;
    }
    if (const Result<void> begun = wish_.profile ? openCapability(manner) : child_.start(wish_.plan); !begun)
        return begun;
    return wish_.inject ? fetch(*capability_, false, manner) : Result<void>();
}

Result<void> ProgramStart::release() {
    std::vector<std::string> removed{"KEYBEARER_FD", "KEYBEARER_CAPABILITY"};
    int descriptor = -1;
    if (wish_.profile) {
        removed.emplace_back("KEYBEARER_CLIENT_KEY"); // the program is to be what it was started as
        if (!wish_.inEnvironment) {
            descriptor = capability_->release();
            ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
            variables_.emplace_back("KEYBEARER_FD", std::to_string(descriptor));
        }
        capability_.reset();
    }
    Result<void> released = child_.release(variables_, removed, descriptor, stamp_);
    if (descriptor >= 0)
        ::close(descriptor); // the program has its own
    return released;
}

} // namespace keybearer
