#include "broker/confinement/linux/SystemCalls.h"

#include "broker/base/UnderSanitizer.h"

#include <cerrno>
#include <cstdint>
#include <initializer_list>
#include <sched.h>
#include <seccomp.h>
#include <sys/socket.h>

namespace keybearer {

namespace {

constexpr std::uint64_t argument = 0xffffffff; // the kernel looks at 32 bits of an int, the filter at 64

class Filter {
public:
    Filter() : filter_(::seccomp_init(SCMP_ACT_ALLOW)), good_(filter_ != nullptr) {}
    ~Filter() { ::seccomp_release(filter_); }
    Filter(const Filter&) = delete;
    Filter& operator=(const Filter&) = delete;

    void refuse(int call, int error) { add(::seccomp_rule_add(filter_, SCMP_ACT_ERRNO(error), call, 0)); }
    void refuse(int call, int error, scmp_arg_cmp when) {
        add(::seccomp_rule_add(filter_, SCMP_ACT_ERRNO(error), call, 1, when));
    }
    [[nodiscard]] bool load() { return good_ && ::seccomp_load(filter_) == 0; }

private:
    // A machine that lacks a call altogether needs no rule for it.
    void add(int outcome) { good_ = good_ && (outcome == 0 || outcome == -EDOM); }
    scmp_filter_ctx filter_;
    bool good_;
};

// Looking into other processes, doing without being asked for each call (io_uring), and what only changes the
// system. The keys of the kernel's keyring are others': ours lie in the session's keychain.
void refuseWhatNobodyNeeds(Filter& filter) {
    if constexpr (!underSanitizer) // LeakSanitizer stops the threads of its own process with it
        filter.refuse(SCMP_SYS(ptrace), EPERM);
    for (const int call : {SCMP_SYS(kcmp),
                           SCMP_SYS(process_vm_readv),
                           SCMP_SYS(process_vm_writev),
                           SCMP_SYS(pidfd_getfd),
                           SCMP_SYS(perf_event_open),
                           SCMP_SYS(io_uring_setup),
                           SCMP_SYS(io_uring_enter),
                           SCMP_SYS(io_uring_register),
                           SCMP_SYS(keyctl),
                           SCMP_SYS(add_key),
                           SCMP_SYS(request_key),
                           SCMP_SYS(userfaultfd),
                           SCMP_SYS(bpf),
                           SCMP_SYS(personality),
                           SCMP_SYS(kexec_load),
                           SCMP_SYS(kexec_file_load),
                           SCMP_SYS(init_module),
                           SCMP_SYS(finit_module),
                           SCMP_SYS(delete_module),
                           SCMP_SYS(mount),
                           SCMP_SYS(umount2),
                           SCMP_SYS(pivot_root),
                           SCMP_SYS(chroot),
                           SCMP_SYS(move_mount),
                           SCMP_SYS(open_tree),
                           SCMP_SYS(fsopen),
                           SCMP_SYS(fsconfig),
                           SCMP_SYS(fsmount),
                           SCMP_SYS(fspick),
                           SCMP_SYS(mount_setattr),
                           SCMP_SYS(unshare),
                           SCMP_SYS(setns),
                           SCMP_SYS(swapon),
                           SCMP_SYS(swapoff),
                           SCMP_SYS(reboot)})
        filter.refuse(call, EPERM);
}

// clone3(2) hides its flags behind a pointer, which a filter cannot follow; libraries fall back to clone(2).
void refuseNamespaces(Filter& filter) {
#ifdef __s390x__
    constexpr unsigned flags = 1;
#else
    constexpr unsigned flags = 0;
#endif
    for (const std::uint64_t kind :
         std::initializer_list<std::uint64_t>{CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET,
                                              CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP})
        filter.refuse(SCMP_SYS(clone), EPERM, SCMP_CMP(flags, SCMP_CMP_MASKED_EQ, kind, kind));
    filter.refuse(SCMP_SYS(clone3), ENOSYS);
}

// Names and addresses are asked for over netlink; everything else is for other programs.
void refuseOtherSockets(Filter& filter) {
    for (const unsigned family : {0U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 11U, 12U, 13U, 14U, 15U})
        filter.refuse(SCMP_SYS(socket), EPERM, SCMP_A0(SCMP_CMP_MASKED_EQ, argument, family));
    static_assert(AF_UNIX == 1 && AF_INET == 2 && AF_INET6 == 10 && AF_NETLINK == 16);
    filter.refuse(SCMP_SYS(socket), EPERM, SCMP_A0(SCMP_CMP_GT, AF_NETLINK));
}

} // namespace

bool restrictCalls(bool startsPrograms, bool callsPrograms) {
    Filter filter;
    refuseWhatNobodyNeeds(filter);
    refuseNamespaces(filter);
    refuseOtherSockets(filter);
    if (!startsPrograms) {
        filter.refuse(SCMP_SYS(execve), EPERM);
        filter.refuse(SCMP_SYS(execveat), EPERM);
    }
    if (!callsPrograms)
        filter.refuse(SCMP_SYS(socket), EACCES, SCMP_A0(SCMP_CMP_MASKED_EQ, argument, AF_UNIX));
    return filter.load();
}

} // namespace keybearer
