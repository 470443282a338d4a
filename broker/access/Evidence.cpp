#include "broker/access/Evidence.h"

namespace keybearer {

namespace {

const char* ownerWord(const Evidence& evidence) {
    return evidence.systemOwned ? "system" : "user";
}

} // namespace

Evidence evidenceOf(const Caller& caller, const std::string& ownCommandLine) {
    Evidence evidence;
    evidence.identity = caller.identity;
    evidence.executable = caller.executable;
    evidence.executableHash = caller.executableHash;
    evidence.systemOwned = caller.systemOwned;
    evidence.script = caller.script;
    evidence.scriptHash = caller.scriptHash;
    if (caller.identity == IdentityClass::Script)
        evidence.workingDirectory = caller.workingDirectory;
    if (!ownCommandLine.empty() && caller.executable == ownCommandLine)
        evidence.startedBy = caller.startedBy;
    evidence.unit = caller.unit;
    evidence.sandbox = caller.sandbox;
    evidence.signer = caller.signer;
    evidence.client = caller.localClient;
    if (!evidence.client.empty())
        evidence.clientName = caller.claimedName;
    return evidence;
}

std::string programKey(const Evidence& evidence) {
    // The sandbox's word for the application is worth more than where the sandbox shows its files.
    if (!evidence.sandbox.empty())
        return evidence.sandbox;
    if (!evidence.client.empty())
        return "client:" + evidence.client;
    // A NUL can stand in none of them.
    return evidence.executable + '\0' + evidence.script + '\0' + evidence.startedBy;
}

bool sameProgram(const Evidence& a, const Evidence& b) {
    return programKey(a) == programKey(b);
}

bool sameEvidence(const Evidence& a, const Evidence& b) {
    if (!sameProgram(a, b) || a.identity != b.identity || a.signer != b.signer)
        return false;
    if (a.identity == IdentityClass::Sandboxed)
        return true; // its updates come through the sandbox, which vouches for the id
    return a.executableHash == b.executableHash && a.scriptHash == b.scriptHash &&
           a.systemOwned == b.systemOwned && a.workingDirectory == b.workingDirectory;
}

bool isSystemUpdate(const Evidence& before, const Evidence& now) {
    if (before.identity != IdentityClass::Native || now.identity != IdentityClass::Native ||
        !before.systemOwned || !now.systemOwned || now.executableHash.empty())
        return false;
    Evidence replaced = before;
    replaced.executableHash = now.executableHash;
    return sameEvidence(replaced, now);
}

std::vector<EvidenceChange> differences(const Evidence& before, const Evidence& now) {
    std::vector<EvidenceChange> out;
    const auto compare = [&](const char* what, const std::string& was, const std::string& is) {
        if (was != is)
            out.push_back({what, was, is});
    };
    compare("class", identityLetter(before.identity), identityLetter(now.identity));
    compare("executable_sha256", before.executableHash, now.executableHash);
    compare("script_sha256", before.scriptHash, now.scriptHash);
    compare("owner", ownerWord(before), ownerWord(now));
    compare("working_directory", before.workingDirectory, now.workingDirectory);
    compare("signer", before.signer, now.signer);
    return out;
}

} // namespace keybearer
