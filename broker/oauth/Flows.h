#pragma once

#include "broker/http/HttpTransport.h"
#include "broker/oauth/AuthorizationServer.h"
#include "broker/oauth/TokenSet.h"

// What the rooms above need of this room; each flow has its own header. A flow is owned through a unique_ptr
// by whoever started it, lives in the event loop thread, calls its completion exactly once as its last act,
// and is cancelled by destroying it.
namespace keybearer {

class AsyncFlow {
public:
    virtual ~AsyncFlow() = default;
};

// Who signed in (id_token or userinfo).
struct Identity {
    std::string subject; // stable at this issuer
    std::string label;   // what a person recognises: e-mail, else user name, else subject; display-safe
};

} // namespace keybearer
