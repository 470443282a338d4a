// What MessageReader lets through is JSON to another parser as well, JsonMembers takes it apart and puts it
// together again byte for byte but for its spaces, and nothing of it brings down an exchange's small readers.
#include "broker/base/Json.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/MessageReader.h"
#include "broker/gateway/Opening.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/ToolHeaders.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    keybearer::MessageReader reader;
    const auto view = reader.read(text);
    static_cast<void>(keybearer::JsonMembers::ofBeginning(text));
    static_cast<void>(keybearer::evidenceOf(keybearer::Era::Legacy, 400, text));
    if (!view)
        return 0;
    if (!keybearer::Json::accept(text))
        std::abort();
    const auto members = keybearer::JsonMembers::of(text);
    if (!members)
        std::abort();
    const auto again = keybearer::JsonMembers::of(members->dump());
    if (!again || again->dump() != members->dump())
        std::abort();
    keybearer::ToolHeaders headers;
    const auto changed = headers.learn(text);
    if (changed && !keybearer::Json::accept(*changed))
        std::abort();
    static_cast<void>(headers.of("t", text));
    static_cast<void>(keybearer::openingOf(*view, text));
    return 0;
}
