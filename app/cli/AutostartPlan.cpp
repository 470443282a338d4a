#include "app/cli/AutostartPlan.h"

#include "app/cli/ServiceFiles.h"

namespace keybearer {

namespace {

constexpr std::string_view packagedProgram = "/usr/bin/keybearerd"; // in keybearer.service
constexpr std::string_view execStart = "ExecStart=";

std::string replaced(std::string text, std::string_view what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

// A path as one word of a unit file.
std::string unitWord(const std::filesystem::path& path) {
    std::string out;
    bool plain = true;
    for (const char c : path.string()) {
        plain = plain && c != ' ' && c != '"' && c != '\\' && c != '\'' && c != '$' && c != '%';
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '%' || c == '$')
            out += c;
        out += c;
    }
    return plain ? out : "\"" + out + "\"";
}

std::string xmlText(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

AutostartPlan systemd(const AutostartPlace& place) {
    AutostartPlan plan;
    const std::filesystem::path units = place.config / "systemd" / "user";
    if (!place.unitsInstalled) {
        plan.files.push_back({units / "keybearer.socket", std::string(systemdSocketText)});
        plan.files.push_back(
            {units / "keybearer.service",
             replaced(std::string(systemdServiceText), packagedProgram, unitWord(place.daemon))});
        plan.enable.push_back({"systemctl", "--user", "daemon-reload"});
    }
    plan.enable.push_back({"systemctl", "--user", "enable", "--now", "keybearer.socket"});
    plan.disable.push_back({"systemctl", "--user", "disable", "--now", "keybearer.socket"});
    plan.disable.push_back({"systemctl", "--user", "stop", "keybearer.service"});
    return plan;
}

AutostartPlan launchd(const AutostartPlace& place) {
    AutostartPlan plan;
    const std::filesystem::path file = place.config / "LaunchAgents" / "example.keybearer.broker.plist";
    std::string text = replaced(std::string(launchAgentText), "@PROGRAM@", xmlText(place.daemon.string()));
    plan.files.push_back({file, replaced(std::move(text), "@SOCKET@", xmlText(place.socket.string()))});
    plan.enable.push_back({"launchctl", "bootstrap", "gui/" + place.user, file.string()});
    plan.disable.push_back({"launchctl", "bootout", "gui/" + place.user + "/example.keybearer.broker"});
    return plan;
}

AutostartPlan logonTask(const AutostartPlace& place) {
    AutostartPlan plan;
    const std::filesystem::path file = place.config / "keybearer-broker.xml";
    std::string text = replaced(std::string(logonTaskText), "@PROGRAM@", xmlText(place.daemon.string()));
    plan.files.push_back({file, replaced(std::move(text), "@USER@", xmlText(place.user))});
    plan.enable.push_back({"schtasks", "/Create", "/F", "/TN", "Keybearer\\Broker", "/XML", file.string()});
    plan.disable.push_back({"schtasks", "/Delete", "/F", "/TN", "Keybearer\\Broker"});
    return plan;
}

} // namespace

AutostartKind autostartKindHere() {
#if defined(_WIN32)
    return AutostartKind::LogonTask;
#elif defined(__APPLE__)
    return AutostartKind::Launchd;
#else
    return AutostartKind::Systemd;
#endif
}

AutostartPlan autostartPlan(AutostartKind kind, const AutostartPlace& place) {
    switch (kind) {
    case AutostartKind::Systemd:
        return systemd(place);
    case AutostartKind::Launchd:
        return launchd(place);
    case AutostartKind::LogonTask:
        return logonTask(place);
    }
    return {};
}

std::string programOfUnit(std::string_view text) {
    std::size_t at = text.starts_with(execStart) ? 0 : text.find("\nExecStart=");
    if (at == std::string_view::npos)
        return {};
    at += text[at] == '\n' ? 1 : 0;
    std::string_view line = text.substr(at + execStart.size());
    line = line.substr(0, line.find('\n'));
    if (line.starts_with('"'))
        return std::string(line.substr(1, line.find('"', 1) - 1));
    return std::string(line.substr(0, line.find(' ')));
}

} // namespace keybearer
