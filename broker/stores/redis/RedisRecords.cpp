#include "broker/stores/redis/RedisRecords.h"

#include "broker/base/Text.h"
#include "broker/stores/redis/RedisProblem.h"
#include "broker/stores/redis/RedisScripts.h"

#include <QPointer>

#include <algorithm>
#include <charconv>

namespace keybearer {

namespace {

constexpr std::size_t longestName = 200;
constexpr std::size_t longestSealed = std::size_t{1} << 20;
constexpr std::size_t mostListed = 200'000;
constexpr int pageSize = 500; // keys that a SCAN looks at: well below a millisecond of the server
constexpr std::chrono::seconds listPatience{30};
constexpr std::chrono::milliseconds longestLease = std::chrono::hours(1);
// The fence is remembered for so long after the last lease; afterwards the server's time takes its place.
constexpr std::chrono::milliseconds leaseKept = std::chrono::hours(24 * 30);
constexpr int replicaPatience = 1000; // ms; a replica that has just come acknowledges once a second
constexpr int replicaImpatience = 20; // ms, after they have failed once
constexpr std::size_t mostToGiveBack = 10'000;

std::optional<std::uint64_t> numberOf(std::string_view text) {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, number);
    if (text.empty() || problem != std::errc() || stopped != end)
        return std::nullopt;
    return number;
}

// For SCAN's MATCH, where some characters have a meaning.
std::string globEscaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (std::string_view("*?[]\\^").find(c) != std::string_view::npos)
            escaped.push_back('\\');
        escaped.push_back(c);
    }
    return escaped;
}

Error notUnderstood() {
    return {ErrorCode::StoreUnavailable, "Redis: the server answers something else than our script",
            "Check that store.redis.url names a Redis server and not something in front of one."};
}

Error wrongName() {
    return {ErrorCode::InvalidRequest, "no name of a record"};
}

} // namespace

// One list() under way.
struct RedisRecords::Listing {
    std::string pattern;
    std::string beginning;
    Completion<std::vector<Listed>> done;
    std::string cursor = "0";
    Revisions found; // SCAN may name a key twice
    std::chrono::steady_clock::time_point until = std::chrono::steady_clock::now() + listPatience;
};

RedisRecords::RedisRecords(Setup setup) : prefix_(std::move(setup.prefix)) {
    Result<RedisAddress> address = RedisAddress::parse(setup.config.url);
    if (!address) {
        misconfigured_ = std::move(address.error());
        return;
    }
    place_.emplace(
        RedisPlace{std::move(setup.config), std::move(*address), prefix_, setup.clock, setup.pauses});
    link_ = std::make_unique<RedisLink>(*place_);
    news_ = std::make_unique<RedisNews>(*place_);
    connect(link_.get(), &RedisLink::up, this, &RedisRecords::onUp);
    connect(link_.get(), &RedisLink::down, this, &RedisRecords::onDown);
    connect(link_.get(), &RedisLink::roleChanged, this, &RedisRecords::noteHealth);
    connect(news_.get(), &RedisNews::listening, this, &RedisRecords::onListening);
    connect(news_.get(), &RedisNews::deaf, this, &RedisRecords::onDeaf);
    connect(news_.get(), &RedisNews::heard, this, &RedisRecords::onHeard);
    poll_.setInterval(setup.pauses.poll);
    connect(&poll_, &QTimer::timeout, this, &RedisRecords::poll);
    noted_ = health();
}

RedisRecords::~RedisRecords() = default;

bool RedisRecords::isRecordName(std::string_view name) {
    return !name.empty() && name.size() <= longestName && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '/';
    });
}

Result<void> RedisRecords::start() {
    if (misconfigured_)
        return failure(*misconfigured_);
    link_->start();
    return {};
}

std::string RedisRecords::keyOf(const std::string& name) const {
    return std::string(prefix_).append(":").append(name);
}

std::string RedisRecords::leaseKeyOf(const std::string& name) const {
    return std::string(prefix_).append(":lease:").append(name);
}

template <typename T>
void RedisRecords::failLater(Completion<T> done, Error error) {
    QMetaObject::invokeMethod(
        this, [done = std::move(done), error = std::move(error)] { done(failure(error)); },
        Qt::QueuedConnection);
}

void RedisRecords::run(const std::string& script, std::vector<std::string> keys,
                       std::vector<std::string> arguments, Completion<RedisReply> done) {
    if (!link_)
        return failLater(std::move(done),
                         Error(ErrorCode::StoreUnavailable, misconfigured_->message, misconfigured_->action));
    std::vector<std::string> words{"EVAL", script, std::to_string(keys.size())};
    std::move(keys.begin(), keys.end(), std::back_inserter(words));
    std::move(arguments.begin(), arguments.end(), std::back_inserter(words));
    link_->call(std::move(words), std::move(done));
}

