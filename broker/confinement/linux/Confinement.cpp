#include "broker/confinement/Confinement.h"

#include "broker/confinement/linux/FileRights.h"
#include "broker/confinement/linux/SystemCalls.h"

#include <link.h>

namespace keybearer {

namespace {

// The program itself is the first that is told of.
int findLoader(dl_phdr_info* program, std::size_t, void* found) {
    for (int i = 0; i < program->dlpi_phnum; ++i) {
        const ElfW(Phdr)& part = program->dlpi_phdr[i];
        if (part.p_type == PT_INTERP) {
            // NOLINTNEXTLINE(performance-no-int-to-ptr): the ELF header says where it lies as a number
            const char* name = reinterpret_cast<const char*>(program->dlpi_addr + part.p_vaddr);
            *static_cast<std::filesystem::path*>(found) = name;
        }
    }
    return 1;
}

} // namespace

Confined confine(const Confinement& plan) {
    Confined done;
    done.files = restrictFiles(plan.writable, plan.executable);
    done.calls = restrictCalls(plan.startsPrograms, plan.callsPrograms);
    return done;
}

std::filesystem::path ownLoader() {
    std::filesystem::path found;
    ::dl_iterate_phdr(findLoader, &found);
    return found;
}

} // namespace keybearer
