#pragma once

#include "broker/platform/ProcessWatch.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// Opens an address in the person's browser from the daemon, where no tray does: the first program of $BROWSER
// or xdg-open that does not fail within a second or two. No shell: the address is one argument of one
// program, and one that isSafelyOpenable() does not take is given to none (SEC-C-34, T-21). Owned by the
// Broker; event loop thread.
class BrowserStart : public QObject {
    Q_OBJECT
public:
    using Commands = std::vector<std::vector<std::string>>;

    // False: it will not even be tried. `failed` is called later if no program took it.
    [[nodiscard]] bool open(const std::string& url, std::function<void()> failed);
    // Is there anything that could open a page?
    [[nodiscard]] static bool isPossible();

private:
    struct Attempt {
        Commands commands;
        std::function<void()> failed;
        std::size_t next = 0;
        std::int64_t pid = 0;
        std::unique_ptr<ProcessWatch> watch;
        QTimer patience;
        bool taken = false; // it runs on; only to be waited for
    };
    void tryNext(Attempt& attempt);
    void onEnded(Attempt& attempt);
    void drop(Attempt& attempt);

    std::list<Attempt> attempts_;
};

} // namespace keybearer
