#include "tests/bench/Table.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace keybearer::bench {

bool met(const Line& line) {
    return line.atLeast ? line.value >= line.budget : line.value <= line.budget;
}

std::string number(double value, const char* unit) {
    char text[64];
    const int digits = std::fabs(value) >= 100 ? 0 : std::fabs(value) >= 10 ? 1 : 2;
    std::snprintf(text, sizeof text, "%.*f %s", digits, value, unit);
    return text;
}

namespace {

// Nothing of ours has quotes or anything else that JSON escapes.
void keep(const std::vector<Line>& lines) {
    const char* name = std::getenv("KEYBEARER_BENCH_RESULTS");
    std::FILE* file = name == nullptr ? nullptr : std::fopen(name, "a");
    if (file == nullptr)
        return;
    for (const Line& line : lines) {
        const char* unit = line.unit.c_str();
        const std::string budget = (line.atLeast ? ">= " : "<= ") + number(line.budget, unit);
        const std::string beside = line.floor.empty() ? "" : line.measured + " to " + line.floor;
        std::fprintf(file,
                     R"({"id":"%s","figure":"%s","measured":"%s","beside":"%s","budget":"%s","met":%s})"
                     "\n",
                     line.id.c_str(), line.what.c_str(), number(line.value, unit).c_str(), beside.c_str(),
                     budget.c_str(), met(line) ? "true" : "false");
    }
    std::fclose(file);
}

} // namespace

void print(const std::vector<Line>& lines) {
    std::printf("\n%-4s %-46s %14s %14s %12s %12s\n", "id", "figure", "floor", "measured", "value", "budget");
    for (const Line& line : lines) {
        const std::string budget = (line.atLeast ? ">= " : "<= ") + number(line.budget, line.unit.c_str());
        std::printf("%-4s %-46s %14s %14s %12s %12s  %s\n", line.id.c_str(), line.what.c_str(),
                    line.floor.c_str(), line.measured.c_str(), number(line.value, line.unit.c_str()).c_str(),
                    budget.c_str(), met(line) ? "met" : "MISSED");
    }
    std::fflush(stdout);
    keep(lines);
}

} // namespace keybearer::bench
