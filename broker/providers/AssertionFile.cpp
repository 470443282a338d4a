#include "broker/providers/AssertionFile.h"

#include "broker/config/TrustedFile.h"

namespace keybearer {

namespace {

constexpr std::size_t assertionLimit = std::size_t{64} << 10; // as long as a JWT may be

constexpr std::string_view blank = " \t\r\n";

tl::unexpected<Error> unusable(std::string what, std::string action) {
    return failure(ErrorCode::NotConfigured, std::move(what), std::move(action));
}

} // namespace

Result<Secret> readAssertionFile(const std::filesystem::path& file) {
    Result<TrustedFile> read = readTrustedFile(file, assertionLimit);
    if (!read && read.error().code == ErrorCode::NotFound)
        return unusable(
            "there is no file " + file.string(),
            "Check its name in config.yaml, and that whoever writes the token there has done so.");
    if (!read)
        return unusable(read.error().message, read.error().action.empty()
                                                  ? "Check the file that config.yaml names for the token."
                                                  : read.error().action);
    const Secret whole = Secret::takeFrom(read->content);
    const std::string_view text = whole.reveal();
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return unusable(file.string() + " is empty",
                        "Check that whoever writes the token there has done so.");
    return Secret::copyOf(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

} // namespace keybearer
