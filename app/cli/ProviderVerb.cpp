#include "app/cli/Findings.h"
#include "app/cli/Invocation.h"
#include "app/cli/ProviderVerbs.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;
constexpr std::size_t longestNote = 2000; // a few sentences of a catalog file

constexpr std::chrono::seconds longestTest{75}; // the broker ends it within a minute

bool isReady(const Json& provider) {
    return booleanAt(provider, "configured").value_or(false);
}

// What the providers need that are not ready, two lines each.
void explainAll(Output& output, const Json& providers) {
    std::string lines;
    for (const Json& provider : providers) {
        if (isReady(provider))
            continue;
        lines += "  " + textAt(provider, "name", "?") + ": " +
                 textAt(provider, "register_url", "at the provider") + "\n";
        if (const std::string redirect = textAt(provider, "redirect_uri"); !redirect.empty())
            lines += "      redirect address " + redirect + "\n";
    }
    if (lines.empty())
        return;
    output.say("\nOne that needs a client id: register an app there, then set\n"
               "providers.NAME.client_id in config.yaml.\n" +
               lines + "More about one of them: keybearer provider show NAME");
}

// Everything about one, without cutting the note short.
void explainOne(Output& output, const Json& provider) {
    const std::string name = textAt(provider, "name", "?");
    Table lines({"Issuer", textAt(provider, "issuer", "-")});
    lines.add({"Scopes", listAt(provider, "scopes", "-")});
    lines.add({"Register at", textAt(provider, "register_url", "-")});
    lines.add({"Redirect address", textAt(provider, "redirect_uri", "-")});
    std::string text = "\n" + lines.text();
    if (const std::optional<std::string> note = stringAt(provider, "note"); note && !note->empty())
        text += "\n" + wrapped(displaySafe(*note, longestNote), screenWidth, 0);
    text += "\n" + (isReady(provider) ? "Sign in with: keybearer login " + name
                                      : "Set providers." + name +
                                            ".client_id in config.yaml, then: keybearer login " + name);
    output.say(text);
}

