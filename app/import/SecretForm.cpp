#include "app/import/SecretForm.h"

#include "broker/base/Ascii.h"

#include <algorithm>
#include <array>
#include <vector>

namespace keybearer {

namespace {

constexpr std::size_t shortestNamed = 4;   // "1234" behind PASSWORD= is one
constexpr std::size_t longEnoughTail = 20; // behind the prefix: two characters more give nothing away
constexpr std::size_t longRun = 32;        // letters and digits without a break: nobody writes that by hand

struct KnownPrefix {
    std::string_view prefix;
    std::string_view kind;
    std::size_t least; // characters behind the prefix
};
// The longer of two that begin alike comes first.
constexpr std::array knownPrefixes{
    KnownPrefix{"github_pat_", "github_token", 16},
    KnownPrefix{"ghp_", "github_token", 16},
    KnownPrefix{"gho_", "github_token", 16},
    KnownPrefix{"ghu_", "github_token", 16},
    KnownPrefix{"ghs_", "github_token", 16},
    KnownPrefix{"ghr_", "github_token", 16},
    KnownPrefix{"glpat-", "gitlab_token", 12},
    KnownPrefix{"gldt-", "gitlab_token", 12},
    KnownPrefix{"glrt-", "gitlab_token", 12},
    KnownPrefix{"xoxb-", "slack_token", 8},
    KnownPrefix{"xoxp-", "slack_token", 8},
    KnownPrefix{"xoxa-", "slack_token", 8},
    KnownPrefix{"xoxr-", "slack_token", 8},
    KnownPrefix{"xoxs-", "slack_token", 8},
    KnownPrefix{"xoxc-", "slack_token", 8},
    KnownPrefix{"xoxd-", "slack_token", 8},
    KnownPrefix{"xoxe-", "slack_token", 8},
    KnownPrefix{"xapp-", "slack_token", 8},
    KnownPrefix{"sk-ant-", "anthropic_key", 12},
    KnownPrefix{"sk-proj-", "openai_key", 12},
    KnownPrefix{"sk-", "openai_key", 16},
    KnownPrefix{"sk_live_", "stripe_key", 8},
    KnownPrefix{"sk_test_", "stripe_key", 8},
    KnownPrefix{"rk_live_", "stripe_key", 8},
    KnownPrefix{"rk_test_", "stripe_key", 8},
    KnownPrefix{"AKIA", "aws_key", 12},
    KnownPrefix{"ASIA", "aws_key", 12},
    KnownPrefix{"AIza", "google_key", 30},
    KnownPrefix{"ya29.", "google_token", 16},
    KnownPrefix{"GOCSPX-", "google_secret", 12},
    KnownPrefix{"lin_api_", "linear_key", 12},
    KnownPrefix{"lin_oauth_", "linear_key", 12},
    KnownPrefix{"ntn_", "notion_token", 16},
    KnownPrefix{"figd_", "figma_token", 12},
    KnownPrefix{"hf_", "huggingface_token", 16},
    KnownPrefix{"npm_", "npm_token", 16},
    KnownPrefix{"pypi-", "pypi_token", 16},
    KnownPrefix{"dop_v1_", "digitalocean_token", 16},
    KnownPrefix{"sntrys_", "sentry_token", 12},
    KnownPrefix{"sntryu_", "sentry_token", 12},
    KnownPrefix{"SG.", "sendgrid_key", 20},
    KnownPrefix{"shpat_", "shopify_token", 12},
    KnownPrefix{"ATATT", "atlassian_token", 16},
    KnownPrefix{"pat-na1-", "hubspot_token", 12},
    KnownPrefix{"tvly-", "tavily_key", 8},
    KnownPrefix{"fc-", "firecrawl_key", 24},
    KnownPrefix{"pplx-", "perplexity_key", 16},
    KnownPrefix{"gsk_", "groq_key", 16},
    KnownPrefix{"xai-", "xai_key", 16},
    KnownPrefix{"cfut_", "cloudflare_token", 16},
};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isTokenCharacter(char c) {
    return isDigit(c) || isLetter(c) || c == '_' || c == '-' || c == '.' || c == '+' || c == '/' ||
           c == '=' || c == '~';
}

std::size_t tokenLength(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), isTokenCharacter);
    return static_cast<std::size_t>(end - text.begin());
}

