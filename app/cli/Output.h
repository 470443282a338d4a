#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <string>
#include <string_view>

namespace keybearer {

// Where words go: the answer, and nothing else, to standard output; everything for people to standard error.
// Unbuffered; one owner, one thread. Callers make foreign text safe (displaySafe) before it gets here.
class Output {
public:
    struct Manner {
        bool json = false;
        bool quiet = false;
        bool verbose = false;
    };

    Output() = default;
    void setManner(Manner manner) { manner_ = manner; }
    [[nodiscard]] bool json() const { return manner_.json; }
    [[nodiscard]] bool quiet() const { return manner_.quiet; }

    void answer(std::string_view text);
    void answerJson(const Json& document); // one line
    void say(std::string_view line);       // unless -q
    void ask(std::string_view text);       // as it is, also with -q: somebody has to answer
    void detail(std::string_view line);    // with -v
    void progress(std::string_view line);  // on a terminal, unless -q or --json
    // "keybearer: message", what to do, and the word that was perhaps meant; with --json one object
    // {"error":...}.
    void problem(const Error& error);

    // An answer that did not get out (disk full, closed pipe) must not look like success.
    [[nodiscard]] bool answerFailed() const { return answerErrno_ != 0; }
    [[nodiscard]] int answerErrno() const { return answerErrno_; }

    enum class Tone { Good, Warning, Bad, Strong };
    // Coloured if standard output is a terminal that wants it (NO_COLOR, TERM=dumb).
    [[nodiscard]] std::string toned(std::string_view text, Tone tone) const;

    [[nodiscard]] static bool standardErrorIsTerminal();
    [[nodiscard]] static bool asksInColour(); // the same wish, of standard error
    [[nodiscard]] static std::size_t
    askingWidth();                             // columns of the terminal behind standard error; 0: unknown
    [[nodiscard]] static bool personIsThere(); // standard input and standard error are terminals

private:
    Manner manner_;
    int answerErrno_ = 0;
};

} // namespace keybearer
