#pragma once

#include "broker/stores/envelope/StoreKey.h"

#include <QObject>

#include <functional>

namespace keybearer {

// deriveStoreKey() on a thread of its own. `then` is called later, from the event loop of `receiver`, and
// never if that is gone by then. The second of computing cannot be interrupted; a process that ends meanwhile
// leaves the thread behind.
void deriveStoreKeyAside(const Secret& passphrase, const std::string& salt, const PassphraseCost& cost,
                         QObject* receiver, std::function<void(Result<Secret>)> then);

} // namespace keybearer
