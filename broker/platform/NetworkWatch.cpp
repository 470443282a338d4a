#include "broker/platform/NetworkWatch.h"

#include "broker/platform/SystemBus.h"

#include <QNetworkInformation>

namespace keybearer {

namespace {

class ReachabilityWatch final : public NetworkWatch {
public:
    explicit ReachabilityWatch(std::function<void(bool)> changed) : changed_(std::move(changed)) {
        // What tells is asked over the system bus, and waits for it.
        settleSystemBus(&loop_, [this](SystemBus bus) {
            if (bus != SystemBus::Silent)
                listen();
        });
    }
    ~ReachabilityWatch() override { QObject::disconnect(connection_); }

    [[nodiscard]] bool online() const override { return online_; }

private:
    void listen() {
        if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
            return;
        information_ = QNetworkInformation::instance();
        connection_ = QObject::connect(information_, &QNetworkInformation::reachabilityChanged, &loop_,
                                       [this] { onChanged(); });
        onChanged();
    }
    // Local is online: a company's server may well be reachable when the rest of the world is not.
    [[nodiscard]] bool judge() const {
        return information_->reachability() != QNetworkInformation::Reachability::Disconnected;
    }
    void onChanged() {
        const bool now = judge();
        if (now == online_)
            return;
        online_ = now;
        changed_(now);
    }

    std::function<void(bool)> changed_;
    QNetworkInformation* information_ = nullptr;
    QMetaObject::Connection connection_;
    bool online_ = true;
    QObject loop_;
};

} // namespace

std::unique_ptr<NetworkWatch> NetworkWatch::start(std::function<void(bool)> changed) {
    return std::make_unique<ReachabilityWatch>(std::move(changed));
}

} // namespace keybearer
