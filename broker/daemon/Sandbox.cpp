#include "broker/daemon/Sandbox.h"

#include "broker/base/PrivateFile.h"
#include "broker/log/Log.h"
#include "broker/platform/PeerCredentials.h"
#include "broker/platform/Starter.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <unistd.h>

namespace keybearer {

namespace {

bool isWanted(const Config& config) {
    return std::none_of(config.settings.begin(), config.settings.end(), [](const EffectiveSetting& setting) {
        return setting.key == "sandbox" && setting.values == std::vector<std::string>{"false"};
    });
}

// All that the broker ever writes. Where the sessions lie in memory nothing goes to the disk.
std::vector<std::filesystem::path> ownDirectories(const Places& places, const Config& config) {
    std::vector<std::filesystem::path> out{places.runtime, places.socket.parent_path()};
    if (config.store != StoreBackend::Memory)
        out.push_back(places.state);
    if (config.agent.enabled && !config.agent.socket.empty())
        out.push_back(config.agent.socket.parent_path());
    return out;
}

// A right can be kept to what is there alone. Whether it is as it should be is looked at by who uses it.
void makeMissing(const std::vector<std::filesystem::path>& directories) {
    for (const std::filesystem::path& directory : directories) {
        std::error_code failed;
        if (!std::filesystem::exists(directory, failed))
            static_cast<void>(makePrivateDirectory(directory).has_value());
    }
}

std::vector<std::filesystem::path> ownPrograms() {
    std::vector<std::filesystem::path> out{
        std::filesystem::path(describeProcess(::getpid()).executable).parent_path()};
    if (const std::filesystem::path loader = ownLoader(); !loader.empty())
        out.push_back(loader);
    return out;
}

// Threads that are there already would stay outside.
bool isAlone() {
    std::error_code failed;
    std::filesystem::directory_iterator threads("/proc/self/task", failed);
    return !failed && std::distance(begin(threads), end(threads)) == 1;
}

// Of those the ones that nobody keeps programs in; not the person's home with all below.
std::vector<std::filesystem::path> withoutPrograms(std::vector<std::filesystem::path> directories) {
    const char* home = std::getenv("HOME");
    const std::filesystem::path persons(home == nullptr ? "" : home);
    std::erase_if(directories, [&](const std::filesystem::path& directory) {
        const auto ends = std::mismatch(directory.begin(), directory.end(), persons.begin(), persons.end());
        return ends.first == directory.end();
    });
    return directories;
}

void warn(const char* what) {
    qCWarning(logDaemon).noquote() << "sandbox:" << what;
}

} // namespace

Sandbox enterSandbox(const Places& places, const Config& config, bool handedOver) {
    Sandbox out;
    out.wanted = isWanted(config);
    if (handedOver) {
        out.entered = true;
        out.parts = {true, true};
        if (!out.wanted)
            warn("it stays until this process ends; keybearer stop ends it");
        return out;
    }
    if (!out.wanted || starterSocket() < 0 || !isAlone()) {
        warn(!out.wanted ? "the configuration does without it" : "this system has none for the broker");
        endStarter();
        return out;
    }
    const std::vector<std::filesystem::path> own = ownDirectories(places, config);
    makeMissing(own);
    refuseProgramsBelow(withoutPrograms(own));
    Confinement plan;
    plan.writable = own;
    plan.writable.emplace_back("/dev/null");
    plan.executable = ownPrograms();
    plan.startsPrograms = true; // one: its successor
    plan.callsPrograms = true;
    out.entered = true;
    out.parts = confine(plan);
    if (!out.parts.files)
        warn("this kernel has no Landlock: the broker may write to all files of this user");
    if (!out.parts.calls)
        warn("this kernel has no seccomp filters: no system call is refused to the broker");
    return out;
}

Json Sandbox::findings() const {
    const auto finding = [](const char* level, const char* name, const char* message, const char* action) {
        return Json{{"level", level}, {"name", name}, {"message", message}, {"action", action}};
    };
    Json out = Json::array();
    if (!wanted && !entered)
        out.push_back(finding("warning", "sandbox_off", "the broker is not confined: sandbox is false",
                              "Take sandbox: false out of config.yaml, then: keybearer restart"));
    return out;
}

} // namespace keybearer
