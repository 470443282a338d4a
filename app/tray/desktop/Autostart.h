#pragma once

#include "broker/base/Result.h"

#include <QString>
#include <memory>

namespace keybearer {

// Whether the tray starts with the desktop, in the way of this system: a desktop entry below
// XDG_CONFIG_HOME/autostart, a launch agent (macOS), the key Run (Windows). Owned by the settings page; GUI
// thread.
class Autostart {
public:
    virtual ~Autostart() = default;
    Autostart(const Autostart&) = delete;
    Autostart& operator=(const Autostart&) = delete;

    [[nodiscard]] virtual bool isOn() const = 0;
    // StoreUnavailable: it could not be written.
    [[nodiscard]] virtual Result<void> set(bool on) = 0;
    // Where it is written, for people.
    [[nodiscard]] virtual QString place() const = 0;

protected:
    Autostart() = default;
};

// Of this system. The tray itself is what starts.
[[nodiscard]] std::unique_ptr<Autostart> systemAutostart();

// A desktop entry in the directory. One that a person has changed keeps its words: it is only hidden and
// shown again. `ofSystem`: the entry that a package may have put there for everybody; it counts as long as
// there is no own one, and an own one hides it.
[[nodiscard]] std::unique_ptr<Autostart> autostartIn(const QString& directory, const QString& program,
                                                     const QString& ofSystem = {});

} // namespace keybearer
