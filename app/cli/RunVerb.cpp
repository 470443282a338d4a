#include "app/cli/ChildProcess.h"
#include "app/cli/ForeignCode.h"
#include "app/cli/Invocation.h"
#include "app/cli/TerminalConsent.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "app/client/ParamsText.h"
#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/protocol/RunMethods.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include <fcntl.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration)

namespace keybearer {

namespace {

constexpr std::chrono::seconds usualTimeout{150}; // a question to the person may stay open for 120
constexpr std::size_t shownCommand = 200;         // of the command in a question about one token
constexpr int statusNotProgram = 126;             // as shells say it
constexpr int statusNotFound = 127;

struct Wanted {
    std::string variable;
    TokenGetParams get;
};

struct RunWish {
    std::vector<Wanted> variables;
    std::optional<std::string> profile;
    bool inject = false;        // tokens for variables come from the profile
    bool inEnvironment = false; // KEYBEARER_CAPABILITY instead of KEYBEARER_FD
    ChildProcess::Plan plan;
};

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

Result<RunWish> wishOf(const Arguments& arguments) {
    RunWish wish;
    for (const std::string_view word : arguments.operands())
        wish.plan.words.emplace_back(word);
    wish.profile = arguments.value("--profile");
    wish.inject = arguments.has("--inject");
    wish.inEnvironment = arguments.has("--capability-env");
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
    return wish;
}

// Takes the result of token.get as text and wipes it.
Result<std::string> tokenFrom(std::string& answer) {
    Result<Json> document = parseJson(answer);
    wipe(answer);
    std::string token = document ? stringAt(*document, "access_token").value_or("") : std::string();
    if (document)
        wipeJson(*document);
    if (!token.empty() && isVisibleAscii(token))
        return token;
    wipe(token);
    return failure(ErrorCode::InternalError, "the broker's answer holds no token");
}

// Fetches the tokens, hands over what was asked for and stays until the program ends. Owned by the verb; one
// thread.
class Run {
public:
    Run(Invocation& invocation, RunWish wish) : invocation_(invocation), wish_(std::move(wish)) {}
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    [[nodiscard]] Result<int> run();

private:
    [[nodiscard]] Result<void> fetch(LineClient& client, bool asks);
    [[nodiscard]] Result<void> openCapability();
    [[nodiscard]] CapabilityOpenParams request() const;
    [[nodiscard]] Result<std::string> ask(LineClient& asker, std::int64_t id);
    void warnOfVariables();

