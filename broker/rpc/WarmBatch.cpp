#include "broker/rpc/WarmBatch.h"

#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t fullBytes = std::size_t{64} * 1024;  // at which writing begins
constexpr std::size_t keptBytes = std::size_t{128} * 1024; // memory kept for the next warm answers
constexpr std::size_t mostBytes = std::size_t{64}
                                  << 20U; // never reached: linesPerTurn answers beyond fullBytes

} // namespace

WarmBatch::WarmBatch(std::function<bool()> commit) : commit_(std::move(commit)), bytes_(mostBytes) {}

bool WarmBatch::answer(RpcConnection& connection, std::string_view line) {
    std::string_view id;
    const WarmAnswer* answer = connection.warmAnswer(line, id);
    if (answer == nullptr)
        return false;
    const std::string_view json = answer->resultJson();
    if (!bytes_.reserve(json.size() + id.size() + 64))
        return connection.drop(), true;
    bytes_.put(R"({"jsonrpc":"2.0","id":)");
    bytes_.put(id);
    bytes_.put(R"(,"result":)");
    bytes_.put(json);
    bytes_.put("}\n");
    return true;
}

void WarmBatch::assign(RpcConnection& connection, std::size_t begin) {
    if (bytes_.size() > begin)
        shares_.push_back({&connection, begin, bytes_.size()});
}

void WarmBatch::release(SteadyTime now) {
    if (shares_.empty())
        return;
    const bool written = !commit_ || commit_();
    const std::string_view bytes = bytes_.view();
    for (const Share& share : shares_) {
        if (written)
            share.connection->send(bytes.substr(share.begin, share.end - share.begin), now);
        else
            share.connection->drop();
    }
    shares_.clear();
    wipe();
}

bool WarmBatch::isFull() const {
    return bytes_.size() >= fullBytes;
}

void WarmBatch::wipe() {
    bytes_.clear(keptBytes);
}

} // namespace keybearer
