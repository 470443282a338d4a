#pragma once

#include "tests/support/ChildProcess.h"
#include "tests/support/ScriptedBroker.h"

#include <map>
#include <string>
#include <vector>

namespace keybearer::testing {

using Variables = std::map<std::string, std::string>;

// The environment of a keybearer that talks to that broker.
inline Variables environmentOf(const ScriptedBroker& broker, Variables more = {}) {
    more.emplace("KEYBEARER_HOME", broker.home().string());
    more.emplace("HOME", broker.home().string());
    return more;
}

// Runs the real program against the scripted broker.
inline ProgramRun keybearer(const ScriptedBroker& broker, const std::vector<std::string>& words,
                            Variables more = {}, const std::string& input = {}) {
    return runProgram(KEYBEARER_CLI, words, environmentOf(broker, std::move(more)), input);
}

} // namespace keybearer::testing
