#pragma once

#include "broker/stores/redis/RedisLink.h"
#include "broker/stores/redis/RedisNews.h"
#include "broker/stores/shared/RemoteRecords.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keybearer {

// Records in a Redis server (5 or newer, Valkey), or in whichever of several is the master. PREFIX:NAME is
// the record, PREFIX:lease:NAME its lease; every change is one script (RedisScripts.h). Changes are heard by
// Pub/Sub; where the ACL forbids that they are looked for every 5 seconds.
//
// Beyond what RemoteRecords says: a put that repeats the last one word for word succeeds again, so that one
// whose answer was lost can be repeated. With `replicas` a write or a lease counts once so many replicas have
// it, as far as the server has any; without, a failover can lose the last moments. Whatever leaves the master
// unknown is StoreUnavailable, and may have been carried out. Somebody else's data under our names is
// ParseError for that name, and is listed with revision 0.
class RedisRecords final : public RemoteRecords {
    Q_OBJECT
public:
    struct Setup {
        RedisConfig config;
        std::string prefix; // Config::storePrefix
        const Clock& clock;
        RedisPauses pauses{};
    };
    explicit RedisRecords(Setup setup);
    ~RedisRecords() override;
    Q_DISABLE_COPY_MOVE(RedisRecords)

    // Begins to connect; later on, connected() or healthChanged() tell. Failure: InvalidParams, if the url is
    // none; every call then fails with StoreUnavailable.
    [[nodiscard]] Result<void> start();

    void get(std::string name, Completion<Record> done) override;
    void put(Write write, Completion<void> done) override;
    void erase(std::string name, std::uint64_t expected, Completion<void> done) override;
    void list(std::string beginning, Completion<std::vector<Listed>> done) override;
    void lease(std::string name, std::string owner, std::chrono::milliseconds life,
               Completion<Lease> done) override;
    void giveBack(std::string name, std::string owner, std::uint64_t fence) override;
    [[nodiscard]] CredentialStore::Health health() const override;
    [[nodiscard]] std::string description() const override;

private:
    using Revisions = std::map<std::string, std::uint64_t>;
    struct Listing;
    struct Handed { // a lease to be given back
        std::string name, owner;
        std::uint64_t fence = 0;
    };

    void run(const std::string& script, std::vector<std::string> keys, std::vector<std::string> arguments,
             Completion<RedisReply> done);
    void runDurably(const std::string& script, std::vector<std::string> keys,
                    std::vector<std::string> arguments, Completion<RedisReply> done);
    enum class Call { Get, Write, List, Lease };
    [[nodiscard]] Result<RedisReply> judged(Call call, Result<RedisReply> reply, const std::string& name);
    [[nodiscard]] Result<void> enoughReplicas(const Result<RedisReply>& waited);
    [[nodiscard]] Result<void> written(const Result<RedisReply>& reply);
    void listPage(const std::shared_ptr<Listing>& listing);
    [[nodiscard]] Result<bool> addPage(Listing& listing, const RedisReply& page) const;
    void sendBack(const Handed& handed);

    void onUp();
    void onDown();
    void onListening();
    void sayConnected();
    void onDeaf(const Error& why);
    void onHeard(const std::string& text);
    void poll();
    void onPolled(Result<std::vector<Listed>> now);
    void complain(Call call, const Error& error);
    void noteHealth();

    [[nodiscard]] static bool isRecordName(std::string_view name);
    [[nodiscard]] std::string keyOf(const std::string& name) const;
    [[nodiscard]] std::string leaseKeyOf(const std::string& name) const;
    template <typename T>
    void failLater(Completion<T> done, Error error);

    std::optional<RedisPlace> place_; // none if the url is none
    std::string prefix_;
    std::optional<Error> misconfigured_;
    std::unique_ptr<RedisLink> link_;
    std::unique_ptr<RedisNews> news_;
    bool ready_ = false; // connected() was said of this connection
    bool shortOfReplicas_ = false;
    std::optional<std::pair<Call, Error>> complaint_; // of a single call, until one of its kind succeeds
    std::optional<Error> deafness_;
    bool untold_ = false; // a change could not be published
    std::optional<Revisions> polled_;
    bool polling_ = false;
    QTimer poll_;
    std::vector<Handed> toGiveBack_; // while there was no connection
    CredentialStore::Health noted_;
};

} // namespace keybearer
