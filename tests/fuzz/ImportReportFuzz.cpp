// What keybearer import may answer: whatever it is, what the wizard makes of it is bounded, and each id can
// be an argument.
#include "app/tray/setup/ImportReport.h"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

bool isHarmless(const std::string& id) {
    return id.empty() || (id.front() != '-' && id.size() <= 64 && id.find(' ') == std::string::npos);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = keybearer::parseJson(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!document)
        return 0;
    if (const auto preview = keybearer::readPreview(*document)) {
        require(preview->files.size() <= 100);
        for (const auto& file : preview->files) {
            require(file.servers.size() <= 200 && isHarmless(file.id));
            for (const auto& server : file.servers)
                require(isHarmless(server.id) && server.secrets.size() <= 20);
        }
    }
    for (const auto& outcome : {keybearer::readApplied(*document), keybearer::readUndone(*document)}) {
        if (!outcome)
            continue;
        for (const std::string& backup : outcome->backups())
            require(isHarmless(backup));
    }
    return 0;
}
