#include "broker/stores/redis/RedisReplies.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <cstddef>
#include <hiredis/hiredis.h>
#include <new>
#include <sodium.h>

namespace keybearer {

namespace {

// What is fed at a time: bounds how far an answer can be over the limit before it is noticed.
constexpr std::size_t portion = std::size_t{64} << 10;

} // namespace

// Answers are built in place: an array makes room for its elements at once, and they are filled in by index.
// So hiredis never owns more than the outermost one, and nothing is allocated on the word of a number that
// was not checked (CVE-2021-32765).
struct RedisReplyReader::Build {
    std::size_t elements = 0; // of the answer that is being built
    bool tooMany = false;

    static Build& of(const redisReadTask* task) { return *static_cast<Build*>(task->privdata); }

    static RedisReply* place(const redisReadTask* task, RedisReply::Kind kind) {
        RedisReply* reply = nullptr;
        if (task->parent == nullptr) {
            reply = new (std::nothrow) RedisReply;
        } else {
            auto* parent = static_cast<RedisReply*>(task->parent->obj);
            const auto index = static_cast<std::size_t>(task->idx);
            if (parent != nullptr && index < parent->elements.size())
                reply = &parent->elements[index];
        }
        if (reply != nullptr)
            reply->kind = kind;
        return reply;
    }

    static void* text(const redisReadTask* task, char* bytes, std::size_t size) {
        RedisReply* reply = place(task, task->type == REDIS_REPLY_ERROR    ? RedisReply::Kind::Error
                                        : task->type == REDIS_REPLY_STATUS ? RedisReply::Kind::Status
                                                                           : RedisReply::Kind::Text);
        if (reply != nullptr)
            reply->text.assign(bytes, size);
        return reply;
    }

    // int in hiredis 0.14, size_t since 1.0.
    template <typename Count>
    static void* array(const redisReadTask* task, Count count) {
        Build& build = of(task);
        const auto size = static_cast<std::size_t>(count);
        if (size > mostElements || build.elements + size > mostElements) {
            build.tooMany = true;
            return nullptr;
        }
        build.elements += size;
        RedisReply* reply = place(task, RedisReply::Kind::Array);
        if (reply != nullptr)
            reply->elements.resize(size);
        return reply;
    }

    static void* integer(const redisReadTask* task, long long number) {
        RedisReply* reply = place(task, RedisReply::Kind::Integer);
        if (reply != nullptr)
            reply->integer = number;
        return reply;
    }

    static void* nil(const redisReadTask* task) { return place(task, RedisReply::Kind::Nil); }

    static void release(void* reply) { delete static_cast<RedisReply*>(reply); }

    static redisReplyObjectFunctions* functions() {
        static redisReplyObjectFunctions table = [] {
            redisReplyObjectFunctions made{};
            made.createString = text;
            made.createArray = array;
            made.createInteger = integer;
            made.createNil = nil;
            made.freeObject = release;
#if HIREDIS_MAJOR >= 1
            // RESP3 is never asked for; hiredis would put a number in the place of the pointer.
            made.createDouble = [](const redisReadTask* task, double, char* bytes, std::size_t size) {
                return text(task, bytes, size);
            };
            made.createBool = [](const redisReadTask* task, int value) { return integer(task, value); };
#endif
            return made;
        }();
        return &table;
    }
};

std::string_view RedisReply::textAt(std::size_t index) const {
    if (kind != Kind::Array || index >= elements.size())
        return {};
    return elements[index].text;
}

RedisReplyReader::RedisReplyReader()
    : build_(std::make_unique<Build>()), reader_(redisReaderCreateWithFunctions(Build::functions())) {
    if (reader_ == nullptr)
        throw std::bad_alloc();
    reader_->privdata = build_.get();
}

RedisReplyReader::~RedisReplyReader() {
    redisReaderFree(reader_);
}

tl::unexpected<Error> RedisReplyReader::broken(std::string_view what) {
    broken_ = true;
    return failure(ErrorCode::StoreUnavailable, std::string("the Redis server's answer ").append(what),
                   "Check that store.redis.url names a Redis server and nothing else.");
}

Result<void> RedisReplyReader::feed(std::string_view bytes, std::vector<RedisReply>& whole) {
    pending_ += bytes.size();
    if (redisReaderFeed(reader_, bytes.data(), bytes.size()) != REDIS_OK)
        return broken("could not be taken in");
    for (;;) {
        void* reply = nullptr;
        const int status = redisReaderGetReply(reader_, &reply);
        const std::unique_ptr<RedisReply> made(static_cast<RedisReply*>(reply));
        if (build_->tooMany)
            return broken("has too many elements");
        if (status != REDIS_OK)
            return broken(std::string("is no Redis protocol: ").append(displaySafe(reader_->errstr, 100)));
        if (made == nullptr)
            break;
        whole.push_back(std::move(*made));
        build_->elements = 0;
        pending_ = reader_->len - reader_->pos;
    }
    if (pending_ > longestReply)
        return broken("is far too long");
    return {};
}

Result<std::vector<RedisReply>> RedisReplyReader::take(std::string_view bytes) {
    std::vector<RedisReply> whole;
    if (broken_)
        return broken("could not be read");
    while (!bytes.empty()) {
        const std::string_view next = bytes.substr(0, std::min(portion, bytes.size()));
        bytes.remove_prefix(next.size());
        if (Result<void> fed = feed(next, whole); !fed)
            return failure(std::move(fed.error()));
    }
    return whole;
}

std::string redisCommand(const std::vector<std::string>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    char* formatted = nullptr;
    const int size =
        redisFormatCommandArgv(&formatted, static_cast<int>(words.size()), texts.data(), sizes.data());
    if (size < 0)
        throw std::bad_alloc();
    std::string command(formatted, static_cast<std::size_t>(size));
    sodium_memzero(formatted, static_cast<std::size_t>(size)); // there may be a password in it
    redisFreeCommand(formatted);
    return command;
}

} // namespace keybearer
