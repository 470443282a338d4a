// What Linux shows of a process, parts of which the process has written itself: never a crash, never a name
// that could not stand in a line, never more than was there.
#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PortOwner.h"
#include "broker/platform/linux/ProcText.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace keybearer;

static void check(bool holds) {
    if (!holds)
        std::abort();
}

static bool isPlain(const std::string& name) {
    for (const char c : name) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '/' || static_cast<unsigned char>(c) >= 0x7f)
            return false;
    }
    return name.size() <= 255;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(terminalName(parseProcStat(text).terminal));
    check(unitIn(text).size() <= 255);
    check(isPlain(flatpakNameIn(text)));
    const std::string snap = snapNameIn(text);
    check(isPlain(snap) && snap.find('.') == std::string::npos);
    for (const MappedFile& file : executableFilesIn(text))
        check(!file.path.empty() && file.path.front() == '/' && file.path.find('\n') == std::string::npos);
    // Each of them is a line of ten words.
    check(listenersIn(text, 80).size() * 20 <= size);
    std::size_t total = 0;
    const std::vector<std::string> words = wordsIn(text);
    for (const std::string& word : words)
        total += word.size() + 1;
    check(total <= size);
    const std::string script = scriptOf(words, "/nowhere");
    check(script.empty() || script.front() == '/');
    static_cast<void>(firstFileOf(words, "/nowhere"));
    static_cast<void>(loadsOtherCode(words));
    check(!isInterpreter(text) || size > 0);
    if (const auto value = variableIn(text, "LD_PRELOAD"))
        check(value->find('\0') == std::string::npos && value->size() + 11 <= size);
    return 0;
}
