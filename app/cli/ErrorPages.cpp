#include "app/cli/ErrorPages.h"

#include "app/cli/ErrorPageTexts.h"
#include "app/cli/Table.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;

std::string withoutMarks(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != '`'; });
    return out;
}

} // namespace

std::string_view errorPage(std::string_view name) {
    const auto found = std::find_if(errorPageTexts.begin(), errorPageTexts.end(),
                                    [name](const auto& page) { return page.first == name; });
    return found == errorPageTexts.end() ? std::string_view() : found->second;
}

std::vector<std::string> errorPageNames() {
    std::vector<std::string> names;
    names.reserve(errorPageTexts.size());
    for (const auto& page : errorPageTexts)
        names.emplace_back(page.first);
    return names;
}

std::string plainPage(std::string_view markdown) {
    std::string out;
    std::string paragraph;
    bool inCode = false;
    const auto finish = [&out, &paragraph] {
        if (!paragraph.empty())
            out += wrapped(paragraph, screenWidth, 0);
        paragraph.clear();
    };
    while (!markdown.empty()) {
        const std::size_t end = std::min(markdown.find('\n'), markdown.size());
        const std::string_view line = markdown.substr(0, end);
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
        if (line.starts_with("```")) {
            finish();
            inCode = !inCode;
        } else if (inCode) {
            out.append("    ").append(line).append("\n");
        } else if (line.empty()) {
            finish();
            out.append("\n");
        } else if (line.starts_with("#")) {
            out.append(withoutMarks(line.substr(line.find_first_not_of("# ")))).append("\n");
        } else {
            paragraph.append(paragraph.empty() ? "" : " ").append(withoutMarks(line));
        }
    }
    finish();
    return out;
}

} // namespace keybearer
