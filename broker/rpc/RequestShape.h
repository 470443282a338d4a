#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// The bytes of one request before and after the digits of its id. A later line that differs in those digits
// alone is by construction as well-formed as the first one was, and asks for the same.
class RequestShape {
public:
    // `line` passed the strict checks of parseRequest() and `id` is its id as JSON text. Nothing if the id is
    // no plain non-negative integer of at most 15 digits, if the line leaves any doubt where that id stands,
    // or if it is long.
    [[nodiscard]] static std::optional<RequestShape> of(std::string_view line, std::string_view id);

    // The digits of the id, if the line is of this shape; else empty.
    [[nodiscard]] std::string_view idIn(std::string_view line) const;

private:
    RequestShape(std::string_view before, std::string_view after) : before_(before), after_(after) {}

    std::string before_;
    std::string after_;
};

} // namespace keybearer
