#include "app/cli/CommandLine.h"

#include <cstddef>

int main(int argc, char** argv) {
    const auto count = static_cast<std::size_t>(argc > 0 ? argc - 1 : 0);
    return keybearer::runCommandLine(std::span<const char* const>(argv + (count == 0 ? 0 : 1), count));
}
