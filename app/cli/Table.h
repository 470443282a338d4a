#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// How many columns of a terminal a text takes: wide East Asian characters and emoji two, combining marks
// none.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

// Rows under a headline, each column as wide as its widest cell, two spaces between, nothing after the last
// cell.
class Table {
public:
    explicit Table(std::vector<std::string> headline) { rows_.push_back(std::move(headline)); }
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] bool empty() const { return rows_.size() == 1; }
    [[nodiscard]] std::string text(std::string_view indent = {}) const;

private:
    std::vector<std::vector<std::string>> rows_;
};

// Text broken at spaces so that no line is longer than `width`, each line after `indent` spaces.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

} // namespace keybearer
