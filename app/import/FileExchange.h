#pragma once

#include "broker/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace keybearer {

// A file of a person as it was read: behind all links, with what a replacement has to keep.
struct ClientFileContent {
    std::filesystem::path path; // the file itself
    std::string text;
    std::uint32_t mode = 0;
    std::uint32_t owner = 0;
    std::uint32_t group = 0;
    bool isWritable = true; // by its mode: what root could do all the same does not count
};

// NotFound if nothing is there; InvalidParams for what is no file of at most 16 MiB or cannot be read, with a
// sentence that says why.
[[nodiscard]] Result<ClientFileContent> readClientFile(const std::filesystem::path& path);

// SHA-256 in hexadecimal; of a file that is not there: empty.
[[nodiscard]] std::string digestOf(std::string_view text);

// Replaces the file in one step by one with the same mode and owner, all of it on the disk first. Refuses
// (InvalidRequest, detail "reason" "changed_since") if it is no longer what was read; StoreUnavailable if the
// disk or the directory do not take it. After an error the file is as it was.
[[nodiscard]] Result<void> exchangeFile(const ClientFileContent& was, std::string_view text);
// The same for taking it away.
[[nodiscard]] Result<void> removeFile(const ClientFileContent& was);
// Puts a file where there is none.
[[nodiscard]] Result<void> recreateFile(const ClientFileContent& what);

} // namespace keybearer
