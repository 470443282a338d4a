#pragma once

namespace keybearer {

// In a build with KEYBEARER_SANITIZE the folder that its sanitizers write their reports to; in every other
// build nothing. There a process that is confined may write reports, and stop its own threads to look for
// leaks: such a program is for tests, and is never installed.
#ifdef KEYBEARER_SANITIZER_REPORTS
constexpr const char* sanitizerReports = KEYBEARER_SANITIZER_REPORTS;
#else
constexpr const char* sanitizerReports = nullptr;
#endif
constexpr bool underSanitizer = sanitizerReports != nullptr;

} // namespace keybearer
