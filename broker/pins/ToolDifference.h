#pragma once

#include "broker/base/Json.h"

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// One member of a tool's definition that is not what it was. Texts are a server's, made fit to show.
struct ToolDifference {
    std::string member; // "description", "inputSchema.properties.path.type"
    enum class Kind { Added, Removed, Changed };
    Kind kind = Kind::Changed;
    std::string before; // empty of what was added
    std::string after;  // empty of what was removed
};

// What tells two definitions apart, in their order; of long texts the part that differs, with a few words
// around it. At most `most` entries, each text of at most 2000 characters: a last entry says that there is
// more. Anything that is no object counts as an empty one. Pure; never throws.
inline constexpr std::size_t mostDifferences = 64;
[[nodiscard]] std::vector<ToolDifference> toolDifferences(const std::string& before, const std::string& after,
                                                          std::size_t most = mostDifferences);

// The same in one line of at most `limit` characters: description: "reads" is now "reads and sends".
[[nodiscard]] std::string differenceWords(const std::vector<ToolDifference>& differences, std::size_t limit);

[[nodiscard]] std::string_view differenceKindWord(ToolDifference::Kind kind);

} // namespace keybearer
