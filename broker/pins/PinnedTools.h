#pragma once

#include "broker/base/Result.h"
#include "broker/config/ConfigGateway.h"
#include "broker/pins/PinStore.h"
#include "broker/pins/ToolDifference.h"

#include <QObject>

#include <map>
#include <string>
#include <vector>

namespace keybearer {

// A definition that nobody has approved has been seen for the first time.
struct ToolFinding {
    std::string service;
    std::string tool;
    std::string fingerprint;
    bool isNew = false; // the tool was not there before; else its definition has changed
    bool held = false;  // and it is hidden
    std::vector<ToolDifference> differences;
};

// Which tools the services have, what their definitions were and which of them a person knows: a server that
// shows other definitions than those that were approved is found out. Trust is on first use: the definitions
// of the first whole list of a service are taken (and those of its first hour, for one that never shows a
// whole list); what comes later, or is different, is not approved until somebody says so. A tool that is no
// longer listed by a whole list is gone, and keeps its versions. Bounded. Owned by the Broker; event loop
// thread. Whoever can write the state database can change all of it; a row that was changed without the
// database's key does not count.
class PinnedTools : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostTools = 4096;                           // of one service
    static constexpr std::size_t mostVersions = 20;                          // of one tool
    static constexpr std::size_t longestDefinition = std::size_t{64} * 1024; // that is kept
    static constexpr std::size_t mostKept = 16U << 20; // bytes of definitions of one service
    static constexpr std::size_t mostServices = 256;

    struct Seen {
        std::string name;
        std::string fingerprint;
    };
    struct Hidden {
        std::string name;
        bool isNew = false; // else its definition has changed
    };
    struct Verdict {
        std::vector<std::string> unknown; // names whose definitions are wanted
        std::vector<Hidden> hidden;       // all tools of the service whose definition nobody has approved
    };

    PinnedTools(PinStore& store, const Clock& clock) : store_(store), clock_(clock) {}

    // What earlier runs have seen. Once, before anything else.
    [[nodiscard]] Result<void> load();

    // A list of a service, or a part of one; no tools at all asks what is hidden. RateLimited when there are
    // more tools than can be kept; StoreUnavailable.
    [[nodiscard]] Result<Verdict> seen(const std::string& service, const std::vector<Seen>& tools,
                                       bool whole);
    // The definition of an unknown one; empty: it is too long to be kept or no sound JSON. Returns whether
    // the tool's definition is not approved. InvalidRequest if it was not seen, or is not what the
    // fingerprint says.
    [[nodiscard]] Result<bool> define(const std::string& service, ToolPins mode, const std::string& tool,
                                      const std::string& fingerprint, const std::string& definition);

    // Of one service, or of all; by service and name.
    [[nodiscard]] std::vector<const ToolRecord*> list(const std::string& service) const;
    // NotFound, with did_you_mean.
    [[nodiscard]] Result<const ToolRecord*> find(const std::string& service, const std::string& tool) const;
    // What tells a version from the approved one before it; of an approved one from the version before it.
    [[nodiscard]] std::vector<ToolDifference> differences(const ToolRecord& tool,
                                                          const std::string& fingerprint) const;
    [[nodiscard]] std::string definition(const ToolRecord& tool, const std::string& fingerprint) const;

    // The fingerprint of the version that begins so (at least eight digits); of the current one if it is
    // empty. NotFound.
    [[nodiscard]] Result<std::string> versionOf(const ToolRecord& tool, const std::string& begins) const;

    // As versionOf().
    [[nodiscard]] Result<const ToolRecord*> approve(const std::string& service, const std::string& tool,
                                                    const std::string& fingerprint);
    // One tool; without a name all of the service, whose next whole list is its first. How many went.
    [[nodiscard]] Result<std::size_t> forget(const std::string& service, const std::string& tool);

    struct Counts {
        std::size_t approved = 0;
        std::size_t changed = 0;
        std::size_t added = 0;
        std::size_t gone = 0; // of all of them
    };
    [[nodiscard]] Counts counts() const;

Q_SIGNALS:
    void found(const keybearer::ToolFinding& finding);
    // What is hidden of a service may have changed.
    void changed(const std::string& service);
    // A row of it was changed by somebody else: its tools count as not approved.
    void refused(const std::string& service);

private:
    struct Service {
        PinnedService about;
        std::map<std::string, ToolRecord> tools;
        std::size_t kept = 0; // bytes of definitions
    };
    [[nodiscard]] bool isKnown(const Service& service, WallTime now) const;
    [[nodiscard]] bool note(Service& service, ToolRecord& tool, const std::string& fingerprint, bool known);
    void tellOf(const ToolRecord& tool, const ToolVersion& version, ToolPins mode);
    [[nodiscard]] ToolRecord* record(Service& service, const std::string& tool);
    [[nodiscard]] bool makeRoom(Service& service);
    void trim(Service& service, ToolRecord& tool);
    void dropDefinition(Service& service, const ToolRecord& tool, const ToolVersion& version);
    [[nodiscard]] Result<Service*> serviceFor(const std::string& name, WallTime now);
    [[nodiscard]] Result<void> keep(Service& service, const ToolRecord& tool);
    [[nodiscard]] const Service* serviceNamed(const std::string& name) const;

    PinStore& store_;
    const Clock& clock_;
    std::map<std::string, Service> services_;
};

// Where a tool stands: "approved", "changed", "new".
[[nodiscard]] std::string_view toolStateWord(const ToolRecord& tool);

} // namespace keybearer
