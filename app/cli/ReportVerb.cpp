// report: what somebody who helps needs to see, and nothing that is nobody else's business.
#include "app/cli/AllSessions.h"
#include "app/cli/Doctor.h"
#include "app/cli/Invocation.h"
#include "app/cli/LocalChecks.h"
#include "app/cli/Report.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/PrivateFile.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/protocol/Methods.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestConfig = 1U << 20;
constexpr std::size_t longestLog = std::size_t{64} * 1024; // its end
constexpr std::size_t longestRelease = std::size_t{64} * 1024;
constexpr int auditRows = 100;

std::string systemName() {
    const std::string text = readFile("/etc/os-release", longestRelease)
                                 .value_or(readFile("/usr/lib/os-release", longestRelease).value_or(""));
    const std::size_t at = text.find("PRETTY_NAME=\"");
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + std::strlen("PRETTY_NAME=\"");
    return displaySafe(text.substr(begin, text.find('"', begin) - begin), 100);
}

Json platformHere() {
    utsname system{};
    ::uname(&system);
    Json out{{"keybearer", KEYBEARER_VERSION},
             {"system", systemName()},
             {"kernel", std::string(system.sysname) + " " + system.release},
             {"machine", system.machine}};
    for (const char* name : {"XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "LANG"}) {
        if (const auto value = environmentVariable(name))
            out[name] = displaySafe(*value, 60);
    }
    // Only whether they are set: they hold places and secrets.
    for (const char* name : {"KEYBEARER_HOME", "KEYBEARER_CONFIG", "KEYBEARER_SOCKET", "KEYBEARER_CLIENT_KEY",
                             "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS",
                             "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "NO_PROXY"})
        out["set"][name] = environmentVariable(name).has_value();
    return out;
}

std::string endOfLog(const Places& places) {
    const int fd = ::open((places.state / "broker.log").c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return {};
    const off_t size = ::lseek(fd, 0, SEEK_END);
    const off_t from = std::max<off_t>(0, size - static_cast<off_t>(longestLog));
    std::string text(static_cast<std::size_t>(std::max<off_t>(0, size - from)), '\0');
    const ssize_t got = ::pread(fd, text.data(), text.size(), from);
    ::close(fd);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    if (from > 0) // a line that was cut may be half of a name
        text.erase(0, std::min(text.find('\n'), text.size() - 1) + 1);
    return text;
}

void know(Invocation& invocation, const char* method, const char* list,
          std::initializer_list<const char*> fields, const std::string& kind, Pseudonyms& names) {
    const Result<Json> answer = invocation.ask(method, Json::object());
    if (!answer)
        return;
    for (const Json& each : arrayAt(*answer, list)) {
        for (const char* field : fields)
            names.know(kind, textAt(each, field));
    }
}

// Whatever the broker calls somebody, in whichever text it turns up.
void knowNames(Invocation& invocation, Pseudonyms& names) {
    const Result<Json> sessions = allSessions(invocation);
    for (const Json& each : sessions ? arrayAt(*sessions, "sessions") : Json::array()) {
        names.know("account", innerTextAt(each, "account", "label", ""));
        names.know("account", innerTextAt(each, "account", "subject", ""));
        names.know("session", textAt(each, "session_id"));
    }
    know(invocation, "service.list", "services", {"name", "url"}, "service", names);
    know(invocation, "apikey.list", "apikeys", {"name"}, "apikey", names);
    know(invocation, "client.list", "clients", {"name", "client_id"}, "client", names);
    know(invocation, "service_account.list", "service_accounts", {"name", "email"}, "account", names);
}

void knowThisMachine(Pseudonyms& names) {
    if (const auto home = environmentVariable("HOME"); home && *home != "/")
        names.replace(*home, "~");
    for (const char* name : {"USER", "LOGNAME"}) {
        if (const auto user = environmentVariable(name); user && *user != "root")
            names.know("user", *user);
    }
    utsname system{};
    if (::uname(&system) == 0)
        names.know("machine", system.nodename);
}

ReportMatter gather(Invocation& invocation, Pseudonyms& names) {
    ReportMatter matter;
    matter.platform = platformHere();
    matter.config = readFile(invocation.places().config, longestConfig).value_or("");
    knowNamesIn(matter.config, names);
    knowThisMachine(names);
    matter.findings = doctorFindings(invocation, false);
    matter.log = endOfLog(invocation.places());
    const Result<LineClient*> broker = invocation.broker();
    if (!broker)
        return matter;
    knowNames(invocation, names);
    matter.health = invocation.ask("health.get", Json::object()).value_or(Json());
    matter.metrics = invocation.ask("metrics.get", Json{{"format", "json"}}).value_or(Json());
    const Result<Json> rows = invocation.ask("audit.query", Json{{"limit", auditRows}});
    for (const Json& row : rows ? arrayAt(*rows, "rows") : Json::array())
        matter.auditRows.push_back(row);
    return matter;
}

Result<void> writeNew(const std::filesystem::path& path, const std::string& content) {
    const auto cannot = [&path] {
        return failure(ErrorCode::InvalidParams,
                       displaySafe(path.string(), 512) + " cannot be written: " + std::strerror(errno),
                       "Name a file that does not exist yet, in a directory with room.");
    };
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return cannot();
    std::string_view rest = content;
    while (!rest.empty()) {
        const ssize_t put = ::write(fd, rest.data(), rest.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            const tl::unexpected<Error> error = cannot();
            ::close(fd);
            ::unlink(path.c_str());
            return error;
        }
        rest.remove_prefix(static_cast<std::size_t>(put));
    }
    return ::close(fd) == 0 ? Result<void>() : Result<void>(cannot());
}

void preview(Output& output, const Json& document, bool keepNames) {
    output.say("The report holds:");
    for (const auto& [part, content] : document.items()) {
        if (content.is_structured())
            output.say("  " + part + ": " +
                       counted(static_cast<std::int64_t>(content.size()), "entry", "entries"));
    }
    output.say(keepNames ? "Names are in it, as you wished; no token, key or password is."
                         : "No token, key, password, account, host or name of yours is in it.");
}

Result<int> run(Invocation& invocation) {
    const bool keepNames = invocation.arguments().has("--include-names");
    Pseudonyms names(keepNames);
    Json document = report(gather(invocation, names), names);
    document["made_at"] = toRfc3339(invocation.now());
    Output& output = invocation.output();
    preview(output, document, keepNames);
    const std::string text = document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    const std::optional<std::string> file = invocation.arguments().value("--output");
    if (!file) {
        output.answer(text);
        return 0;
    }
    if (const Result<void> written = writeNew(*file, text); !written)
        return failure(written.error());
    if (output.json())
        output.answerJson(Json{{"output", displaySafe(*file, 4096)}, {"bytes", text.size()}});
    else
        output.say("It is in " + displaySafe(*file, 4096) +
                   ", for you alone; read it before you pass it on.");
    return 0;
}

constexpr std::array options{
    Option{"--output", "FILE", "Write it there, for you alone, instead of to standard output.", 'o'},
    Option{"--include-names", "", "Leave names of accounts, hosts and programs as they are.", 0}};
constexpr std::array examples{
    Example{"keybearer report | less", "See what it would say."},
    Example{"keybearer report -o keybearer-report.json", "To attach to a report of a fault."}};

} // namespace

const Verb reportVerb{
    "report",
    "",
    "Put together what somebody who helps needs to see.",
    "Writes one JSON document: versions, platform, the findings of keybearer doctor, the configuration with "
    "its "
    "values masked, health, metrics, the newest rows of the audit log and the end of the broker's log. Names "
    "are replaced by pseudonyms, the same all through one report; what looks like a secret is taken out "
    "whatever is wished.",
    0,
    0,
    options,
    examples,
    {},
    run};

} // namespace keybearer
