#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <array>

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;
constexpr std::size_t longestNote = 2000; // a few sentences of a catalog file

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
               lines + "More about one of them: keybearer provider list NAME");
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
constexpr std::array<const Verb*, 1> children{&listVerb};

} // namespace

const Verb providerVerb{
    "provider",
    "",
    "List whom you can sign in to.",
    "A provider is somebody that signs you in: GitHub, Google, your company. Some come with "
    "Keybearer, others stand in config.yaml.",
    0,
    0,
    {},
    {},
    children,
    nullptr};

} // namespace keybearer
