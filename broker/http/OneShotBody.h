#pragma once

#include "broker/base/Secret.h"

#include <QIODevice>

namespace keybearer {

// The body of one POST, readable once. It is sequential and cannot go back to its start: this is what keeps
// QNetworkAccessManager from sending the request a second time when the server closes the connection without
// an answer, which it does behind everybody's back with a buffered body (SEC-C-27). Owned by the reply that
// reads it; the bytes stay in the Secret until the device goes.
class OneShotBody final : public QIODevice {
    Q_OBJECT

public:
    explicit OneShotBody(Secret body);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return at_ == body_.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override;
    bool reset() override { return false; }
    bool seek(qint64) override { return false; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    Secret body_;
    std::size_t at_ = 0;
};

} // namespace keybearer
