#include "broker/platform/InterpreterScript.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

namespace keybearer {

namespace {

constexpr std::array<std::string_view, 36> interpreters = {
    "node", "nodejs", "python",  "pypy",  "ruby",   "perl",      "php",      "lua",     "bash",
    "sh",   "dash",   "zsh",     "fish",  "ksh",    "deno",      "bun",      "java",    "dotnet",
    "pwsh", "tclsh",  "Rscript", "julia", "guile",  "osascript", "electron", "npx",     "uv",
    "uvx",  "tsx",    "gjs",     "wish",  "expect", "mono",      "wine",     "busybox", "gdb"};

// What reaches us through them was said on another machine.
constexpr std::array<std::string_view, 8> networkRelays = {
    "ssh", "sshd", "sshd-session", "sshd-auth", "dropbear", "dbclient", "autossh", "docker-proxy"};

// What reaches us through them was said by somebody else.
constexpr std::array<std::string_view, 9> relays = {"socat",      "nc",       "nc.traditional",
                                                    "nc.openbsd", "ncat",     "systemd-socket-proxyd",
                                                    "curl",       "websocat", "openssl"};

// These bring code in beside the script.
constexpr std::array<std::string_view, 10> loadsFile = {
    "-r",         "--require", "--import",   "--loader",  "--experimental-loader",
    "-javaagent", "-agentlib", "-agentpath", "--preload", "--init-file"};

// After these the code does not come from a file.
constexpr std::array<std::string_view, 10> inlineCode = {"-c",  "-e",  "-m",     "-p",      "-E",
                                                         "-pe", "-ne", "--eval", "--print", "-Command"};

// These take the next word as their value; without this list a preloaded file would pass for the script.
constexpr std::array<std::string_view, 18> withValue = {"-r",
                                                        "--require",
                                                        "--import",
                                                        "--loader",
                                                        "--experimental-loader",
                                                        "-C",
                                                        "--conditions",
                                                        "-I",
                                                        "-W",
                                                        "-X",
                                                        "-cp",
                                                        "-classpath",
                                                        "--class-path",
                                                        "--rcfile",
                                                        "--init-file",
                                                        "--config",
                                                        "--env-file",
                                                        "-o"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view baseName(std::string_view executable) {
    std::string_view base = executable.substr(executable.find_last_of("/\\") + 1);
    if (base.size() > 4 && (base.substr(base.size() - 4) == ".exe" || base.substr(base.size() - 4) == ".EXE"))
        base.remove_suffix(4);
    return base;
}

bool isReadableFile(const std::filesystem::path& path) {
    std::error_code failed;
    return std::filesystem::is_regular_file(path, failed) && std::ifstream(path).is_open();
}

// Absolute, links resolved; empty if it is no readable file.
std::string fileNamed(const std::string& word, const std::filesystem::path& workingDirectory) {
    const std::filesystem::path path = workingDirectory / word; // an absolute word replaces the directory
    if (!path.is_absolute() || !isReadableFile(path))
        return {};
    std::error_code failed;
    const std::filesystem::path resolved = std::filesystem::canonical(path, failed);
    return failed ? path.lexically_normal().string() : resolved.string();
}

} // namespace

bool isInterpreter(std::string_view executable) {
    const std::string_view base = baseName(executable);
    // ld-linux-x86-64.so.2 and qemu-aarch64 run the program that they are given.
    if (base.substr(0, 3) == "ld-" || base.substr(0, 3) == "ld." || base.substr(0, 5) == "qemu-")
        return true;
    // python3.11, ruby3.1, lua5.4, node-20: the name without what looks like a version
    const std::size_t last = base.find_last_not_of("0123456789.-");
    return last != std::string_view::npos && contains(interpreters, base.substr(0, last + 1));
}

bool isNetworkRelay(std::string_view executable) {
    return contains(networkRelays, baseName(executable));
}

bool isRelay(std::string_view executable) {
    return contains(relays, baseName(executable));
}

bool loadsOtherCode(const std::vector<std::string>& arguments) {
    for (std::size_t i = 1; i < arguments.size() && !arguments[i].empty() && arguments[i].front() == '-';
         ++i) {
        // --import=FILE, -javaagent:FILE
        const std::string_view word =
            std::string_view(arguments[i]).substr(0, arguments[i].find_first_of("=:"));
        if (word == "--")
            return false;
        if (contains(loadsFile, word))
            return true;
        if (contains(withValue, word) && word.size() == arguments[i].size())
            ++i;
    }
    return false;
}

std::string scriptOf(const std::vector<std::string>& arguments,
                     const std::filesystem::path& workingDirectory) {
    bool optionsOver = false;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        if (word.empty())
            continue;
        if (!optionsOver && word == "--") {
            optionsOver = true;
            continue;
        }
        if (!optionsOver && word.front() == '-') {
            if (word == "-" || contains(inlineCode, word))
                return {};
            if (contains(withValue, word))
                ++i;
            continue;
        }
        if (std::string file = fileNamed(word, workingDirectory); !file.empty())
            return file;
    }
    return {};
}

std::string firstFileOf(const std::vector<std::string>& arguments,
                        const std::filesystem::path& workingDirectory) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        if (!arguments[i].empty() && arguments[i].front() != '-')
            return fileNamed(arguments[i], workingDirectory);
    }
    return {};
}

} // namespace keybearer
