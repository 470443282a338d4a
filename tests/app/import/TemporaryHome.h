#pragma once

#include "app/import/FilePlan.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace keybearer::testing {

// A directory that is somebody's home for one test.
class TemporaryHome {
public:
    TemporaryHome() {
        std::string name = (std::filesystem::temp_directory_path() / "kb-import-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryHome() { std::filesystem::remove_all(path_); }
    TemporaryHome(const TemporaryHome&) = delete;
    TemporaryHome& operator=(const TemporaryHome&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        const std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }
    [[nodiscard]] static std::string read(const std::filesystem::path& file) {
        std::ostringstream out;
        out << std::ifstream(file, std::ios::binary).rdbuf();
        return out.str();
    }
    // The plan for a file of Cursor with this text.
    [[nodiscard]] FilePlan plan(const std::string& text, const ImportRules& rules = usualRules()) const {
        ImportNames names;
        return planFile({ImportSource::Cursor, "user", write(".cursor/mcp.json", text)}, rules, names);
    }
    [[nodiscard]] static ImportRules usualRules() {
        ImportRules rules;
        rules.program = "/opt/keybearer";
        rules.plainProgram = "keybearer";
        return rules;
    }

private:
    std::filesystem::path path_;
};

} // namespace keybearer::testing
