#include "broker/platform/linux/ProcText.h"

#include "broker/platform/linux/ProcLook.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t statLimit = 1024;  // 52 numbers and a name of at most 64 bytes
constexpr std::size_t longestName = 255; // of an application or a unit

template <typename Number>
void number(std::string_view field, Number& out) {
    std::from_chars(field.data(), field.data() + field.size(), out);
}

// Calls `each` with every line, without its end.
template <typename Each>
void forLines(std::string_view text, Each each) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        each(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

bool startsWith(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

constexpr std::string_view goneMark = " (deleted)"; // what the kernel adds to names of files

bool endsWith(std::string_view text, std::string_view with) {
    return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
}

// Letters, digits, '.', '-', '_': what application identifiers and Snap names are made of.
bool isPlainName(std::string_view name) {
    return !name.empty() && name.size() <= longestName && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_';
    });
}

int hexDigit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// systemd writes "-" inside a name as "\x2d".
std::string unescaped(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool escape = i + 3 < name.size() && name[i] == '\\' && name[i + 1] == 'x' &&
                            hexDigit(name[i + 2]) >= 0 && hexDigit(name[i + 3]) >= 0;
        if (!escape) {
            out += name[i];
            continue;
        }
        out += static_cast<char>(hexDigit(name[i + 2]) * 16 + hexDigit(name[i + 3]));
        i += 3;
    }
    return out;
}

std::string innermostUnit(std::string_view path) {
    while (!path.empty()) {
        const std::size_t slash = path.rfind('/');
        const std::string_view part = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
        if (part.size() <= longestName && (endsWith(part, ".scope") || endsWith(part, ".service")))
            return unescaped(part);
        if (slash == std::string_view::npos)
            break;
        path = path.substr(0, slash);
    }
    return {};
}

} // namespace

// The command, field 2, may itself hold spaces and parentheses: what follows begins after the last one.
ProcStat parseProcStat(std::string_view text) {
    ProcStat stat;
    const std::size_t close = text.rfind(')');
    if (close == std::string_view::npos)
        return stat;
    std::size_t at = close + 1;
    for (int field = 3; field <= 28; ++field) {
        while (at < text.size() && text[at] == ' ')
            ++at;
        if (at == text.size())
            break;
        const std::size_t begin = at;
        while (at < text.size() && text[at] != ' ')
            ++at;
        const std::string_view word = text.substr(begin, at - begin);
        switch (field) {
        case 3:
            stat.state = word.front();
            break;
        case 4:
            number(word, stat.parentPid);
            break;
        case 6:
            number(word, stat.session);
            break;
        case 7:
            number(word, stat.terminal);
            break;
        case 22:
            number(word, stat.startTime);
            break;
        case 28:
            number(word, stat.stack);
            break;
        default:
            break;
        }
    }
    return stat;
}

// Documentation/admin-guide/devices.txt: pseudo terminals have the major numbers 136 to 143, consoles 4.
std::string terminalName(std::int64_t device) {
    const std::int64_t major = (device >> 8) & 0xfff;
    const std::int64_t minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    if (device <= 0)
        return {};
    if (major >= 136 && major <= 143)
        return "pts/" + std::to_string((major - 136) * 256 + minor);
    if (major == 4 && minor < 64)
        return "tty" + std::to_string(minor);
    return "device " + std::to_string(major) + ":" + std::to_string(minor);
}

// Lines "HIERARCHY:CONTROLLERS:PATH"; version 2 is "0::PATH", version 1 has systemd's own "name=systemd".
std::string unitIn(std::string_view cgroup) {
    std::string unit;
    forLines(cgroup, [&](std::string_view line) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
        if (second == std::string_view::npos || !unit.empty())
            return;
        const std::string_view controllers = line.substr(first + 1, second - first - 1);
        if (controllers.empty() || controllers == "name=systemd")
            unit = innermostUnit(line.substr(second + 1));
    });
    return unit;
}

// A key file of GLib: "[Application]" and in it "name=org.example.App"; a runtime has "[Runtime]" instead.
std::string flatpakNameIn(std::string_view keyFile) {
    std::string name;
    bool inside = false;
    bool seen = false;
    forLines(keyFile, [&](std::string_view line) {
        if (startsWith(line, "["))
            inside = line == "[Application]";
        else if (inside && !seen && startsWith(line, "name=")) {
            seen = true;
            const std::string_view value = line.substr(5);
            if (isPlainName(value))
                name = value;
        }
    });
    return name;
}

