#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace keybearer::bench {

// What a closed loop of clients saw: each sends its next request when it has the answer to the last one.
struct LoadResult {
    double rate = 0; // answers a second
    double p50 = 0;  // microseconds
    double p99 = 0;
    double serverMicros = 0; // CPU of the server process a request
    double answerBytes = 0;  // of one answer
    bool complete = false;   // every client got its answers
};

struct LoadPlan {
    std::string socket;
    int server = 0; // process identifier, for its CPU time
    std::size_t connections = 1;
    std::chrono::milliseconds time{1000};
    bool greets = true; // says hello first
    int processor = -1; // run the clients on this one alone
    std::string provider = "bench";
};

[[nodiscard]] LoadResult runLoad(const LoadPlan& plan);

[[nodiscard]] double median(std::vector<double> values);

} // namespace keybearer::bench
