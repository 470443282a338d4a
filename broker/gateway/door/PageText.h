#pragma once

#include "broker/gateway/door/ServedRequest.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keybearer {

// What a person sees of a sign-in: plain text in a calm page. No script, nothing from elsewhere, in no frame
// (SEC-S-10, T-17).
struct PageText {
    enum class State { Waiting, Failed, Done };
    struct Form {
        std::string action;
        std::vector<std::pair<std::string, std::string>> fields;
        std::string button;
    };
    std::string title;
    std::string text; // paragraphs end with a line end
    State state = State::Failed;
    std::string again; // of Waiting: looked at by itself; of Failed: where the way back leads
    Form form;         // without a button: none

    [[nodiscard]] std::string html() const;
    // The fields that go with it.
    [[nodiscard]] std::vector<HttpField> fields() const;
};

// Text as HTML has it, between tags and in quotes.
[[nodiscard]] std::string escapedHtml(std::string_view text);

} // namespace keybearer
