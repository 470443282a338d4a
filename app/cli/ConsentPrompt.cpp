#include "app/cli/ConsentPrompt.h"

#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::size_t usualWidth = 80;
constexpr std::size_t narrowest = 40;
constexpr std::size_t longestCommand = 4096; // more than the broker lets through
constexpr std::size_t longestProgram = 64;   // in the first line; the whole path is below it
constexpr std::size_t shownHash = 12;        // enough to tell two apart
constexpr std::size_t indent = 2;
constexpr std::size_t nameWidth = 14;

// The text in rows of so many columns, broken at spaces where that is possible. What programs say never gets
// to the left edge, where our own words begin: else enough spaces would make it look like some of them.
std::vector<std::string> rowsOf(std::string_view text, std::size_t columns) {
    std::vector<std::string> rows;
    while (!text.empty()) {
        std::size_t end = 0;
        std::size_t space = 0;
        std::size_t width = 0;
        while (end < text.size()) {
            std::size_t next = end + 1;
            while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U)
                ++next;
            width += displayWidth(text.substr(end, next - end));
            if (width > columns && end > 0)
                break;
            if (text[end] == ' ')
                space = next;
            end = next;
        }
        if (end < text.size() && space > end / 2)
            end = space;
        rows.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return rows;
}

// Puts the question together, in the colours and the width of its terminal.
class Page {
public:
    explicit Page(const QuestionLook& look)
        : width_(std::max(narrowest, look.width == 0 ? usualWidth : look.width)), coloured_(look.coloured) {}

    void heading(const std::string& text) {
        text_ += "\n";
        for (const std::string& row : rowsOf(text, width_))
            text_ += strong(row) + "\n";
        text_ += "\n";
    }
    void line(std::string_view name, const std::string& value, bool isStrong = false) {
        std::string title(name);
        for (const std::string& row : rowsOf(value, width_ - indent - nameWidth)) {
            text_.append(indent, ' ').append(title).append(nameWidth - title.size(), ' ');
            text_ += (isStrong ? strong(row) : row) + "\n";
            title.clear();
        }
    }
    void block(const std::string& text) {
        for (const std::string& row : rowsOf(text, width_ - 2 * indent))
            text_.append(indent, ' ').append("| ").append(row).append("\n");
        text_ += "\n";
    }
    void raw(const std::string& text) { text_ += text; }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    [[nodiscard]] std::string strong(const std::string& text) const {
        return coloured_ ? "\x1b[1m" + text + "\x1b[0m" : text;
    }

    std::size_t width_;
    bool coloured_;
    std::string text_;
};

struct Choice {
    std::string_view key;
    std::string_view decision;
    std::string_view words;
};
constexpr std::array choices{Choice{"1", "allow-once", "once"}, Choice{"2", "allow-session", "this session"},
                             Choice{"3", "allow", "30 days"}};

// A broker that says nothing of choices offers none but the shortest.
bool isOffered(const Json& request, std::string_view decision) {
    const std::vector<std::string> offered = stringsAt(request, "choices");
    return offered.empty() ? decision == "allow-once"
                           : std::find(offered.begin(), offered.end(), decision) != offered.end();
}

// One scope a line where the provider says what it means.
void addScopes(Page& page, const Json& request) {
    const Json& words = objectAt(request, "scope_words");
    const std::vector<std::string> scopes = stringsAt(request, "scopes");
    if (scopes.empty())
        page.line("Access", "what you agreed to when you signed in");
    for (const std::string& scope : scopes) {
        const std::string meaning = textAt(words, scope.c_str());
        page.line(&scope == &scopes.front() ? "Access" : "",
                  displaySafe(scope) + (meaning.empty() ? "" : " - " + meaning));
    }
}

std::string factWords(const std::string& what) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> facts{{
        {"executable_sha256", "the program is another one"},
        {"script_sha256", "the script is another one"},
        {"owner", "whoever may replace it is another one"},
        {"class", "it is known in another way"},
        {"working_directory", "it runs in another directory"},
        {"signer", "it is signed by another one"},
        {"scopes", "it would have other access"},
    }};
    for (const auto& [fact, words] : facts) {
        if (fact == what)
            return std::string(words);
    }
    return what;
}

std::string valueWords(const std::string& what, const std::string& value) {
    if (value.empty())
        return "nothing";
    return what.ends_with("_sha256") ? value.substr(0, shownHash) : value;
}

void addChanges(Page& page, const Json& request) {
    for (const std::string& remark : stringsAt(objectAt(objectAt(request, "caller"), "evidence"), "remarks"))
        page.line("Beware", displaySafe(remark), true);
    for (const std::string& change : changeLines(request))
        page.line("Changed", change, true);
}

// May a command be started with what a profile lists? It is shown whole, or nobody could agree to it.
std::string startQuestion(const Json& request, Page page) {
    const Json& caller = objectAt(request, "caller");
    const std::string command = stringAt(objectAt(request, "account"), "label").value_or("");
    page.heading("A command asks to be started with the " + textAt(request, "provider_name", "run profile") +
                 ".");
    page.block(displaySafe(command, longestCommand));
    page.line("Directory", textAt(objectAt(caller, "evidence"), "working_directory"));
    page.line("Started by", textAt(caller, "started_by"));
    addChanges(page, request);
    page.line("It may have", listAt(request, "scopes", "nothing"));
    page.raw("\n  [1] once   [2] this run   [3] 30 days, until anything of it changes   [d] deny\n");
    return std::move(page).text();
}

