#include "app/cli/SecretInput.h"

#include "broker/base/Text.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t readStep = 4096;

// A terminal without echo, and as it was when this goes, also after Ctrl-C: the signals stay blocked until
// the echo is back.
class QuietTerminal {
public:
    explicit QuietTerminal(int descriptor) : descriptor_(descriptor) {
        quiet_ = ::tcgetattr(descriptor_, &before_) == 0;
        if (!quiet_)
            return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
        silent.c_lflag |= ICANON | ECHONL;
        quiet_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
    }
    ~QuietTerminal() {
        if (quiet_)
            ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;
    [[nodiscard]] bool quiet() const { return quiet_; }

private:
    int descriptor_;
    termios before_{};
    bool quiet_ = false;
};

// Until the end, or until a line ends if `line`.
Result<Secret> readAll(int descriptor, std::size_t limit, bool line) {
    std::string text;
    text.reserve(limit + readStep); // never moved, so nothing is left behind
    while (text.size() <= limit) {
        std::array<char, readStep> buffer{};
        const ssize_t got = ::read(descriptor, buffer.data(), line ? 1 : buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            wipe(text);
            return failure(ErrorCode::InvalidParams,
                           std::string("the secret cannot be read: ").append(std::strerror(errno)));
        }
        if (got == 0)
            break;
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (line && text.back() == '\n')
            break;
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    const bool usable =
        !text.empty() && text.size() <= limit && isValidUtf8(text) && text.find('\0') == std::string::npos;
    Secret secret = Secret::takeFrom(text);
    if (!usable)
        return failure(ErrorCode::InvalidParams, "the secret is empty, too long, or no text",
                       "Give one line of text.");
    return secret;
}

Result<Secret> fromFile(const std::string& name, std::size_t limit) {
    if (name == "-")
        return readAll(STDIN_FILENO, limit, false);
    const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(ErrorCode::InvalidParams,
                       displaySafe(name) + " cannot be opened: " + std::strerror(errno),
                       "Name a file that you can read, or - for standard input.");
    Result<Secret> secret = readAll(descriptor, limit, false);
    ::close(descriptor);
    return secret;
}

Result<Secret> fromTerminal(Output& output, const std::string& prompt, std::size_t limit) {
    const QuietTerminal terminal(STDIN_FILENO);
    if (!terminal.quiet())
        return failure(ErrorCode::InvalidParams, "the terminal cannot be kept from showing what you type",
                       "Use --value-file FILE, or - for standard input.");
    output.ask(prompt);
    Result<Secret> secret = readAll(STDIN_FILENO, limit, true);
    if (secret && secret->reveal().find('\x03') != std::string_view::npos)
        return failure(ErrorCode::Cancelled, "given up");
    return secret;
}

} // namespace

Result<Secret> readSecret(Invocation& invocation, const SecretWish& wish) {
    if (const std::optional<std::string> file = invocation.arguments().value("--value-file"))
        return fromFile(*file, wish.limit);
    if (!Output::personIsThere())
        return failure(ErrorCode::InvalidParams, "there is no terminal to ask at",
                       "Use --value-file FILE, or --value-file - for standard input.");
    Result<Secret> first = fromTerminal(invocation.output(), wish.prompt, wish.limit);
    if (!first || wish.confirm.empty())
        return first;
    const Result<Secret> second = fromTerminal(invocation.output(), wish.confirm, wish.limit);
    if (!second)
        return tl::unexpected(second.error());
    if (!first->equals(second->reveal()))
        return failure(ErrorCode::InvalidParams, "the two are not the same", "Try again.");
    return first;
}

} // namespace keybearer
