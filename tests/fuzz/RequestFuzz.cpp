// One line as a request, and the shape that the warm path remembers of it: another id in its place must give
// the same request with that id, or the warm path would answer what the strict way refuses.
#include "broker/protocol/RpcMessage.h"
#include "broker/rpc/RequestShape.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace keybearer;
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const Result<RpcRequest> request = parseRequest(line);
    if (!request) {
        if (!parseJson(errorLine({}, request.error())))
            std::abort();
        return 0;
    }
    if (!parseJson(resultLine(request->id, "{}")))
        std::abort();
    const auto shape = RequestShape::of(line, request->id);
    if (!shape)
        return 0;
    if (shape->idIn(line) != request->id)
        std::abort();
    for (const char* id : {"0", "7", "123456789012345"}) {
        // The one place where another id fits is found by trying them all.
        for (std::size_t at = 0; at + request->id.size() <= line.size(); ++at) {
            std::string other(line);
            other.replace(at, request->id.size(), id);
            if (shape->idIn(other).empty())
                continue;
            const Result<RpcRequest> same = parseRequest(other);
            if (!same || same->id != shape->idIn(other) || same->method != request->method ||
                same->params != request->params)
                std::abort();
        }
    }
    return 0;
}
