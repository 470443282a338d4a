#pragma once

#include <string>
#include <vector>

namespace keybearer::bench {

// One line of the report: a budget, what was measured, and whether it is met.
struct Line {
    std::string id;
    std::string what;
    std::string floor; // what it is measured against; empty if nothing
    std::string measured;
    double value = 0; // the figure that the budget speaks of
    double budget = 0;
    bool atLeast = false; // the budget is a least; else a most
    std::string unit;     // of value and budget; "x" for a ratio
};

[[nodiscard]] bool met(const Line& line);
void print(const std::vector<Line>& lines);

[[nodiscard]] std::string number(double value, const char* unit);

} // namespace keybearer::bench
