#pragma once

#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/MessageReader.h"
#include "broker/gateway/upstream/ServerConnection.h"

#include <string>
#include <string_view>

// The revisions of the Model Context Protocol and what tells one from another on the wire. Pure.
namespace keybearer {

namespace revision {
inline constexpr const char* modern = "2026-07-28";
inline constexpr const char* newestLegacy = "2025-11-25";
inline constexpr const char* withBatches = "2025-03-26"; // the only one
} // namespace revision

namespace meta {
inline constexpr const char* prefix = "io.modelcontextprotocol/";
inline constexpr const char* protocolVersion = "io.modelcontextprotocol/protocolVersion";
inline constexpr const char* clientCapabilities = "io.modelcontextprotocol/clientCapabilities";
inline constexpr const char* clientInfo = "io.modelcontextprotocol/clientInfo";
inline constexpr const char* serverInfo = "io.modelcontextprotocol/serverInfo";
inline constexpr const char* subscriptionId = "io.modelcontextprotocol/subscriptionId";
inline constexpr const char* logLevel = "io.modelcontextprotocol/logLevel";
} // namespace meta

// Revisions are dates; text that is none counts as legacy.
[[nodiscard]] bool isModern(std::string_view protocolVersion);
// The era in which a client speaks, by a message of it.
[[nodiscard]] Era eraOf(const MessageView& message);

// What a refusal of a first message says of a server's era.
enum class EraEvidence { None, Modern, Legacy };
// `asked`: the era in which the server was spoken to. 401, 403, 5xx and no answer at all say nothing.
[[nodiscard]] EraEvidence evidenceOf(Era asked, int status, std::string_view body);

// Messages of our own, without LF.
[[nodiscard]] std::string requestText(std::string_view id, std::string_view method, std::string_view params);
[[nodiscard]] std::string notificationText(std::string_view method, std::string_view params = {});
[[nodiscard]] std::string resultText(std::string_view id, std::string_view result);
[[nodiscard]] std::string errorText(std::string_view id, int code, std::string_view message);
// The raw error object of a JSON-RPC failure, if `body` is one.
[[nodiscard]] std::optional<std::string> errorObjectOf(std::string_view body);

// Mcp-Name of a message: what 2026-07-28 puts into the header.
[[nodiscard]] std::string headerName(const MessageView& message);

} // namespace keybearer
