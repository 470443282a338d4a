#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <filesystem>

namespace keybearer {

// A JWT in a file that the platform or an identity provider writes anew from time to time (a Kubernetes
// projected token, say): read each time it is wanted, never kept. Links are followed, as such files are
// links. Spaces around it do not count. NotConfigured, with the file's name and an action, for a file that is
// missing, empty, longer than 64 KiB, somebody else's or open to the writing of others.
[[nodiscard]] Result<Secret> readAssertionFile(const std::filesystem::path& file);

} // namespace keybearer
