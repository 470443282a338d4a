#include "broker/gateway/door/AuthorizationWords.h"
#include "broker/gateway/door/RequestReader.h"
#include "broker/gateway/door/Threshold.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace keybearer;

namespace {

class Nobody : public Route {
public:
    [[nodiscard]] std::unique_ptr<Answerer> serve(ServedRequest&) override { return nullptr; }
};

const RouteTable& routes() {
    static Nobody nobody;
    static const RouteTable table = [] {
        RouteTable out;
        out.add("/*/mcp", RouteRules{{"GET", "POST", "DELETE"}, "application/json", {}, false, true}, nobody);
        out.add("/as/*/authorize",
                RouteRules{{"GET", "POST"}, "application/x-www-form-urlencoded", 65536, true, false}, nobody);
        return out;
    }();
    return table;
}

const DoorTerms& terms() {
    static const DoorTerms made = [] {
        DoorTerms out;
        if (!out.replace(Json{{"services", Json::array({Json{{"name", "a"}}})},
                              {"origins", Json::array({"http://localhost:6274"})}}))
            std::abort();
        return out;
    }();
    return made;
}

// What got through has to be what the checks promise.
void hold(bool promise) {
    if (!promise)
        std::abort();
}

// A segment that leads elsewhere; "a..b" is a name.
bool hasDots(const std::string& path) {
    const std::string framed = path + '/';
    return framed.find("/../") != std::string::npos || framed.find("/./") != std::string::npos;
}

void lookAt(RequestHead& head, const std::string& target, std::string_view body) {
    const Entrance entrance{"http", {"127.0.0.1:4180"}};
    const Judgement judgement = judge(head, target, entrance, terms(), routes());
    static_cast<void>(authorizationWords(head, "token", body));
    static_cast<void>(authorizationWords(head, "register", body));
    if (judgement.refusal)
        return;
    hold(head.base == "http://127.0.0.1:4180");
    hold(!hasDots(head.path) && head.path.find('\0') == std::string::npos);
    hold(!head.service.empty() && head.service.find('/') == std::string::npos);
    hold(head.field("origin").empty() || head.field("origin") == head.base ||
         head.field("origin") == "http://localhost:6274");
    hold(judgement.preflight || head.method == "GET" || head.method == "POST" || head.method == "DELETE");
}

} // namespace

// The bytes of one connection in pieces: the first byte says how large they are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t step = data[0] + std::size_t{1};
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    static_cast<void>(normalisedTarget(bytes));
    HeadEnd end;
    std::size_t seen = 0;
    while (end.size == 0 && !end.refusal && seen < bytes.size()) {
        const std::size_t next = std::min(bytes.size(), seen + step);
        end = headEnd(bytes.substr(0, next), seen);
        seen = next;
    }
    const HeadEnd whole = headEnd(bytes);
    hold(end.size == whole.size && end.refusal.has_value() == whole.refusal.has_value());
    if (end.size == 0 || checkFraming(bytes.substr(0, end.size)))
        return 0;
    RequestReader reader;
    RequestHead head;
    std::string target;
    if (reader.readHead(bytes.substr(0, end.size), head, target))
        return 0;
    std::string in;
    std::string body;
    for (std::size_t at = end.size; at < bytes.size() && !reader.isOver(); at += step) {
        in.append(bytes.substr(at, step));
        std::string_view rest = in;
        if (reader.readBody(rest, body, 4096) == RequestReader::Body::Bad)
            return 0;
        hold(body.size() <= 4096);
        in.erase(0, in.size() - rest.size());
        if (body.size() == 4096)
            body.clear();
    }
    lookAt(head, target, body);
    return 0;
}
