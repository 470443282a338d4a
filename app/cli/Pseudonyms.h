#pragma once

#include "broker/base/Json.h"

#include <map>
#include <string>
#include <string_view>

namespace keybearer {

// Takes out of texts what is nobody else's business, in one way all through one report: the same name always
// becomes the same pseudonym. What looks like a secret goes whatever else is wished. One thread.
class Pseudonyms {
public:
    // `keepNames`: names stay, for whoever asked for that; secrets go all the same.
    explicit Pseudonyms(bool keepNames) : keepNames_(keepNames) {}

    // Wherever the name occurs it is replaced. Names of one or two letters are not: they are in every word.
    void know(const std::string& kind, const std::string& name);
    // As know(), but the text stays what it is: "~" for the home directory.
    void replace(const std::string& name, const std::string& with);

    // The pseudonym of the whole text.
    [[nodiscard]] std::string of(const std::string& kind, const std::string& name);
    // The text without names, addresses, hosts and secrets.
    [[nodiscard]] std::string hide(std::string_view text);
    // Every text in it, keys included.
    [[nodiscard]] Json hide(const Json& document);

private:
    [[nodiscard]] std::string withoutNames(std::string text) const;
    [[nodiscard]] std::string hideWord(std::string_view word);

    bool keepNames_;
    std::map<std::string, std::string> names_; // in lower case: pseudonym
    std::map<std::string, int> counts_;        // by kind
};

} // namespace keybearer