bool startsIgnoringCase(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && equalIgnoringCase(text.substr(0, start.size()), start);
}

// header.payload.signature, the first of which begins with {".
bool isJwt(std::string_view text) {
    if (!text.starts_with("eyJ") || text.size() < 30)
        return false;
    const std::size_t first = text.find('.');
    return first != std::string_view::npos && text.find('.', first + 1) != std::string_view::npos;
}

// What a token that begins here would be.
std::optional<SecretForm> formOfToken(std::string_view text) {
    const std::size_t length = tokenLength(text);
    for (const KnownPrefix& known : knownPrefixes) {
        if (text.starts_with(known.prefix) && length >= known.prefix.size() + known.least)
            return SecretForm{known.kind, known.prefix};
    }
    if (isJwt(text.substr(0, length)))
        return SecretForm{"jwt", "eyJ"};
    return std::nullopt;
}

// Letters and digits mixed, as a generator makes them.
bool looksGenerated(std::string_view text) {
    return std::any_of(text.begin(), text.end(), isDigit) && std::any_of(text.begin(), text.end(), isLetter);
}

bool isUuid(std::string_view text) {
    return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

// Where the password of scheme://user:password@host stands.
std::optional<std::pair<std::size_t, std::size_t>> passwordIn(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::nullopt;
    const std::size_t start = scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?# \t\"'", start), url.size());
    const std::size_t at = url.substr(0, end).rfind('@');
    const std::size_t colon = url.find(':', start);
    if (at == std::string_view::npos || at < start || colon == std::string_view::npos || colon + 1 >= at)
        return std::nullopt;
    return std::pair(colon + 1, at);
}

std::vector<std::string> wordsOf(std::string_view name) {
    std::vector<std::string> words(1);
    char before = '\0';
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool breaks = !isLetter(c) && !isDigit(c);
        if ((breaks || (upper && before >= 'a' && before <= 'z')) && !words.back().empty())
            words.emplace_back();
        if (!breaks)
            words.back() += lowered(c);
        before = c;
    }
    if (words.back().empty())
        words.pop_back();
    return words;
}

// Written where a secret is to be put, or something that is none.
bool isExample(std::string_view value) {
    const std::string text = lowered(value);
    if (text.size() < shortestNamed || text.find_first_of("<>") != std::string::npos ||
        text.find("...") != std::string::npos || text.find("your") != std::string::npos)
        return true;
    if (std::all_of(text.begin(), text.end(), [&text](char c) { return c == text.front(); }))
        return true;
    for (const std::string_view word :
         {"true", "false", "none", "null", "changeme", "example", "placeholder"}) {
        if (text == word)
            return true;
    }
    return false;
}

bool isPath(std::string_view value) {
    return value.starts_with('/') || value.starts_with("~/") || value.starts_with("./") ||
           value.starts_with("../") ||
           (value.size() > 2 && isLetter(value[0]) && value[1] == ':' && value[2] == '\\');
}

} // namespace

bool isReference(std::string_view value) {
    if (value.find("${") != std::string_view::npos || value.find("op://") != std::string_view::npos)
        return true;
    if (value.size() > 2 && value.front() == '%' && value.back() == '%')
        return true;
    return value.size() > 1 && value.front() == '$' && (isLetter(value[1]) || value[1] == '_') &&
           std::all_of(value.begin() + 1, value.end(),
                       [](char c) { return isLetter(c) || isDigit(c) || c == '_'; });
}

std::optional<SecretForm> formOfSecret(std::string_view value) {
    if (isReference(value))
        return std::nullopt;
    for (const std::string_view scheme : {"Bearer ", "Basic ", "token "}) {
        const std::string_view rest = value.substr(std::min(scheme.size(), value.size()));
        if (startsIgnoringCase(value, scheme) && rest.size() >= shortestNamed && !isExample(rest) &&
            tokenLength(rest) == rest.size())
            return SecretForm{"bearer", scheme};
    }
    if (value.find("-----BEGIN ") != std::string_view::npos &&
        value.find("PRIVATE KEY") != std::string_view::npos)
        return SecretForm{"private_key", ""};
    if (passwordIn(value))
        return SecretForm{"url_password", ""};
    if (const std::optional<SecretForm> form = formOfToken(value))
        return form;
    // In the midst of something else: JSON in a variable, a header as one text.
    for (std::size_t at = 1; at < value.size(); ++at) {
        if (!isTokenCharacter(value[at - 1]) || value[at - 1] == '=') {
            if (const std::optional<SecretForm> form = formOfToken(value.substr(at)))
                return SecretForm{form->kind, ""};
        }
    }
    return std::nullopt;
}

