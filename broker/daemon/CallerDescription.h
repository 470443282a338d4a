#pragma once

#include "broker/access/IdentityEvidence.h"
#include "broker/base/Result.h"
#include "broker/platform/FileDigests.h"
#include "broker/platform/Measurement.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace keybearer {

// Says which program is at the other end of a connection: what was measured of it when it connected or is
// now, and the hashes of its files, which may take a moment the first time. Owned by the Broker; event loop
// thread.
class CallerDescription {
public:
    using Done = std::function<void(Result<Caller>)>;

    // `ownDirectory`: where the broker's own programs lie, which run no scripts.
    explicit CallerDescription(std::filesystem::path ownDirectory) : ownDirectory_(std::move(ownDirectory)) {}

    // `measured`: when it connected, if it said hello at once; else it is measured now. `done` is called
    // once, at once where the files are known already. InvalidRequest if the process has ended, so that
    // nothing can be said about who has its connection now.
    void describe(const std::shared_ptr<const PeerProcess>& process, std::optional<Measurement> measured,
                  const Done& done);
    // A process that has not connected: what it would be if it did. NotFound if there is none.
    void describe(std::int64_t pid, const Done& done);

    [[nodiscard]] const FileDigests::Counters& counters() const { return digests_.counters(); }

private:
    struct Case;
    void begin(const std::shared_ptr<Case>& open);
    void hashExecutable(const std::shared_ptr<Case>& open);
    void hashScript(const std::shared_ptr<Case>& open);
    static void lookAgain(const std::shared_ptr<Case>& open);
    static void conclude(const std::shared_ptr<Case>& open);

    std::filesystem::path ownDirectory_;
    FileDigests digests_;
};

} // namespace keybearer
