#pragma once

#include "broker/base/Result.h"

#include <span>
#include <string_view>

namespace keybearer {

class Invocation;

// One option of a verb, as --help shows it and as the parser takes it.
struct Option {
    std::string_view name;  // with its dashes: --account
    std::string_view value; // what it takes, in capitals; empty: a switch
    std::string_view text;  // one sentence
    char letter = 0;        // short form, or 0
};

struct Example {
    std::string_view command;
    std::string_view text;
};

// One verb of the command line. All of them are constants: nothing is built for those that are not called.
struct Verb {
    std::string_view name;     // session list: "list"
    std::string_view operands; // for the usage line
    std::string_view summary;  // one line
    std::string_view about;    // paragraphs, separated by an empty line
    std::size_t leastOperands = 0;
    std::size_t mostOperands = 0;
    std::span<const Option> options;
    std::span<const Example> examples;
    std::span<const Verb* const> children; // then it does nothing by itself
    // The exit status, or an error that the caller shows and turns into one.
    Result<int> (*run)(Invocation&) = nullptr;
};

// Options that every verb takes, before and after it.
[[nodiscard]] std::span<const Option> globalOptions();
[[nodiscard]] std::span<const Verb* const> allVerbs();

} // namespace keybearer
