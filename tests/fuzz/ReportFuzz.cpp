// What a report does with texts that come from anywhere: no crash, no endless loop, and no name that it
// knows.
#include "app/cli/AutostartPlan.h"
#include "app/cli/ErrorPages.h"
#include "app/cli/Report.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace keybearer;
    const std::string text(reinterpret_cast<const char*>(data), size);
    Pseudonyms names(false);
    names.know("account", "canary");
    knowNamesIn(text, names);
    for (const std::string& line : maskedConfig(text, names)) {
        if (line.find("canary") != std::string::npos)
            std::abort();
    }
    if (names.hide(std::string_view(text)).find("canary") != std::string::npos)
        std::abort();
    static_cast<void>(programOfUnit(text));
    static_cast<void>(plainPage(text));
    return 0;
}
