#include "app/cli/Invocation.h"
#include "app/cli/McpPipe.h"
#include "app/cli/Verbs.h"
#include "broker/base/Secret.h"

#include <array>
#include <csignal>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr int statusInterrupted = 130; // as shells say it

McpOpenParams paramsOf(const Arguments& arguments) {
    McpOpenParams open;
    const std::string target = arguments.operand(0);
    const bool address = target.find("://") != std::string::npos;
    (address ? open.url : open.service) = target;
    open.account = arguments.value("--account");
    return open;
}

// A connection of its own each time: the broker may be another one by then, and none is kept open meanwhile.
Result<McpPipe::Way> ask(Invocation& invocation, const Json& params) {
    const Result<LineClient*> client = invocation.tokens();
    if (!client)
        return tl::unexpected(client.error());
    Result<Json> answer = (*client)->call("mcp.open", params, invocation.timeout());
    invocation.disconnect();
    if (!answer)
        return tl::unexpected(answer.error());
    McpPipe::Way way{stringAt(*answer, "ticket").value_or(""), stringAt(*answer, "socket").value_or("")};
    wipeJson(*answer);
    if (way.ticket.empty() || way.socket.empty())
        return failure(ErrorCode::InternalError, "the broker's answer holds no ticket");
    return way;
}

// There is nothing to tidy up, whatever is under way.
extern "C" void endAtOnce(int signal) {
    ::_exit(signal == SIGINT ? statusInterrupted : 0);
}

void endOnSignals() {
    struct sigaction action {};
    action.sa_handler = endAtOnce;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM})
        ::sigaction(signal, &action, nullptr);
    action.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &action, nullptr);
}

Result<int> run(Invocation& invocation) {
    endOnSignals();
    const Json params = paramsOf(invocation.arguments()).toJson();
    const auto pipe = std::make_unique<McpPipe>(
        McpPipe::Setup{[&] { return ask(invocation, params); }, STDIN_FILENO, STDOUT_FILENO});
    return pipe->run();
}

constexpr std::array options{
    Option{"--account", "ACCOUNT", "Which account, where you have several: its label or session id.", 0},
};
constexpr std::array examples{
    Example{"keybearer mcp https://mcp.linear.app/mcp", "A remote MCP server as a local one."},
    Example{"keybearer mcp linear --account ana@example.com", "A service of config.yaml, with one account."},
    Example{"claude mcp add linear -- keybearer mcp https://mcp.linear.app/mcp",
            "Give it to a client that starts MCP servers."},
};

} // namespace

const Verb mcpVerb{
    "mcp",
    "SERVICE|URL",
    "Be a local MCP server that is a remote one.",
    "For the configuration of MCP clients: speaks MCP on standard input and output and carries it to the "
    "remote server, with the token of your sign-in where the server wants one. When it does and you have not "
    "signed in, a browser opens once, and the call goes on when you are done; past 45 seconds "
    "(signin.wait_seconds) it is answered with what to do.\n\n"
    "Name a service of config.yaml or the http(s) URL of the server. You are asked once whether the program "
    "that started this command may use the server. It ends with its standard input or with that program. "
    "When the broker is started anew meanwhile, it connects again by itself.\n\n"
    "A client that does not find keybearer wants the whole path, as command -v keybearer prints it.",
    1,
    1,
    options,
    examples,
    {},
    run};

} // namespace keybearer
