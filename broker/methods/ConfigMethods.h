#pragma once

#include "broker/base/Clock.h"
#include "broker/config/Config.h"
#include "broker/rpc/MethodTable.h"

#include <functional>
#include <optional>

namespace keybearer {

// config.get and config.reload. Owned by the Broker; event loop thread.
class ConfigMethods {
public:
    struct State {
        const std::vector<EffectiveSetting>& settings;
        std::string preset;
        std::filesystem::path file;
        WallTime loadedAt;
        std::optional<Error> problem;     // why the file as it is now is not in force
        std::vector<std::string> restart; // keys that wait for a new start
    };
    struct Reloaded {
        std::vector<std::string> changed;
        std::vector<std::string> restart;
    };
    struct Rooms {
        std::function<State()> state;
        std::function<Result<Reloaded>()> reload;
    };
    explicit ConfigMethods(Rooms rooms) : rooms_(std::move(rooms)) {}
    void addTo(MethodTable& table);

private:
    void get(const Json& params, const Reply& reply) const;
    void reload(const Json& params, const Reply& reply) const;

    Rooms rooms_;
};

// The settings as config.get and `keybearerd --check-config --json` tell them. Of a secret nothing but that
// there is one.
[[nodiscard]] Json settingsToWire(const std::vector<EffectiveSetting>& settings);
// {"message", "action", "file"?, "line"?, "key"?, "variable"?, "did_you_mean"?}
[[nodiscard]] Json configProblemToWire(const Error& error);

} // namespace keybearer
