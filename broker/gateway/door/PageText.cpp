#include "broker/gateway/door/PageText.h"

#include "broker/base/Ascii.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace keybearer {

namespace {

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1d2129;--faint:#5c6470;--line:#dfe2e7;--mark:#2f5fd0;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#15171c;--card:#1f2229;--ink:#e9ebef;--faint:#a2a9b4;--line:#333842;--mark:#8fb0ff;--on:#10131a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:24px;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Cantarell,Roboto,"Noto Sans",sans-serif}
main{width:100%;max-width:30rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:32px 36px;overflow-wrap:anywhere}
header{display:flex;align-items:center;gap:10px;color:var(--faint);font-size:14px;margin-bottom:24px}
svg{color:var(--mark);flex:none}
h1{font-size:22px;line-height:1.3;font-weight:600;margin:0 0 10px}
p{margin:0 0 10px}
.wait{height:3px;margin-top:26px;border-radius:2px;background:var(--line);overflow:hidden}
.wait i{display:block;width:35%;height:100%;border-radius:2px;background:var(--mark);animation:to 2.4s ease-in-out infinite alternate}
@keyframes to{from{transform:translateX(-20%)}to{transform:translateX(205%)}}
@media(prefers-reduced-motion:reduce){.wait i{animation:none;width:100%;opacity:.5}}
button,.back{display:inline-block;margin-top:16px;padding:9px 20px;border-radius:8px;border:1px solid var(--mark);background:var(--mark);color:var(--on);font:inherit;font-weight:500;text-decoration:none;cursor:pointer}
.back{background:none;color:var(--mark)}
button:focus-visible,.back:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
)css";

constexpr std::string_view mark =
    R"(<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" )"
    R"(stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="7.5" cy="15.5" r="4.5"/>)"
    R"(<path d="M10.8 12.2 20 3m-3.4 3.4 2.9 2.9M13.4 9.6l2 2"/></svg>)";

// The only style that the page may have is this one, by its hash.
const std::string& policyOfStyle() {
    static const std::string policy = [] {
        std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
        crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(style.data()), style.size());
        std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)>
            text{};
        sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
        return std::string("'sha256-").append(text.data()).append("'");
    }();
    return policy;
}

// A link that a person may follow: not one that runs something in this page.
bool isFollowable(std::string_view link) {
    const std::string scheme = lowered(link.substr(0, link.find(':')));
    constexpr std::array<std::string_view, 7> refused{"javascript", "data",  "vbscript",   "file",
                                                      "blob",       "about", "view-source"};
    const bool isScheme = !scheme.empty() && std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
    const bool isLocal = link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/\\");
    return isLocal || (isScheme && link.find(':') != std::string_view::npos &&
                       std::find(refused.begin(), refused.end(), scheme) == refused.end());
}

std::string paragraphs(std::string_view text) {
    std::string out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (end > begin)
            out.append("<p>").append(escapedHtml(text.substr(begin, end - begin))).append("</p>\n");
        begin = end + 1;
    }
    return out;
}

std::string formHtml(const PageText::Form& form) {
    std::string out("<form method=\"post\" action=\"");
    out.append(escapedHtml(form.action)).append("\">\n");
    for (const auto& [name, value] : form.fields) {
        out.append("<input type=\"hidden\" name=\"").append(escapedHtml(name)).append("\" value=\"");
        out.append(escapedHtml(value)).append("\">\n");
    }
    return out.append("<button>").append(escapedHtml(form.button)).append("</button>\n</form>\n");
}

} // namespace

std::string escapedHtml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '&')
            out.append("&amp;");
        else if (c == '<')
            out.append("&lt;");
        else if (c == '>')
            out.append("&gt;");
        else if (c == '"')
            out.append("&quot;");
        else if (c == '\'')
            out.append("&#39;");
        else
            out.push_back(c);
    }
    return out;
}

std::string PageText::html() const {
    const bool waits = state == State::Waiting && isFollowable(again);
    std::string out("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    if (waits)
        out.append("<meta http-equiv=\"refresh\" content=\"1;url=")
            .append(escapedHtml(again))
            .append("\">\n");
    // Nothing is told to others either way; but a form without its origin could be anybody's.
    if (!form.button.empty())
        out.append("<meta name=\"referrer\" content=\"same-origin\">\n");
    out.append("<title>").append(escapedHtml(title)).append(" \u2013 Keybearer</title>\n<style>");
    out.append(style).append("</style>\n</head>\n<body>\n<main>\n<header>");
    out.append(mark).append("<span>Keybearer</span></header>\n<h1>").append(escapedHtml(title));
    out.append("</h1>\n").append(paragraphs(text));
    if (!form.button.empty())
        out.append(formHtml(form));
    else if (waits)
        out.append("<div class=\"wait\" role=\"progressbar\" aria-label=\"Waiting\"><i></i></div>\n");
    else if (isFollowable(again))
        out.append("<a class=\"back\" href=\"").append(escapedHtml(again)).append("\">Go back</a>\n");
    return out.append("</main>\n</body>\n</html>\n");
}

std::vector<HttpField> PageText::fields() const {
    std::string policy("default-src 'none'; style-src ");
    policy.append(policyOfStyle()).append("; base-uri 'none'; frame-ancestors 'none'");
    // Where there is a form, its answer leads on to the program that asked, wherever that listens.
    if (form.button.empty())
        policy.append("; form-action 'none'");
    return {{"content-security-policy", policy},
            {"x-frame-options", "DENY"},
            {"referrer-policy", "no-referrer"},
            {"cache-control", "no-store"},
            {"cross-origin-opener-policy", "same-origin"},
            {"cross-origin-resource-policy", "same-origin"}};
}

} // namespace keybearer
