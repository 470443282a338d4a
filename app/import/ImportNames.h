#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace keybearer {

// What API keys that an import makes are called: after the client, the server and the variable,
// never as something that is there already. One secret has one name, however many servers use it. One run,
// one thread.
class ImportNames {
public:
    ImportNames() = default;
    // `taken`: what is in the store. `known`: the digest of a secret that an earlier import stored, and its
    // name.
    ImportNames(std::set<std::string> taken, std::map<std::string, std::string> known)
        : taken_(std::move(taken)), known_(std::move(known)) {}

    struct KeyName {
        std::string name;
        bool isNew = true; // false: it is stored already, with this value
    };
    // cursor-github-token, of the variable GITHUB_TOKEN of the server github of Cursor.
    [[nodiscard]] KeyName keyFor(std::string_view source, std::string_view server, std::string_view variable,
                                 std::string_view digest);

    // Letters, digits and dashes of a name; "server" if there are none.
    [[nodiscard]] static std::string slug(std::string_view name, std::size_t longest);

private:
    std::set<std::string> taken_;
    std::map<std::string, std::string> known_;
};

} // namespace keybearer
