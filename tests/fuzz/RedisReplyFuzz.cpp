#include "broker/stores/redis/RedisGreeting.h"
#include "broker/stores/redis/RedisProblem.h"
#include "broker/stores/redis/RedisReplies.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace keybearer;

namespace {

std::size_t elementsOf(const RedisReply& reply) {
    std::size_t count = reply.elements.size();
    for (const RedisReply& each : reply.elements)
        count += elementsOf(each);
    return count;
}

// Within the limits, and every error of a server has words.
void lookAt(const RedisReply& reply) {
    if (elementsOf(reply) > RedisReplyReader::mostElements)
        std::abort();
    if (reply.isError() && redisProblem(reply.text, "item/x").error.action.empty())
        std::abort();
    const Result<RedisRole> role = redisRole(reply);
    if (!role && role.error().action.empty())
        std::abort();
}

} // namespace

// What a server sends, in pieces: the first byte says how large they are. The same answers come out of one
// piece.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t step = data[0] + std::size_t{1};
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    RedisReplyReader reader;
    std::size_t seen = 0;
    bool broken = false;
    for (std::size_t at = 0; at < bytes.size() && !broken; at += step) {
        const Result<std::vector<RedisReply>> some = reader.take(bytes.substr(at, step));
        broken = !some;
        for (std::size_t i = 0; some && i < some->size(); ++i, ++seen)
            lookAt((*some)[i]);
    }
    RedisReplyReader whole;
    const Result<std::vector<RedisReply>> all = whole.take(bytes);
    if (all && (broken || all->size() != seen))
        std::abort();
    return 0;
}
