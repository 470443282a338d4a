#include "broker/http/ResponseReader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace keybearer;

namespace {

constexpr std::size_t bodyLimit = 4096;

// What became of a response; nothing while it is none, or not whole.
std::optional<HttpResponse> readIn(std::string_view bytes, std::size_t step) {
    ResponseReader reader(bodyLimit);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const Result<bool> whole = reader.take(bytes.substr(at, step));
        if (!whole)
            return std::nullopt;
        if (*whole)
            return reader.takeResponse();
    }
    if (!reader.end())
        return std::nullopt;
    return reader.takeResponse();
}

bool same(const HttpResponse& a, const HttpResponse& b) {
    bool equal =
        a.status == b.status && a.headers.size() == b.headers.size() && a.body.equals(b.body.reveal());
    for (std::size_t i = 0; equal && i < a.headers.size(); ++i)
        equal = a.headers[i].name == b.headers[i].name && a.headers[i].value == b.headers[i].value;
    return equal;
}

} // namespace

// One response in pieces: the first byte says how large they are. Cut or not, it says the same, within its
// bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    initialiseSecrets();
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::optional<HttpResponse> cut = readIn(bytes, data[0] + std::size_t{1});
    const std::optional<HttpResponse> whole = readIn(bytes, size);
    if (cut.has_value() != whole.has_value() || (cut && !same(*cut, *whole)))
        std::abort();
    if (!whole)
        return 0;
    if (whole->status < 200 || whole->status > 999 || whole->body.size() > bodyLimit)
        std::abort();
    static_cast<void>(whole->retryAfter(fromUnixSeconds(1'000'000), std::chrono::hours(1)));
    return 0;
}
