#include "broker/gateway/upstream/MessageLook.h"

#include "broker/base/Json.h"
#include "broker/protocol/MessageScanner.h"

namespace keybearer {

namespace {

// Two spellings of one id are one id: a text may be escaped in more than one way.
std::string spelledOut(std::string_view id) {
    if (id.find('\\') == std::string_view::npos)
        return std::string(id);
    const auto value = parseJson(id);
    return value ? dumpJson(*value) : std::string(id);
}

template <typename Visit>
void eachAnswer(std::string_view message, Visit visit) {
    MessageScanner scanner;
    static_cast<void>(scanner.scan(message));
    static_cast<void>(scanner.scan("\n"));
    for (const MessageScanner::Message& seen : scanner.messages()) {
        if (seen.answer && seen.method.empty())
            visit(seen.id);
    }
}

} // namespace

bool answers(std::string_view message, std::string_view id) {
    bool found = false;
    const std::string wanted = spelledOut(id);
    eachAnswer(message, [&](const std::string& seen) { found = found || spelledOut(seen) == wanted; });
    return found;
}

std::string answeredId(std::string_view message) {
    std::string found;
    eachAnswer(message, [&](const std::string& seen) {
        if (found.empty())
            found = spelledOut(seen);
    });
    return found;
}

int errorCodeOf(std::string_view body) {
    const auto document = parseJson(body);
    if (!document || !document->is_object())
        return 0;
    const auto error = document->find("error");
    if (error == document->end() || !error->is_object())
        return 0;
    return static_cast<int>(integerAt(*error, "code").value_or(0));
}

} // namespace keybearer
