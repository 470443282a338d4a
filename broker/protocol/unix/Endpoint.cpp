#include "broker/protocol/Endpoint.h"

#include <cstdlib>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace keybearer {

namespace {

constexpr std::size_t longestSocketPath = sizeof(sockaddr_un::sun_path) - 1; // Linux: 107, macOS: 103

std::filesystem::path fromEnvironment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::filesystem::path() : std::filesystem::path(value);
}

// An XDG directory counts only if it is absolute (XDG base directory specification).
std::filesystem::path xdg(const char* name, const std::filesystem::path& fallback) {
    const std::filesystem::path path = fromEnvironment(name);
    return path.is_absolute() ? path : fallback;
}

} // namespace

Result<Places> findPlaces() {
    Places places;
    if (const std::filesystem::path own = fromEnvironment("KEYBEARER_HOME"); !own.empty()) {
        const std::filesystem::path root = std::filesystem::absolute(own);
        places.config = root / "config" / "config.yaml";
        places.state = root / "state";
        places.runtime = root / "run";
    } else {
        const std::filesystem::path home = fromEnvironment("HOME");
        if (home.empty())
            return failure(ErrorCode::InvalidParams, "neither HOME nor KEYBEARER_HOME is set",
                           "Set KEYBEARER_HOME to a directory of yours.");
        places.config = xdg("XDG_CONFIG_HOME", home / ".config") / "keybearer" / "config.yaml";
        places.state = xdg("XDG_STATE_HOME", home / ".local" / "state") / "keybearer";
#ifdef __APPLE__
        const std::filesystem::path runtime = fromEnvironment("TMPDIR");
        places.runtime = (runtime.empty() ? home / "Library" / "Caches" : runtime) / "keybearer";
#else
        // Without a runtime directory (a bare ssh login, a container) the state directory is private as well.
        places.runtime = xdg("XDG_RUNTIME_DIR", places.state / "run") / "keybearer";
#endif
    }
    if (const auto config = fromEnvironment("KEYBEARER_CONFIG"); !config.empty())
        places.config = std::filesystem::absolute(config);
    places.socket = places.runtime / "broker.sock";
    if (const auto socket = fromEnvironment("KEYBEARER_SOCKET"); !socket.empty()) {
        places.socket = std::filesystem::absolute(socket);
        places.runtime = places.socket.parent_path();
    }
    if (places.socket.string().size() > longestSocketPath)
        return failure(ErrorCode::InvalidParams,
                       "the socket path " + places.socket.string() + " is longer than " +
                           std::to_string(longestSocketPath) + " bytes",
                       "Choose a shorter directory with KEYBEARER_HOME or KEYBEARER_SOCKET.");
    return places;
}

} // namespace keybearer
