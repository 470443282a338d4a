#include "app/cli/ConsentPrompt.h"
#include "app/cli/Invocation.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "app/client/ParamsText.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <array>
#include <termios.h>
#include <unistd.h>

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds usualTimeout{150}; // a question to the person may stay open for 120
constexpr milliseconds armDelay{500};   // what was typed before the question could be read is no answer
constexpr std::size_t longestLine = 64; // of an answer
constexpr std::int64_t longestValidity = 86'400;

enum class Format { Raw, Json, Header };

Result<Format> formatOf(Invocation& invocation) {
    const std::optional<std::string> name = invocation.arguments().value("--format");
    if (!name)
        return invocation.output().json() ? Format::Json : Format::Raw;
    if (*name == "raw")
        return Format::Raw;
    if (*name == "json")
        return Format::Json;
    if (*name == "header")
        return Format::Header;
    return failure(ErrorCode::InvalidParams,
                   "--format takes raw, json or header, not \"" + displaySafe(*name, 32) + "\"",
                   "See: keybearer token --help");
}

Result<TokenGetParams> paramsOf(const Arguments& arguments) {
    TokenGetParams get;
    const std::string target = arguments.operand(0);
    if (target.starts_with("https://") || target.starts_with("http://"))
        get.resource = target;
    else
        get.provider = target.substr(0, target.find(':'));
    get.account = arguments.value("--account");
    // PROVIDER:ACCOUNT, and apikey:NAME.
    if (const std::size_t colon = target.find(':'); get.provider && colon != std::string::npos) {
        if (get.account || colon == 0 || colon + 1 == target.size())
            return failure(ErrorCode::InvalidParams, "name the account once: PROVIDER:ACCOUNT or --account",
                           "See: keybearer token --help");
        get.account = target.substr(colon + 1);
    }
    get.scopes = arguments.values("--scope");
    get.tool = arguments.value("--tool");
    const auto seconds = arguments.number("--min-valid", 0, longestValidity);
    if (!seconds)
        return tl::unexpected(seconds.error());
    get.minValidSeconds = seconds->value_or(0);
    return get;
}

// A token or key as it may stand in a header and on a terminal.
bool isPrintable(std::string_view token) {
    return !token.empty() && isVisibleAscii(token) && token.find(' ') == std::string_view::npos;
}

Result<void> printLine(Output& output, std::string_view before, std::string_view secret) {
    std::string line;
    line.reserve(before.size() + secret.size() + 1); // so that growing leaves no copy behind
    line.append(before).append(secret).append("\n");
    output.answer(line);
    wipe(line);
    return {};
}

Result<void> printToken(Output& output, std::string_view token) {
    if (!isPrintable(token))
        return failure(ErrorCode::InternalError, "the broker's answer holds no token");
    return printLine(output, "", token);
}

// The header that the token goes into a request with: an API key has one of its own; else the scheme is the
// token's type, Bearer, or DPoP for a token that is bound to a key (RFC 9449 section 7.1), which needs a
// proof beside it.
Result<void> printHeader(Output& output, const Json& document) {
    const Json& header = objectAt(document, "header");
    const std::string name = stringAt(header, "name").value_or("Authorization");
    std::string value = stringAt(header, "value").value_or("");
    const std::string token = stringAt(document, "access_token").value_or("");
    const std::string type = stringAt(document, "token_type").value_or("Bearer");
    if (header.empty() && isBearerToken(token) && isBearerToken(type))
        value = type + " " + token;
    if (value.empty() || !isVisibleAscii(value) || !isPrintable(name))
        return failure(ErrorCode::InternalError, "the broker's answer holds no token");
    Result<void> printed = printLine(output, name + ": ", value);
    wipe(value);
    return printed;
}

// Takes the result of token.get as text and wipes it.
Result<void> print(Output& output, std::string& answer, Format format) {
    if (const auto token = skimmedString(answer, "access_token"); token && format == Format::Raw) {
        Result<void> printed = printToken(output, *token);
        wipe(answer);
        return printed;
    }
    Result<Json> document = parseJson(answer);
    wipe(answer);
    if (!document)
        return failure(ErrorCode::InternalError,
                       "the broker's answer cannot be read: " + document.error().message);
    Result<void> printed;
    const auto token = document->find("access_token");
    if (format == Format::Json)
        output.answerJson(*document);
    else if (format == Format::Header)
        printed = printHeader(output, *document);
    else
        printed = printToken(output, token != document->end() && token->is_string()
                                         ? std::string_view(token->get_ref<const std::string&>())
                                         : std::string_view());
    wipeJson(*document);
    return printed;
}

// Waits for the answer to token.get and meanwhile puts the broker's question about this very request to the
// person at the terminal. Owned by the verb for one request; the connection outlives it.
class TerminalConsent {
public:
    TerminalConsent(LineClient& client, Output& output, std::int64_t request, Steady::time_point deadline)
        : client_(client), output_(output), request_(request), deadline_(deadline) {}

    // The result of token.get as text.
    [[nodiscard]] Result<std::string> run();

private:
    [[nodiscard]] Result<Arrival> next();
    [[nodiscard]] Result<void> onEvent(const Json& event);
    void ask(const Json& request);
    void onInput();

    LineClient& client_;
    Output& output_;
    std::int64_t request_;
    Steady::time_point deadline_;
    std::string consentId_;    // the open question, or empty
    std::int64_t answer_ = -1; // our consent.answer
    bool armed_ = false;
    Steady::time_point armedAt_;
};

Result<std::string> textOf(Result<Json>& body) {
    if (!body)
        return failure(std::move(body.error()));
    std::string text = dumpJson(*body);
    wipeJson(*body);
    return text;
}

