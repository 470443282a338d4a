#pragma once

#include "broker/http/NetworkRoute.h"
#include "broker/stores/shared/RemoteRecords.h"
#include "broker/stores/vault/VaultEntry.h"
#include "broker/stores/vault/VaultFeed.h"
#include "broker/stores/vault/VaultTransit.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <unordered_map>

namespace keybearer {

// RemoteRecords in the secrets engine KV version 2 of HashiCorp Vault or OpenBao: a key a record, with the
// lease of the same name inside it (VaultEntry), written by check-and-set only; no old version is kept. What
// other brokers write is found by polling one small record (VaultFeed).
//
// Owned by the store above it; event loop thread.
class VaultRecords final : public RemoteRecords {
    Q_OBJECT
public:
    struct Setup {
        VaultConfig config;
        std::string prefix; // Config::storePrefix
    };
    VaultRecords(Setup setup, std::unique_ptr<HttpTransport> http, const Clock& clock);
    ~VaultRecords() override;
    Q_DISABLE_COPY_MOVE(VaultRecords)

    // Over an HttpClient of its own, which trusts ca_file beside the system's authorities and goes through
    // the same proxy as everything else. Failure: InvalidParams, that file cannot be read.
    [[nodiscard]] static Result<std::unique_ptr<VaultRecords>> over(Setup setup, NetworkRoute::Wish network,
                                                                    const NetworkRoute::Variables& variables,
                                                                    const Clock& clock);

    // Connects, and goes on doing so until it succeeds: connected() and healthChanged() tell.
    void start();

    void get(std::string name, Completion<Record> done) override;
    void put(Write write, Completion<void> done) override;
    void erase(std::string name, std::uint64_t expected, Completion<void> done) override;
    void list(std::string beginning, Completion<std::vector<Listed>> done) override;
    void lease(std::string name, std::string owner, std::chrono::milliseconds life,
               Completion<Lease> done) override;
    void giveBack(std::string name, std::string owner, std::uint64_t fence) override;

    [[nodiscard]] CredentialStore::Health health() const override;
    [[nodiscard]] std::string description() const override;

    // Null without transit_key. Lives as long as this.
    [[nodiscard]] KeyWrapper* keyWrapper() { return transit_.get(); }

private:
    // One call on one name: look at what is there, decide, write it by check-and-set; once more if another
    // one was faster.
    struct Job {
        std::string name;
        std::function<VaultDecision(const VaultSeen&, WallTime)> decide; // null: only look
        std::function<void(Job&, const Result<void>&)> done;
        bool needsClock = true; // what is known from before is not enough
        bool readHere = false;  // `seen` is what lies there, and not what we remember
        bool running = false;
        int losses = 0;
        VaultSeen seen;
        WallTime now{};
        VaultDecision decision;
    };
    struct Listing { // one list()
        std::string beginning;
        Completion<std::vector<Listed>> done;
        std::vector<std::string> folders; // with '/' at the end, or empty for the prefix itself
        std::size_t nextFolder = 0;
        std::vector<std::string> names;
        std::size_t nextName = 0;
        std::size_t reading = 0;
        int removed = 0;
        bool running = false;
        std::vector<Listed> found;
    };
    enum class Link { Closed, Opening, Open };

    // VaultOpening.cpp
    void open();
    void onHealth(const Result<VaultAnswer>& answer);
    void onMount(const Result<VaultAnswer>& answer);
    void onFirstPoll(const Result<void>& polled);
    void openFailed(const Error& error);
    void close(const Error& error);
    void runAll();
    void failAll(const Error& error);
    void onPublishFailed(const Error& error);
    void onPoll();
    void onPolled(const Result<void>& polled);
    void setFault(std::optional<Error> error, bool writing);
    [[nodiscard]] bool justFailed() const;

    void enqueue(std::unique_ptr<Job> job);
    void runFront(const std::string& name);
    void read(Job& job);
    void onRead(const std::string& name, Result<VaultAnswer> answer);
    void decide(Job& job);
    void writeSettings(Job& job);
    void write(Job& job);
    void onWritten(const std::string& name, const Result<VaultAnswer>& answer);
    void lookAgain(Job& job);
    void remember(const Job& job);
    void end(const std::string& name, const Result<void>& result);
    [[nodiscard]] Job& front(const std::string& name);

    // VaultListing.cpp
    void runListing(std::uint64_t number);
    void onFolder(std::uint64_t number, const Result<VaultAnswer>& answer);
    void readListed(std::uint64_t number);
    void onListedRead(std::uint64_t number, const Job& job, const Result<void>& result);
    void endListing(std::uint64_t number, const Result<void>& result);
    void removeEmpty(const std::string& name);

    [[nodiscard]] std::string path(const char* kind, const std::string& name) const;

    Setup setup_;
    std::unique_ptr<HttpTransport> http_;
    const Clock& clock_;
    VaultSession session_;
    VaultFeed feed_;
    std::unique_ptr<VaultTransit> transit_;
    Link link_ = Link::Closed;
    std::optional<Error> fault_;                  // why it is closed
    std::optional<Error> readFault_, writeFault_; // of one path alone
    BootTime failedAt_{0};
    int failures_ = 0; // to open, in a row
    QTimer retry_, poll_;
    std::unordered_map<std::string, std::deque<std::unique_ptr<Job>>> jobs_; // the front one runs
    std::unordered_map<std::string, VaultSeen> known_;                       // as we last saw or wrote it
    std::map<std::uint64_t, std::unique_ptr<Listing>> listings_;
    std::uint64_t lastListing_ = 0;
    std::minstd_rand random_{std::random_device{}()};
};

} // namespace keybearer
