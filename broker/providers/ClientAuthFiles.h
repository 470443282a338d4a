#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/config/Config.h"
#include "broker/providers/Provider.h"

namespace keybearer {

// Reads the key and the certificate that an entry's client_auth names, and sets the method and everything
// that belongs to it. A key that others may read is refused, and so is a file that the method has no use for.
// Failure: InvalidParams, "config.yaml:12: providers.corp.client_auth.key_file: /etc/key.pem: ..." with
// detail "key"; nothing of a key or passphrase is quoted. Reads files, otherwise pure.
[[nodiscard]] Result<void> loadClientAuth(Provider& provider, const Config::ProviderEntry& entry,
                                          WallTime now);

} // namespace keybearer
