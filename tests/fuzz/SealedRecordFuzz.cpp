#include "broker/stores/envelope/Envelope.h"

#include <cstdint>
#include <cstdlib>

using namespace keybearer;

namespace {

const EnvelopeBinding& binding() {
    static const EnvelopeBinding made{"store", "items", "s_one", "refresh_token", 7, "owner"};
    return made;
}

void require(bool promise) {
    if (!promise)
        std::abort();
}

} // namespace

// The input as a sealed record: nothing opens that was not sealed here. Then as the content of one: it comes
// back the same, and not when a byte of the record is another one, when it is cut, or when it is looked for
// in another place. The first bytes say which byte, and how it changes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    initialiseSecrets();
    static const SealedSecret key(Secret::random(32));
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Secret opener = key.open();
    const Result<Secret> stranger = openEnvelope(opener, binding(), text);
    require(!stranger);
    require(stranger.error().code == ErrorCode::ParseError || stranger.error().code == ErrorCode::NotFound);
    if (size < 3)
        return 0;
    const Secret plain = Secret::copyOf(text.substr(3));
    Result<std::string> sealed = sealEnvelope(opener, binding(), plain);
    require(sealed && sealed->size() % 256 == 1 + 12 + 16);
    const Result<Secret> opened = openEnvelope(opener, binding(), *sealed);
    require(opened && opened->reveal() == plain.reveal());
    EnvelopeBinding elsewhere = binding();
    elsewhere.generation = 6;
    require(!openEnvelope(opener, elsewhere, *sealed));
    const std::size_t at = (data[0] + std::size_t{256} * data[1]) % sealed->size();
    require(!openEnvelope(opener, binding(), std::string_view(*sealed).substr(0, at)));
    (*sealed)[at] = static_cast<char>((*sealed)[at] ^ (data[2] | 1));
    require(!openEnvelope(opener, binding(), *sealed));
    return 0;
}
