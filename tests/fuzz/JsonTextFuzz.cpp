#include "app/import/JsonEdit.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// A settings file: what can be read can be changed, and a change touches the range it names and no other
// byte. What is left after a removal can be read again, with as many comments as before.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace keybearer;
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Result<JsonText> read = JsonText::read(text);
    if (!read)
        return 0;
    const JsonText::Index chosen = data[0] % read->size();
    JsonEdit replacing(*read);
    replacing.replaceValue(chosen, "null");
    const JsonText::Node& node = read->node(chosen);
    if (replaced(text, replacing.replacements()) !=
        text.substr(0, node.begin) + "null" + text.substr(node.end))
        std::abort();
    const auto children = read->children(chosen);
    if (children.empty())
        return 0;
    JsonEdit removing(*read);
    std::vector<JsonText::Index> gone;
    std::size_t comments = 0;
    for (std::size_t i = 0; i < children.size(); ++i) {
        if ((i + data[0]) % 2 == 0 && !read->holdsComments(children[i]))
            gone.push_back(children[i]);
    }
    removing.remove(chosen, gone);
    const Result<JsonText> left = JsonText::read(replaced(text, removing.replacements()));
    if (!left || left->children(chosen).size() != children.size() - gone.size())
        std::abort();
    comments = left->comments().size();
    // A comment between a key and its value goes with the key.
    if (comments > read->comments().size())
        std::abort();
    return 0;
}
