#include "broker/platform/ProcessHardening.h"

#include <gtest/gtest.h>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keybearer {
namespace {

// Hardening cannot be undone, so it happens to a child; each bit of its exit status is one thing that is
// missing.
int hardenedChild() {
    if (!hardenProcess())
        return 64;
    int missing = 0;
    rlimit core{1, 1};
    getrlimit(RLIMIT_CORE, &core);
    missing |= prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 1;
    missing |= core.rlim_cur == 0 && core.rlim_max == 0 ? 0 : 2;
    missing |= umask(0) == 077 ? 0 : 4;
    missing |= prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 8;
    return missing;
}

TEST(ProcessHardening, MemoryCoreUmaskAndPrivilegesAreClosed) {
    const pid_t child = fork();
    if (child == 0)
        _exit(hardenedChild());
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

} // namespace
} // namespace keybearer
