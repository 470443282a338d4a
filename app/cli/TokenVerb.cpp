#include "app/cli/Invocation.h"
#include "app/cli/TerminalConsent.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "app/client/ParamsText.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"

#include <array>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds usualTimeout{150}; // a question to the person may stay open for 120
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
    get.tool = arguments.value("--tool");
    const std::string target = arguments.operands().empty() ? std::string() : arguments.operand(0);
    if (target.empty() && !get.tool)
        return failure(ErrorCode::InvalidParams,
                       "name a provider, a service, an API key or a URL, or a --tool",
                       "See: keybearer token --help");
    if (target.empty())
        get.provider.reset(); // the rules choose
    else if (target.starts_with("https://") || target.starts_with("http://"))
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

Result<int> run(Invocation& invocation) {
    const Result<Format> format = formatOf(invocation);
    if (!format)
        return tl::unexpected(format.error());
    const Result<TokenGetParams> params = paramsOf(invocation.arguments());
    if (!params)
        return tl::unexpected(params.error());
    const Result<LineClient*> client = invocation.tokens();
    if (!client)
        return tl::unexpected(client.error());
    const bool asks = Output::personIsThere() && !invocation.handedOver();
    if (asks)
        TerminalConsent::listen(**client);
    const std::int64_t request = (*client)->postText("token.get", paramsText(*params));
    const milliseconds limit = invocation.timeout(usualTimeout);
    Result<std::string> token = asks ? TerminalConsent(**client, invocation.output(), limit).await(request)
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
    Example{"keybearer token --tool github.create_issue", "Whatever the rules say that this tool gets."},
    Example{"keybearer token apikey:weather --format header", "An API key, as it goes into a request."},
};

} // namespace

const Verb tokenVerb{
    "token",
    "[PROVIDER[:ACCOUNT]|SERVICE|apikey:NAME|URL]",
    "Print an access token, refreshed if need be.",
    "Prints a short-lived access token of a session that you have signed in to, and nothing "
    "else, on standard "
    "output. The broker refreshes it first when it is about to expire.\n\n"
    "Name a provider (keybearer provider list), a service of config.yaml, an API key (apikey:NAME), or the "
    "http(s) URL of the server that the token is for. With --tool alone the rules choose (keybearer auth "
    "explain). When the "
    "broker has to ask you first and you are at a terminal, the question appears there; it "
    "is denied unless you say "
    "otherwise.",
    0,
    1,
    options,
    examples,
    {},
    run};

} // namespace keybearer
