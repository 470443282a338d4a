#include "broker/stores/vault/VaultEntry.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t longestOwner = 200;
constexpr std::size_t longestSealed = std::size_t{1} << 20;
// The Date of an answer has whole seconds and was taken before our write arrives.
constexpr std::chrono::seconds coarseness{1};
// An entry without a record stays for its fence's sake: whoever still has an old lease must not come through.
constexpr std::chrono::hours emptyStays{24 * 7};

WallTime timeOf(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds(milliseconds));
}

Error notOurs() {
    return {ErrorCode::ParseError, "Something else than a record of keybearer lies under this name in Vault",
            "Give keybearer a store.prefix of its own."};
}

// A count that is there and not below zero; nothing if it is another kind of value.
std::optional<std::uint64_t> count(const Json& data, const char* key) {
    const std::optional<std::int64_t> value = integerAt(data, key);
    if (!value || *value < 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(*value);
}

bool readLease(const Json& data, VaultEntry& entry) {
    if (!data.contains("lease"))
        return true;
    const Json& lease = data.at("lease");
    std::optional<std::string> owner = stringAt(lease, "owner");
    const std::optional<std::uint64_t> fence = count(lease, "fence");
    const std::optional<std::int64_t> until = integerAt(lease, "until");
    if (!owner || owner->empty() || owner->size() > longestOwner || !fence || !until)
        return false;
    entry.owner = std::move(*owner);
    entry.fence = *fence;
    entry.until = timeOf(*until);
    entry.returned = booleanAt(lease, "returned").value_or(false);
    entry.abandoned = booleanAt(lease, "abandoned").value_or(false);
    return true;
}

VaultDecision lost(std::uint64_t revision) {
    VaultDecision out;
    out.error = superseded(revision);
    return out;
}

void makeEmpty(VaultEntry& entry, WallTime now) {
    entry.revision = 0;
    entry.sealed.clear();
    entry.expires = now + emptyStays;
}

} // namespace

Json packVaultEntry(const VaultEntry& entry) {
    Json out{{"revision", entry.revision}, {"sealed", base64Url(entry.sealed)}};
    if (entry.expires)
        out["expires"] = entry.expires->time_since_epoch().count();
    if (!entry.owner.empty())
        out["lease"] = Json{{"owner", entry.owner},
                            {"fence", entry.fence},
                            {"until", entry.until.time_since_epoch().count()},
                            {"returned", entry.returned},
                            {"abandoned", entry.abandoned}};
    return out;
}

Result<VaultEntry> readVaultEntry(const Json& data) {
    const std::optional<std::uint64_t> revision = count(data, "revision");
    const std::optional<std::string> sealed = stringAt(data, "sealed");
    if (!revision || !sealed)
        return failure(notOurs());
    VaultEntry entry;
    entry.revision = *revision;
    entry.sealed = fromBase64Url(*sealed);
    const bool garbled = entry.sealed.empty() && !sealed->empty();
    if (garbled || entry.sealed.size() > longestSealed || !readLease(data, entry))
        return failure(notOurs());
    if (data.contains("expires")) {
        const std::optional<std::int64_t> expires = integerAt(data, "expires");
        if (!expires)
            return failure(notOurs());
        entry.expires = timeOf(*expires);
    }
    return entry;
}

std::uint64_t revisionAt(const VaultEntry& entry, WallTime now) {
    return entry.expires && *entry.expires <= now ? 0 : entry.revision;
}

bool mayBeRemoved(const VaultEntry& entry, WallTime now) {
    if (!entry.expires || *entry.expires > now ||
        (!entry.owner.empty() && !entry.returned && entry.until > now))
        return false;
    return entry.revision == 0 || *entry.expires + emptyStays <= now;
}

VaultDecision decidePut(const RemoteRecords::Write& write, const VaultSeen& seen, WallTime now) {
    const std::uint64_t there = revisionAt(seen.entry, now);
    // Our own write of before, whose answer was lost.
    if (there == write.next.revision && seen.entry.sealed == write.next.sealed && there != 0)
        return {};
    if (there != write.expected || (write.fence != 0 && seen.entry.fence > write.fence))
        return lost(there);
    VaultDecision out;
    out.write = seen.entry;
    out.write->revision = write.next.revision;
    out.write->sealed = write.next.sealed;
    out.write->expires.reset();
    if (write.life.count() > 0)
        out.write->expires = now + coarseness + write.life;
    return out;
}

VaultDecision decideErase(std::uint64_t expected, const VaultSeen& seen, WallTime now) {
    const std::uint64_t there = revisionAt(seen.entry, now);
    if (there == 0)
        return {};
    if (there != expected)
        return lost(there);
    VaultDecision out;
    out.write = seen.entry;
    makeEmpty(*out.write, now);
    return out;
}

VaultDecision decideLease(const std::string& owner, std::chrono::milliseconds life, const VaultSeen& seen,
                          WallTime now) {
    const VaultEntry& entry = seen.entry;
    const bool held = !entry.owner.empty() && !entry.returned;
    const bool ours = held && entry.owner == owner;
    VaultDecision out;
    if (held && !ours && entry.until > now) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(entry.until - now);
        out.error = Error(ErrorCode::RateLimited, "Another broker refreshes this session").retry(left);
        return out;
    }
    out.write = entry;
    out.write->owner = owner;
    out.write->until = now + coarseness + life;
    out.write->returned = false;
    if (revisionAt(entry, now) == 0)
        makeEmpty(*out.write, now);
    if (!ours) {
        // The number of the version that this write makes: higher than of any write before, whatever became
        // of the lease in between.
        out.write->fence = std::max(seen.version, entry.fence) + 1;
        out.write->abandoned = held;
    }
    // Its own lease, whose time was over: nobody else had it, but what came of it is not known.
    const bool overdue = ours && entry.until <= now;
    out.lease = {out.write->fence, revisionAt(entry, now), out.write->abandoned || overdue};
    return out;
}

VaultDecision decideGiveBack(const std::string& owner, std::uint64_t fence, const VaultSeen& seen) {
    VaultDecision out;
    if (seen.entry.owner != owner || seen.entry.fence != fence || seen.entry.returned)
        return out; // somebody else has it by now
    out.write = seen.entry;
    out.write->returned = true;
    return out;
}

} // namespace keybearer
