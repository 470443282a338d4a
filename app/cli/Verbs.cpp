#include "app/cli/Verbs.h"

#include "app/cli/ServiceVerb.h"

#include <array>

namespace keybearer {

namespace {

constexpr std::array globals{
    Option{"--json", "", "Print the answer, or the error, as one JSON object a line.", 0},
    Option{"--quiet", "", "Say nothing but the answer and errors.", 'q'},
    Option{"--verbose", "", "Say more about what is being done.", 'v'},
    Option{"--socket", "PATH", "The broker's socket, instead of the usual one.", 0},
    Option{"--timeout", "SECONDS", "How long to wait for the broker's answer.", 0},
    Option{"--no-spawn", "", "Do not start the broker if it is not running.", 0},
    Option{"--version", "", "Print the version.", 0},
    Option{"--help", "", "Print help, also for one command.", 'h'},
};

// In the order in which a person needs them.
constexpr std::array<const Verb*, 35> table{
    &statusVerb,  &loginVerb,     &logoutVerb,         &sessionVerb,    &tokenVerb,   &runVerb,
    &mcpVerb,     &apiKeyVerb,    &serviceAccountVerb, &providerVerb,   &serviceVerb, &gatewayVerb,
    &importVerb,  &setupVerb,     &demoVerb,           &toolVerb,       &consentVerb, &authVerb,
    &callerVerb,  &clientVerb,    &pauseVerb,          &resumeVerb,     &configVerb,  &storeVerb,
    &auditVerb,   &doctorVerb,    &healthVerb,         &metricsVerb,    &reportVerb,  &stopVerb,
    &restartVerb, &autostartVerb, &trayVerb,           &completionVerb, &helpVerb};

} // namespace

std::span<const Option> globalOptions() {
    return globals;
}

std::span<const Verb* const> allVerbs() {
    return table;
}

} // namespace keybearer
