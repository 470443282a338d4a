#include "app/cli/ConfigEdit.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// A text of config.yaml: what was added to it can be taken out again, and nothing else goes with it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(keybearer::withoutProvider(text, "corp"));
    const auto added = keybearer::withProvider(text, {"zebra", {{"client_id", {"abc"}, false}}});
    if (!added)
        return 0;
    const auto removed = keybearer::withoutProvider(*added, "zebra");
    if (!removed || removed->size() + 1 < size)
        std::abort();
    return 0;
}
