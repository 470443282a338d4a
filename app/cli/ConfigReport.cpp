#include "app/cli/ConfigReport.h"

#include "app/cli/ChildSpeech.h"
#include "app/cli/ConfigChange.h"
#include "app/cli/ConfigSchema.h"
#include "app/cli/Table.h"
#include "app/cli/Words.h"
#include "app/client/ProgramPath.h"
#include "broker/base/Text.h"

namespace keybearer {

namespace {

constexpr std::size_t longestShown = 100; // of a value in the table; --json has all of it
constexpr std::size_t longestWords = 400;
constexpr std::string_view schemaPlace = "share/keybearer/config.schema.json"; // below the prefix

std::string shownWord(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string shownValue(const Json& setting) {
    if (booleanAt(setting, "secret").value_or(false))
        return "(secret)";
    const auto value = setting.find("value");
    if (value == setting.end() || value->is_null())
        return "-";
    if (!value->is_array())
        return shownWord(*value);
    std::vector<std::string> words;
    for (const Json& word : *value)
        words.push_back(shownWord(word));
    return "[" + join(words, ", ") + "]";
}

std::vector<std::string> wordsAt(const Json& object, const char* key) {
    std::vector<std::string> out;
    for (const std::string& word : stringsAt(object, key))
        out.push_back(displaySafe(word, longestShown));
    return out;
}

// What is in force in the broker that runs; without one, what would be.
Result<Json> effective(Invocation& invocation, bool& running) {
    if (const Result<LineClient*> broker = invocation.running()) {
        running = true;
        return (*broker)->call("config.get", Json::object(), invocation.timeout());
    }
    running = false;
    Result<Json> read = readConfiguration(configFile(invocation));
    if (!read)
        return read;
    if (const auto problem = read->find("problem"); problem != read->end())
        return failure(configComplaint(*problem));
    return read;
}

void sayWhatIsWrong(Output& output, const Json& document, bool running) {
    if (const auto problem = document.find("problem"); problem != document.end())
        output.say("The file as it is now is wrong, and the configuration of before stays in force: " +
                   displaySafe(stringAt(*problem, "message").value_or(""), longestWords));
    if (const std::vector<std::string> keys = wordsAt(document, "restart"); !keys.empty())
        output.say("Needs a restart (keybearer restart): " + join(keys, ", "));
    output.say(displaySafe(stringAt(document, "config").value_or(""), longestWords) +
               (running ? "; this is what the broker that runs goes by."
                        : "; no broker runs, this is what one would go by."));
}

} // namespace

Result<Json> readConfiguration(const std::filesystem::path& file) {
    const std::filesystem::path daemon = findProgram("keybearerd");
    if (daemon.empty())
        return failure(ErrorCode::InvalidRequest, "there is no keybearerd to read the configuration with",
                       "Install keybearerd beside keybearer.");
    const Spoken spoken = answerOf(daemon, {"--check-config", "--json", "--config", file.string()});
    Result<Json> read = parseJson(spoken.text.substr(0, spoken.text.find('\n')));
    if (!read || !read->is_object() || !booleanAt(*read, "valid"))
        return failure(ErrorCode::InternalError, "keybearerd did not tell what it makes of the configuration",
                       "Make sure that keybearer and keybearerd are of the same version.");
    return read;
}

Error configComplaint(const Json& problem) {
    Error error(ErrorCode::InvalidParams, stringAt(problem, "message").value_or("the configuration is wrong"),
                "Correct the file: keybearer config edit");
    for (const char* key : {"file", "key", "variable", "did_you_mean"}) {
        if (std::optional<std::string> text = stringAt(problem, key))
            error.details.emplace_back(key, std::move(*text));
    }
    if (const std::optional<std::int64_t> line = integerAt(problem, "line"))
        error.details.emplace_back("line", *line);
    return error;
}

Result<int> showEffective(Invocation& invocation) {
    bool running = false;
    const Result<Json> document = effective(invocation, running);
    if (!document)
        return failure(document.error());
    Output& output = invocation.output();
    if (output.json()) {
        Json answer = *document;
        answer["running"] = running;
        output.answerJson(answer);
        return 0;
    }
    Table table({"SETTING", "VALUE", "FROM"});
    for (const Json& setting : arrayAt(*document, "settings"))
        table.add({displaySafe(stringAt(setting, "key").value_or(""), longestShown),
                   displaySafe(shownValue(setting), longestShown),
                   displaySafe(stringAt(setting, "from").value_or(""), longestShown)});
    output.answer(table.text());
    sayWhatIsWrong(output, *document, running);
    return 0;
}

Result<int> checkConfiguration(Invocation& invocation) {
    const Arguments& arguments = invocation.arguments();
    const std::filesystem::path file =
        arguments.operands().empty() ? configFile(invocation) : std::filesystem::path(arguments.operand(0));
    std::error_code failed;
    if (!arguments.operands().empty() && !std::filesystem::exists(file, failed))
        return failure(ErrorCode::NotFound, "there is no file " + displaySafe(file.string(), longestWords),
                       "Name a file that is there; without one, config.yaml is checked.");
    Result<Json> read = readConfiguration(std::filesystem::absolute(file, failed));
    if (!read)
        return failure(read.error());
    Output& output = invocation.output();
    const auto problem = read->find("problem");
    if (output.json()) {
        Json answer = *read;
        answer.erase("settings"); // those are what config show --effective is for
        output.answerJson(answer);
        return problem == read->end() ? 0 : 2;
    }
    if (problem != read->end())
        return failure(configComplaint(*problem));
    for (const std::string& warning : stringsAt(*read, "warnings"))
        output.say("Mind: " + displaySafe(warning, longestWords));
    output.say("The configuration is right.");
    return 0;
}

Result<int> reloadConfiguration(Invocation& invocation) {
    const Result<LineClient*> broker = invocation.running();
    if (!broker)
        return failure(ErrorCode::BrokerUnreachable, "no broker runs",
                       "Nothing has to be done: it reads the configuration when it starts.");
    const Result<Json> done = (*broker)->call("config.reload", Json::object(), invocation.timeout());
    if (!done)
        return failure(done.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*done);
        return 0;
    }
    const std::vector<std::string> changed = wordsAt(*done, "changed");
    output.say(changed.empty() ? "Nothing has changed." : "In force now: " + join(changed, ", "));
    if (const std::vector<std::string> keys = wordsAt(*done, "restart"); !keys.empty())
        output.say("Needs a restart (keybearer restart): " + join(keys, ", "));
    return 0;
}

Result<int> printSchema(Invocation& invocation) {
    if (!invocation.arguments().has("--path")) {
        invocation.output().answer(configSchema);
        return 0;
    }
    std::error_code failed;
    const std::filesystem::path place =
        findProgram("keybearer").parent_path().parent_path() / std::string(schemaPlace);
    if (!std::filesystem::exists(place, failed))
        return failure(ErrorCode::NotFound, "the schema is not installed beside this program",
                       "Write it to a file with: keybearer config schema > config.schema.json");
    if (invocation.output().json())
        invocation.output().answerJson(Json{{"schema", place.string()}});
    else
        invocation.output().answer(displaySafe(place.string(), longestWords) + "\n");
    return 0;
}

ConfigTaken takeUpConfig(Invocation& invocation) {
    const Result<LineClient*> broker = invocation.running();
    if (!broker)
        return {false, "The broker uses it when it starts."};
    const Result<Json> done = (*broker)->call("config.reload", Json::object(), invocation.timeout());
    if (!done)
        return {true, "Restart the broker to use it: keybearer restart"};
    const std::vector<std::string> keys = wordsAt(*done, "restart");
    return keys.empty() ? ConfigTaken{false, "The broker uses it now."}
                        : ConfigTaken{true, "Needs a restart (keybearer restart): " + join(keys, ", ")};
}

} // namespace keybearer
