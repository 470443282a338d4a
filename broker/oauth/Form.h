#pragma once

#include "broker/base/Secret.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace keybearer {

// application/x-www-form-urlencoded (RFC 6749 appendix B): letters, digits and -._~ stand for themselves, a
// space is
// '+', every other byte is %XX.
[[nodiscard]] std::string formEncoded(std::string_view text);

// The body of a request to a token endpoint while it is put together. Whatever it leaves behind is wiped.
class Form {
public:
    Form() = default;
    ~Form() { wipe(text_); }
    Form(Form&&) = default;
    Form& operator=(Form&&) = delete;
    Form(const Form&) = delete;
    Form& operator=(const Form&) = delete;

    Form& add(std::string_view name, std::string_view value);
    Form& add(std::string_view name, const Secret& value) { return add(name, value.reveal()); }
    [[nodiscard]] Form clone() const;
    [[nodiscard]] Secret take() { return Secret::takeFrom(text_); }

private:
    void append(std::string_view text);

    std::string text_;
};

// The parameters of a query string, decoded exactly once: '+' is a space, %2B a plus, %2F a slash. Nothing at
// all if an escape is broken, a decoded byte is NUL, a name comes twice (RFC 6749 section 3.1) or there are
// too many.
[[nodiscard]] std::optional<std::map<std::string, std::string>> decodeForm(std::string_view query);

} // namespace keybearer