// May a client that came through the gateway have tokens for a service? It is known by what it says alone.
std::string connectQuestion(const Json& request, Page page) {
    const Json& client = objectAt(request, "client");
    page.heading("A client that calls itself \"" + displaySafe(textAt(client, "name", "?"), longestProgram) +
                 "\" wants to connect to " + textAt(request, "provider_name", "a service") +
                 " through Keybearer.");
    page.line("Client", "\"" + textAt(client, "name", "?") + "\" (nobody has checked that name)");
    page.line("Answer to", textAt(client, "redirect", "not stated"), true);
    addChanges(page, request);
    page.line("Server", textAt(request, "resource", "not stated"));
    page.line("Account", innerTextAt(request, "account", "label", "the one that you sign in with"));
    addScopes(page, request);
    page.line("Beware", "allow it only if you have just begun this in that program", true);
    return std::move(page).text();
}

std::string choicesLine(const Json& request) {
    std::string out = "\n  ";
    for (const Choice& choice : choices) {
        if (!isOffered(request, choice.decision))
            continue;
        const bool revoked = choice.decision == "allow" && textAt(request, "longest") == "until revoked";
        out.append("[").append(choice.key).append("] ");
        out.append(revoked ? "until you take it back" : choice.words).append("   ");
    }
    return out + "[d] deny\n";
}

// What it wants to do: have the token itself, have requests sent with it, or have a browser opened for that.
std::string wishWords(const Json& request, const std::string& purpose) {
    const std::string name = textAt(request, "provider_name", textAt(request, "provider", "a provider"));
    if (purpose == "proxy")
        return " wants to send requests to " + name + " with your sign-in.";
    if (purpose == "sign_in")
        return " wants to use " + name + " and needs you to sign in there.";
    return " asks for your " + name + " credential.";
}

void addProgram(Page& page, const Json& request) {
    const Json& caller = objectAt(request, "caller");
    const Json& evidence = objectAt(caller, "evidence");
    const std::string path = stringAt(caller, "executable").value_or("");
    std::string program = path.empty() ? "could not be measured" : displaySafe(path);
    if (const auto pid = integerAt(caller, "pid"))
        program += " (process " + std::to_string(*pid) + ")";
    page.line("Program", program);
    if (const std::string script = textAt(caller, "script"); !script.empty()) {
        page.line("Script", script);
        page.line("Directory", textAt(evidence, "working_directory"));
    }
    page.line("Started by", textAt(caller, "started_by"));
    page.line("Runs in", textAt(evidence, "sandbox"));
    page.line("Known as", classWords(textAt(request, "class", textAt(caller, "class"))));
}

} // namespace

std::string consentQuestion(const Json& request, const QuestionLook& look) {
    Page page(look);
    if (stringAt(request, "purpose") == "start")
        return startQuestion(request, std::move(page));
    if (stringAt(request, "purpose") == "connect")
        return connectQuestion(request, std::move(page)) + choicesLine(request);
    const Json& caller = objectAt(request, "caller");
    const std::string path = stringAt(caller, "executable").value_or("");
    const std::string script = textAt(caller, "script");
    std::string who = path.empty() ? "A program" : displaySafe(programName(path), longestProgram);
    if (!script.empty())
        who += " (" + displaySafe(programName(script), longestProgram) + ")";
    const std::string purpose = textAt(request, "purpose");
    page.heading(who + wishWords(request, purpose));
    addProgram(page, request);
    addChanges(page, request);
    if (purpose != "sign_in")
        page.line("Account", innerTextAt(request, "account", "label", "not stated"));
    if (purpose == "sign_in" || purpose == "proxy")
        page.line("Server", textAt(request, "resource", "not stated"));
    if (purpose == "sign_in")
        page.line("Sign in at", textAt(request, "issuer", textAt(request, "provider", "not stated")));
    if (purpose != "sign_in" || !stringsAt(request, "scopes").empty())
        addScopes(page, request);
    if (const std::string claimed = textAt(caller, "claimed_name"); !claimed.empty())
        page.line("Calls itself", "\"" + claimed + "\" (nobody has checked that)");
    if (const std::string reason = textAt(request, "reason"); !reason.empty())
        page.line("It says", "\"" + reason + "\"");
    page.raw(choicesLine(request));
    return std::move(page).text();
}

std::string classWords(std::string_view letter) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> classes{{
        {"A", "started for this by keybearer run"},
        {"B", "a sandboxed application"},
        {"C", "a program that only the administrator can replace"},
        {"D", "a script, by its file and where it runs"},
        {"E", "not for certain: your own programs could replace or imitate it"},
        {"F", "not at all: it runs outside of this system"},
    }};
    for (const auto& [name, words] : classes) {
        if (name == letter)
            return std::string(words);
    }
    return {};
}

std::vector<std::string> changeLines(const Json& request) {
    std::vector<std::string> out;
    for (const Json& change : arrayAt(request, "changed")) {
        const std::string what = textAt(change, "what");
        out.push_back(factWords(what) + ": " + valueWords(what, textAt(change, "before")) + " before, " +
                      valueWords(what, textAt(change, "now")) + " now");
    }
    return out;
}

std::string choiceWords(const Json& request) {
    std::string out;
    for (const Choice& choice : choices) {
        if (isOffered(request, choice.decision))
            out.append(out.empty() ? "" : ", ").append(choice.key);
    }
    return out + " or d";
}

std::optional<std::string> decisionFor(std::string_view line, const Json& request) {
    const std::vector<std::string> words = splitWords(line);
    if (words.empty())
        return "deny";
    if (words.size() > 1)
        return std::nullopt;
    const std::string& word = words.front();
    for (const Choice& choice : choices) {
        if (word == choice.key && isOffered(request, choice.decision))
            return std::string(choice.decision);
    }
    if (word == "d" || word == "D" || word == "n" || word == "N" || word == "deny" || word == "no")
        return "deny";
    return std::nullopt;
}

} // namespace keybearer
