#pragma once

#include "app/cli/Findings.h"
#include "app/cli/Pseudonyms.h"

#include <string>
#include <vector>

// What keybearer report puts together. Pure functions over what was gathered; nothing here asks or writes.
namespace keybearer {

struct ReportMatter {
    Json platform; // of this machine: no names in it
    std::vector<Finding> findings;
    std::string config; // config.yaml as it is
    Json health;
    Json metrics;
    std::vector<Json> auditRows; // newest first
    std::string log;             // the end of broker.log
};

// Names that stand in the configuration: of providers, services, profiles.
void knowNamesIn(const std::string& config, Pseudonyms& names);
// Every value is masked but numbers, switches and the words of our own; keys of ours stay.
[[nodiscard]] std::vector<std::string> maskedConfig(const std::string& config, Pseudonyms& names);
[[nodiscard]] Json auditRowFor(const Json& row, Pseudonyms& names);
[[nodiscard]] Json report(const ReportMatter& matter, Pseudonyms& names);

} // namespace keybearer
