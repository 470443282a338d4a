#include "app/import/ImportNames.h"

#include "broker/base/Ascii.h"

namespace keybearer {

namespace {

constexpr std::size_t longestPart = 28; // two of them, a client and a number are less than a key's 64

template <typename Names>
std::string unused(const std::string& wanted, const Names& taken) {
    std::string name = wanted;
    for (int number = 2; taken.contains(name); ++number)
        name = wanted + "-" + std::to_string(number);
    return name;
}

} // namespace

std::string ImportNames::slug(std::string_view name, std::size_t longest) {
    std::string out;
    for (const char c : name) {
        const char lower = lowered(c);
        const bool plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
        if (plain)
            out += lower;
        else if (!out.empty() && out.back() != '-')
            out += '-';
        if (out.size() == longest)
            break;
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out.empty() ? "server" : out;
}

ImportNames::KeyName ImportNames::keyFor(std::string_view source, std::string_view server,
                                         std::string_view variable, std::string_view digest) {
    const std::string key(digest);
    if (const auto found = known_.find(key); found != known_.end() && taken_.contains(found->second))
        return {found->second, false};
    const std::string of = slug(server, longestPart);
    const std::string what = slug(variable, longestPart);
    std::string wanted(source);
    if (what != of && !what.starts_with(of + "-"))
        wanted.append("-").append(of);
    wanted.append("-").append(what);
    const std::string name = unused(wanted, taken_);
    taken_.insert(name);
    known_[key] = name;
    return {name, true};
}

} // namespace keybearer
