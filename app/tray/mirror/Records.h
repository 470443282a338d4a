#pragma once

#include "broker/base/Json.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <optional>
#include <string>
#include <vector>

// What the broker told us, as values the windows can show. Every QString here went through displaySafe(), and
// is to be shown as plain text; ids are kept as they came, to be sent back.
namespace keybearer {

// The local program that asks, as the broker measured it; only claimedName is the program's own word.
struct CallerRecord {
    // One of the programs that it was started by.
    struct Step {
        qint64 pid = 0;
        QString executable;
        bool operator==(const Step& other) const = default;
    };

    qint64 pid = 0;
    qint64 uid = -1;    // not told
    QString executable; // empty: the broker could not read it
    QString startedBy;
    QString script;
    QString workingDirectory;
    QString claimedName;
    QString sandbox;
    QStringList remarks;         // what weakens the measurement, in the broker's words
    std::vector<Step> ancestors; // nearest first
    QString executableHash;
    QString scriptHash;
    QString terminal;
    QString unit; // systemd's
    QString signer;
    std::optional<bool> systemOwned; // only the administrator can replace it
    // Name of the executable, or folder and name of the script if there is one; empty if nothing was
    // measured.
    [[nodiscard]] QString programName() const;
    bool operator==(const CallerRecord& other) const = default;
};

// The last two are of API keys alone.
enum class SessionState { Active, Refreshing, NeedsSignIn, Locked, Quarantined, SwitchedOff, Expired };

// How it came to be: a person has signed in, or a program acts for itself.
enum class SessionKind { SignIn, ServiceAccount, ClientCredentials, Enterprise, Workload, ApiKey };

struct SessionRecord {
    std::string id;
    std::string provider; // its short name
    SessionKind kind = SessionKind::SignIn;
    QString issuer;
    QString resource;
    QString account; // label
    QString subject;
    QStringList scopes;
    SessionState state = SessionState::Active;
    QDateTime expiresAt; // invalid: never, or unknown
    QDateTime refreshedAt;
    QDateTime lastUsedAt;
    QString lastUsedBy;
    QString problem;
    QDateTime signInEndsAt; // invalid: not told
    bool operator==(const SessionRecord& other) const = default;
};

// An API key, without its value.
struct ApiKeyRecord {
    std::string name;
    SessionRecord row; // the same as a row beside the sessions: its account is the name
    QString header;    // a template; {key} stands for the value
    QString description;
    bool active = true;
    bool exportable = true;
    QDateTime createdAt;
    bool operator==(const ApiKeyRecord& other) const = default;
};

struct ProviderRecord {
    std::string name;
    QString title;
    bool configured = false;
    QString note = {};
    QString issuer = {};
    QStringList scopes = {}; // that it is asked for unless told otherwise
    std::string registerUrl = {};
    std::string redirectUri = {};
    bool operator==(const ProviderRecord& other) const = default;
};

// How long the broker would keep a permission at most: the less it knows of the caller, the shorter.
enum class LongestSpan { Once, Session, ThirtyDays };

// One fact that is not what it was when the person allowed the program last.
struct ConsentChange {
    std::string what; // as in the protocol
    QString before;
    QString now;
    bool operator==(const ConsentChange& other) const = default;
};

struct ConsentRequest {
    std::string id;
    CallerRecord caller;
    char identity = 0; // the letter of its class; 0: not told
    std::vector<ConsentChange> changed;
    bool isStart = false;     // may `command` be started with what a run profile lists?
    bool isSignIn = false;    // may the person be asked to sign in at `server`, for the program to use it?
    QString signInAt;         // of isSignIn: the authorization server; it is the person's to recognise
    bool isProxy = false;     // may requests be sent to `server` with a sign-in, whose token it does not see?
    bool isKey = false;       // may it have an API key, which `account` names?
    bool isConnect = false;   // may a client of the gateway have tokens for `server`?
    QString clientName;       // of isConnect: what it calls itself
    QString redirect;         // of isConnect: where its answers go
    QString server;           // address of the MCP server that it is about; empty: of none
    QString command;          // whole: what is not shown is not agreed to
    qsizetype moreScopes = 0; // so many are not in `scopes`
    QStringList scopeMeanings; // beside each scope, in the provider's words; may be empty
    bool untilRevoked = false; // the longest span is not 30 days, but until the person takes it back
    std::string providerName;  // its short name, for its drawing
    QString provider;          // its title; of a start, the name of the run profile
    QString account;
    QStringList scopes;
    QString reason; // the program's own word
    QDateTime expiresAt;
    LongestSpan longest = LongestSpan::ThirtyDays;
    bool operator==(const ConsentRequest& other) const = default;
};

struct ConsentRecord {
    std::string id;
    char identity = 0;
    QString executable;
    QString script;
    QString startedBy;
    QDateTime updatedAt; // invalid: the system has not replaced the program since
    std::string provider;
    QString account;
    QStringList scopes;
    QString duration; // "session", "30 days" or "config"
    QDateTime grantedAt;
    QDateTime expiresAt;
    QDateTime lastUsedAt;
    qint64 uses = 0;
    std::string sessionId;
    QString issuer;
    QString resource;
    std::string purpose; // access_token, proxy, sign, start, sign_in, connect
    QString clientName;  // of connect: what the client of the gateway calls itself
    QString workingDirectory;
    QString executableHash; // SHA-256; empty: not measured
    QString signer;
    bool isSystemOwned = false; // only the administrator can replace it
    bool operator==(const ConsentRecord& other) const = default;
};

// A program with a key of its own.
struct ClientRecord {
    std::string name;
    std::string id;
    QString owner;
    QString description;
    QStringList allow;
    QString role;
    QString state; // active, disabled, expired
    QDateTime createdAt;
    QDateTime expiresAt;
    QDateTime rotatedAt;
    QDateTime oldKeyUntil;
    QDateTime lastUsedAt;
    qint64 uses = 0;
    QString keyEnds;
    bool operator==(const ClientRecord& other) const = default;
};

// A program that `keybearer run` has started, with what its profile lists.
struct CapabilityRecord {
    std::string id;
    QString profile;
    qint64 pid = 0;
    QString executable;
    bool inEnvironment = false;
    QDateTime issuedAt;
    QDateTime expiresAt;
    bool operator==(const CapabilityRecord& other) const = default;
};

// An MCP client that has registered at the gateway.
struct GatewayClientRecord {
    std::string id;
    QString name; // its own word
    QString service;
    QString kind;
    QStringList redirects;
    QDateTime createdAt;
    QDateTime lastUsedAt;
    QStringList grants; // service and account of what was allowed to it
    bool isConnected = false;
    bool operator==(const GatewayClientRecord& other) const = default;
};

struct HealthRecord {
    QString version;
    QString storeBackend;
    QString storeState; // ready, locked, unavailable, unknown
    QString storeProblem;
    QString storeAction;
    bool failing = false;
    QString finding;       // the first error among the findings
    bool paused = false;   // nothing is shared
    QDateTime pausedUntil; // invalid: until somebody resumes
};

// A tool of an MCP server whose definition waits for the person.
struct ToolEntry {
    std::string service;
    std::string name;
    std::string fingerprint; // of the definition that it has now
    bool isNew = false;      // else it has changed
    bool hidden = false;
    QDateTime lastSeen;
    bool operator==(const ToolEntry& other) const = default;
};

// One member of its definition that is not what it was.
struct ToolChange {
    QString member;
    bool hasBefore = false;
    bool hasAfter = false;
    QString before;
    QString after;
};

// What tool.show says of it.
struct ToolDetail {
    std::string fingerprint; // of the definition that is shown
    std::vector<ToolChange> changes;
    QString definition;
};

// Nothing if the object lacks what names it; other members that are missing stay empty.
[[nodiscard]] CallerRecord readCaller(const Json& object);
[[nodiscard]] std::optional<SessionRecord> readSession(const Json& object);
[[nodiscard]] std::optional<ProviderRecord> readProvider(const Json& object);
[[nodiscard]] std::optional<ConsentRequest> readConsentRequest(const Json& object);
[[nodiscard]] std::optional<ConsentRecord> readConsent(const Json& object);
[[nodiscard]] std::optional<ApiKeyRecord> readApiKey(const Json& object);
[[nodiscard]] std::optional<ClientRecord> readClient(const Json& object);
[[nodiscard]] std::optional<CapabilityRecord> readCapability(const Json& object);
// `whole` is the answer of gateway.clients: grants and connections stand apart there.
[[nodiscard]] std::optional<GatewayClientRecord> readGatewayClient(const Json& object, const Json& whole);
[[nodiscard]] HealthRecord readHealth(const Json& object);
// Nothing of a tool that is approved, either.
[[nodiscard]] std::optional<ToolEntry> readTool(const Json& object);
[[nodiscard]] ToolDetail readToolDetail(const Json& object);

// Text from outside as the windows may show it: escaped, and cut to `limit` characters.
[[nodiscard]] QString shown(const std::string& text, std::size_t limit = 200);
// A path as the windows may show it: escaped, and when long, cut in its middle, so that neither the directory
// nor the name of the file can be pushed out of sight.
[[nodiscard]] QString shownPath(const std::string& path);

} // namespace keybearer
