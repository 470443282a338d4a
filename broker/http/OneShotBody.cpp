#include "broker/http/OneShotBody.h"

#include <algorithm>

namespace keybearer {

OneShotBody::OneShotBody(Secret body) : body_(std::move(body)) {
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::bytesAvailable() const {
    return static_cast<qint64>(body_.size() - at_) + QIODevice::bytesAvailable();
}

qint64 OneShotBody::readData(char* data, qint64 maxSize) {
    if (at_ == body_.size())
        return -1;
    const std::size_t size = std::min(static_cast<std::size_t>(maxSize), body_.size() - at_);
    body_.reveal().copy(data, size, at_);
    at_ += size;
    return static_cast<qint64>(size);
}

} // namespace keybearer
