#include "app/tray/setup/ImportReport.h"

#include "app/tray/look/Wording.h"
#include "app/tray/mirror/Records.h"
#include "broker/protocol/RpcError.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <numeric>

namespace keybearer {

namespace {

// More than anybody has or reads; an answer may be 32 MiB.
constexpr std::size_t mostFiles = 100;
constexpr std::size_t mostServers = 200; // of one file
constexpr std::size_t mostSecrets = 20;  // of one server
constexpr std::size_t mostSignIns = 50;
constexpr std::size_t mostKeys = 50;
constexpr std::size_t longestId = 64;
constexpr std::size_t longestName = 80;
constexpr std::size_t longestCommand = 300;
constexpr std::size_t longestSentence = 400;
constexpr std::size_t longestAddress = 2048;
constexpr int mostLines = 3000; // of a difference
constexpr std::size_t longestLine = 400;

class Words {
    Q_DECLARE_TR_FUNCTIONS(Import)
};

tl::unexpected<Error> misunderstood() {
    return failure(Error(ErrorCode::InternalError, "keybearer import answered in a way that is not known",
                         "Make sure that keybearer and keybearer-tray are of the same version"));
}

QString textAt(const Json& object, const char* key, std::size_t limit) {
    return shown(stringAt(object, key).value_or(""), limit);
}

// Empty if it is missing or could be taken for anything but an id.
std::string idAt(const Json& object, const char* key) {
    const std::string id = stringAt(object, key).value_or("");
    const auto isOrdinary = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-';
    };
    if (id.empty() || id.size() > longestId || id.front() == '-' || !std::ranges::all_of(id, isOrdinary))
        return {};
    return id;
}

// Nothing if it is no array; an absent one is empty only where that is allowed.
const Json* arrayAt(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? &*found : nullptr;
}

const Json* objectAt(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? &*found : nullptr;
}

FoundServer::Change changeOf(const std::string& kind) {
    if (kind == "bridge")
        return FoundServer::Change::Bridge;
    if (kind == "run")
        return FoundServer::Change::Run;
    if (kind == "remove_tokens")
        return FoundServer::Change::RemoveTokens;
    return FoundServer::Change::Other;
}

FoundServer::LeftAlone leftAloneOf(const std::string& kind) {
    if (kind == "done")
        return FoundServer::LeftAlone::Done;
    if (kind == "nothing_to_do")
        return FoundServer::LeftAlone::NothingToDo;
    if (kind == "unknown_shape")
        return FoundServer::LeftAlone::UnknownShape;
    return FoundServer::LeftAlone::Cannot;
}

FoundFile::State stateOf(const std::string& state) {
    if (state == "found")
        return FoundFile::State::Found;
    if (state == "missing")
        return FoundFile::State::Missing;
    if (state == "read_only")
        return FoundFile::State::ReadOnly;
    if (state == "unknown_shape")
        return FoundFile::State::UnknownShape;
    return FoundFile::State::Unreadable;
}

QString commandAt(const Json& server) {
    std::string command;
    for (const std::string& word : stringsAt(server, "command")) {
        if (command.size() > longestCommand)
            break;
        command += command.empty() ? word : " " + word;
    }
    return shown(command, longestCommand);
}

std::vector<FoundSecret> secretsAt(const Json& server) {
    std::vector<FoundSecret> secrets;
    const Json* list = arrayAt(server, "secrets");
    for (std::size_t i = 0; list != nullptr && i < std::min(list->size(), mostSecrets); ++i) {
        const Json& secret = (*list)[i];
        if (secret.is_object())
            secrets.push_back({textAt(secret, "where", longestName), textAt(secret, "masked", longestName),
                               stringAt(secret, "key").has_value()});
    }
    return secrets;
}

bool readServer(const Json& object, FoundServer& server) {
    if (!object.is_object())
        return false;
    server.id = idAt(object, "id");
    server.name = textAt(object, "name", longestName);
    const Json* change = objectAt(object, "change");
    const Json* leftAlone = objectAt(object, "left_alone");
    if (server.id.empty() || (change == nullptr) == (leftAlone == nullptr))
        return false;
    const auto address = stringAt(object, "address");
    server.leadsTo = address ? shown(*address, longestCommand) : commandAt(object);
    server.secrets = secretsAt(object);
    if (change != nullptr) {
        server.change = changeOf(stringAt(*change, "kind").value_or(""));
        server.words = asSentence(textAt(*change, "summary", longestSentence));
    } else {
        server.leftAlone = leftAloneOf(stringAt(*leftAlone, "kind").value_or(""));
        server.words = asSentence(textAt(*leftAlone, "reason", longestSentence));
    }
    return true;
}

// Line by line, for a line feed is the one control character that means something here.
QString differenceAt(const Json& file) {
    const std::string text = stringAt(file, "difference").value_or("");
    QStringList lines;
    for (std::size_t at = 0; at < text.size() && lines.size() < mostLines;) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        if (line.ends_with('\r'))
            line.pop_back();
        for (std::size_t tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', tab))
            line.replace(tab, 1, "    ");
        lines.append(shown(line, longestLine));
        at = end + 1;
    }
    return lines.join(u'\n');
}

void readProblem(const Json& file, FoundFile& into) {
    const Json* problem = objectAt(file, "problem");
    if (problem == nullptr)
        return;
    into.problem = asSentence(textAt(*problem, "message", longestSentence));
    into.remedy = asSentence(textAt(*problem, "action", longestSentence));
}

bool readFile(const Json& object, FoundFile& file, bool& isCut) {
    if (!object.is_object() || !stringAt(object, "path"))
        return false;
    const Json* servers = arrayAt(object, "servers");
    if (servers == nullptr)
        return false;
    file.id = idAt(object, "id");
    if (file.id.empty())
        return false;
    file.title = textAt(object, "title", longestName);
    file.path = shownPath(*stringAt(object, "path"));
    file.state = stateOf(stringAt(object, "state").value_or(""));
    file.difference = differenceAt(object);
    readProblem(object, file);
    isCut = isCut || servers->size() > mostServers;
    for (std::size_t i = 0; i < std::min(servers->size(), mostServers); ++i) {
        FoundServer server;
        if (!readServer((*servers)[i], server))
            return false;
        file.servers.push_back(std::move(server));
    }
    return true;
}

void readFailure(const Json& object, FileOutcome& outcome) {
    const Json* error = objectAt(object, "error");
    if (error == nullptr)
        return;
    const std::string name = stringAt(*error, "name").value_or("");
    if (name == "changed_since") {
        outcome.problem = Words::tr("The file was changed after the import, so it was left as it is.");
        outcome.remedy =
            Words::tr("The copy from before is kept; \"keybearer import --undo --force\" puts it "
                      "back and keeps the newer file as well.");
        return;
    }
    const Error whole =
        fromRpcError({{"code", 0},
                      {"message", stringAt(*error, "message").value_or("")},
                      {"data", {{"name", name}, {"action", stringAt(*error, "action").value_or("")}}}});
    outcome.problem = whatHappened(whole);
    outcome.remedy = whatToDo(whole);
}

bool readOutcome(const Json& object, const char* changedWord, FileOutcome& outcome) {
    const auto result = object.is_object() ? stringAt(object, "result") : std::nullopt;
    if (!result || !stringAt(object, "path"))
        return false;
    outcome.id = idAt(object, "id");
    outcome.title = textAt(object, "title", longestName);
    outcome.path = shownPath(*stringAt(object, "path"));
    outcome.isTokenFile = stringAt(object, "source") == "mcp-remote";
    outcome.backup = idAt(object, "backup");
    if (*result == changedWord)
        outcome.kind = FileOutcome::Kind::Changed;
    else if (*result == "failed")
        outcome.kind = FileOutcome::Kind::Failed;
    else if (*result != "unchanged")
        return false;
    if (const Json* servers = arrayAt(object, "servers"))
        outcome.servers = static_cast<int>(std::min(servers->size(), mostServers));
    for (const std::string& key : stringsAt(object, "keys")) {
        if (outcome.keys.size() < static_cast<qsizetype>(mostKeys))
            outcome.keys.append(shown(key, longestName));
    }
    for (std::string& where : stringsAt(object, "sign_in")) {
        if (outcome.signIn.size() < mostSignIns && where.size() <= longestAddress && !where.empty())
            outcome.signIn.push_back(std::move(where));
    }
    if (outcome.kind == FileOutcome::Kind::Failed)
        readFailure(object, outcome);
    return true;
}

Result<ImportOutcome> readOutcomes(const Json& answer, std::string_view action, const char* changedWord) {
    const Json* files = answer.is_object() ? arrayAt(answer, "files") : nullptr;
    if (files == nullptr || stringAt(answer, "action") != action)
        return misunderstood();
    ImportOutcome outcome;
    for (std::size_t i = 0; i < std::min(files->size(), mostFiles); ++i) {
        FileOutcome file;
        if (!readOutcome((*files)[i], changedWord, file))
            return misunderstood();
        outcome.files.push_back(std::move(file));
    }
    return outcome;
}

} // namespace

