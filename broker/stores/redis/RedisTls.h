#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/base/Secret.h"
#include "broker/config/ConfigStore.h"

#include <QList>
#include <QSslConfiguration>
#include <QSslError>

#include <string>

namespace keybearer {

// What a connection to Redis needs from files, read anew for each: certificates and passwords are exchanged
// while the broker runs. Failures: StoreUnavailable, naming the file and what to do.

// TLS 1.2 or newer, the peer verified against store.redis.ca_file alone if there is one.
[[nodiscard]] Result<QSslConfiguration> redisTls(const RedisConfig& config, WallTime now);

// Empty if none is configured. The file must belong to us or root, and nobody else may read it.
[[nodiscard]] Result<Secret> redisPassword(const RedisConfig& config);

// Why the server's certificate was refused. `host`: whom we meant.
[[nodiscard]] Error redisTlsError(const QList<QSslError>& errors, const std::string& host);

} // namespace keybearer
