#pragma once

#include <QString>
#include <string>
#include <vector>

// What a person pastes into an MCP client so that it reaches a service. Pure functions.
namespace keybearer {

enum class McpClient { ClaudeDesktop, ClaudeCode, VsCode, Cursor };
// Through a program that the client starts, or through the address of the gateway.
enum class McpWay { Program, Address };

[[nodiscard]] const std::vector<McpClient>& mcpClients();
[[nodiscard]] QString clientName(McpClient client);
// Claude Desktop's file takes programs alone.
[[nodiscard]] bool takes(McpClient client, McpWay way);
// Where the text belongs: "claude_desktop_config.json", "a terminal".
[[nodiscard]] QString placeOf(McpClient client);

struct McpTarget {
    std::string service; // its name
    QString program;     // path of keybearer
    QString address;     // of the service at the gateway
};
// The text to paste: JSON, or a command line whose words need no second look by a shell.
[[nodiscard]] QString settingsFor(McpClient client, McpWay way, const McpTarget& target);

} // namespace keybearer
