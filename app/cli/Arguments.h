#pragma once

#include "app/cli/Verb.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// A command line taken apart. The views point into argv. Global options may stand anywhere, a verb's own
// options after the verb; --name VALUE and --name=VALUE are the same; -- ends the options.
class Arguments {
public:
    // InvalidParams with an action that names the help to read, and detail "did_you_mean" for a mistyped
    // word.
    [[nodiscard]] static Result<Arguments> parse(std::span<const char* const> words,
                                                 std::span<const Verb* const> verbs);

    [[nodiscard]] const Verb* verb() const { return path_.empty() ? nullptr : path_.back(); }
    [[nodiscard]] const std::vector<const Verb*>& path() const { return path_; } // session, list
    [[nodiscard]] const std::vector<std::string_view>& operands() const { return operands_; }
    [[nodiscard]] std::string operand(std::size_t index) const { return std::string(operands_.at(index)); }

    [[nodiscard]] bool has(std::string_view option) const;
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const; // the last one given
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
    // A whole number from least to most, or InvalidParams.
    [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view option, std::int64_t least,
                                                             std::int64_t most) const;

private:
    struct Given {
        std::string_view option;
        std::string_view value;
    };

    [[nodiscard]] Result<void> takeWord(std::string_view word, std::span<const Verb* const> verbs);
    [[nodiscard]] Result<std::size_t> takeLong(std::span<const char* const> rest);
    [[nodiscard]] Result<std::size_t> takeLetters(std::span<const char* const> rest);
    [[nodiscard]] Result<void> checkOperands() const;
    [[nodiscard]] const Option* find(std::string_view name, char letter) const;
    [[nodiscard]] std::string helpCommand() const;
    [[nodiscard]] tl::unexpected<Error> misuse(std::string message, std::string meant = {}) const;

    std::vector<const Verb*> path_;
    std::vector<std::string_view> operands_;
    std::vector<Given> given_;
};

} // namespace keybearer
