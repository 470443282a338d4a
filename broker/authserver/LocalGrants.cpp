#include "broker/authserver/LocalGrants.h"

namespace keybearer {

Result<void> LocalGrants::load(const std::function<bool(const LocalGrant&)>& isAlive) {
    Result<std::vector<LocalGrant>> stored = store_.loadLocalGrants();
    if (!stored)
        return tl::unexpected(stored.error());
    for (LocalGrant& grant : *stored) {
        const std::string id = grant.id;
        if (isAlive(grant))
            grants_[id] = std::move(grant);
        else // of no effect whether it can be removed or not
            static_cast<void>(store_.removeLocalGrant(id).has_value());
    }
    return {};
}

Result<void> LocalGrants::add(LocalGrant grant) {
    if (auto kept = store_.putLocalGrant(grant); !kept)
        return kept;
    const std::string id = grant.id;
    grants_[id] = std::move(grant);
    return {};
}

Result<void> LocalGrants::advance(const std::string& id) {
    const auto found = grants_.find(id);
    if (found == grants_.end())
        return failure(ErrorCode::NotFound, "there is no such grant");
    LocalGrant next = found->second;
    ++next.generation;
    next.rotatedAt = clock_.wall();
    next.lastUsedAt = clock_.wall();
    if (auto kept = store_.putLocalGrant(next); !kept)
        return kept;
    found->second = std::move(next);
    unsaved_.erase(id);
    return {};
}

const LocalGrant* LocalGrants::find(const std::string& id) const {
    const auto found = grants_.find(id);
    return found == grants_.end() ? nullptr : &found->second;
}

void LocalGrants::noteUse(const std::string& id) {
    const auto found = grants_.find(id);
    if (found == grants_.end())
        return;
    found->second.lastUsedAt = clock_.wall();
    unsaved_[id] = true;
}

void LocalGrants::saveUses() {
    for (auto place = unsaved_.begin(); place != unsaved_.end();) {
        const LocalGrant* grant = find(place->first);
        if (grant != nullptr && !store_.putLocalGrant(*grant))
            ++place; // the next time
        else
            place = unsaved_.erase(place);
    }
}

bool LocalGrants::end(const std::string& id, const std::string& why) {
    const auto found = grants_.find(id);
    if (found == grants_.end())
        return false;
    const LocalGrant grant = std::move(found->second);
    grants_.erase(found);
    unsaved_.erase(id);
    static_cast<void>(store_.removeLocalGrant(id).has_value());
    Q_EMIT ended(grant, why);
    return true;
}

void LocalGrants::endIf(const std::function<bool(const LocalGrant&)>& isOver, const std::string& why) {
    std::vector<std::string> over;
    for (const auto& [id, grant] : grants_) {
        if (isOver(grant))
            over.push_back(id);
    }
    for (const std::string& id : over)
        end(id, why);
}

std::vector<LocalGrant> LocalGrants::all() const {
    std::vector<LocalGrant> out;
    for (const auto& [id, grant] : grants_)
        out.push_back(grant);
    return out;
}

} // namespace keybearer
