// What a parser finds in a message, the scanner finds too, however the stream is cut; and it keeps no more
// than its limits.
#include "broker/base/Json.h"
#include "broker/protocol/MessageScanner.h"

#include <cstdlib>

namespace {

using keybearer::Json;
using keybearer::MessageScanner;

bool same(const MessageScanner::Message& a, const MessageScanner::Message& b) {
    return a.id == b.id && a.method == b.method && a.params == b.params && a.answer == b.answer;
}

std::vector<MessageScanner::Message> lastLine(std::string_view line, std::size_t piece) {
    MessageScanner scanner({"initialize"});
    while (!line.empty())
        line.remove_prefix(scanner.scan(line.substr(0, piece)));
    static_cast<void>(scanner.scan("\n"));
    return scanner.messages();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t piece = 1 + data[0] % 31U;
    std::string line(reinterpret_cast<const char*>(data) + 1, size - 1);
    for (char& c : line)
        c = c == '\n' ? ' ' : c;
    const auto cut = lastLine(line, piece);
    const auto whole = lastLine(line, line.size() + 1);
    if (cut.size() != whole.size() || cut.size() > MessageScanner::mostMessages)
        std::abort();
    for (std::size_t at = 0; at < cut.size(); ++at)
        if (!same(cut[at], whole[at]) || cut[at].id.size() > MessageScanner::longestId)
            std::abort();
    // A key with an escape in it is one for a parser alone.
    const keybearer::Result<Json> parsed = keybearer::parseJson(line);
    if (!parsed || !parsed->is_object() || line.find('\\') != std::string::npos)
        return 0;
    if (whole.size() != 1)
        std::abort();
    const auto method = keybearer::stringAt(*parsed, "method");
    if (method && method->size() <= MessageScanner::longestMethod && whole[0].method != *method)
        std::abort();
    const auto id = keybearer::integerAt(*parsed, "id");
    if (id && whole[0].id.empty())
        std::abort();
    return 0;
}
