#pragma once

#include "broker/base/Json.h"

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

// What `keybearer import --json` answers (docs/import.md), as values that the wizard shows. Reading is
// strict: an answer of another shape is refused as a whole (InternalError), what would fill the memory or the
// screen is cut, members that are not known are passed over. Every QString is safe to show as plain text; ids
// have only letters, digits and dashes, so that they can be sent back as arguments. No Qt widgets.
namespace keybearer {

struct FoundSecret {
    QString where;  // "env.GITHUB_TOKEN"
    QString masked; // "ghp_...4f"
    bool moves = false;
};

struct FoundServer {
    enum class Change { None, Bridge, Run, RemoveTokens, Other };
    enum class LeftAlone { No, Done, NothingToDo, Cannot, UnknownShape };
    std::string id;
    QString name;
    QString leadsTo; // its address, or its command line
    std::vector<FoundSecret> secrets;
    Change change = Change::None;
    LeftAlone leftAlone = LeftAlone::No;
    QString words; // the tool's own sentence about either
    [[nodiscard]] bool canMove() const { return change != Change::None; }
};

struct FoundFile {
    enum class State { Found, Missing, Unreadable, ReadOnly, UnknownShape };
    std::string id;
    QString title; // of the client
    QString path;
    State state = State::Found;
    QString problem; // a sentence, with the place in the file; empty: none
    QString remedy;
    std::vector<FoundServer> servers;
    QString difference; // several lines; empty: nothing would change
};

struct ImportPreview {
    std::vector<FoundFile> files;
    bool isCut = false; // there is more than is shown
    [[nodiscard]] int servers() const;
};

// What became of one file when changes were applied or undone.
struct FileOutcome {
    enum class Kind { Changed, Unchanged, Failed };
    std::string id; // of the file
    QString title;
    QString path;
    Kind kind = Kind::Unchanged;
    bool isTokenFile = false; // of mcp-remote: no client reads it again
    std::string backup;       // empty: none was made
    int servers = 0;
    QStringList keys;                // API keys that are in the store now
    std::vector<std::string> signIn; // addresses that nobody has signed in to yet
    QString problem;                 // of Failed: what happened, and what to do
    QString remedy;
};

struct ImportOutcome {
    std::vector<FileOutcome> files;
    [[nodiscard]] int count(FileOutcome::Kind kind) const;
    [[nodiscard]] int servers() const; // of the files that were changed
    [[nodiscard]] std::vector<std::string> backups() const;
    [[nodiscard]] std::vector<std::string> signIns() const; // each once
};

[[nodiscard]] Result<ImportPreview> readPreview(const Json& answer);
// Of `--apply` and of `--undo`.
[[nodiscard]] Result<ImportOutcome> readApplied(const Json& answer);
[[nodiscard]] Result<ImportOutcome> readUndone(const Json& answer);

} // namespace keybearer
