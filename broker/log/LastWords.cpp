#include "broker/log/LastWords.h"

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>
#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace keybearer {

namespace {

std::terminate_handler before = nullptr; // set once, before any thread

// There is no memory to put words together with.
constexpr std::string_view noMemory = "keybearerd: memory has run out\n"
                                      "  Started again, it goes on where it was.\n";
constexpr std::string_view noThread = "keybearerd: the system lets no thread begin: too many processes\n"
                                      "  Started again, it goes on where it was.\n";

[[noreturn]] void end(std::string_view words) {
#ifdef _WIN32
    static_cast<void>(_write(2, words.data(), static_cast<unsigned>(words.size())));
#else
    static_cast<void>(!::write(STDERR_FILENO, words.data(), words.size()));
#endif
    std::_Exit(outOfResourcesStatus);
}

void onTerminate() {
    if (const std::exception_ptr uncaught = std::current_exception()) {
        try {
            std::rethrow_exception(uncaught);
        } catch (const std::bad_alloc&) {
            end(noMemory);
        } catch (const std::system_error& error) {
            if (error.code() == std::errc::resource_unavailable_try_again) // std::thread
                end(noThread);
        } catch (...) { // NOLINT(bugprone-empty-catch): said by the handler that was there
        }
    }
    before();
    std::abort();
}

} // namespace

void installLastWords() {
    if (std::get_terminate() != onTerminate)
        before = std::set_terminate(onTerminate);
}

} // namespace keybearer
