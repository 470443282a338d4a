#pragma once

#include "broker/base/Json.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// How the server behind a service does, as the gateway has seen it.
enum class UpstreamState { Unknown, Up, Degraded, Down };

// One MCP server; every QString is display-safe and to be shown as plain text.
struct ServiceRecord {
    std::string name;
    std::string url;      // as it came, empty of a program
    std::string provider; // whose sessions are used; what a sign-in names
    std::string address;  // where clients of this machine find it; empty: the gateway is closed
    bool local = false;   // a program of this machine
    QStringList command;  // of such a one, word by word
    bool configured = false;
    bool signedIn = false;
    QString account;
    QString issuer;
    QString client; // where our client id comes from: a word of the protocol
    QStringList scopes;
    UpstreamState state = UpstreamState::Unknown;
    int tools = 0;        // that it has shown
    int toolsWaiting = 0; // that are new or changed, and not approved
    // Its address, or its command line.
    [[nodiscard]] QString target() const;
};

// What the gateway is, in short.
struct GatewayRecord {
    bool open = false;
    std::string address; // http://127.0.0.1:24817
    int connected = 0;
    QString problem; // its first finding
};

// Nothing if the object has no name.
[[nodiscard]] std::optional<ServiceRecord> readService(const Json& object);
[[nodiscard]] GatewayRecord readGateway(const Json& status);
// Fills in what gateway.status and tool.list say of the services.
void addUpstreams(std::vector<ServiceRecord>& services, const Json& gatewayStatus);
void addTools(std::vector<ServiceRecord>& services, const Json& toolList);

// "Signed in", "Nobody is signed in", "Needs no sign-in".
[[nodiscard]] QString signInWords(const ServiceRecord& service);
[[nodiscard]] QString stateWords(const ServiceRecord& service);
[[nodiscard]] QString toolWords(const ServiceRecord& service);

} // namespace keybearer
