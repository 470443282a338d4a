#pragma once

#include "broker/base/Result.h"
#include "broker/base/windows/Handle.h"

#include <accctrl.h>

#include <memory>
#include <string>

namespace keybearer {

// The account that a process runs as, in text: S-1-5-21-... Any thread.
[[nodiscard]] Result<std::string> accountOf(HANDLE process);
[[nodiscard]] const Result<std::string>& ownAccount(); // asked of the system once

// What a file, a directory or a pipe is made with, so that it is this account's alone from its first moment:
// it is the owner, the only entry of the access list is its own, and nothing is inherited from above
// (protected). The system and its administrators can take ownership of anything, which no list prevents.
class OwnerOnly {
public:
    enum class For { File, Directory, Pipe };
    [[nodiscard]] static Result<OwnerOnly> create(For what);

    [[nodiscard]] SECURITY_ATTRIBUTES* attributes() { return &attributes_; }
    [[nodiscard]] PSECURITY_DESCRIPTOR descriptor() const { return descriptor_.get(); }

private:
    struct Freed {
        void operator()(void* memory) const { ::LocalFree(memory); }
    };
    explicit OwnerOnly(PSECURITY_DESCRIPTOR descriptor);

    std::unique_ptr<void, Freed> descriptor_;
    SECURITY_ATTRIBUTES attributes_{};
};

// Who may do something with an open object (READ_CONTROL).
enum class Access {
    OursAlone,
    Widened, // ours, but its list lets another account in, or there is no list, which lets everybody in
    Foreign, // another account owns it, and may write its list at any time
};
[[nodiscard]] Result<Access> accessTo(HANDLE object, SE_OBJECT_TYPE type);

// Replaces the access list of a file or directory of ours (READ_CONTROL and WRITE_DAC).
[[nodiscard]] Result<void> closeToOthers(HANDLE object, OwnerOnly::For what);

} // namespace keybearer