bool isNameOfSecret(std::string_view name) {
    std::vector<std::string> words = wordsOf(name);
    // TOKEN_2, KEY_V1: another of the same.
    while (words.size() > 1 && std::all_of(words.back().begin(), words.back().end(),
                                           [](char c) { return isDigit(c) || c == 'v'; }))
        words.pop_back();
    if (words.empty())
        return false;
    constexpr std::array<std::string_view, 18> secret{
        "token",  "secret", "password",   "passwd",      "pass",          "apikey",
        "key",    "pat",    "credential", "credentials", "authorization", "auth",
        "cookie", "pwd",    "passphrase", "accesstoken", "bearer",        "apitoken"};
    return std::find(secret.begin(), secret.end(), words.back()) != secret.end();
}

std::optional<SecretForm> secretIn(std::string_view name, std::string_view value) {
    if (isReference(value))
        return std::nullopt;
    if (const std::optional<SecretForm> form = formOfSecret(value))
        return form;
    if (!isNameOfSecret(name) || isExample(value) || isPath(value))
        return std::nullopt;
    if (value.starts_with("http://") || value.starts_with("https://"))
        return std::nullopt;
    return SecretForm{"named", ""};
}

std::string maskedSecret(std::string_view value) {
    const std::optional<SecretForm> form = formOfSecret(value);
    const std::string_view prefix = form ? form->prefix : std::string_view();
    std::string_view rest = value.substr(prefix.size());
    std::string out(value.substr(0, prefix.size()));
    if (form && form->kind == "bearer") // of what stands behind the scheme, as of any other
        return out.append(maskedSecret(rest));
    out.append("...");
    // Not of what is short, nor of a text with several parts.
    if (rest.size() >= longEnoughTail && tokenLength(rest) == rest.size())
        out.append(rest.substr(rest.size() - 2));
    return out;
}

std::string maskedAddress(std::string_view url) {
    std::string out;
    std::string_view rest = url;
    if (const auto password = passwordIn(url)) {
        out.append(url.substr(0, password->first)).append("...");
        rest = url.substr(password->second);
    } else if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
        out.append(url.substr(0, scheme + 3));
        rest = url.substr(scheme + 3);
    }
    std::string name; // of the parameter whose value comes next
    while (!rest.empty()) {
        const std::size_t end = rest.find_first_of("/?&#=;");
        const std::string_view part = rest.substr(0, end);
        const bool generated = part.size() >= longRun && !isUuid(part) && looksGenerated(part) &&
                               part.find('.') == std::string_view::npos;
        const bool named = !name.empty() && isNameOfSecret(name) && !part.empty() && !isReference(part);
        const bool hidden = named || generated || formOfToken(part);
        out.append(hidden ? maskedSecret(part) : std::string(part));
        if (end == std::string_view::npos)
            break;
        name = rest[end] == '=' ? std::string(part) : std::string();
        out += rest[end];
        rest.remove_prefix(end + 1);
    }
    return out;
}

bool addressHoldsSecret(std::string_view url) {
    return maskedAddress(url) != url;
}

std::string maskedText(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = tokenLength(text.substr(at));
        if (length == 0) {
            out += text[at++];
            continue;
        }
        const std::string_view run = text.substr(at, length);
        const std::size_t equals = std::min(run.rfind('='), run.size() - 1);
        const std::size_t start = equals + 1 < run.size() ? equals + 1 : 0; // KEY=ghp_...
        const std::string_view token = run.substr(start);
        out.append(run.substr(0, start));
        out.append(formOfToken(token) ? maskedSecret(token) : std::string(token));
        at += length;
    }
    return out;
}

} // namespace keybearer
