#pragma once

#include "broker/gateway/Handshake.h"

// The first words of a conversation. Pure.
namespace keybearer {

// How the client opens, by its first message. `id` and `text` stay empty if that is no initialize or
// server/discover.
[[nodiscard]] ClientOpening openingOf(const MessageView& view, std::string_view text);
// The same after a lost connection: `initialize` holds the params of the client's own, raw JSON.
[[nodiscard]] ClientOpening openingAgain(std::string_view initialize);

// An answer to initialize or server/discover before the server could say anything: what is remembered of it,
// else that it may have tools, resources and prompts, and that these change.
[[nodiscard]] std::string plainAnswer(const ClientOpening& opening, const ServerMemory::Server& memory,
                                      std::string_view service);

} // namespace keybearer
