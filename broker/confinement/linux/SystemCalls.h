#pragma once

namespace keybearer {

// A seccomp filter (seccomp(2)) over what no part of this product has a use for: whoever takes it over gets
// an error instead. False: this kernel has no filters, or the process may still gain privileges.
[[nodiscard]] bool restrictCalls(bool startsPrograms, bool callsPrograms);

} // namespace keybearer
