#pragma once

#include "broker/authserver/AuthorityStore.h"

#include <QObject>

#include <functional>
#include <map>

namespace keybearer {

// The grants that are in force. One that has ended is gone from memory at once; if its row cannot be removed,
// it has no consent any more and does not come back. Owned by the LocalAuthorizationServer; event loop
// thread.
class LocalGrants : public QObject {
    Q_OBJECT
public:
    LocalGrants(AuthorityStore& store, const Clock& clock) : store_(store), clock_(clock) {}

    // Those for which `isAlive` says so; the others are removed.
    [[nodiscard]] Result<void> load(const std::function<bool(const LocalGrant&)>& isAlive);
    // Durable when it returns.
    [[nodiscard]] Result<void> add(LocalGrant grant);
    // A refresh token was used: the next number. Durable when it returns.
    [[nodiscard]] Result<void> advance(const std::string& id);
    [[nodiscard]] const LocalGrant* find(const std::string& id) const; // null: none, or over
    void noteUse(const std::string& id);                               // saveUses() writes it
    void saveUses();
    // False: there was none.
    bool end(const std::string& id, const std::string& why);
    void endIf(const std::function<bool(const LocalGrant&)>& isOver, const std::string& why);
    [[nodiscard]] std::vector<LocalGrant> all() const;

Q_SIGNALS:
    // Not found any more when this is told.
    void ended(const keybearer::LocalGrant& grant, const std::string& why);

private:
    AuthorityStore& store_;
    const Clock& clock_;
    std::map<std::string, LocalGrant> grants_; // by id
    std::map<std::string, bool> unsaved_;      // ids whose last use is not written
};

} // namespace keybearer
