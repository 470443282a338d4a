#include "broker/gateway/door/RouteTable.h"

namespace keybearer {

void RouteTable::add(std::string_view pattern, RouteRules rules, Route& route) {
    Entry entry;
    const std::size_t star = pattern.find('*');
    entry.before = pattern.substr(0, star);
    entry.variable = star != std::string_view::npos;
    if (entry.variable)
        entry.behind = pattern.substr(star + 1);
    entry.rules = std::move(rules);
    entry.route = &route;
    entries_.push_back(std::move(entry));
}

const RouteTable::Entry* RouteTable::find(std::string_view path, std::string& service) const {
    for (const Entry& entry : entries_) {
        if (!entry.variable) {
            if (path == entry.before)
                return &entry;
            continue;
        }
        if (path.size() <= entry.before.size() + entry.behind.size() || !path.starts_with(entry.before) ||
            !path.ends_with(entry.behind))
            continue;
        const std::string_view segment =
            path.substr(entry.before.size(), path.size() - entry.before.size() - entry.behind.size());
        if (segment.find('/') != std::string_view::npos)
            continue;
        service = segment;
        return &entry;
    }
    return nullptr;
}

} // namespace keybearer
