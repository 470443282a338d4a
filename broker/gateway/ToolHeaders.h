#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Which arguments of which tool travel as Mcp-Param-* headers as well (2026-07-28, x-mcp-header in the
// inputSchema of a tool), learned from the tools/list answers of one exchange. A tool whose annotations break
// the rules is not shown to the client, as the revision demands of clients. Bounded. Never throws.
class ToolHeaders {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    // Takes in a tools/list answer. Nothing: it may go on as it is; else the text to send in its place.
    [[nodiscard]] std::optional<std::string> learn(std::string_view message);
    // The headers of a tools/call, encoded as they are sent.
    [[nodiscard]] Fields of(const std::string& tool, std::string_view message) const;
    [[nodiscard]] bool knows(const std::string& tool) const { return tools_.contains(tool); }

private:
    struct Mirror {
        std::string header;
        std::vector<std::string> path; // into the arguments
    };
    std::map<std::string, std::vector<Mirror>> tools_;
    friend class HeaderScan;
};

} // namespace keybearer
