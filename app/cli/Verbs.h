#pragma once

#include "app/cli/Verb.h"

namespace keybearer {

extern const Verb apiKeyVerb;
extern const Verb auditVerb;
extern const Verb autostartVerb;
extern const Verb authVerb;
extern const Verb callerVerb;
extern const Verb clientVerb;
extern const Verb completionVerb;
extern const Verb configVerb;
extern const Verb consentVerb;
extern const Verb demoVerb;
extern const Verb doctorVerb;
extern const Verb gatewayVerb;
extern const Verb healthVerb;
extern const Verb helpVerb;
extern const Verb importVerb;
extern const Verb loginVerb;
extern const Verb logoutVerb;
extern const Verb mcpVerb;
extern const Verb metricsVerb;
extern const Verb pauseVerb;
extern const Verb providerVerb;
extern const Verb reportVerb;
extern const Verb restartVerb;
extern const Verb resumeVerb;
extern const Verb runVerb;
extern const Verb serviceAccountVerb;
extern const Verb sessionVerb;
extern const Verb setupVerb;
extern const Verb statusVerb;
extern const Verb stopVerb;
extern const Verb storeVerb;
extern const Verb tokenVerb;
extern const Verb toolVerb;
extern const Verb trayVerb;

} // namespace keybearer