// What an answer means for the whole store, and for the one call.
Result<RedisReply> RedisRecords::judged(Call call, Result<RedisReply> reply, const std::string& name) {
    if (!reply)
        return reply;
    if (!reply->isError()) {
        if (complaint_ && complaint_->first == call) {
            complaint_.reset();
            noteHealth();
        }
        return reply;
    }
    RedisProblem problem = redisProblem(reply->text, name);
    if (problem.endsConnection)
        link_->giveUp(problem.error);
    else if (problem.error.code == ErrorCode::StoreUnavailable)
        complain(call, problem.error);
    return failure(std::move(problem.error));
}

void RedisRecords::runDurably(const std::string& script, std::vector<std::string> keys,
                              std::vector<std::string> arguments, Completion<RedisReply> done) {
    const int wanted = place_ ? place_->config.replicas : 0;
    const int asked = link_ && link_->isUp() ? std::min(wanted, link_->role().replicas) : wanted;
    if (asked == 0)
        return run(script, std::move(keys), std::move(arguments), std::move(done));
    const auto first = std::make_shared<Result<RedisReply>>(failure(notUnderstood()));
    run(script, std::move(keys), std::move(arguments),
        [first](Result<RedisReply> reply) { *first = std::move(reply); });
    const int patience = shortOfReplicas_ ? replicaImpatience : replicaPatience;
    link_->call({"WAIT", std::to_string(asked), std::to_string(patience)},
                [this, first, done = std::move(done)](const Result<RedisReply>& waited) {
                    const bool isAnswer = *first && !(*first)->isError();
                    const Result<void> enough = isAnswer ? enoughReplicas(waited) : Result<void>();
                    done(enough ? std::move(*first) : failure(enough.error()));
                });
}

Result<void> RedisRecords::enoughReplicas(const Result<RedisReply>& waited) {
    if (!waited)
        return failure(waited.error());
    if (waited->isError())
        return failure(redisProblem(waited->text, {}).error);
    const int needed = std::min(place_->config.replicas, link_->role().replicas);
    shortOfReplicas_ = waited->integer < needed;
    if (!shortOfReplicas_)
        return {};
    const Error error(ErrorCode::StoreUnavailable,
                      std::string("Redis: only ")
                          .append(std::to_string(waited->integer))
                          .append(" of ")
                          .append(std::to_string(needed))
                          .append(" replicas have taken the write"),
                      "Look at the replicas, or lower store.redis.replicas.");
    complain(Call::Write, error);
    return failure(error);
}

void RedisRecords::get(std::string name, Completion<Record> done) {
    if (!isRecordName(name))
        return failLater(std::move(done), wrongName());
    std::vector<std::string> keys{keyOf(name)};
    run(redis_scripts::get, std::move(keys), {std::to_string(longestSealed)},
        [this, name = std::move(name), done = std::move(done)](Result<RedisReply> answer) {
            Result<RedisReply> reply = judged(Call::Get, std::move(answer), name);
            if (!reply)
                return done(failure(std::move(reply.error())));
            if (reply->isArray(0))
                return done(failure(ErrorCode::NotFound,
                                    std::string("there is no \"").append(name).append("\" in Redis")));
            const std::optional<std::uint64_t> revision = numberOf(reply->textAt(0));
            if (!reply->isArray(2) || !revision || *revision == 0)
                return done(failure(notARecord(name, "is no record")));
            done(Record{*revision, std::move(reply->elements[1].text)});
        });
}

Result<void> RedisRecords::written(const Result<RedisReply>& reply) {
    if (!reply)
        return failure(reply.error());
    if (!reply->isArray(2))
        return failure(notUnderstood());
    if (reply->elements[0].integer != 1) {
        const std::uint64_t there = numberOf(reply->textAt(1)).value_or(0);
        return failure(superseded(there));
    }
    untold_ = reply->elements[1].integer == 0;
    noteHealth();
    return {};
}

void RedisRecords::put(Write write, Completion<void> done) {
    if (!isRecordName(write.name) || write.next.revision <= write.expected || write.life.count() < 0)
        return failLater(std::move(done), wrongName());
    if (write.next.sealed.size() > longestSealed)
        return failLater(std::move(done), Error(ErrorCode::InvalidRequest, "the record is over 1 MiB"));
    const std::chrono::milliseconds life = write.life;
    std::string name = write.name;
    runDurably(redis_scripts::put, {keyOf(name), leaseKeyOf(name)},
               {std::to_string(write.expected), std::to_string(write.next.revision),
                std::move(write.next.sealed), std::to_string(write.fence), std::to_string(life.count()),
                RedisNews::channelOf(prefix_), name},
               [this, name, done = std::move(done)](Result<RedisReply> answer) {
                   done(written(judged(Call::Write, std::move(answer), name)));
               });
}

