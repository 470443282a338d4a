#pragma once

#include <filesystem>
#include <vector>

// A process that is forked before the broker confines itself, and stays outside of that: it starts programs
// for it (startProcess), as they would inherit the confinement, and looks at those processes that Landlock
// hides from one who has given rights away. What it makes are children of the broker, not its own. It knows
// no secret, and ends when its socket is closed. Linux; elsewhere there is none, and nothing is confined.
namespace keybearer {

// Forks it; our end of the socket, closed on exec, or -1. While there is one thread, and nothing secret.
[[nodiscard]] int forkStarter();

// From here on this process uses it. Takes the socket: what was forked, or was handed over.
void useStarter(int socket);
// -1: there is none. It stays ours.
[[nodiscard]] int starterSocket();
// The starter ends.
void endStarter();
// Whether it has ended although nobody told it to.
[[nodiscard]] bool starterIsGone();
// It starts no program from below these any more, nor by a link that lies there. Not to be taken back.
void refuseProgramsBelow(const std::vector<std::filesystem::path>& places);

} // namespace keybearer
