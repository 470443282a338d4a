#include "broker/platform/ProgramFile.h"
#include "broker/platform/linux/ProcLook.h"

namespace keybearer {

std::optional<FileIdentity> programIdentity(std::int64_t pid) {
    const std::optional<ProcFile> file = lookAtProcess(pid, ProcEntry::Executable).file;
    if (!file || !file->regular)
        return std::nullopt;
    return FileIdentity{file->device, file->inode};
}

} // namespace keybearer
