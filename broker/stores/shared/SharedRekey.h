#pragma once

#include "broker/stores/shared/SealedSharedStore.h"

namespace keybearer {

// The change of a shared store's keys while every broker goes on: one more key in the header; every record
// once more under it, with compare-and-set; then the keys before the last one go. Interrupted anywhere, by
// any broker, it is begun again. Owned by the SealedSharedStore, event loop thread.
class SharedRekey final : public QObject {
    Q_OBJECT
public:
    SharedRekey(SealedSharedStore& store, SharedKeyRing& ring) : store_(store), ring_(ring) {}

    void start(std::optional<SealedSharedStore::NextKey> next, Completion<void> done);
    // The store was locked.
    void stop();
    [[nodiscard]] const SealedSharedStore::Progress& progress() const { return progress_; }

private:
    [[nodiscard]] std::optional<Error> refusal(const std::optional<SealedSharedStore::NextKey>& next) const;
    void obtainKey(const SealedSharedStore::NextKey& next);
    void onNextKey(const StoreKeySource& source, SharedHeader terms, const Result<Secret>& kek);
    void addKey();
    void listRecords();
    void onNames(bool own, const Result<std::vector<RemoteRecords::Listed>>& rows);
    void nextRecord();
    void look(const std::string& name);
    void onRecord(const std::string& name, const Result<RemoteRecords::Record>& record);
    void reseal(const std::string& name, const RemoteRecords::Record& record);
    void retire();
    void finish(const Result<void>& outcome);
    // A step that fails because the store was locked or the server went away ends the change.
    [[nodiscard]] bool isRunning() const { return done_ != nullptr; }

    SealedSharedStore& store_;
    SharedKeyRing& ring_;
    Completion<void> done_;
    std::shared_ptr<const SharedKeyRing::NextKey> next_;
    std::deque<std::string> names_;
    std::size_t resealed_ = 0; // in this pass
    int passes_ = 0;
    int tries_ = 0;
    SealedSharedStore::Progress progress_;
};

} // namespace keybearer
