#include "app/cli/StartupPages.h"

#ifdef __linux__
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>

// Of the linker (ld(1)): where the program begins, and where its code ends.
extern "C" const char __executable_start; // NOLINT(bugprone-reserved-identifier): its name is the linker's
extern "C" const char etext;
#endif

namespace keybearer {

void giveBackStartupPages() {
#ifdef __linux__
    const long page = ::sysconf(_SC_PAGESIZE);
    if (page <= 0)
        return;
    const auto size = static_cast<std::uintptr_t>(page);
    const auto begin = (reinterpret_cast<std::uintptr_t>(&__executable_start) + size - 1) / size * size;
    const auto end = reinterpret_cast<std::uintptr_t>(&etext) / size * size;
    if (begin < end) // clean pages of the file: nothing is lost
        static_cast<void>(::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED));
#endif
}

} // namespace keybearer
