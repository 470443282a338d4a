#include "broker/stores/vault/VaultRecords.h"

#include "broker/http/HttpClient.h"
#include "broker/log/Log.h"
#include "broker/stores/vault/VaultFault.h"

#include <QPointer>

#include <utility>

namespace keybearer {

namespace {

// Of one call against others on the same name; each loss means that somebody else got on.
constexpr int mostLosses = 20;
constexpr int longestPause = 10; // ms, a loss
// Names whose versions we remember; then memory starts anew.
constexpr std::size_t mostKnown = 10'000;
// One version and no more, so that no old refresh token stays; and nobody writes past check-and-set.
const Json& settings() {
    static const Json json{{"max_versions", 1}, {"cas_required", true}};
    return json;
}

// The file of authorities is named here by another key than the network's.
Error ofOurKey(Error error) {
    static constexpr std::string_view theirs = "network.ca_file";
    for (std::string* text : {&error.message, &error.action}) {
        if (const std::size_t at = text->find(theirs); at != std::string::npos)
            text->replace(at, theirs.size(), "store.vault.ca_file");
    }
    return error;
}

Error tooContended() {
    return {ErrorCode::StoreUnavailable, "Too many brokers write the same record in Vault at once",
            "Try again in a moment."};
}

Error noClock() {
    return {ErrorCode::StoreUnavailable, "The answers of Vault have no Date",
            "Let the proxy before it pass the header Date on; leases and lives go by the server's clock."};
}

} // namespace

VaultRecords::VaultRecords(Setup setup, std::unique_ptr<HttpTransport> http, const Clock& clock)
    : setup_(std::move(setup)), http_(std::move(http)), clock_(clock),
      session_(setup_.config, *http_, clock_), feed_(session_, setup_.prefix + "/.changes") {
    if (!setup_.config.transitKey.empty())
        transit_ = std::make_unique<VaultTransit>(session_);
    retry_.setSingleShot(true);
    connect(&retry_, &QTimer::timeout, this, &VaultRecords::open);
    connect(&poll_, &QTimer::timeout, this, &VaultRecords::onPoll);
    connect(&feed_, &VaultFeed::changed, this, &RemoteRecords::changed);
    connect(&feed_, &VaultFeed::missed, this, &RemoteRecords::connected);
    connect(&feed_, &VaultFeed::failed, this, &VaultRecords::onPublishFailed);
}

VaultRecords::~VaultRecords() = default;

Result<std::unique_ptr<VaultRecords>> VaultRecords::over(Setup setup, NetworkRoute::Wish network,
                                                         const NetworkRoute::Variables& variables,
                                                         const Clock& clock) {
    const bool own = !setup.config.caFile.empty();
    if (own)
        network.caFile = setup.config.caFile;
    Result<NetworkRoute> route = NetworkRoute::from(network, variables);
    if (!route)
        return failure(own ? ofOurKey(route.error()) : route.error());
    return std::make_unique<VaultRecords>(std::move(setup), std::make_unique<HttpClient>(std::move(*route)),
                                          clock);
}

std::string VaultRecords::path(const char* kind, const std::string& name) const {
    return session_.config().mount + "/" + kind + "/" + setup_.prefix + "/" + name;
}

void VaultRecords::get(std::string name, Completion<Record> done) {
    auto job = std::make_unique<Job>();
    job->name = std::move(name);
    job->done = [done = std::move(done)](Job& ended, const Result<void>& result) {
        if (!result)
            return done(failure(result.error()));
        const std::uint64_t revision = revisionAt(ended.seen.entry, ended.now);
        if (revision == 0)
            return done(failure(ErrorCode::NotFound, "No such record"));
        done(Record{revision, std::move(ended.seen.entry.sealed)});
    };
    enqueue(std::move(job));
}

void VaultRecords::put(Write write, Completion<void> done) {
    auto job = std::make_unique<Job>();
    job->name = write.name;
    job->needsClock = write.life.count() > 0;
    job->done = [this, name = write.name, revision = write.next.revision,
                 done = std::move(done)](const Job&, const Result<void>& result) {
        if (result)
            feed_.note(name, revision);
        done(result);
    };
    job->decide = [write = std::move(write)](const VaultSeen& seen, WallTime now) {
        return decidePut(write, seen, now);
    };
    enqueue(std::move(job));
}

void VaultRecords::erase(std::string name, std::uint64_t expected, Completion<void> done) {
    auto job = std::make_unique<Job>();
    job->name = name;
    job->decide = [expected](const VaultSeen& seen, WallTime now) {
        return decideErase(expected, seen, now);
    };
    job->done = [this, name = std::move(name), done = std::move(done)](const Job& ended,
                                                                       const Result<void>& result) {
        if (result && ended.decision.write)
            feed_.note(name, 0);
        done(result);
    };
    enqueue(std::move(job));
}

void VaultRecords::lease(std::string name, std::string owner, std::chrono::milliseconds life,
                         Completion<Lease> done) {
    auto job = std::make_unique<Job>();
    job->name = std::move(name);
    job->decide = [owner = std::move(owner), life](const VaultSeen& seen, WallTime now) {
        return decideLease(owner, life, seen, now);
    };
    job->done = [done = std::move(done)](const Job& ended, const Result<void>& result) {
        done(result ? Result<Lease>(ended.decision.lease) : failure(result.error()));
    };
    enqueue(std::move(job));
}

void VaultRecords::giveBack(std::string name, std::string owner, std::uint64_t fence) {
    auto job = std::make_unique<Job>();
    job->name = std::move(name);
    job->needsClock = false;
    job->decide = [owner = std::move(owner), fence](const VaultSeen& seen, WallTime) {
        return decideGiveBack(owner, fence, seen);
    };
    job->done = [](const Job&, const Result<void>&) {}; // else its time runs out
    enqueue(std::move(job));
}

VaultRecords::Job& VaultRecords::front(const std::string& name) {
    return *jobs_.at(name).front();
}

void VaultRecords::enqueue(std::unique_ptr<Job> job) {
    std::deque<std::unique_ptr<Job>>& queue = jobs_[job->name];
    queue.push_back(std::move(job));
    if (queue.size() > 1)
        return;
    // Later, so that a failure which is known already is told after the call.
    QMetaObject::invokeMethod(
        this, [this, name = queue.front()->name] { runFront(name); }, Qt::QueuedConnection);
}

void VaultRecords::runFront(const std::string& name) {
    const auto queue = jobs_.find(name);
    if (queue == jobs_.end() || queue->second.front()->running)
        return;
    if (link_ != Link::Open) {
        if (link_ == Link::Closed && justFailed())
            return end(name, failure(*fault_));
        return open(); // it runs us, or ends us
    }
    Job& job = front(name);
    job.running = true;
    const auto known = known_.find(name);
    const bool enough =
        known != known_.end() && job.decide && !job.needsClock && !known->second.entry.expires;
    if (!enough)
        return read(job);
    job.seen = known->second;
    decide(job);
}

void VaultRecords::read(Job& job) {
    VaultCall call;
    call.path = path("data", job.name);
    call.capability = "read";
    session_.send(std::move(call),
                  [this, name = job.name](Result<VaultAnswer> answer) { onRead(name, std::move(answer)); });
}

void VaultRecords::onRead(const std::string& name, Result<VaultAnswer> answer) {
    Job& job = front(name);
    if (!answer)
        return end(name, failure(answer.error()));
    if (!answer->time)
        return end(name, failure(noClock()));
    job.now = *answer->time;
    Result<KvVersion> there = kvVersionOf(std::move(*answer));
    if (!there)
        return end(name, failure(there.error()));
    job.readHere = true;
    job.seen = {there->version, {}};
    if (!there->data.is_null()) {
        Result<VaultEntry> entry = readVaultEntry(there->data);
        if (!entry)
            return end(name, failure(entry.error()));
        job.seen.entry = std::move(*entry);
    }
    remember(job);
    decide(job);
}

void VaultRecords::decide(Job& job) {
    if (!job.decide)
        return end(job.name, {});
    job.decision = job.decide(job.seen, job.now);
    const bool final = job.decision.error || !job.decision.write;
    // What we remember may be old: only what is written by check-and-set may go by it.
    if (final && !job.readHere)
        return read(job);
    if (job.decision.error)
        return end(job.name, failure(*job.decision.error));
    if (!job.decision.write)
        return end(job.name, {});
    if (job.seen.version == 0)
        return writeSettings(job);
    write(job);
}

void VaultRecords::writeSettings(Job& job) {
    VaultCall call;
    call.method = HttpRequest::Method::Post;
    call.path = path("metadata", job.name);
    call.body = settings();
    call.capability = "create, update";
    session_.send(std::move(call), [this, name = job.name](const Result<VaultAnswer>& answer) {
        if (!answer)
            return end(name, failure(answer.error()));
        write(front(name));
    });
}

void VaultRecords::write(Job& job) {
    VaultCall call;
    call.method = HttpRequest::Method::Post;
    call.path = path("data", job.name);
    call.body =
        Json{{"data", packVaultEntry(*job.decision.write)}, {"options", Json{{"cas", job.seen.version}}}};
    call.capability = "create, update";
    session_.send(std::move(call),
                  [this, name = job.name](const Result<VaultAnswer>& answer) { onWritten(name, answer); });
}

void VaultRecords::onWritten(const std::string& name, const Result<VaultAnswer>& answer) {
    Job& job = front(name);
    if (!answer) {
        known_.erase(name);
        // Cut off after it was sent: it may have been carried out. The next look tells.
        const ErrorDetail* sent = answer.error().detail("sent");
        if (sent != nullptr && std::get_if<bool>(sent) != nullptr && std::get<bool>(*sent) && job.losses == 0)
            return lookAgain(job);
        return end(name, failure(answer.error()));
    }
    if (answer->status == 400 && answer->says("check-and-set"))
        return lookAgain(job);
    const Result<std::uint64_t> version = kvWrittenVersionOf(*answer);
    if (answer->status != 200 || !version) {
        known_.erase(name);
        VaultCall call;
        call.path = path("data", name);
        call.capability = "create, update";
        return end(name, failure(answer->status == 200 ? version.error()
                                                       : vaultRefused(call, *answer, session_.config())));
    }
    job.seen = {*version, *job.decision.write};
    remember(job);
    end(name, {});
}

void VaultRecords::lookAgain(Job& job) {
    if (++job.losses > mostLosses)
        return end(job.name, failure(tooContended()));
    if (job.losses == 1)
        return read(job);
    // A node that lags behind, or a crowd: not all again at the same moment.
    const std::chrono::milliseconds pause(random_() % static_cast<unsigned>(longestPause * job.losses));
    QTimer::singleShot(pause, this, [this, name = job.name] { read(front(name)); });
}

// Without the sealed bytes but where they will be written once more: while we have the lease.
void VaultRecords::remember(const Job& job) {
    if (known_.size() >= mostKnown)
        known_.clear();
    VaultSeen& known = known_[job.name];
    known = job.seen;
    if (known.entry.owner.empty() || known.entry.returned)
        known.entry.sealed = {};
}

void VaultRecords::end(const std::string& name, const Result<void>& result) {
    const auto queue = jobs_.find(name);
    const std::unique_ptr<Job> ended = std::move(queue->second.front());
    queue->second.pop_front();
    if (queue->second.empty())
        jobs_.erase(queue);
    else
        QMetaObject::invokeMethod(
            this, [this, name = ended->name] { runFront(name); }, Qt::QueuedConnection);
    const QPointer<VaultRecords> here(this); // who is told may end us
    const bool writing = ended->decision.write.has_value();
    const bool ofServer = !result && result.error().code == ErrorCode::StoreUnavailable;
    if (ofServer && concernsAll(result.error()))
        close(result.error());
    else if (ofServer || result)
        setFault(ofServer ? std::optional<Error>(result.error()) : std::nullopt, writing);
    if (here)
        ended->done(*ended, result ? result : Result<void>(failure(forCallers(result.error()))));
}

} // namespace keybearer
