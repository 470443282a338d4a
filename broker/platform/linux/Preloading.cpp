#include "broker/platform/linux/Preloading.h"

#include "broker/base/Text.h"
#include "broker/platform/linux/ProcText.h"

#include <array>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t mapsLimit = std::size_t{1024} * 1024; // a browser's has about 200 KiB
constexpr std::size_t shownPath = 200;

// The dynamic loader reads these before the program's own code runs.
constexpr std::array<std::string_view, 2> loaderLists = {"LD_PRELOAD", "LD_AUDIT"};

// Interpreters read these before the script.
constexpr std::array<std::string_view, 17> scriptVariables = {
    "NODE_OPTIONS",     "NODE_PATH", "PYTHONPATH", "PYTHONSTARTUP",    "PYTHONHOME",          "PERL5LIB",
    "PERL5OPT",         "RUBYOPT",   "RUBYLIB",    "BASH_ENV",         "JAVA_TOOL_OPTIONS",   "_JAVA_OPTIONS",
    "JDK_JAVA_OPTIONS", "CLASSPATH", "LUA_INIT",   "PHP_INI_SCAN_DIR", "DOTNET_STARTUP_HOOKS"};

bool isForeign(const std::string& list, SystemOwned& owned) {
    std::string spaced = list;
    for (char& c : spaced) {
        if (c == ':')
            c = ' ';
    }
    for (const std::string& word : splitWords(spaced)) {
        if (word.front() == '/' ? !owned.file(word) : word.find('/') != std::string::npos)
            return true;
    }
    return false;
}

// Says whether a dynamic loader is at work: the kernel maps one file, the program, by itself.
bool findForeignLibraries(OpenedMaps& opened, ProcessFacts& facts, SystemOwned& owned) {
    const std::optional<std::string> maps = readOpened(std::exchange(opened.fd, -1), mapsLimit);
    const std::vector<MappedFile> files = executableFilesIn(maps.value_or(""));
    // What is too much to be looked at whole may hide something.
    if (!maps || maps->size() == mapsLimit || files.size() == mostMappedFiles) {
        facts.foreignCode = true;
        facts.remarks.emplace_back("What it has in its memory cannot be looked at.");
        return true;
    }
    for (const MappedFile& file : files) {
        if (file.path == facts.executable)
            continue;
        // A library that the system has replaced since lay in a directory that is the system's.
        const bool ours = file.deleted ? owned.directoryOf(file.path) : owned.file(file.path);
        if (ours)
            continue;
        facts.foreignCode = true;
        facts.remarks.push_back("It runs code from " + displaySafe(file.path, shownPath) +
                                ", which is not the system's.");
        break; // one is enough to say it
    }
    return files.size() > 1;
}

} // namespace

OpenedMaps::~OpenedMaps() {
    if (fd >= 0)
        ::close(fd);
}

void findPreloading(OpenedMaps& maps, const std::optional<std::string>& environment, ProcessFacts& facts,
                    SystemOwned& owned) {
    // Scripts bring libraries of their own as they like, and a program that its user can replace is no better
    // without them.
    const bool native = facts.systemOwned && !facts.interpreter;
    const bool dynamic = native && findForeignLibraries(maps, facts, owned);
    if (!environment || environment->size() == environmentLimit) {
        facts.foreignCode = facts.foreignCode || dynamic;
        facts.remarks.emplace_back("Its environment cannot be looked at.");
        return;
    }
    for (const std::string_view name : loaderLists) {
        const std::optional<std::string> value = variableIn(*environment, name);
        if (!value || value->empty())
            continue;
        facts.foreignCode = facts.foreignCode || (dynamic && isForeign(*value, owned));
        facts.remarks.push_back(std::string(name) + " makes it load " + displaySafe(*value, shownPath) + ".");
    }
    if (variableIn(*environment, "LD_LIBRARY_PATH"))
        facts.remarks.emplace_back("LD_LIBRARY_PATH makes it look for libraries in other places.");
    if (!facts.interpreter)
        return;
    for (const std::string_view name : scriptVariables) {
        if (variableIn(*environment, name))
            facts.remarks.push_back(std::string(name) + " is set and may make it run other code.");
    }
}

} // namespace keybearer