Result<Arrival> TerminalConsent::next() {
    Steady::time_point until = deadline_;
    if (!consentId_.empty() && !armed_)
        until = std::min(until, armedAt_);
    const milliseconds left =
        std::max(std::chrono::ceil<milliseconds>(until - Steady::now()), milliseconds(0));
    constexpr std::array terminal{STDIN_FILENO};
    const bool listens = !consentId_.empty() && armed_;
    return client_.next(left, listens ? std::span<const int>(terminal) : std::span<const int>());
}

Result<std::string> TerminalConsent::run() {
    for (;;) {
        Result<Arrival> arrival = next();
        if (!arrival)
            return failure(std::move(arrival.error()));
        switch (arrival->kind) {
        case Arrival::Kind::Answer:
            if (arrival->id == request_)
                return textOf(arrival->body);
            // A question that is no longer open was answered elsewhere; then the token's answer is under way.
            if (arrival->id == answer_ && !arrival->body && arrival->body.error().code != ErrorCode::NotFound)
                return failure(std::move(arrival->body.error()));
            break;
        case Arrival::Kind::Event:
            if (const Result<void> seen = onEvent(*arrival->body); !seen)
                return tl::unexpected(seen.error());
            break;
        case Arrival::Kind::Watched:
            onInput();
            break;
        case Arrival::Kind::TimedOut:
            if (Steady::now() >= deadline_)
                return failure(ErrorCode::TimedOut, "the broker did not answer in time");
            ::tcflush(STDIN_FILENO, TCIFLUSH);
            armed_ = true;
            break;
        }
    }
}

Result<void> TerminalConsent::onEvent(const Json& event) {
    const std::string topic = stringAt(event, "topic").value_or("");
    const std::string id = stringAt(event, "consent_id").value_or("");
    if (topic == "consent.requested" && consentId_.empty()) {
        const auto caller = event.find("caller");
        if (caller != event.end() && integerAt(*caller, "pid") == static_cast<std::int64_t>(::getpid()))
            ask(event);
    } else if (topic == "consent.withdrawn" && !consentId_.empty() && id == consentId_) {
        consentId_.clear();
        output_.say("\nThe question was answered elsewhere.");
    }
    return {};
}

void TerminalConsent::ask(const Json& request) {
    consentId_ = stringAt(request, "consent_id").value_or("");
    armed_ = false;
    armedAt_ = Steady::now() + armDelay;
    output_.ask(consentQuestion(request) + "Your choice, Enter denies: ");
}

void TerminalConsent::onInput() {
    std::array<char, longestLine> buffer{};
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0)
        return;
    // The end of input (Ctrl-D, a closed terminal) is no consent.
    std::string line(buffer.data(), static_cast<std::size_t>(got));
    line.erase(line.find_last_not_of("\r\n") + 1);
    const std::optional<std::string> decision = decisionFor(line);
    if (!decision)
        return output_.ask("Type 1, 2, 3 or d: ");
    answer_ = client_.post("consent.answer", ConsentAnswerParams{consentId_, *decision}.toJson());
    consentId_.clear();
}

Result<int> run(Invocation& invocation) {
    const Result<Format> format = formatOf(invocation);
    if (!format)
        return tl::unexpected(format.error());
    const Result<TokenGetParams> params = paramsOf(invocation.arguments());
    if (!params)
        return tl::unexpected(params.error());
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    const bool asks = Output::personIsThere();
    if (asks)
        (*client)->post("events.subscribe",
                        SubscribeParams{{"consent.requested", "consent.withdrawn"}}.toJson());
    const std::int64_t request = (*client)->postText("token.get", paramsText(*params));
    const milliseconds limit = invocation.timeout(usualTimeout);
    Result<std::string> token =
        asks ? TerminalConsent(**client, invocation.output(), request, Steady::now() + limit).run()
             : (*client)->answerText(request, limit);
    if (!token)
        return tl::unexpected(token.error());
    if (const Result<void> printed = print(invocation.output(), *token, *format); !printed)
        return tl::unexpected(printed.error());
    return 0;
}

constexpr std::array options{
    Option{"--account", "ACCOUNT", "Which account, where you have several: its label or session id.", 0},
    Option{"--scope", "SCOPE", "A scope the token must have; may be given several times.", 0},
    Option{"--tool", "TOOL", "The tool the token is for, where rules choose by tool.", 0},
    Option{"--min-valid", "SECONDS", "Refresh first if the token lives for less than that.", 0},
    Option{"--format", "FORMAT",
           "raw (the token), json (all about it) or header (Authorization: Bearer ..., or an API key's own).",
           0},
};
constexpr std::array examples{
    Example{"keybearer token github", "Print an access token for GitHub."},
    Example{"curl -H @<(keybearer token github --format header) https://api.github.com/user",
            "Use one without it ever standing in a process list."},
    Example{"keybearer token google --account ana@example.com --min-valid 600",
            "One of a certain account that is good for ten minutes at least."},
    Example{"keybearer token apikey:weather --format header", "An API key, as it goes into a request."},
};

} // namespace

const Verb tokenVerb{
    "token",
    "PROVIDER[:ACCOUNT]|apikey:NAME|URL",
    "Print an access token, refreshed if need be.",
    "Prints a short-lived access token of a session that you have signed in to, and nothing "
    "else, on standard "
    "output. The broker refreshes it first when it is about to expire.\n\n"
    "Name a provider (keybearer provider list), an API key (apikey:NAME), or the http(s) URL of the "
    "server that the token is for. When the "
    "broker has to ask you first and you are at a terminal, the question appears there; it "
    "is denied unless you say "
    "otherwise.",
    1,
    1,
    options,
    examples,
    {},
    run};

} // namespace keybearer
