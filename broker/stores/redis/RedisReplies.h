#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace keybearer {

// One answer of a Redis server (RESP2). A value.
struct RedisReply {
    enum class Kind { Nil, Text, Status, Error, Integer, Array } kind = Kind::Nil;
    std::int64_t integer = 0;
    std::string text; // of Text, Status and Error
    std::vector<RedisReply> elements;

    [[nodiscard]] bool isText() const { return kind == Kind::Text; }
    [[nodiscard]] bool isError() const { return kind == Kind::Error; }
    [[nodiscard]] bool isArray(std::size_t size) const {
        return kind == Kind::Array && elements.size() == size;
    }
    // Text (also of a Status) of an element; empty if there is none.
    [[nodiscard]] std::string_view textAt(std::size_t index) const;
};

// Cuts what a server sends into answers, by hiredis's reader; what it builds, and how much of it, is decided
// here. One a connection, owned by it.
class RedisReplyReader {
public:
    RedisReplyReader();
    ~RedisReplyReader();
    RedisReplyReader(const RedisReplyReader&) = delete;
    RedisReplyReader& operator=(const RedisReplyReader&) = delete;

    static constexpr std::size_t longestReply = std::size_t{2} << 20; // a record has at most 1 MiB
    static constexpr std::size_t mostElements = 100'000;              // of one answer, all levels together

    // The answers that are whole now. Failure: StoreUnavailable, if this is no Redis protocol or an answer is
    // over a limit; nothing can be read from this connection any more.
    [[nodiscard]] Result<std::vector<RedisReply>> take(std::string_view bytes);

private:
    struct Build; // what the functions called by hiredis share
    [[nodiscard]] Result<void> feed(std::string_view bytes, std::vector<RedisReply>& whole);
    [[nodiscard]] tl::unexpected<Error> broken(std::string_view what);

    std::unique_ptr<Build> build_;
    redisReader* reader_;
    std::size_t pending_ = 0; // bytes of an answer that is not whole yet
    bool broken_ = false;
};

// A command as it is written to the server.
[[nodiscard]] std::string redisCommand(const std::vector<std::string>& words);

} // namespace keybearer
