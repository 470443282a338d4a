#include "broker/daemon/Options.h"

#include "broker/base/Text.h"

#include <charconv>
#include <cstring>
#include <vector>

namespace keybearer {

namespace {

constexpr int highestDescriptor = 65535;

const std::vector<std::string> known{"--config",       "--preset", "--log-level", "--ready-fd",
                                     "--check-config", "--json",   "--version",   "--help"};

Result<int> descriptor(const std::string& text) {
    int number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > highestDescriptor)
        return failure(ErrorCode::InvalidParams, "--ready-fd wants the number of an open descriptor");
    return number;
}

Result<void> apply(Options& options, const std::string& name, const std::string& value) {
    if (name == "--config") {
        options.places.config = std::filesystem::absolute(value);
        options.again.insert(options.again.end(), {name, options.places.config.string()});
        return {};
    }
    if (name == "--preset") {
        options.preset = value;
        return {};
    }
    if (name == "--log-level") {
        const std::optional<LogLevel> level = logLevelFrom(value);
        if (!level)
            return failure(ErrorCode::InvalidParams, "--log-level wants error, warning, info or debug");
        options.logLevel = *level;
        options.again.insert(options.again.end(), {name, value});
        return {};
    }
    const Result<int> fd = descriptor(value);
    if (!fd)
        return tl::unexpected(fd.error());
    options.readyFd = *fd;
    return {};
}

} // namespace

Result<Options> parseOptions(int argc, char** argv) {
    Options options;
    Result<Places> places = findPlaces();
    if (!places)
        return tl::unexpected(places.error());
    options.places = std::move(*places);
    for (int i = 1; i < argc; ++i) {
        std::string name = argv[i];
        if (name == "--help" || name == "-h") {
            options.task = Options::Task::Help;
            return options;
        }
        if (name == "--version") {
            options.task = Options::Task::Version;
            return options;
        }
        if (name == "--check-config") {
            options.task = Options::Task::CheckConfig;
            continue;
        }
        if (name == "--json") {
            options.json = true;
            continue;
        }
        std::optional<std::string> value;
        if (const std::size_t equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        if (name != "--config" && name != "--preset" && name != "--log-level" && name != "--ready-fd") {
            const std::string meant = nearest(name, known);
            return failure(ErrorCode::InvalidParams,
                           "unknown option " + displaySafe(name, 64) +
                               (meant.empty() ? "" : "; did you mean " + meant + "?"),
                           "See: keybearerd --help");
        }
        if (!value && i + 1 < argc)
            value = argv[++i];
        if (!value)
            return failure(ErrorCode::InvalidParams, name + " wants a value", "See: keybearerd --help");
        if (auto applied = apply(options, name, *value); !applied)
            return tl::unexpected(applied.error());
    }
    return options;
}

const char* helpText() {
    return "Usage: keybearerd [--config FILE] [--preset NAME] [--log-level LEVEL] [--ready-fd N]\n"
           "\n"
           "The broker: keeps the sign-ins of this user, refreshes them, and hands short-lived access\n"
           "tokens to the programs that the person has allowed. Runs in the foreground; the command\n"
           "line and the tray start it when they need it.\n"
           "\n"
           "  --config FILE       instead of ~/.config/keybearer/config.yaml\n"
           "  --check-config      read the configuration, say what is wrong with it, and end; with --json\n"
           "                      what it says, each setting with its value and its source\n"
           "  --preset NAME       local or headless: what is usual where the configuration says nothing\n"
           "  --log-level LEVEL   error, warning, info or debug, instead of log.level; to standard error\n"
           "  --ready-fd N        write READY=1 to descriptor N once the socket answers\n"
           "  --version, --help\n"
           "\n"
           "Environment: KEYBEARER_HOME, KEYBEARER_CONFIG, KEYBEARER_SOCKET, KEYBEARER_LOG; every key of\n"
           "the configuration also as KEYBEARER_<PATH>, for instance KEYBEARER_STORE_BACKEND=memory.\n"
           "SIGHUP reads the configuration again; SIGTERM ends.\n"
           "Exit status: 0 ended well, 1 failure, 2 wrong option or configuration, 8 the store or the\n"
           "state directory cannot be used.\n";
}

} // namespace keybearer
