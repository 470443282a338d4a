#pragma once

#include <string>

namespace keybearer {

// What a person sees in the browser after the redirect.
enum class RedirectPage {
    Neutral,     // not an answer that we wait for: says nothing about whether a sign-in is running
    Answered,    // the answer was taken
    NotSignedIn, // the provider or the person said no, or the answer was refused
};

// A whole HTTP/1.1 response: one small page without script, form, picture or anything from outside, light or
// dark as the browser prefers; never cached, never framed, no referrer. Nothing in it comes from the request.
// Pure.
[[nodiscard]] std::string redirectResponse(RedirectPage page, int status);
// The same without a page: the browser goes on to an address of our own (303).
[[nodiscard]] std::string onwardResponse(const std::string& next);

} // namespace keybearer
