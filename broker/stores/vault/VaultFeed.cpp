#include "broker/stores/vault/VaultFeed.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

// Ten brokers with a thousand sessions of a minute write seventeen a second: fifteen seconds of it, three
// polls.
constexpr std::size_t mostRecent = 256;
constexpr std::chrono::milliseconds betweenWrites{1000};
constexpr int longestJitter = 100; // ms, a loss

} // namespace

Json packVaultChanges(const VaultChanges& changes) {
    Json recent = Json::array();
    for (const VaultChanges::Change& change : changes.recent)
        recent.push_back(Json{{"name", change.name}, {"revision", change.revision}});
    return Json{{"sequence", changes.sequence}, {"recent", std::move(recent)}};
}

VaultChanges readVaultChanges(const Json& data) {
    VaultChanges out;
    const std::optional<std::int64_t> sequence = integerAt(data, "sequence");
    if (!sequence || *sequence < 0 || !data.contains("recent") || !data.at("recent").is_array() ||
        data.at("recent").size() > mostRecent)
        return {};
    for (const Json& one : data.at("recent")) {
        std::optional<std::string> name = stringAt(one, "name");
        const std::optional<std::int64_t> revision = integerAt(one, "revision");
        if (!name || !isRecordName(*name) || !revision || *revision < 0)
            return {};
        out.recent.push_back({std::move(*name), static_cast<std::uint64_t>(*revision)});
    }
    out.sequence = static_cast<std::uint64_t>(*sequence);
    return out.recent.size() > out.sequence ? VaultChanges() : out;
}

std::optional<std::vector<VaultChanges::Change>> changesAfter(std::uint64_t seen,
                                                              const VaultChanges& changes) {
    if (changes.sequence < seen || changes.sequence - seen > changes.recent.size())
        return std::nullopt;
    const auto fresh = static_cast<std::ptrdiff_t>(changes.sequence - seen);
    return std::vector<VaultChanges::Change>(changes.recent.end() - fresh, changes.recent.end());
}

VaultChanges withChanges(VaultChanges changes, const std::map<std::string, std::uint64_t>& more) {
    for (const auto& [name, revision] : more)
        changes.recent.push_back({name, revision});
    changes.sequence += more.size();
    if (changes.recent.size() > mostRecent)
        changes.recent.erase(changes.recent.begin(),
                             changes.recent.end() - static_cast<std::ptrdiff_t>(mostRecent));
    return changes;
}

VaultFeed::VaultFeed(VaultSession& session, std::string name) : session_(session), name_(std::move(name)) {
    next_.setSingleShot(true);
    connect(&next_, &QTimer::timeout, this, &VaultFeed::publish);
}

void VaultFeed::note(const std::string& name, std::uint64_t revision) {
    noted_[name] = revision;
    planPublishing();
}

void VaultFeed::planPublishing() {
    if (busy_ || !serving_ || noted_.empty() || next_.isActive())
        return;
    const std::chrono::milliseconds since(sincePublished_.isValid() ? sincePublished_.elapsed()
                                                                    : betweenWrites.count());
    next_.start(std::max(betweenWrites - since, std::chrono::milliseconds(0)));
}

void VaultFeed::resume() {
    serving_ = true;
    planPublishing();
}

void VaultFeed::pause() {
    serving_ = false;
    seen_.reset();
    next_.stop();
}

void VaultFeed::poll(Completion<void> done) {
    if (busy_) {
        QMetaObject::invokeMethod(
            this, [done = std::move(done)] { done({}); }, Qt::QueuedConnection);
        return;
    }
    busy_ = true;
    VaultCall call;
    call.path = session_.config().mount + "/data/" + name_;
    call.capability = "read";
    session_.send(std::move(call), [this, done = std::move(done)](Result<VaultAnswer> answer) {
        onPolled(std::move(answer), done);
    });
}

void VaultFeed::onPolled(Result<VaultAnswer> answer, const Completion<void>& done) {
    busy_ = false;
    planPublishing();
    if (!answer)
        return done(failure(answer.error()));
    const Result<KvVersion> there = kvVersionOf(std::move(*answer));
    if (!there)
        return done(failure(there.error()));
    const QPointer<VaultFeed> here(this);
    tell(readVaultChanges(there->data));
    if (here)
        done({});
}

void VaultFeed::tell(const VaultChanges& changes) {
    const std::optional<std::uint64_t> before = std::exchange(seen_, changes.sequence);
    if (!before)
        return;
    const auto fresh = changesAfter(*before, changes);
    if (!fresh) {
        Q_EMIT missed();
        return;
    }
    const QPointer<VaultFeed> here(this);
    for (auto change = fresh->begin(); change != fresh->end() && here; ++change)
        Q_EMIT changed(change->name, change->revision);
}

void VaultFeed::publish() {
    if (busy_ || !serving_ || noted_.empty())
        return;
    busy_ = true;
    VaultCall call;
    call.path = session_.config().mount + "/data/" + name_;
    call.capability = "read";
    session_.send(std::move(call), [this](const Result<VaultAnswer>& answer) { onReadToPublish(answer); });
}

void VaultFeed::onReadToPublish(const Result<VaultAnswer>& answer) {
    Result<KvVersion> there = failure(ErrorCode::StoreUnavailable, "");
    if (answer)
        there = kvVersionOf(*answer);
    if (!there) {
        const Error error = answer ? there.error() : answer.error();
        tryAgain();
        Q_EMIT failed(error);
        return;
    }
    write(*there);
}

void VaultFeed::write(const KvVersion& there) {
    const QPointer<VaultFeed> here(this);
    const VaultChanges before = readVaultChanges(there.data);
    tell(before);
    if (!here)
        return;
    publishing_ = std::exchange(noted_, {});
    const VaultChanges after = withChanges(before, publishing_);
    publishedSequence_ = after.sequence;
    VaultCall call;
    call.method = HttpRequest::Method::Post;
    call.path = session_.config().mount + "/data/" + name_;
    call.body = Json{{"data", packVaultChanges(after)}, {"options", Json{{"cas", there.version}}}};
    call.capability = there.version == 0 ? "create" : "update";
    session_.send(std::move(call), [this](const Result<VaultAnswer>& written) { onWritten(written); });
}

void VaultFeed::onWritten(const Result<VaultAnswer>& answer) {
    if (answer && answer->status == 200) {
        busy_ = false;
        losses_ = 0;
        publishing_.clear();
        seen_ = publishedSequence_; // all before ours was told, and ours is not news
        sincePublished_.start();
        return planPublishing();
    }
    noted_.merge(publishing_); // what was noted meanwhile is newer and stays
    publishing_.clear();
    if (answer && answer->says("check-and-set") && losses_ < 8) {
        ++losses_;
        busy_ = false;
        std::uniform_int_distribution<int> jitter(0, longestJitter * losses_);
        return next_.start(jitter(random_));
    }
    tryAgain();
    if (!answer)
        Q_EMIT failed(answer.error());
}

void VaultFeed::tryAgain() {
    busy_ = false;
    losses_ = 0;
    sincePublished_.start();
    planPublishing();
}

} // namespace keybearer
