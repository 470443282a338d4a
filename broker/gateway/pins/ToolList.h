#pragma once

#include "broker/base/Result.h"
#include "broker/gateway/JsonMembers.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// One tool of a list.
struct ListedTool {
    std::string name;        // empty: it has none that can be kept, or it is no object
    std::string fingerprint; // SHA-256, 64 hex digits, of the definition; of its raw text where there is none
    // Name, title, description, schemas and annotations in one spelling: members sorted, no spaces, whole
    // numbers without a fraction (as RFC 8785, but for its order of exotic names). Empty: longer than 64 KiB,
    // or no strict JSON.
    std::string definition;
};

// The answer of a server to tools/list: what each tool is, and the same answer without some of them. Whatever
// is neither `tools` nor taken out keeps its bytes; spaces around the members of the outermost two objects
// may go. A value; never throws.
class ToolList {
public:
    static constexpr std::size_t longestAnswer = 8U << 20; // more is no list of tools
    static constexpr std::size_t mostTools = 4096;         // as the broker keeps of one service
    static constexpr std::size_t longestName = 128;        // MCP: tool names
    static constexpr std::size_t longestDefinition = 64U * 1024;

    // Of one JSON-RPC response that is JSON. An answer without `tools` has none. ProviderError: it is too
    // long, has too many, or says something twice, so that another reader could see another list.
    [[nodiscard]] static Result<ToolList> of(std::string_view answer);

    [[nodiscard]] const std::vector<ListedTool>& tools() const { return tools_; } // in their order
    [[nodiscard]] const std::string& nextCursor() const { return nextCursor_; }   // empty: this is the end
    // Without the tools at these places.
    [[nodiscard]] std::string without(const std::set<std::size_t>& places) const;

    // A name that a tool may have here: not empty, not too long, no control characters.
    [[nodiscard]] static bool isName(std::string_view name);

private:
    JsonMembers outer_;
    JsonMembers result_;
    std::vector<std::string> texts_; // of the tools, as they came
    std::vector<ListedTool> tools_;
    std::string nextCursor_;
};

} // namespace keybearer
