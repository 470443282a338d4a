#pragma once

#include "broker/gateway/door/ServedRequest.h"

#include <string>
#include <string_view>

namespace keybearer {

// The head of an answer as it is sent. Owned by the door; event loop thread. Fields that would not be one
// line, or that say how the answer is framed, are left out: the door says that itself.
class AnswerText {
public:
    enum class Framing { Sized, Chunks, NoBody };
    // Good until the next call.
    [[nodiscard]] std::string_view head(const AnswerHead& head, Framing framing, bool closes,
                                        const std::vector<HttpField>& more);

private:
    [[nodiscard]] const std::string& date();

    std::string head_;
    std::string date_;
    long long second_ = -1;
};

// "1f\r\n", what stands before a chunk of that many bytes.
[[nodiscard]] std::string chunkSizeLine(std::size_t size);

} // namespace keybearer
