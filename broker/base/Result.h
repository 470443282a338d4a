#pragma once

#include "broker/base/Error.h"

#include <functional>
#include <tl/expected.hpp>

namespace keybearer {

// A value or an Error; std::expected by another name until the baseline's compiler has it (docs/adr/0004).
template <typename T>
using Result = tl::expected<T, Error>;

// How an asynchronous step hands over its result: called exactly once, from the event loop, never from inside
// the call that started the step unless the header of that call says so. Not called when the step was
// destroyed.
template <typename T>
using Completion = std::function<void(Result<T>)>;

[[nodiscard]] inline tl::unexpected<Error> failure(Error error) {
    return tl::unexpected<Error>(std::move(error));
}
[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, std::string message,
                                                   std::string action = {}) {
    return tl::unexpected<Error>(Error(code, std::move(message), std::move(action)));
}

} // namespace keybearer
