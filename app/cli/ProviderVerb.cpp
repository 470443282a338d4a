#include "app/cli/Invocation.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <array>

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;

void explain(Output& output, const Json& providers) {
    for (const Json& provider : providers) {
        if (booleanAt(provider, "configured").value_or(false))
            continue;
        const std::string name = textAt(provider, "name", "?");
        std::string text = textAt(provider, "display_name", name) +
                           " needs a client id: register an app at " +
                           textAt(provider, "register_url", "the provider");
        if (const std::string redirect = textAt(provider, "redirect_uri"); !redirect.empty())
            text += " with the redirect address " + redirect;
        text += ", then set providers." + name + ".client_id in config.yaml.";
        if (const std::string note = textAt(provider, "note"); !note.empty())
            text += " " + note;
        const std::string paragraph = "\n" + wrapped(text, screenWidth, 0);
        output.say(std::string_view(paragraph).substr(0, paragraph.size() - 1));
    }
}

Result<int> runList(Invocation& invocation) {
    const Result<Json> list = invocation.ask("provider.list", Json::object());
    if (!list)
        return tl::unexpected(list.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*list);
        return 0;
    }
    const Json& providers = arrayAt(*list, "providers");
    Table table({"NAME", "PROVIDER", "READY", "FLOWS"});
    for (const Json& provider : providers)
        table.add({textAt(provider, "name", "?"), textAt(provider, "display_name"),
                   booleanAt(provider, "configured").value_or(false) ? "yes" : "needs a client id",
                   listAt(provider, "flows", "-")});
    if (!table.empty())
        output.answer(table.text());
    explain(output, providers);
    return 0;
}

constexpr std::array examples{
    Example{"keybearer provider list", "Whom can I sign in to, and what is missing?"}};
const Verb listVerb{
    "list",
    "",
    "List the providers and whether they are ready.",
    "Lists whom you can sign in to. A provider that is not ready needs a client id of your own; "
    "what to do stands below the list.",
    0,
    0,
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