void RedisRecords::erase(std::string name, std::uint64_t expected, Completion<void> done) {
    if (!isRecordName(name))
        return failLater(std::move(done), wrongName());
    runDurably(redis_scripts::erase, {keyOf(name)},
               {std::to_string(expected), RedisNews::channelOf(prefix_), name},
               [this, name, done = std::move(done)](Result<RedisReply> answer) {
                   done(written(judged(Call::Write, std::move(answer), name)));
               });
}

void RedisRecords::list(std::string beginning, Completion<std::vector<Listed>> done) {
    if (!beginning.empty() && !isRecordName(beginning))
        return failLater(std::move(done), wrongName());
    const auto listing = std::make_shared<Listing>();
    listing->pattern = globEscaped(keyOf(beginning)).append("*");
    listing->done = std::move(done);
    listPage(listing);
}

void RedisRecords::listPage(const std::shared_ptr<Listing>& listing) {
    run(redis_scripts::list, {}, {listing->cursor, listing->pattern, std::to_string(pageSize)},
        [this, listing](Result<RedisReply> answer) {
            const Result<RedisReply> page = judged(Call::List, std::move(answer), {});
            if (!page)
                return listing->done(failure(page.error()));
            const Result<bool> whole = addPage(*listing, *page);
            if (!whole)
                return listing->done(failure(whole.error()));
            if (!*whole)
                return listPage(listing);
            std::vector<Listed> all;
            for (const auto& [name, revision] : listing->found)
                all.push_back({name, revision});
            listing->done(std::move(all));
        });
}

Result<bool> RedisRecords::addPage(Listing& listing, const RedisReply& page) const {
    if (page.kind != RedisReply::Kind::Array || page.elements.size() % 2 != 1)
        return failure(notUnderstood());
    const std::size_t before = prefix_.size() + 1;
    for (std::size_t i = 1; i < page.elements.size(); i += 2) {
        const std::string_view key = page.textAt(i);
        const std::string_view name = key.substr(std::min(before, key.size()));
        if (isRecordName(name)) // leases have a colon
            listing.found[std::string(name)] = numberOf(page.textAt(i + 1)).value_or(0);
    }
    listing.cursor = page.textAt(0);
    if (listing.found.size() > mostListed)
        return failure(ErrorCode::StoreUnavailable, "Redis: there are over 200 000 records under the prefix",
                       "Choose another store.prefix, and see what writes there.");
    const bool whole = listing.cursor == "0";
    if (!whole && std::chrono::steady_clock::now() > listing.until)
        return failure(ErrorCode::StoreUnavailable,
                       "Redis: the records cannot be listed in time, so much else is in the database",
                       "Give the store a database of its own: the number at the end of store.redis.url.");
    return whole;
}

void RedisRecords::lease(std::string name, std::string owner, std::chrono::milliseconds life,
                         Completion<Lease> done) {
    if (!isRecordName(name) || owner.empty() || owner.size() > longestName || life.count() < 1 ||
        life > longestLease)
        return failLater(std::move(done), wrongName());
    runDurably(redis_scripts::lease, {keyOf(name), leaseKeyOf(name)},
               {std::move(owner), std::to_string(life.count()), std::to_string(leaseKept.count())},
               [this, name, done = std::move(done)](Result<RedisReply> answer) {
                   const Result<RedisReply> reply = judged(Call::Lease, std::move(answer), name);
                   if (!reply)
                       return done(failure(reply.error()));
                   if (reply->isArray(2)) {
                       const std::chrono::milliseconds left(reply->elements[1].integer);
                       return done(failure(
                           Error(ErrorCode::RateLimited,
                                 std::string("another broker has the lease of \"").append(name).append("\""))
                               .retry(std::max(std::chrono::ceil<std::chrono::seconds>(left),
                                               std::chrono::seconds(1)))));
                   }
                   const std::optional<std::uint64_t> fence = numberOf(reply->textAt(1));
                   const std::optional<std::uint64_t> revision = numberOf(reply->textAt(2));
                   if (!reply->isArray(4) || !fence || !revision)
                       return done(failure(notARecord(name, "is no record")));
                   done(Lease{*fence, *revision, reply->textAt(3) == "1"});
               });
}

void RedisRecords::giveBack(std::string name, std::string owner, std::uint64_t fence) {
    if (isRecordName(name) && link_)
        sendBack({std::move(name), std::move(owner), fence});
}

void RedisRecords::sendBack(const Handed& handed) {
    run(redis_scripts::giveBack, {keyOf(handed.name), leaseKeyOf(handed.name)},
        {handed.owner, std::to_string(handed.fence), RedisNews::channelOf(prefix_), handed.name},
        [this, handed](const Result<RedisReply>& reply) {
            if (!reply && toGiveBack_.size() < mostToGiveBack)
                toGiveBack_.push_back(handed); // once there is a connection again
        });
}

} // namespace keybearer
