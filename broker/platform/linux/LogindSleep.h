#pragma once

#include <QObject>

#include <functional>

namespace keybearer {

// The signal PrepareForSleep of org.freedesktop.login1.Manager on the system bus. Any program could send a
// signal of that name; the bus lets only the owner of the name org.freedesktop.login1 be its sender here.
class LogindSleep final : public QObject {
    Q_OBJECT

public:
    explicit LogindSleep(std::function<void(bool)> sleeping);

private Q_SLOTS:
    void onPrepareForSleep(bool about);

private:
    std::function<void(bool)> sleeping_;
};

} // namespace keybearer
