// What the sanitizers of a build with KEYBEARER_SANITIZE do unless ASAN_OPTIONS and the like say otherwise.
// In the programs themselves: some are started with an environment that somebody else has made.

#include <csignal>
#include <cstring>
#include <dlfcn.h>
#include <errno.h>

// LeakSanitizer's, where it is there.
extern "C" __attribute__((weak)) int __lsan_do_recoverable_leak_check();

namespace {

// SIGTERM ends the tray where it stands, and so do its tests: nothing looks for leaks at its end then.
void lookForLeaksFirst(int number) {
    __lsan_do_recoverable_leak_check();
    ::signal(number, SIG_DFL);
    ::raise(number);
}

__attribute__((constructor)) void lookForLeaksInTheTray() {
    if (__lsan_do_recoverable_leak_check != nullptr &&
        std::strcmp(::program_invocation_short_name, "keybearer-tray") == 0)
        ::signal(SIGTERM, lookForLeaksFirst);
}

// UndefinedBehaviorSanitizer's library writes to standard error beside AddressSanitizer's, whatever its
// options say.
__attribute__((constructor)) void tellWhereReportsGo() {
    void* library = ::dlopen("libubsan.so.1", RTLD_NOW | RTLD_NOLOAD);
    if (library == nullptr)
        return;
    if (void* set = ::dlsym(library, "__sanitizer_set_report_path"); set != nullptr)
        reinterpret_cast<void (*)(const char*)>(set)(KEYBEARER_SANITIZER_REPORTS "/undefined");
    ::dlclose(library);
}

} // namespace

extern "C" {

// Tests preload libraries of their own, which then come before the sanitizer's.
const char* __asan_default_options() {
    return "log_path=" KEYBEARER_SANITIZER_REPORTS
           "/report:log_exe_name=1:exitcode=99:strict_string_checks=1:"
           "suppressions=" KEYBEARER_SANITIZER_ADDRESSES
           ":verify_asan_link_order=0:detect_stack_use_after_return=1:check_initialization_order=1";
}

const char* __lsan_default_options() {
    return "suppressions=" KEYBEARER_SANITIZER_LEAKS ":print_suppressions=0";
}

const char* __ubsan_default_options() {
    return "print_stacktrace=1";
}

// Qt is not built with it: what passes between threads inside Qt alone it cannot see.
const char* __tsan_default_options() {
    return "log_path=" KEYBEARER_SANITIZER_REPORTS
           "/report:log_exe_name=1:exitcode=99:ignore_noninstrumented_modules=1:"
           "second_deadlock_stack=1:die_after_fork=0"; // a copy of the broker becomes its starter
}

} // extern "C"
