#include "app/cli/Arguments.h"

#include "broker/base/Text.h"

#include <algorithm>
#include <charconv>

namespace keybearer {

namespace {

constexpr std::size_t shownCharacters = 64; // of a word that we did not understand

std::vector<std::string> namesOf(std::span<const Verb* const> verbs) {
    std::vector<std::string> names;
    for (const Verb* verb : verbs)
        names.emplace_back(verb->name);
    return names;
}

std::string quoted(std::string_view word) {
    return "\"" + displaySafe(word, shownCharacters) + "\"";
}

} // namespace

std::string Arguments::helpCommand() const {
    std::string command = "keybearer";
    for (const Verb* verb : path_)
        command.append(" ").append(verb->name);
    return command + " --help";
}

tl::unexpected<Error> Arguments::misuse(std::string message, std::string meant) const {
    Error error(ErrorCode::InvalidParams, std::move(message), "See: " + helpCommand());
    if (!meant.empty())
        error.details.emplace_back("did_you_mean", std::move(meant));
    return failure(std::move(error));
}

const Option* Arguments::find(std::string_view name, char letter) const {
    const auto matches = [&](const Option& option) {
        return letter != 0 ? option.letter == letter : option.name == name;
    };
    if (!path_.empty()) {
        const auto& own = path_.back()->options;
        if (const auto found = std::find_if(own.begin(), own.end(), matches); found != own.end())
            return &*found;
    }
    const auto global = globalOptions();
    const auto found = std::find_if(global.begin(), global.end(), matches);
    return found == global.end() ? nullptr : &*found;
}

Result<void> Arguments::takeWord(std::string_view word, std::span<const Verb* const> verbs) {
    const bool descends = path_.empty() || !path_.back()->children.empty();
    if (!descends) {
        operands_.push_back(word);
        return {};
    }
    const auto choices = path_.empty() ? verbs : path_.back()->children;
    for (const Verb* verb : choices) {
        if (verb->name == word) {
            path_.push_back(verb);
            return {};
        }
    }
    const std::string meant = nearest(word, namesOf(choices));
    if (path_.empty())
        return misuse("there is no command " + quoted(word), meant);
    return misuse("keybearer " + std::string(path_.back()->name) + " has no command " + quoted(word) +
                      ", only " + join(namesOf(choices), ", "),
                  meant);
}

Result<std::size_t> Arguments::takeLong(std::span<const char* const> rest) {
    const std::string_view word(rest[0]);
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Option* option = find(name, 0);
    if (option == nullptr) {
        std::vector<std::string> known;
        for (const Option& each : globalOptions())
            known.emplace_back(each.name);
        if (!path_.empty()) {
            for (const Option& each : path_.back()->options)
                known.emplace_back(each.name);
        }
        return misuse("there is no option " + quoted(name), nearest(name, known));
    }
    if (option->value.empty()) {
        if (equals != std::string_view::npos)
            return misuse(std::string(name) + " takes no value");
        given_.push_back({option->name, {}});
        return 1;
    }
    if (equals == std::string_view::npos && rest.size() < 2)
        return misuse(std::string(name) + " needs a value: " + std::string(name) + " " +
                      std::string(option->value));
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view(rest[1]) : word.substr(equals + 1);
    if (value.empty())
        return misuse("the value of " + std::string(name) + " is empty");
    given_.push_back({option->name, value});
    return equals == std::string_view::npos ? 2 : 1;
}

Result<std::size_t> Arguments::takeLetters(std::span<const char* const> rest) {
    for (const char letter : std::string_view(rest[0]).substr(1)) {
        const Option* option = find({}, letter);
        if (option == nullptr)
            return misuse("there is no option " + quoted(std::string("-") + letter));
        given_.push_back({option->name, {}}); // no short option takes a value
    }
    return 1;
}

Result<void> Arguments::checkOperands() const {
    if (path_.empty() || has("--help") || has("--version"))
        return {};
    const Verb& verb = *path_.back();
    if (!verb.children.empty())
        return misuse("keybearer " + std::string(verb.name) +
                      " needs one of: " + join(namesOf(verb.children), ", "));
    if (operands_.size() < verb.leastOperands)
        return misuse("something is missing: keybearer" + [this] {
            std::string words;
            for (const Verb* each : path_)
                words.append(" ").append(each->name);
            return words;
        }() + " " + std::string(verb.operands));
    if (operands_.size() > verb.mostOperands)
        return misuse("one word too many: " + quoted(operands_[verb.mostOperands]));
    return {};
}

Result<Arguments> Arguments::parse(std::span<const char* const> words, std::span<const Verb* const> verbs) {
    Arguments out;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < words.size();) {
        const std::string_view word(words[i]);
        const bool isOption = !optionsEnded && word.size() > 1 && word.front() == '-';
        if (isOption && word == "--") {
            optionsEnded = true;
            ++i;
        } else if (isOption) {
            const Result<std::size_t> taken =
                word[1] == '-' ? out.takeLong(words.subspan(i)) : out.takeLetters(words.subspan(i));
            if (!taken)
                return tl::unexpected(taken.error());
            i += *taken;
        } else {
            if (const Result<void> taken = out.takeWord(word, verbs); !taken)
                return tl::unexpected(taken.error());
            ++i;
        }
    }
    if (const Result<void> complete = out.checkOperands(); !complete)
        return tl::unexpected(complete.error());
    return out;
}

bool Arguments::has(std::string_view option) const {
    return std::any_of(given_.begin(), given_.end(),
                       [&](const Given& given) { return given.option == option; });
}

std::optional<std::string> Arguments::value(std::string_view option) const {
    const auto found = std::find_if(given_.rbegin(), given_.rend(),
                                    [&](const Given& given) { return given.option == option; });
    if (found == given_.rend())
        return std::nullopt;
    return std::string(found->value);
}

std::vector<std::string> Arguments::values(std::string_view option) const {
    std::vector<std::string> out;
    for (const Given& given : given_) {
        if (given.option == option)
            out.emplace_back(given.value);
    }
    return out;
}

Result<std::optional<std::int64_t>> Arguments::number(std::string_view option, std::int64_t least,
                                                      std::int64_t most) const {
    const std::optional<std::string> text = value(option);
    if (!text)
        return std::optional<std::int64_t>();
    std::int64_t number = 0;
    const char* end = text->data() + text->size();
    const auto [stop, code] = std::from_chars(text->data(), end, number);
    if (code != std::errc() || stop != end || number < least || number > most)
        return misuse(std::string(option) + " takes a whole number from " + std::to_string(least) + " to " +
                      std::to_string(most) + ", not " + quoted(*text));
    return std::optional<std::int64_t>(number);
}

} // namespace keybearer
