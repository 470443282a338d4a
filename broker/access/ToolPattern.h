#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace re2 {
class RE2;
}

namespace keybearer {

// What a rule says of the names of tools: a glob (`*` any characters, `?` one, everything else itself; the
// whole name must fit) or, between slashes, a regular expression in RE2's syntax (found anywhere in the name
// unless it has ^ and $). Both cost time in proportion to the length of the name, whatever the pattern says.
// Immutable; any thread.
class ToolPattern {
public:
    // The error is one sentence for people.
    [[nodiscard]] static tl::expected<ToolPattern, std::string> parse(std::string_view text);

    [[nodiscard]] bool matches(std::string_view tool) const;

private:
    explicit ToolPattern(std::shared_ptr<const re2::RE2> expression, bool whole)
        : expression_(std::move(expression)), whole_(whole) {}

    std::shared_ptr<const re2::RE2> expression_;
    bool whole_;
};

// The capability that a tool belongs to, by its name in lower case: what stands before the first dot; without
// one, before the first underscore; without one, before the first dash; else the first word of camelCase.
// Separators at the front are skipped; a name without any of it is its own capability.
[[nodiscard]] std::string capabilityOf(std::string_view tool);

} // namespace keybearer
