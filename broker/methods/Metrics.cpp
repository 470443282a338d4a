#include "broker/methods/Metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sstream>

namespace keybearer {

struct Metrics::Families {
    prometheus::ClientMetric& add(const char* name, const char* help, prometheus::MetricType type,
                                  const Labels& labels) {
        auto family = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
        if (family == all.end())
            family = all.insert(all.end(), {name, help, type, {}});
        prometheus::ClientMetric& metric = family->metric.emplace_back();
        for (const auto& [label, value] : labels)
            metric.label.push_back({label, value});
        return metric;
    }
    std::vector<prometheus::MetricFamily> all;
};

namespace {

const char* typeWord(prometheus::MetricType type) {
    return type == prometheus::MetricType::Counter     ? "counter"
           : type == prometheus::MetricType::Histogram ? "histogram"
                                                       : "gauge";
}

Json bucketsOf(const prometheus::ClientMetric::Histogram& histogram) {
    Json buckets = Json::array();
    for (const auto& bucket : histogram.bucket) {
        if (std::isfinite(bucket.upper_bound))
            buckets.push_back(Json{{"le", bucket.upper_bound}, {"count", bucket.cumulative_count}});
    }
    return buckets;
}

Json metricJson(const prometheus::ClientMetric& metric, prometheus::MetricType type) {
    Json labels = Json::object();
    for (const auto& label : metric.label)
        labels[label.name] = label.value;
    Json out{{"labels", std::move(labels)}};
    if (type == prometheus::MetricType::Histogram) {
        out["count"] = metric.histogram.sample_count;
        out["sum"] = metric.histogram.sample_sum;
        out["buckets"] = bucketsOf(metric.histogram);
    } else {
        out["value"] = type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value;
    }
    return out;
}

} // namespace

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;
Metrics::Metrics(Metrics&&) noexcept = default;
Metrics& Metrics::operator=(Metrics&&) noexcept = default;

void Metrics::counter(const char* name, const char* help, double value, const Labels& labels) {
    families_->add(name, help, prometheus::MetricType::Counter, labels).counter.value = value;
}

void Metrics::gauge(const char* name, const char* help, double value, const Labels& labels) {
    families_->add(name, help, prometheus::MetricType::Gauge, labels).gauge.value = value;
}

void Metrics::histogram(const char* name, const char* help, const LatencyCounts& counts) {
    auto& out = families_->add(name, help, prometheus::MetricType::Histogram, {}).histogram;
    for (std::size_t i = 0; i < counts.counts.size(); ++i) {
        out.sample_count += counts.counts[i];
        const bool last = i == LatencyCounts::bounds.size();
        out.bucket.push_back(
            {out.sample_count, last ? std::numeric_limits<double>::infinity() : LatencyCounts::bounds[i]});
    }
    out.sample_sum = counts.sum;
}

std::string Metrics::text() const {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families_->all);
    return out.str();
}

Json Metrics::json() const {
    Json families = Json::array();
    for (const auto& family : families_->all) {
        Json metrics = Json::array();
        for (const auto& metric : family.metric)
            metrics.push_back(metricJson(metric, family.type));
        families.push_back(Json{{"name", family.name},
                                {"type", typeWord(family.type)},
                                {"help", family.help},
                                {"metrics", std::move(metrics)}});
    }
    return Json{{"families", std::move(families)}};
}

} // namespace keybearer
