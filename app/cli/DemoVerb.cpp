#include "app/cli/Invocation.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"

#include <array>

namespace keybearer {

namespace {

// `absent`: what is said when it does not run afterwards.
Result<int> answer(Invocation& invocation, const char* method,
                   const char* absent = "The demo provider is not running.") {
    const Result<Json> demo = invocation.ask(method, Json::object());
    if (!demo)
        return tl::unexpected(demo.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*demo);
        return 0;
    }
    const bool running = booleanAt(*demo, "running").value_or(false);
    if (!running) {
        output.say(absent);
        return 0;
    }
    std::string text = "The demo provider is running at " + textAt(*demo, "issuer", "?") + "\n";
    if (const std::string account = textAt(*demo, "account"); !account.empty())
        text += "  Its one account is " + account + "; there is no password.\n";
    if (const std::string provider = textAt(*demo, "provider"); !provider.empty())
        text += "  Sign in to it with: keybearer login " + provider + "\n";
    output.answer(text);
    return 0;
}

Result<int> runStart(Invocation& invocation) {
    return answer(invocation, "demo.start");
}
Result<int> runStop(Invocation& invocation) {
    return answer(invocation, "demo.stop", "The demo provider has ended; its tokens are worth nothing now.");
}
Result<int> runStatus(Invocation& invocation) {
    return answer(invocation, "demo.status");
}

constexpr std::array examples{Example{"keybearer demo start", "Try everything without an account anywhere."}};
constexpr std::array stopExamples{
    Example{"keybearer demo stop", "The demo account and its tokens are gone."}};
constexpr std::array statusExamples{Example{"keybearer demo status", "Does it run, and where?"}};

const Verb startVerb{
    "start",
    "",
    "Start the demo provider.",
    "A provider of this broker's own with a throw-away account, to try signing in, tokens and the gateway "
    "without an account anywhere. It opens the gateway if it is closed, and lasts until the broker ends.",
    0,
    0,
    {},
    examples,
    {},
    runStart};
const Verb stopVerb{"stop", "",     "Stop it.", "Its account and tokens are worth nothing from then on.",
                    0,      0,      {},         stopExamples,
                    {},     runStop};
const Verb statusVerbOf{
    "status", "",       "Show whether it runs.", "And under which address.", 0, 0, {}, statusExamples,
    {},       runStatus};
constexpr std::array<const Verb*, 3> children{&startVerb, &stopVerb, &statusVerbOf};

} // namespace

const Verb demoVerb{"demo",
                    "",
                    "A throw-away provider and account to try things with.",
                    "For a first look, and for documentation that needs no registration anywhere.",
                    0,
                    0,
                    {},
                    {},
                    children,
                    nullptr};

} // namespace keybearer