int ImportPreview::servers() const {
    return std::accumulate(files.begin(), files.end(), 0, [](int sum, const FoundFile& file) {
        return sum + static_cast<int>(file.servers.size());
    });
}

int ImportOutcome::count(FileOutcome::Kind kind) const {
    return static_cast<int>(std::ranges::count(files, kind, &FileOutcome::kind));
}

int ImportOutcome::servers() const {
    return std::accumulate(files.begin(), files.end(), 0, [](int sum, const FileOutcome& file) {
        return sum + (file.kind == FileOutcome::Kind::Changed ? file.servers : 0);
    });
}

std::vector<std::string> ImportOutcome::backups() const {
    std::vector<std::string> all;
    for (const FileOutcome& file : files) {
        if (!file.backup.empty())
            all.push_back(file.backup);
    }
    return all;
}

std::vector<std::string> ImportOutcome::signIns() const {
    std::vector<std::string> all;
    for (const FileOutcome& file : files) {
        for (const std::string& where : file.signIn) {
            if (std::ranges::find(all, where) == all.end())
                all.push_back(where);
        }
    }
    return all;
}

Result<ImportPreview> readPreview(const Json& answer) {
    const Json* files = answer.is_object() ? arrayAt(answer, "files") : nullptr;
    if (files == nullptr || stringAt(answer, "action") != "preview")
        return misunderstood();
    ImportPreview preview;
    preview.isCut = files->size() > mostFiles;
    for (std::size_t i = 0; i < std::min(files->size(), mostFiles); ++i) {
        FoundFile file;
        if (!readFile((*files)[i], file, preview.isCut))
            return misunderstood();
        preview.files.push_back(std::move(file));
    }
    return preview;
}

Result<ImportOutcome> readApplied(const Json& answer) {
    return readOutcomes(answer, "apply", "applied");
}

Result<ImportOutcome> readUndone(const Json& answer) {
    return readOutcomes(answer, "undo", "restored");
}

} // namespace keybearer
