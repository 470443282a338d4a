#include "broker/base/Secret.h"
#include "broker/gateway/GatewayLog.h"
#include "broker/gateway/process/Confinement.h"
#include "broker/gateway/process/GatewayRoom.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <cstring>

namespace {

// docs/gateway.md: what the broker passes on.
constexpr int coreLink = 3;
constexpr int door = 4;

constexpr const char* what =
    "keybearer-gateway carries messages between MCP clients and remote MCP servers.\n"
    "keybearerd starts it when it is needed; there is nothing to start by hand.\n"
    "To reach a server: keybearer mcp SERVICE|URL\n";

bool isSocket(int descriptor, bool listening) {
    struct stat facts {};
    int accepts = 0;
    socklen_t size = sizeof(accepts);
    return ::fstat(descriptor, &facts) == 0 && S_ISSOCK(facts.st_mode) &&
           ::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0 &&
           (accepts != 0) == listening;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
        std::puts("keybearer-gateway " KEYBEARER_VERSION);
        return 0;
    }
    if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
        std::fputs(what, stdout);
        return 0;
    }
    if (argc > 1 || !isSocket(coreLink, false) || !isSocket(door, true)) {
        std::fputs(what, stderr);
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    keybearer::initialiseSecrets();
    std::vector<std::string> missing;
    if (!keybearer::confineProcess(missing)) {
        keybearer::logWarning("the process could not be shut off from others; ending");
        return 1;
    }
    for (const std::string& line : missing)
        keybearer::logInfo(line);
    keybearer::GatewayRoom(coreLink, door).run();
    return 0;
}
