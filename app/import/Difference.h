#pragma once

#include "app/import/JsonEdit.h"
#include "app/import/JsonText.h"
#include "app/import/ServerEntry.h"

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// What hides every secret of a document: those of its servers, every text that looks or is called like one,
// and what stands in comments. Ascending, for masked().
[[nodiscard]] std::vector<Replacement> secretMasks(const JsonText& document,
                                                   const std::vector<const ServerEntry*>& servers);

// What a difference is made of. `masks` hide on both sides.
struct DifferenceWish {
    std::string_view path;
    std::string_view before;
    std::vector<Replacement> edits; // of `before`, ascending
    std::vector<Replacement> masks; // likewise; none reaches over the end of an edit
    bool removesFile = false;       // there is nothing afterwards
};

// A unified difference with three lines of context, as diff -u writes it; lines are cut at 2000 bytes, the
// whole at 256 KiB, and says so. Takes time in proportion to the text.
[[nodiscard]] std::string unifiedDifference(const DifferenceWish& wish);

} // namespace keybearer
