#pragma once

#include "broker/audit/Latency.h"
#include "broker/base/Json.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace keybearer {

// One reading of the counters of all rooms: the rooms keep plain integers, and only whoever asks pays for
// putting them together. Names, units and types by Prometheus' conventions; the text is its exposition format
// 0.0.4 (prometheus-cpp writes it). A value; any thread. Labels are words of ours and names of providers,
// never of programs or accounts.
class Metrics {
public:
    using Labels = std::vector<std::pair<std::string, std::string>>;

    Metrics();
    ~Metrics();
    Metrics(Metrics&&) noexcept;
    Metrics& operator=(Metrics&&) noexcept;

    // What is added under one name stands under the help that came with the first.
    void counter(const char* name, const char* help, double value, const Labels& labels = {});
    void gauge(const char* name, const char* help, double value, const Labels& labels = {});
    void histogram(const char* name, const char* help, const LatencyCounts& counts);

    [[nodiscard]] std::string text() const;
    // {"families":[{"name","type","help","metrics":[{"labels":{},"value"} or {"count","sum","buckets"}]}]}
    [[nodiscard]] Json json() const;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

} // namespace keybearer
