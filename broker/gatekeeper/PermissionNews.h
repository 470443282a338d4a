#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/gatekeeper/Exchanges.h"

#include <QObject>

#include <functional>
#include <string>
#include <vector>

namespace keybearer {

// What the gateway is told when permissions change: that it has to ask anew for what it was given under the
// old ones, and which conversations end with a permission that was taken back. A stream that is open goes on
// with the token of its beginning: its conversation ends. Told once for all that changed in a turn of the
// event loop, after it or with tell(). Owned by the Gatekeeper; event loop thread.
class PermissionNews final : public QObject {
    Q_OBJECT
public:
    using Send = std::function<void(const std::string& line)>;

    PermissionNews(Exchanges& exchanges, ConsentGate& gate, Send send);
    ~PermissionNews() override;
    Q_DISABLE_COPY_MOVE(PermissionNews)

    // Now, if there is anything: before whoever took a permission back is answered. Not from inside a change.
    void tell();

Q_SIGNALS:
    void exchangesEnded();

private:
    void tellLater();

    Exchanges& exchanges_;
    ConsentGate& gate_;
    Send send_;
    std::vector<ConsentSubject> takenBack_;
    bool stale_ = false;
    bool comes_ = false; // tell(), in the next turn
};

} // namespace keybearer