    Invocation& invocation_;
    RunWish wish_;
    ChildProcess child_;
    ChildProcess::Variables variables_;
    std::string stamp_;                      // of the file that was agreed to, or empty
    std::unique_ptr<LineClient> capability_; // the connection that becomes the program's
};

Run::~Run() {
    for (auto& [name, value] : variables_)
        wipe(value);
}

Result<void> Run::fetch(LineClient& client, bool asks) {
    if (asks)
        TerminalConsent::listen(client);
    for (const Wanted& wanted : wish_.variables) {
        const std::int64_t id = client.postText("token.get", paramsText(wanted.get));
        const auto limit = invocation_.timeout(usualTimeout);
        Result<std::string> answer = asks ? TerminalConsent(client, invocation_.output(), limit).await(id)
                                          : client.answerText(id, limit);
        if (!answer)
            return tl::unexpected(answer.error());
        Result<std::string> token = tokenFrom(*answer);
        if (!token)
            return tl::unexpected(token.error());
        variables_.emplace_back(wanted.variable, std::move(*token));
    }
    return {};
}

CapabilityOpenParams Run::request() const {
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
Result<std::string> Run::ask(LineClient& asker, std::int64_t id) {
    const auto limit = invocation_.timeout(usualTimeout);
    if (!Output::personIsThere())
        return asker.answerText(id, limit);
    const Result<std::unique_ptr<LineClient>> desk = invocation_.connect();
    if (!desk)
        return tl::unexpected(desk.error());
    const Json topics = SubscribeParams{{"consent.requested", "consent.withdrawn"}}.toJson();
    if (const Result<Json> heard = (*desk)->call("events.subscribe", topics, invocation_.timeout()); !heard)
        return tl::unexpected(heard.error());
    return TerminalConsent(**desk, invocation_.output(), limit, child_.pid()).await(asker, id);
}

Result<void> Run::openCapability() {
    Result<std::unique_ptr<LineClient>> client = invocation_.connect();
    if (!client)
        return tl::unexpected(client.error());
    capability_ = std::move(*client);
    if (Result<void> started = child_.start(wish_.plan); !started)
        return started;
    Result<std::string> answer =
        ask(*capability_, capability_->postText("capability.open", dumpJson(request().toJson())));
    if (!answer)
        return tl::unexpected(answer.error());
    Result<Json> opened = parseJson(*answer);
    wipe(*answer);
    if (!opened)
        return failure(ErrorCode::InternalError, "the broker's answer cannot be read");
    invocation_.output().detail("the program has " + listAt(*opened, "allow", "nothing") + " as " +
                                textAt(*opened, "capability_id"));
    stamp_ = stringAt(*opened, "executable_stamp").value_or("");
    if (wish_.inEnvironment)
        variables_.emplace_back("KEYBEARER_CAPABILITY", stringAt(*opened, "capability").value_or(""));
    wipeJson(*opened);
    return {};
}

void Run::warnOfVariables() {
    if (wish_.variables.empty())
        return;
    std::vector<std::string> names;
    for (const Wanted& wanted : wish_.variables)
        names.push_back(wanted.variable);
    invocation_.output().progress("Other programs of yours can read " + join(names, ", ") +
                                  " in the program's environment. A token lives for a short time only and is "
                                  "not renewed there; --profile hands over something better.");
}

Result<int> Run::run() {
    if (!wish_.variables.empty() && !wish_.inject) {
        const Result<LineClient*> client = invocation_.tokens();
        if (!client)
            return tl::unexpected(client.error());
        const bool asks = Output::personIsThere() && !invocation_.handedOver();
        if (const Result<void> fetched = fetch(**client, asks); !fetched)
            return tl::unexpected(fetched.error());
        invocation_.disconnect();
    }
    const Result<void> begun = wish_.profile ? openCapability() : child_.start(wish_.plan);
    if (!begun)
        return tl::unexpected(begun.error());
    if (wish_.inject) {
        if (const Result<void> fetched = fetch(*capability_, false); !fetched)
            return tl::unexpected(fetched.error());
    }
    warnOfVariables();
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
    const Result<void> released = child_.release(variables_, removed, descriptor, stamp_);
    if (descriptor >= 0)
        ::close(descriptor); // the program has its own
    if (!released)
        return tl::unexpected(released.error());
    return child_.wait();
}

Result<int> run(Invocation& invocation) {
    Result<RunWish> wish = wishOf(invocation.arguments());
    if (!wish)
        return tl::unexpected(wish.error());
    const Result<std::filesystem::path> program = findCommand(wish->plan.words.front());
    if (!program) {
        invocation.output().problem(program.error());
        return program.error().code == ErrorCode::NotFound ? statusNotFound : statusNotProgram;
    }
    wish->plan.program = *program;
    return Run(invocation, std::move(*wish)).run();
}

constexpr std::array options{
    Option{
        "--profile", "PROFILE",
        "Hand over what the profile of this name in config.yaml lists, for as long as the program runs: the "
        "open connection KEYBEARER_FD.",
        0},
    Option{"--env", "VAR=SELECTOR",
           "Put a token into an environment variable; SELECTOR is PROVIDER[:ACCOUNT] or apikey:NAME. May be "
           "given several times.",
           0},
    Option{"--inject", "", "With --profile: take the tokens of --env from the profile, without a question.",
           0},
    Option{"--capability-env", "",
           "With --profile: hand over the secret KEYBEARER_CAPABILITY, for programs that cannot take a "
           "descriptor. The profile has to allow it (fallback: true).",
           0},
};
constexpr std::array examples{
    Example{"keybearer run --profile notes -- node server.js",
            "Start a server that asks for tokens itself, and gets those of the profile."},
    Example{"keybearer run --env GITHUB_TOKEN=github -- gh issue list", "Give a program one token."},
    Example{"keybearer run --env KEY=apikey:weather --env GH=github -- make report",
            "An API key, and a token."},
    Example{"keybearer run --profile nightly --inject --env GH=github -- ./nightly.sh",
            "Without anybody at the screen: the profile names the command and what it may have."},
};

} // namespace

const Verb runVerb{
    "run",
    "-- COMMAND [ARGUMENT]...",
    "Start a program with tokens, or with the right to ask for them.",
    "Starts the command and hands it what it needs. Standard input, output, error and the terminal are the "
    "command's own, signals are passed on, and the exit status is the command's (128 + n after signal n, 127 "
    "if "
    "it is not found, 126 if it cannot be executed).\n\n"
    "With --profile the command gets a connection to the broker that belongs to it alone and ends with it. A "
    "command that the profile does not name is asked about once; a change of the program, its arguments, its "
    "directory or of variables such as LD_PRELOAD and NODE_OPTIONS is a new command.\n\n"
    "With --env the command gets a token itself, which other programs of yours can read and which is not "
    "renewed. It never stands in a command line. Only keys that may leave the broker are handed out.",
    1,
    std::numeric_limits<std::size_t>::max(),
    options,
    examples,
    {},
    run};

} // namespace keybearer
