#pragma once

#include <QHostAddress>

namespace keybearer {

// Whether an address lies in the public internet (SEC-C-22): not this machine, not a private, shared,
// link-local, documentation, benchmarking, multicast or reserved network (IANA special-purpose registries,
// RFC 6890). An IPv6 address that carries an IPv4 one (mapped, translated by RFC 6052, 6to4) counts as that
// one; Teredo is refused, as its other end is whatever its maker wanted. Pure; any thread.
[[nodiscard]] bool isPublicAddress(const QHostAddress& address);

} // namespace keybearer
