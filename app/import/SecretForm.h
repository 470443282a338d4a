#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// Whether a text of a settings file is a secret, by what it looks like or by what it is called; and what may
// be shown of it. Pure functions; they err on the side of a secret where a name says so, and of none where a
// text is a reference or an example.

struct SecretForm {
    std::string_view kind;   // "github_token"
    std::string_view prefix; // what may be shown of its beginning: "ghp_"
};

// By its own form: ghp_..., a JWT, "Bearer ...", a URL with a password.
[[nodiscard]] std::optional<SecretForm> formOfSecret(std::string_view value);
// GITHUB_TOKEN, X-Api-Key, --password; not MAX_TOKENS, TOKEN_FILE, KEY_ID.
[[nodiscard]] bool isNameOfSecret(std::string_view name);
// By both: the kind, "named" if only the name tells. Nothing for references, examples, paths and switches.
[[nodiscard]] std::optional<SecretForm> secretIn(std::string_view name, std::string_view value);

// ${env:X}, ${input:x}, $X, %X%, op://...: the client, not the file, holds what it means.
[[nodiscard]] bool isReference(std::string_view value);

// At most a known prefix and, of a long one, the last two characters: "ghp_...4f".
[[nodiscard]] std::string maskedSecret(std::string_view value);
// An address without passwords, secret parameters and secret parts of its path.
[[nodiscard]] std::string maskedAddress(std::string_view url);
// True if maskedAddress() would hide something.
[[nodiscard]] bool addressHoldsSecret(std::string_view url);
// A text of any kind (a comment, a line) with everything in it masked that has the form of a secret.
[[nodiscard]] std::string maskedText(std::string_view text);

} // namespace keybearer
