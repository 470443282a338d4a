#pragma once

namespace keybearer {

// A named point of the rotation protocol at which a test may kill this process (SIGKILL), to see what
// survives. KEYBEARER_FAULT_POINT=name:N kills at the N-th passing. Compiled to nothing unless the build has
// KEYBEARER_FAULT_POINTS, which a release has not.
#ifdef KEYBEARER_FAULT_POINTS
void faultPoint(const char* name);
#else
inline void faultPoint(const char*) {}
#endif

} // namespace keybearer
