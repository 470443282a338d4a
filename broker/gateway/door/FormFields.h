#pragma once

#include <map>
#include <string>
#include <string_view>

namespace keybearer {

// The names and values of a query or of a form (application/x-www-form-urlencoded), read strictly: each name
// once (SEC-S-25), whole escapes, valid UTF-8 without control characters, at most 64 of them. Pure value.
class FormFields {
public:
    // What is wrong is kept in problem(); what was read before it is there.
    [[nodiscard]] static FormFields of(std::string_view text);

    // Empty: nothing. Never quotes the input.
    [[nodiscard]] const std::string& problem() const { return problem_; }
    // A name that is there, also where the rest was no form.
    [[nodiscard]] bool names(const std::string& name) const { return values_.contains(name); }
    [[nodiscard]] const std::map<std::string, std::string>& values() const { return values_; }

private:
    std::map<std::string, std::string> values_;
    std::string problem_;
};

} // namespace keybearer
