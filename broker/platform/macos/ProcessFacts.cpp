#include "broker/platform/ProcessFacts.h"

#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"
#include "broker/platform/macos/AuditToken.h"
#include "broker/platform/unix/SystemOwned.h"

#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>
#include <libproc.h>
#include <sys/proc_info.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestChain = 16;

template <typename Ref>
class Owned {
public:
    explicit Owned(Ref ref = nullptr) : ref_(ref) {}
    ~Owned() {
        if (ref_ != nullptr)
            ::CFRelease(ref_);
    }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    [[nodiscard]] Ref get() const { return ref_; }
    [[nodiscard]] Ref* slot() { return &ref_; }

private:
    Ref ref_;
};

std::string textOf(CFStringRef text) {
    char buffer[256];
    return text != nullptr && ::CFStringGetCString(text, buffer, sizeof buffer, kCFStringEncodingUTF8)
               ? std::string(buffer)
               : std::string();
}

// What a signer may ask for that opens a program with hardened runtime to its user again: interpreters and
// browsers in disguise do.
bool letsCodeIn(CFDictionaryRef about) {
    const auto* granted =
        static_cast<CFDictionaryRef>(::CFDictionaryGetValue(about, kSecCodeInfoEntitlementsDict));
    for (CFStringRef name : {CFSTR("com.apple.security.get-task-allow"),
                             CFSTR("com.apple.security.cs.allow-dyld-environment-variables"),
                             CFSTR("com.apple.security.cs.disable-library-validation"),
                             CFSTR("com.apple.security.cs.disable-executable-page-protection")}) {
        if (granted != nullptr && ::CFDictionaryGetValue(granted, name) == kCFBooleanTrue)
            return true;
    }
    return false;
}

// Team and identifier of a program that Apple's chain vouches for and that lets nothing be loaded into it
// (hardened runtime without an exception from it); empty for every other. Asked of the running process by its
// audit token, so that neither its file nor its number can be exchanged.
std::string signerOf(std::int64_t pid) {
    const std::optional<audit_token_t> token = auditTokenOf(pid);
    if (!token)
        return {};
    const Owned<CFDataRef> value(
        ::CFDataCreate(nullptr, reinterpret_cast<const UInt8*>(&*token), sizeof *token));
    const void* keys[] = {kSecGuestAttributeAudit};
    const void* values[] = {value.get()};
    const Owned<CFDictionaryRef> attributes(::CFDictionaryCreate(
        nullptr, keys, values, 1, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
    Owned<SecCodeRef> code;
    Owned<SecRequirementRef> apple;
    if (::SecCodeCopyGuestWithAttributes(nullptr, attributes.get(), kSecCSDefaultFlags, code.slot()) !=
            errSecSuccess ||
        ::SecRequirementCreateWithString(CFSTR("anchor apple generic"), kSecCSDefaultFlags, apple.slot()) !=
            errSecSuccess ||
        ::SecCodeCheckValidity(code.get(), kSecCSDefaultFlags, apple.get()) != errSecSuccess)
        return {};
    Owned<CFDictionaryRef> about;
    // The entitlements come with the requirements.
    if (::SecCodeCopySigningInformation(code.get(), kSecCSSigningInformation | kSecCSRequirementInformation,
                                        about.slot()) != errSecSuccess ||
        letsCodeIn(about.get()))
        return {};
    std::uint32_t flags = 0;
    const auto* bits = static_cast<CFNumberRef>(::CFDictionaryGetValue(about.get(), kSecCodeInfoFlags));
    if (bits == nullptr || !::CFNumberGetValue(bits, kCFNumberSInt32Type, &flags) ||
        (flags & kSecCodeSignatureRuntime) == 0)
        return {};
    const std::string team =
        textOf(static_cast<CFStringRef>(::CFDictionaryGetValue(about.get(), kSecCodeInfoTeamIdentifier)));
    const std::string name =
        textOf(static_cast<CFStringRef>(::CFDictionaryGetValue(about.get(), kSecCodeInfoIdentifier)));
    return team.empty() || name.empty() ? std::string() : team + "." + name;
}

std::string workingDirectoryOf(std::int64_t pid) {
    proc_vnodepathinfo paths{};
    return ::proc_pidinfo(static_cast<pid_t>(pid), PROC_PIDVNODEPATHINFO, 0, &paths, sizeof paths) ==
                   static_cast<int>(sizeof paths)
               ? std::string(paths.pvi_cdir.vip_path)
               : std::string();
}

void findAncestors(std::int64_t parent, std::uint64_t before, ProcessFacts& facts) {
    while (parent > 1 && facts.ancestors.size() < longestChain) {
        const ProcessEvidence step = describeProcess(parent);
        if (step.startTime == 0 || step.startTime > before)
            break;
        facts.ancestors.push_back({parent, step.startTime, step.executable});
        before = step.startTime;
        parent = step.parentPid;
    }
}

FileMark markOfFile(const std::string& path) {
    const int fd = path.empty() ? -1 : openForReading(path);
    const FileMark mark = fd < 0 ? FileMark() : fileMark(fd);
    if (fd >= 0)
        ::close(fd);
    return mark;
}

} // namespace

// There is neither /proc nor a way to the running file: the one that has its name now is looked at, and the
// code signature tells whether that matters. The environment of others is not read.
ProcessFacts measureProcess(std::int64_t pid) {
    ProcessFacts facts;
    const ProcessEvidence evidence = describeProcess(pid);
    if (evidence.startTime == 0)
        return facts;
    SystemOwned owned;
    facts.startTime = evidence.startTime;
    facts.parentPid = evidence.parentPid;
    facts.executable = evidence.executable;
    facts.executableFile = markOfFile(evidence.executable);
    facts.deleted = facts.executableFile.inode == 0;
    facts.systemOwned = owned.file(evidence.executable);
    facts.interpreter = isInterpreter(evidence.executable);
    facts.script = evidence.script;
    facts.scriptFile = markOfFile(evidence.script);
    facts.workingDirectory = workingDirectoryOf(pid);
    facts.signer = signerOf(pid);
    facts.relay = isNetworkRelay(evidence.executable);
    facts.foreignCode = isRelay(evidence.executable);
    findAncestors(evidence.parentPid, evidence.startTime, facts);
    return facts;
}

int openExecutable(std::int64_t pid) {
    return openForReading(describeProcess(pid).executable);
}

} // namespace keybearer
