#pragma once

#include "broker/accounts/CredentialStore.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The head item of a value in parts: which parts there are and what they must add up to.
struct PartList {
    std::string generation; // 8 hex digits, new for every write, so that a half-written value never mixes
                            // with the old
    std::size_t count = 0;
    std::size_t size = 0; // bytes of the whole value
    std::string digest;   // SHA-256 of the whole value, hex
};
[[nodiscard]] std::string toHead(const PartList& parts);
// Nothing if the text is no head or names more parts than we ever write.
[[nodiscard]] std::optional<PartList> fromHead(std::string_view text);

// A store whose items hold few bytes (Windows Credential Manager), made to hold longer values: one head item
// and numbered parts. A value that fits is stored as it is. The head is written last and the parts of the
// value before are erased after it, so that at every moment the head names a complete value. Owned by the
// Broker, event loop thread; one call at a time, in order. No deadline of its own: each step has that of the
// inner store.
class PartedStore final : public CredentialStore {
public:
    // `cap`: the longest value in bytes that one item of `inner` may hold; at least 128, for the head.
    PartedStore(std::unique_ptr<CredentialStore> inner, std::size_t cap);
    ~PartedStore() override;

    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override;
    void read(std::string id, Completion<Secret> done) override;
    void erase(std::string id, Completion<void> done) override;
    [[nodiscard]] Health health() const override { return inner_->health(); }

private:
    enum class Kind { Write, Read, Erase };
    struct Call {
        Kind kind = Kind::Read;
        std::string id;
        std::string label;
        SealedSecret value;
        Completion<Secret> done;
        std::optional<PartList> before;   // the parts that stood there when the call began
        std::optional<PartList> parts;    // to be written
        std::vector<SealedSecret> pieces; // read so far
        std::size_t next = 0;             // part to deal with
    };

    void enqueue(Call call);
    void begin();
    void onHead(Result<Secret> head);
    void writePart();
    void writeHead();
    void readPart();
    void joinParts();
    void erasePart(Result<void> last);
    void finish(Result<Secret> result);

    std::unique_ptr<CredentialStore> inner_;
    const std::size_t cap_;
    std::deque<Call> calls_; // the first one runs
};

} // namespace keybearer
