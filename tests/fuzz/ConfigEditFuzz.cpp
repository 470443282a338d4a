#include "app/cli/ConfigEdit.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// A text of config.yaml: what was added to it can be taken out again, and nothing else goes with it; what was
// set is set.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace keybearer;
    constexpr ConfigSection section = ConfigSection::Providers;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(withoutEntry(section, text, "corp"));
    if (const auto set = withSetting(text, "gateway", "enabled", "true")) {
        const auto again = withSetting(*set, "gateway", "enabled", "true");
        if (!again || *again != *set)
            std::abort();
    }
    const auto added = withEntry(section, text, {"zebra", {{"client_id", {"abc"}, false}}});
    if (!added)
        return 0;
    const auto removed = withoutEntry(section, *added, "zebra");
    if (!removed || removed->size() + 1 < size)
        std::abort();
    return 0;
}
