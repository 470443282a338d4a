#include "app/cli/Invocation.h"
#include "app/cli/SecretInput.h"
#include "app/cli/Table.h"
#include "app/cli/Verbs.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <array>
#include <filesystem>

namespace keybearer {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds unlockLimit{60};        // Argon2id on a slow machine
constexpr std::chrono::seconds workLimit{3600};        // ten thousand items into a keychain
constexpr std::chrono::milliseconds progressStep{300}; // between two looks

std::string keyWords(const Json& status) {
    const Json& key = objectAt(status, "key");
    const std::string kind = textAt(key, "kind");
    const std::string name = textAt(key, "name");
    const std::string id = textAt(key, "id");
    const std::string word = kind == "passphrase"   ? "a passphrase"
                             : kind == "key_file"   ? "a key file"
                             : kind == "credential" ? "a systemd credential"
                             : kind == "keychain"   ? "a key in the keychain"
                                                    : "";
    const bool named = (kind == "key_file" || kind == "credential") && !name.empty();
    return (named ? word + ", " + name : word) + (id.empty() ? "" : ", key id " + id);
}

std::string placeWords(const Json& status) {
    const std::string place = textAt(status, "place", "?");
    const std::string backend = textAt(status, "backend", "?");
    std::string words = place;
    if (place == "file")
        words += ", " + textAt(status, "file");
    if (const std::string server = textAt(objectAt(status, "shared"), "server"); !server.empty())
        words += ", " + server;
    if (place != backend)
        words += " (the configuration says " + backend + ")";
    return words;
}

void addShared(Table& lines, const Json& shared, WallTime now) {
    if (shared.empty())
        return;
    lines.add({"Store id", textAt(shared, "store_id", "not known yet")});
    lines.add({"This broker", textAt(shared, "broker_id")});
    lines.add({"Last contact", whenWords(stringAt(shared, "last_contact"), now, "none yet")});
    const std::int64_t leases = integerAt(shared, "leases").value_or(0);
    if (leases > 0)
        lines.add({"Refreshing", counted(leases, "session", "sessions")});
    const std::int64_t lost = integerAt(shared, "lost").value_or(0);
    if (lost > 0)
        lines.add({"Lost there", counted(lost, "item", "items")});
}

std::string statusText(const Json& status, WallTime now) {
    Table lines({"Store", placeWords(status)});
    std::string state = textAt(status, "state", "unknown");
    if (booleanAt(status, "new").value_or(false))
        state += ", not made yet";
    lines.add({"State", state});
    if (const std::string key = keyWords(status); !key.empty())
        lines.add({"Opened by", key});
    const Json& key = objectAt(status, "key");
    if (key.contains("made_at"))
        lines.add({"Key made", whenWords(stringAt(key, "made_at"), now, "?")});
    const auto number = [&](const char* member) { return integerAt(status, member).value_or(0); };
    if (status.contains("records"))
        lines.add({"Records", std::to_string(number("records"))});
    if (number("quarantined") > 0)
        lines.add({"Kept aside", counted(number("quarantined"), "damaged record", "damaged records")});
    lines.add({"Sessions", std::to_string(number("sessions"))});
    lines.add({"In the journal", counted(number("unsettled"), "item that is not in the store yet",
                                         "items that are not in the store yet")});
    addShared(lines, objectAt(status, "shared"), now);
    std::string out = lines.text();
    const auto trouble = [&](const std::string& message, const std::string& action) {
        if (!message.empty())
            out += "\n" + wrapped(message, 80, 0) + (action.empty() ? "" : wrapped(action, 80, 2));
    };
    trouble(textAt(status, "problem"), displaySafe(stringAt(status, "action").value_or(""), 1000));
    for (const Json& remark : arrayAt(status, "remarks"))
        trouble(textAt(remark, "message"), displaySafe(stringAt(remark, "action").value_or(""), 1000));
    return out;
}

Result<int> showStatus(Invocation& invocation, const Result<Json>& status) {
    if (!status)
        return tl::unexpected(status.error());
    if (invocation.output().json())
        invocation.output().answerJson(*status);
    else
        invocation.output().answer(statusText(*status, invocation.now()));
    return 0;
}

Result<int> runStatus(Invocation& invocation) {
    return showStatus(invocation, invocation.ask("store.status", Json::object()));
}

// One request that may take long, with a line about how far it is.
Result<Json> work(Invocation& invocation, std::string_view method, const Json& params) {
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    const std::int64_t id = (*client)->post(method, params);
    const Steady::time_point deadline = Steady::now() + invocation.timeout(workLimit);
    std::int64_t look = 0;
    while (Steady::now() < deadline) {
        Result<Arrival> arrival = (*client)->next(progressStep);
        if (!arrival)
            return tl::unexpected(arrival.error());
        if (arrival->kind == Arrival::Kind::Answer && arrival->id == id)
            return std::move(arrival->body);
        if (arrival->kind == Arrival::Kind::Answer && arrival->id == look && arrival->body) {
            const Json& task = objectAt(*arrival->body, "task");
            if (!task.empty())
                invocation.output().progress(textAt(task, "step") + ": " +
                                             std::to_string(integerAt(task, "done").value_or(0)) + " of " +
                                             std::to_string(integerAt(task, "total").value_or(0)));
            look = 0;
        } else if (arrival->kind == Arrival::Kind::TimedOut && look == 0) {
            look = (*client)->post("store.status", Json::object());
        }
    }
    return failure(ErrorCode::TimedOut, "the broker is still at it",
                   "See how far it is with: keybearer store status");
}

Result<int> runUnlock(Invocation& invocation) {
    const Result<Json> status = invocation.ask("store.status", Json::object());
    if (!status)
        return tl::unexpected(status.error());
    StoreUnlockParams params;
    const bool wants = textAt(objectAt(*status, "key"), "kind") == "passphrase";
    if (wants || invocation.arguments().has("--value-file")) {
        const bool fresh = booleanAt(*status, "new").value_or(false);
        Result<Secret> given =
            readSecret(invocation, {fresh ? "New passphrase of the store: " : "Passphrase of the store: ",
                                    fresh ? "Once more: " : "", 1024});
        if (!given)
            return tl::unexpected(given.error());
        params.passphrase = std::string(given->reveal());
    }
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    Json wire = params.toJson();
    const Result<Json> unlocked = (*client)->call("store.unlock", wire, invocation.timeout(unlockLimit));
    wipeJson(wire);
    if (params.passphrase)
        wipe(*params.passphrase);
    if (!unlocked)
        return tl::unexpected(unlocked.error());
    if (invocation.output().json())
        invocation.output().answerJson(*unlocked);
    else
        invocation.output().say("The store is unlocked.");
    return 0;
}

Result<int> runLock(Invocation& invocation) {
    const Result<Json> locked = invocation.ask("store.lock", Json::object());
    if (!locked)
        return tl::unexpected(locked.error());
    if (invocation.output().json())
        invocation.output().answerJson(*locked);
    else
        invocation.output().say("The store is locked.");
    return 0;
}

// The key that the options name; for a passphrase also the passphrase.
Result<StoreKeyParams> keyParams(Invocation& invocation, const char* kindOption, const char* fileOption,
                                 const char* credentialOption, bool fresh) {
    const Arguments& arguments = invocation.arguments();
    StoreKeyParams params;
    params.key = arguments.value(kindOption);
    if (params.key)
        std::replace(params.key->begin(), params.key->end(), '-', '_');
    params.credential = arguments.value(credentialOption);
    if (const std::optional<std::string> file = arguments.value(fileOption)) {
        std::error_code failed;
        params.keyFile = std::filesystem::absolute(*file, failed).lexically_normal().string();
    }
    if (params.key == "passphrase" || (!params.key && arguments.has("--value-file"))) {
        Result<Secret> given =
            readSecret(invocation, {fresh ? "New passphrase of the store: " : "Passphrase of the store: ",
                                    fresh ? "Once more: " : "", 1024});
        if (!given)
            return tl::unexpected(given.error());
        params.passphrase = std::string(given->reveal());
    }
    return params;
}

Result<int> report(Invocation& invocation, const Result<Json>& outcome, const std::string& words) {
    if (!outcome)
        return tl::unexpected(outcome.error());
    Output& output = invocation.output();
    if (output.json()) {
        output.answerJson(*outcome);
        return 0;
    }
    output.say(words);
    if (const std::string line = displaySafe(stringAt(*outcome, "action").value_or(""), 1000); !line.empty())
        output.say(line);
    return 0;
}

Result<int> runMigrate(Invocation& invocation) {
    StoreMigrateParams params;
    params.source = invocation.arguments().operand(0);
    params.target = invocation.arguments().operand(1);
    const Result<Json> status = invocation.ask("store.status", Json::object());
    if (!status)
        return tl::unexpected(status.error());
    const bool fresh = booleanAt(*status, "new").value_or(params.target == "file");
    Result<StoreKeyParams> key = keyParams(invocation, "--key", "--key-file", "--credential", fresh);
    if (!key)
        return tl::unexpected(key.error());
    params.key = std::move(*key);
    // The configuration may name the passphrase already; then it is not named here, but wanted.
    if (!params.key.passphrase && !params.key.key && !params.key.keyFile && !params.key.credential &&
        textAt(objectAt(*status, "key"), "kind") == "passphrase" && textAt(*status, "state") != "ready") {
        Result<Secret> given =
            readSecret(invocation, {"Passphrase of the store file: ", fresh ? "Once more: " : "", 1024});
        if (!given)
            return tl::unexpected(given.error());
        params.key.passphrase = std::string(given->reveal());
    }
    Json wire = params.toJson();
    const Result<Json> moved = work(invocation, "store.migrate", wire);
    wipeJson(wire);
    const std::int64_t damaged = moved ? integerAt(*moved, "damaged").value_or(0) : 0;
    std::string words = moved ? "Moved " + counted(integerAt(*moved, "moved").value_or(0), "item", "items") +
                                    " from " + params.source + " to " + params.target + "."
                              : "";
    if (damaged > 0)
        words += " " + counted(damaged, "damaged item", "damaged items") + " stayed where it was.";
    return report(invocation, moved, words);
}

Result<int> runRekey(Invocation& invocation) {
    StoreRekeyParams params;
    Result<StoreKeyParams> key =
        keyParams(invocation, "--new-key", "--new-key-file", "--new-credential", true);
    if (!key)
        return tl::unexpected(key.error());
    params.key = std::move(*key);
    Json wire = params.toJson();
    const Result<Json> changed = work(invocation, "store.rekey", wire);
    wipeJson(wire);
    return report(invocation, changed, "Every record is under a new key.");
}

constexpr std::array unlockOptions{
    Option{"--value-file", "FILE", "Read the passphrase from a file; - is standard input.", 0}};
constexpr std::array migrateOptions{
    Option{"--key", "KIND", "What opens it: keychain, passphrase, key_file or credential.", 0},
    Option{"--key-file", "FILE", "The key file.", 0},
    Option{"--credential", "NAME", "The systemd credential.", 0},
    Option{"--value-file", "FILE", "Read the passphrase from a file; - is standard input.", 0}};
constexpr std::array rekeyOptions{
    Option{"--new-key", "KIND", "Another source: keychain, passphrase, key_file or credential.", 0},
    Option{"--new-key-file", "FILE", "The new key file.", 0},
    Option{"--new-credential", "NAME", "The new systemd credential.", 0},
    Option{"--value-file", "FILE", "Read the new passphrase from a file; - is standard input.", 0}};
constexpr std::array statusExamples{
    Example{"keybearer store status", "Where are my sessions, and is all well?"}};
constexpr std::array unlockExamples{
    Example{"keybearer store unlock", "Type the passphrase."},
    Example{"pass show keybearer | keybearer store unlock --value-file -", "From a password manager."}};
constexpr std::array lockExamples{Example{"keybearer store lock", "Before you leave the machine."}};
constexpr std::array migrateExamples{
    Example{"keybearer store migrate keychain file --key passphrase", "Into a file under a passphrase."},
    Example{"keybearer store migrate file keychain", "And back."},
    Example{"keybearer store migrate keychain redis --key-file /etc/keybearer/team.key",
            "Into the Redis that config.yaml names under store.redis."}};
constexpr std::array rekeyExamples{
    Example{"keybearer store rekey", "New keys inside; the passphrase or key file stays."},
    Example{"keybearer store rekey --new-key passphrase", "Another passphrase."},
    Example{"keybearer store rekey --new-key-file /media/stick/key", "A key file from now on."}};

const Verb statusChild{
    "status", "",       "Show where the sessions are kept and what is wrong.", "", 0, 0, {}, statusExamples,
    {},       runStatus};
const Verb unlockChild{"unlock",
                       "",
                       "Unlock the store.",
                       "Asks for the passphrase without showing it. For a store that has none yet, what you "
                       "type becomes its passphrase.",
                       0,
                       0,
                       unlockOptions,
                       unlockExamples,
                       {},
                       runUnlock};
const Verb lockChild{
    "lock", "",     "Lock the store, and forget every token that was loaded.", "", 0, 0, {}, lockExamples,
    {},     runLock};
const Verb migrateChild{
    "migrate",
    "FROM TO",
    "Move all sessions to another store.",
    "FROM and TO are keychain, file, redis or vault. The broker goes on serving. Nothing is "
    "erased before everything is in the new store and has been read there; interrupted "
    "anywhere, give the same command again. Afterwards it says what to write into "
    "config.yaml. What is moved out of a store that several brokers share is gone for all of "
    "them.",
    2,
    2,
    migrateOptions,
    migrateExamples,
    {},
    runMigrate};
const Verb rekeyChild{
    "rekey",
    "",
    "Give the store new keys.",
    "Seals every record anew, and, with one of the options, has the file opened by something "
    "else from now on. Interrupted anywhere, give the same command again.",
    0,
    0,
    rekeyOptions,
    rekeyExamples,
    {},
    runRekey};
constexpr std::array<const Verb*, 5> children{&statusChild, &unlockChild, &lockChild, &migrateChild,
                                              &rekeyChild};

} // namespace

const Verb storeVerb{
    "store",  "",     "Look at, unlock, lock and move what keeps the sessions.", "", 0, 0, {}, {},
    children, nullptr};

} // namespace keybearer
