#include "app/cli/DeviceScreen.h"
#include "app/cli/SignInWatch.h"
#include "app/cli/UrlOpener.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"

#include <array>

namespace keybearer {

namespace {

SignInStartParams paramsOf(const Arguments& arguments) {
    SignInStartParams start;
    const std::string target = arguments.operand(0);
    if (target.starts_with("https://") || target.starts_with("http://"))
        start.url = target;
    else
        start.provider = target;
    start.flow = arguments.has("--device")       ? "device"
                 : arguments.has("--paste")      ? "paste"
                 : arguments.has("--no-browser") ? "browser"
                                                 : "auto";
    start.account = arguments.value("--account");
    start.scopes = arguments.values("--scope");
    return start;
}

void event(Output& output, const char* name, Json members) {
    members["event"] = name;
    output.answerJson(members);
}

void announceDevice(Output& output, const Json& started) {
    if (output.json())
        return event(output, "device_code", started);
    output.ask(deviceScreen(started, Output::standardErrorIsTerminal()));
}

bool isPaste(const Invocation& invocation, const Json& started) {
    return invocation.arguments().has("--paste") || stringAt(started, "flow") == "paste";
}

void announceBrowser(Invocation& invocation, const Json& started) {
    Output& output = invocation.output();
    const std::string url = stringAt(started, "authorization_url").value_or("");
    if (output.json())
        event(output, "authorization_url", started);
    const bool mayOpen = !isPaste(invocation, started) && !invocation.arguments().has("--no-browser");
    if (mayOpen) {
        const Result<void> opened = openInBrowser(url);
        if (opened)
            output.say("Sign in with the browser window that has opened. If none has, open this address:");
        else
            output.say(
                displaySafe(opened.error().message) +
                "; open this address,\nor give up with Ctrl-C and use --device (a code on another device) or "
                "--paste\n(a browser on another machine):");
    } else if (!output.json()) {
        output.say("Open this address in a browser:");
    }
    if (!output.json())
        output.ask("  " + displaySafe(url, 8192) + "\n");
    if (mayOpen && !output.json())
        output.progress("Waiting for the sign-in; Ctrl-C gives up.");
}

// What somebody signed in to as people know it: the address of a server, the name of a provider.
std::string displayName(Invocation& invocation, const Json& session, const std::string& provider) {
    if (const std::string resource = textAt(session, "resource"); !resource.empty())
        return resource;
    const Result<Json> list = invocation.ask("provider.list", Json::object());
    if (!list)
        return displaySafe(provider);
    for (const Json& each : arrayAt(*list, "providers")) {
        if (stringAt(each, "name") == provider)
            return textAt(each, "display_name", displaySafe(provider));
    }
    return displaySafe(provider);
}

void announceDone(Invocation& invocation, const Json& state) {
    const Json& session = objectAt(state, "session");
    if (invocation.output().json())
        return event(invocation.output(), "signed_in", Json{{"session", session}});
    const std::string provider =
        stringAt(session, "provider").value_or(stringAt(state, "provider").value_or("the provider"));
    std::string words = "Signed in to " + displayName(invocation, session, provider);
    // Where nothing tells who it is, the account has no name of its own to show.
    const bool nameless =
        session.contains("resource") && innerTextAt(session, "account", "subject", "") == "default";
    if (!nameless)
        words.append(" as ").append(innerTextAt(session, "account", "label", "an account without a name"));
    invocation.output().answer(words + "\n");
}

Result<int> run(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    if (arguments.has("--device") && arguments.has("--paste"))
        return failure(ErrorCode::InvalidParams, "--device and --paste exclude each other",
                       "See: keybearer login --help");
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    SignInWatch watch(invocation, **client);
    const Result<Json> started = watch.start(paramsOf(arguments));
    if (!started)
        return tl::unexpected(started.error());
    if (stringAt(*started, "state") == "signed_in") { // it took no person
        announceDone(invocation, *started);
        return 0;
    }
    const bool device = started->contains("user_code");
    if (device)
        announceDevice(invocation.output(), *started);
    else
        announceBrowser(invocation, *started);
    const Result<Json> state = watch.finish({isPaste(invocation, *started), device});
    if (!state) {
        if (invocation.output().json())
            event(invocation.output(), "failed", Json{{"error", toRpcError(state.error())}});
        return tl::unexpected(state.error());
    }
    announceDone(invocation, *state);
    return 0;
}

constexpr std::array options{
    Option{"--account", "ACCOUNT", "Which account to sign in, where the provider takes a hint.", 0},
    Option{"--scope", "SCOPE", "A scope to ask for beside the usual ones; may be given several times.", 0},
    Option{"--no-browser", "", "Print the address instead of opening a browser.", 0},
    Option{"--paste", "", "The browser is on another machine: paste the address it ends at.", 0},
    Option{"--device", "", "Sign in with a code that you type on another device.", 0},
};
constexpr std::array examples{
    Example{"keybearer login github", "Sign in with the browser."},
    Example{"keybearer login https://mcp.linear.app/mcp", "Sign in to an MCP server, by its address alone."},
    Example{"keybearer login github --device", "With a code that you type on another device."},
    Example{"keybearer login github --paste", "Over ssh, with the browser on your desk."},
    Example{"keybearer login corp --no-browser --json", "For programs: one event a line."},
};

} // namespace

const Verb loginVerb{
    "login",
    "PROVIDER|SERVICE|URL",
    "Sign in with the browser or a code.",
    "Signs you in to a provider (keybearer provider list), to a service of config.yaml, or to the MCP "
    "server at a URL, and keeps the session. Of a URL nothing has to be configured: where one signs in "
    "there and as which client is found out. It takes the first way that works here: as a rule the "
    "browser opens. This command waits until you are done, and says who you are. Ctrl-C gives up.\n\n"
    "$BROWSER names the browser, as for xdg-open: a list separated by colons, %s stands for the "
    "address.",
    1,
    1,
    options,
    examples,
    {},
    run};

} // namespace keybearer
