#include "app/cli/ProgramRun.h"
#include "app/cli/Verbs.h"

#include <array>
#include <limits>

namespace keybearer {

namespace {

constexpr int statusNotProgram = 126; // as shells say it
constexpr int statusNotFound = 127;

Result<int> run(Invocation& invocation) {
    Result<RunWish> wish = RunWish::from(invocation.arguments());
    if (!wish)
        return tl::unexpected(wish.error());
    const Result<std::filesystem::path> program = findCommand(wish->plan.words.front());
    if (!program) {
        invocation.output().problem(program.error());
        return program.error().code == ErrorCode::NotFound ? statusNotFound : statusNotProgram;
    }
    wish->plan.program = *program;
    return ProgramRun(invocation, std::move(*wish)).run();
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
    Option{"--restart-on-expiry", "",
           "With --env: before a token ends, end the command (SIGTERM) and start it anew with a fresh one, "
           "at most "
           "every 30 seconds. A profile can say the same (restart: on_expiry).",
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
    Example{"keybearer run --restart-on-expiry --env TOKEN=github -- ./mirror",
            "A program that runs for days and reads its token once, when it starts."},
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
    "renewed. It never stands in a command line. Only keys that may leave the broker are handed out. A "
    "program that "
    "runs for long is better served by --profile, whose connection gives a fresh token each time; one that "
    "cannot "
    "ask is started anew with --restart-on-expiry: its successor has the same standard streams, the question "
    "about "
    "the token is put again only if it was answered for once, and if no fresh token is to be had the program "
    "goes "
    "on. A command that ends by itself is not started anew.",
    1,
    std::numeric_limits<std::size_t>::max(),
    options,
    examples,
    {},
    run};

} // namespace keybearer
