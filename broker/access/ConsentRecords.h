#pragma once

#include "broker/access/Consent.h"
#include "broker/platform/ProcessWatch.h"

#include <QObject>

#include <functional>
#include <map>

namespace keybearer {

// The permissions that are in force, and what was known of the programs that ever had one. A permission that
// lasts is on the disk before it counts. Owned by the ConsentGate; event loop thread.
class ConsentRecords : public QObject {
    Q_OBJECT
public:
    // Watches the process that a permission ends with; null if it is gone already.
    using WatchOwner =
        std::function<std::unique_ptr<ProcessWatch>(const ConsentOwner&, std::function<void()>)>;

    ConsentRecords(ConsentStore& store, const Clock& clock, WatchOwner watchOwner);
    ~ConsentRecords() override;

    // Rows that do not fit their seal are left out, removed, and told as refused().
    [[nodiscard]] Result<void> load();

    // The permission that covers this; null: there is none. A program that the system has replaced keeps what
    // it had, and updated() says so.
    [[nodiscard]] std::shared_ptr<Consent> find(const Evidence& evidence, const ConsentOwner& owner,
                                                const ConsentSubject& subject,
                                                std::uint64_t conversation = 0);
    // Null: none of that id is in force.
    [[nodiscard]] std::shared_ptr<Consent> findById(const std::string& id) const;
    // What is different from the last time that a person allowed the same program the same account; empty if
    // nobody ever did.
    [[nodiscard]] std::vector<EvidenceChange> changes(const Evidence& evidence,
                                                      const ConsentSubject& subject) const;

    // True: in force from now on. False: good for the answer under way and no other (once, or the process has
    // gone).
    [[nodiscard]] Result<bool> add(const std::shared_ptr<Consent>& consent);
    // A person takes it back: NotFound, StoreUnavailable.
    [[nodiscard]] Result<void> revoke(const std::string& id);
    // It ended by itself; nothing happens if it is over already.
    void end(const std::string& id, const std::string& why);
    // Of Connect: whose sign-in it came to be about, once that is known. StoreUnavailable.
    [[nodiscard]] Result<void> settle(const std::string& id, const std::string& sessionId,
                                      const std::string& account);
    void endSessions(const std::string& why);
    void conversationEnded(std::uint64_t conversation);
    void accountRemoved(const std::string& sessionId);
    void endExpired();

    [[nodiscard]] std::vector<std::shared_ptr<Consent>> all() const; // those in force
    // Writes use counts of lasting permissions to the store; cheap when nothing changed.
    void saveUses();

Q_SIGNALS:
    // A permission came or went: whatever was prepared under the old ones is void.
    void changed();
    void revoked(const keybearer::Consent& consent);
    // `why` in words: "the program ended", "not used for too long", "expired" ...
    void ended(const keybearer::Consent& consent, const std::string& why);
    void updated(const keybearer::Consent& consent, const std::string& hashBefore);
    void refused(const std::string& id);

private:
    struct Remembered {
        Evidence evidence;
        std::vector<std::string> scopes;
        std::uint64_t turn = 0; // the lowest one is forgotten first
    };
    [[nodiscard]] bool inForce(const Consent& consent) const;
    [[nodiscard]] bool takeOver(Consent& consent, const Evidence& now);
    [[nodiscard]] std::shared_ptr<Consent> take(const std::string& id);
    void remember(const Consent& consent);

    ConsentStore& store_;
    const Clock& clock_;
    WatchOwner watchOwner_;
    std::map<std::string, std::shared_ptr<Consent>> consents_;     // by id
    std::map<std::string, std::unique_ptr<ProcessWatch>> watches_; // by consent id
    std::map<std::string, std::int64_t> savedUses_;                // by consent id
    std::map<std::string, Remembered> remembered_;                 // by program and stored sign-in
    std::uint64_t turn_ = 0;
};

} // namespace keybearer