// The lines for config.yaml, each safe to print.
std::string linesOf(const Json& provider) {
    std::string out;
    std::string_view rest;
    const std::optional<std::string> text = stringAt(provider, "config");
    for (rest = text ? std::string_view(*text) : std::string_view(); !rest.empty();) {
        const std::size_t end = rest.find('\n');
        out += displaySafe(rest.substr(0, end)) + "\n";
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

// The named one alone, or all.
Result<Json> chosen(const Json& providers, const Arguments& arguments) {
    if (arguments.operands().empty())
        return providers;
    const std::string wanted = arguments.operand(0);
    std::vector<std::string> names;
    for (const Json& provider : providers) {
        if (stringAt(provider, "name") == wanted)
            return Json::array({provider});
        names.push_back(textAt(provider, "name"));
    }
    Error error(ErrorCode::NotFound, "there is no provider called " + displaySafe(wanted, 64),
                "See what there is with: keybearer provider list");
    if (std::string meant = nearest(wanted, names); !meant.empty())
        error.details.emplace_back("did_you_mean", std::move(meant));
    return failure(std::move(error));
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = invocation.ask("provider.list", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    const Result<Json> providers = chosen(arrayAt(*list, "providers"), invocation.arguments());
    if (!providers)
        return tl::unexpected(providers.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(Json{{"providers", *providers}});
        return 0;
    }
    Table table({"NAME", "PROVIDER", "READY", "FLOWS"});
    for (const Json& provider : *providers)
        table.add({textAt(provider, "name", "?"), textAt(provider, "display_name"),
                   isReady(provider) ? "yes" : "needs a client id", listAt(provider, "flows", "-")});
    if (!table.empty())
        output.answer(table.text());
    if (!invocation.arguments().operands().empty())
        explainOne(output, providers->front());
    else
        explainAll(output, *providers);
    return 0;
}

void sayDetails(Output& output, const Json& provider) {
    const std::string name = textAt(provider, "name", "?");
    Table lines({"Provider", textAt(provider, "display_name", name)});
    const Json& endpoints = objectAt(provider, "endpoints");
    lines.add({"Issuer", textAt(provider, "issuer", "-")});
    if (const std::string page = textAt(endpoints, "authorization"); !page.empty())
        lines.add({"Signs in at", page});
    lines.add({"Register at", textAt(provider, "register_url", "-")});
    lines.add({"Redirect address", textAt(provider, "redirect_uri", "any address of this machine")});
    lines.add({"Flows", listAt(provider, "flows", "-")});
    lines.add({"Client id", textAt(provider, "client_id", "-")});
    if (const Json& domain = objectAt(provider, "domain"); !domain.empty())
        lines.add({"Domain", textAt(domain, "value", "needed, for example " + textAt(domain, "example"))});
    std::string text = lines.text();
    if (const std::string note = innerTextAt(provider, "domain", "note"); !note.empty())
        text += "\n" + wrapped(note, screenWidth, 0);
    if (const std::optional<std::string> note = stringAt(provider, "note"); note && !note->empty())
        text += "\n" + wrapped(displaySafe(*note, longestNote), screenWidth, 0);
    Table scopes({"SCOPE", "ALLOWS"});
    const std::vector<std::string> usual = stringsAt(provider, "scopes");
    for (const auto& [scope, words] : objectAt(provider, "scopes_help").items()) {
        const bool isUsual = std::find(usual.begin(), usual.end(), scope) != usual.end();
        scopes.add(
            {displaySafe(scope, 80),
             (isUsual ? "* " : "  ") + displaySafe(words.is_string() ? words.get<std::string>() : "")});
    }
    if (!scopes.empty())
        text += "\n" + scopes.text() + "* asked for when nothing else is said\n";
    for (const std::string& quirk : stringsAt(provider, "quirks"))
        text += (quirk == stringsAt(provider, "quirks").front() ? "\n" : "") +
                wrapped("- " + displaySafe(quirk), screenWidth, 0);
    output.answer(text);
    output.say("\nIn config.yaml:\n\n" + linesOf(provider));
}

Result<Json> askAbout(Invocation& invocation, std::string_view method, std::chrono::seconds patience) {
    const Result<LineClient*> broker = invocation.broker();
    if (!broker)
        return failure(broker.error());
    const std::string name = invocation.arguments().operand(0);
    return (*broker)->call(method, Json{{"provider", name}}, invocation.timeout(patience));
}

Result<int> runShow(Invocation& invocation) {
    const Result<Json> provider = askAbout(invocation, "provider.show", std::chrono::seconds(30));
    if (!provider)
        return failure(provider.error());
    if (invocation.output().json())
        invocation.output().answerJson(*provider);
    else
        sayDetails(invocation.output(), *provider);
    return 0;
}

Result<int> runTest(Invocation& invocation) {
    const Result<Json> answer = askAbout(invocation, "provider.test", longestTest);
    if (!answer)
        return failure(answer.error());
    Output& output = invocation.output();
    if (output.json())
        output.answerJson(*answer);
    else
        output.answer(findingLines(output, findingsOf(*answer)));
    if (booleanAt(*answer, "ok").value_or(false))
        return 0;
    const std::vector<Finding> findings = findingsOf(*answer);
    const bool isTheirs = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.level == Finding::Level::Error &&
               (finding.name == "discovery" || finding.name == "tls" || finding.name == "pkce");
    });
    return isTheirs ? 6 : 1; // a provider error, or something here
}

constexpr std::array showExamples{
    Example{"keybearer provider show slack", "Where do I register, and what do I enter there?"}};
constexpr std::array testExamples{
    Example{"keybearer provider test corp", "Would a sign-in work? Nobody is signed in."}};
const Verb showVerb{
    "show",
    "NAME",
    "Show where to register, what to enter and what to ask for.",
    "Shows everything that is known about one provider: where to register a client, which redirect "
    "address to enter there, usual scopes and what they allow, where the provider departs from the "
    "rules, and the lines for config.yaml.",
    1,
    1,
    {},
    showExamples,
    {},
    runShow};
const Verb testVerb{
    "test",
    "NAME",
    "Look whether a sign-in could work, without signing in.",
    "Checks the entry, the provider's metadata, its certificate, both clocks and the redirect address, "
    "and says for each finding what to do.\n\n"
    "The exit status is 6 if the provider is at fault and 1 if something here is.",
    1,
    1,
    {},
    testExamples,
    {},
    runTest};

constexpr std::array examples{
    Example{"keybearer provider list", "Whom can I sign in to, and what is missing?"}};
const Verb listVerb{
    "list",
    "[NAME]",
    "List the providers and whether they are ready.",
    "Lists whom you can sign in to. A provider that is not ready needs a client id of your own; "
    "where to get one stands below the list, and more about one provider when you name it.",
    0,
    1,
    {},
    examples,
    {},
    runList};
constexpr std::array<const Verb*, 5> children{&listVerb, &showVerb, &testVerb, &providerAddVerb,
                                              &providerRemoveVerb};

} // namespace

const Verb providerVerb{
    "provider",
    "",
    "List whom you can sign in to, and set it up.",
    "A provider is somebody that signs you in: GitHub, Google, your company. Some come with "
    "Keybearer, others stand in config.yaml.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
