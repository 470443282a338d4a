// fuzz_corpus_tests TARGET FOLDER-OR-FILE...: hands every file to the target, as libFuzzer would. So what
// fuzzing has found stays found in builds by any compiler. A target that does not hold aborts; the last line
// says at which file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "FuzzFunctions.inc"

namespace {

namespace fs = std::filesystem;

struct Target {
    std::string_view name;
    int (*run)(const std::uint8_t*, std::size_t);
};

constexpr Target targets[] = {
#include "FuzzTargets.inc"
};

std::vector<fs::path> filesOf(const fs::path& place) {
    if (!fs::is_directory(place))
        return {place};
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(place)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void replay(const Target& target, const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "%s cannot be read\n", path.c_str());
        std::exit(1);
    }
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    std::fprintf(stderr, "%s: %s\n", std::string(target.name).c_str(), path.c_str());
    // A copy of just the size, so that a sanitizer sees a byte that is read behind the end.
    const std::vector<std::uint8_t> input(content.begin(), content.end());
    target.run(input.data(), input.size());
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view name = argc > 2 ? argv[1] : "";
    const auto* const target =
        std::find_if(std::begin(targets), std::end(targets), [&](const Target& t) { return t.name == name; });
    if (target == std::end(targets)) {
        std::fprintf(stderr, "usage: TARGET FOLDER-OR-FILE...\n");
        return 2;
    }
    std::size_t count = 0;
    for (int i = 2; i < argc; ++i) {
        for (const fs::path& path : filesOf(argv[i])) {
            replay(*target, path);
            ++count;
        }
    }
    std::printf("%zu inputs hold\n", count);
    return count > 0 ? 0 : 1;
}
