// A server's tools/list answer: whatever it is, the tools are as many as the list has, taking none out leaves
// the same tools, and taking all out leaves none.
#include "broker/gateway/pins/ToolList.h"

#include <cstdlib>

using namespace keybearer;

namespace {

bool sameTools(const ToolList& a, const ToolList& b) {
    if (a.tools().size() != b.tools().size() || a.nextCursor() != b.nextCursor())
        return false;
    for (std::size_t at = 0; at < a.tools().size(); ++at) {
        if (a.tools()[at].name != b.tools()[at].name ||
            a.tools()[at].fingerprint != b.tools()[at].fingerprint)
            return false;
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const Result<ToolList> list = ToolList::of(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!list || list->tools().empty())
        return 0;
    const Result<ToolList> same = ToolList::of(list->without({}));
    if (!same || !sameTools(*list, *same))
        std::abort();
    std::set<std::size_t> all;
    for (std::size_t at = 0; at < list->tools().size(); ++at)
        all.insert(at);
    const Result<ToolList> none = ToolList::of(list->without(all));
    if (!none || !none->tools().empty())
        std::abort();
    return 0;
}