std::string snapNameIn(std::string_view label) {
    constexpr std::string_view prefix = "snap.";
    constexpr std::string_view mode = " (enforce)";
    while (!label.empty() && (label.back() == '\n' || label.back() == '\0'))
        label.remove_suffix(1);
    if (!startsWith(label, prefix) || !endsWith(label, mode))
        return {};
    label = label.substr(prefix.size(), label.size() - prefix.size() - mode.size());
    const std::size_t dot = label.find('.');
    if (dot == std::string_view::npos || !isPlainName(label))
        return {};
    return std::string(label.substr(0, dot));
}

// "ADDRESSES PERMISSIONS OFFSET DEVICE INODE   PATH"; anonymous memory has the inode 0 and no path or one in
// brackets. A line end inside a path is written as \012.
std::vector<MappedFile> executableFilesIn(std::string_view maps) {
    std::vector<MappedFile> files;
    forLines(maps, [&](std::string_view line) {
        std::array<std::string_view, 5> fields;
        for (std::string_view& field : fields) {
            field = line.substr(0, line.find(' '));
            line.remove_prefix(std::min(line.size(), field.size() + 1));
        }
        const std::size_t begin = line.find('/');
        if (fields[1].size() < 3 || fields[1][2] != 'x' || fields[4] == "0" ||
            begin == std::string_view::npos || files.size() == mostMappedFiles)
            return;
        MappedFile file;
        std::string_view path = line.substr(begin);
        file.deleted = endsWith(path, goneMark);
        if (file.deleted)
            path.remove_suffix(goneMark.size());
        file.path = path;
        if (std::find(files.begin(), files.end(), file) == files.end())
            files.push_back(std::move(file));
    });
    return files;
}

std::optional<std::string> variableIn(std::string_view environment, std::string_view name) {
    while (!environment.empty()) {
        const std::string_view entry = environment.substr(0, environment.find('\0'));
        if (entry.size() > name.size() && entry[name.size()] == '=' && startsWith(entry, name))
            return std::string(entry.substr(name.size() + 1));
        environment.remove_prefix(std::min(environment.size(), entry.size() + 1));
    }
    return std::nullopt;
}

std::vector<std::string> wordsIn(std::string_view commandLine) {
    std::vector<std::string> words;
    for (std::size_t end = commandLine.find('\0'); end != std::string_view::npos;
         end = commandLine.find('\0')) {
        words.emplace_back(commandLine.substr(0, end));
        commandLine.remove_prefix(end + 1);
    }
    return words;
}

std::string procPath(std::int64_t pid, const char* what) {
    return "/proc/" + std::to_string(pid) + "/" + what;
}

std::optional<std::string> readProcFile(const std::string& path, std::size_t limit) {
    return readOpened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), limit);
}

std::optional<std::string> readOpened(int fd, std::size_t limit) {
    if (fd < 0)
        return std::nullopt;
    std::string content;
    char piece[4096]; // the kernel seldom hands over more at a time
    ssize_t size = 1;
    while (size > 0 && content.size() < limit) {
        do {
            size = ::read(fd, piece, std::min(sizeof piece, limit - content.size()));
        } while (size < 0 && errno == EINTR);
        if (size > 0)
            content.append(piece, static_cast<std::size_t>(size));
    }
    ::close(fd);
    return size < 0 && content.empty() ? std::nullopt : std::optional(std::move(content));
}

std::string readLinkTarget(const std::string& link) {
    char target[PATH_MAX];
    const ssize_t size = ::readlink(link.c_str(), target, sizeof target);
    return size <= 0 || size == PATH_MAX ? std::string()
                                         : std::string(target, static_cast<std::size_t>(size));
}

std::string executablePath(std::int64_t pid) {
    return pathOf(lookAtProcess(pid, ProcEntry::Executable));
}

bool mayBeGone(std::string_view executable) {
    return endsWith(executable, goneMark) && executable.rfind("/memfd:", 0) != 0;
}

std::string pathOf(ProcLook look) {
    if (mayBeGone(look.text) && look.file && look.file->links == 0)
        look.text.resize(look.text.size() - goneMark.size());
    return std::move(look.text);
}

// One read: the kernel hands over the whole text.
std::string readProcStatText(std::int64_t pid) {
    const int fd = ::open(procPath(pid, "stat").c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    char text[statLimit];
    const ssize_t size = ::read(fd, text, sizeof text);
    ::close(fd);
    return size <= 0 ? std::string() : std::string(text, static_cast<std::size_t>(size));
}

ProcStat readProcStat(std::int64_t pid) {
    return parseProcStat(readProcStatText(pid));
}

} // namespace keybearer
