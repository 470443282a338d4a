#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// True for node, python3.11, bash, java ...: programs whose own path says little about who is asking.
[[nodiscard]] bool isInterpreter(std::string_view executable);

// The file that an interpreter was told to run: the first argument that is no option and names a readable
// regular file, made absolute against `workingDirectory`, links resolved. Empty if the code came from the
// command line
// (-c, -e, -m) or standard input.
[[nodiscard]] std::string scriptOf(const std::vector<std::string>& arguments,
                                   const std::filesystem::path& workingDirectory);

// The same for a program that is not known as an interpreter: only the very first argument that is no option.
// A program that was told to work on a file may well be run by what stands in it.
[[nodiscard]] std::string firstFileOf(const std::vector<std::string>& arguments,
                                      const std::filesystem::path& workingDirectory);

// The command line has an interpreter load a file before the script: node --require, --import.
[[nodiscard]] bool loadsOtherCode(const std::vector<std::string>& arguments);

// True for programs that pass on what is said on another machine (ssh, sshd), or by whoever feeds them
// (socat).
[[nodiscard]] bool isNetworkRelay(std::string_view executable);
[[nodiscard]] bool isRelay(std::string_view executable);

} // namespace keybearer
