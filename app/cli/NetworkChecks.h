#pragma once

#include "app/cli/LocalChecks.h"
#include "broker/base/Clock.h"

#include <chrono>

// What keybearer doctor finds out about the way to the network without a broker. Each check looks, sends
// nothing but an empty TCP connection, ends within seconds and changes nothing.
namespace keybearer {

// The proxy that HTTPS_PROXY or ALL_PROXY names (config.yaml is the broker's to read): whether it can be used
// and takes a connection. Never shows its password.
[[nodiscard]] Finding checkProxy(const Environment& environment,
                                 std::chrono::milliseconds patience = std::chrono::seconds(3));

// Whether the certificate authorities of the system are there, in one of the places where Qt looks.
[[nodiscard]] Finding checkAuthorities(const std::filesystem::path& root = "/");

// Whether a program on this machine can listen on 127.0.0.1 and be reached there, as a sign-in needs.
[[nodiscard]] Finding checkLoopback();

// A clock that stands before this program was made is wrong, whatever time it is.
[[nodiscard]] Finding checkClock(WallTime now);

} // namespace keybearer
