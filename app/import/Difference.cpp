#include "app/import/Difference.h"

#include "app/import/SecretForm.h"

#include <algorithm>

namespace keybearer {

namespace {

using Index = JsonText::Index;

constexpr std::size_t contextLines = 3;
constexpr std::size_t longestLine = 2000;
constexpr std::size_t longestDifference = std::size_t{256} << 10;

// A stretch of the file up to a line end that both sides share.
struct Chunk {
    std::string before;
    std::string after;
    [[nodiscard]] bool same() const { return before == after; }
};

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

// Walks over the text and collects both sides, chunk by chunk.
class Sides {
public:
    explicit Sides(const DifferenceWish& wish) : wish_(wish) {}

    std::vector<Chunk> chunks() {
        std::size_t at = 0;
        for (const Replacement& edit : wish_.edits) {
            shared(at, edit.begin);
            current_.before += masked(edit.begin, edit.end);
            current_.after += edit.text;
            at = edit.end;
        }
        shared(at, wish_.before.size());
        flush();
        return std::move(chunks_);
    }

private:
    void flush() {
        if (!current_.before.empty() || !current_.after.empty())
            chunks_.push_back(std::move(current_));
        current_ = {};
    }

    // Unchanged bytes: to both sides, and at each line end a chunk is complete.
    void shared(std::size_t begin, std::size_t end) {
        for (const std::string& line : linesOf(masked(begin, end))) {
            current_.before += line;
            current_.after += line;
            if (line.back() == '\n')
                flush();
        }
    }

    std::string masked(std::size_t begin, std::size_t end) {
        std::string out;
        std::size_t at = begin;
        while (nextMask_ < wish_.masks.size() && wish_.masks[nextMask_].begin < end) {
            const Replacement& mask = wish_.masks[nextMask_++];
            if (mask.begin < at)
                continue;
            out.append(wish_.before.substr(at, mask.begin - at)).append(mask.text);
            at = std::min(mask.end, end);
        }
        return out.append(wish_.before.substr(at, end - at));
    }

    const DifferenceWish& wish_;
    Chunk current_;
    std::vector<Chunk> chunks_;
    std::size_t nextMask_ = 0;
};

// Writes chunks as hunks.
class Hunks {
public:
    explicit Hunks(const std::vector<Chunk>& chunks) : chunks_(chunks) {}

    std::string text() {
        for (std::size_t at = 0; at < chunks_.size() && !cut_;) {
            if (chunks_[at].same()) {
                ++oldLine_;
                ++newLine_;
                ++at;
                continue;
            }
            at = hunk(at);
        }
        return std::move(out_);
    }

private:
    // From the first changed chunk on; returns the first chunk behind the hunk.
    std::size_t hunk(std::size_t first) {
        std::size_t begin = first;
        while (begin > 0 && first - begin < contextLines && chunks_[begin - 1].same())
            --begin;
        std::size_t end = first;
        std::size_t calm = 0; // same ones since the last change
        for (std::size_t at = first; at < chunks_.size() && calm <= 2 * contextLines; ++at) {
            calm = chunks_[at].same() ? calm + 1 : 0;
            if (calm == 0)
                end = at + 1;
        }
        end = std::min(end + contextLines, chunks_.size());
        write(begin, first - begin, end);
        return end;
    }

    void write(std::size_t begin, std::size_t context, std::size_t end) {
        std::string body;
        std::size_t olds = 0;
        std::size_t news = 0;
        for (std::size_t at = begin; at < end; ++at) {
            const std::vector<std::string> before = linesOf(chunks_[at].before);
            const std::vector<std::string> after = linesOf(chunks_[at].after);
            olds += before.size();
            news += after.size();
            addPair(body, before, after);
        }
        const std::size_t oldStart = olds == 0 ? 0 : oldLine_ - context;
        const std::size_t newStart = news == 0 ? 0 : newLine_ - context;
        out_.append("@@ -").append(std::to_string(oldStart)).append(",").append(std::to_string(olds));
        out_.append(" +").append(std::to_string(newStart)).append(",").append(std::to_string(news));
        out_.append(" @@\n").append(body);
        oldLine_ = oldLine_ - context + olds;
        newLine_ = newLine_ - context + news;
        if (out_.size() > longestDifference) {
            out_.append("... and more: the difference is cut here\n");
            cut_ = true;
        }
    }

    // Lines that both have at either end are context.
    static void addPair(std::string& body, const std::vector<std::string>& before,
                        const std::vector<std::string>& after) {
        const std::size_t most = std::min(before.size(), after.size());
        std::size_t head = 0;
        while (head < most && before[head] == after[head])
            ++head;
        std::size_t tail = 0;
        while (tail < most - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
            ++tail;
        for (std::size_t i = 0; i < head; ++i)
            addLine(body, ' ', before[i]);
        for (std::size_t i = head; i < before.size() - tail; ++i)
            addLine(body, '-', before[i]);
        for (std::size_t i = head; i < after.size() - tail; ++i)
            addLine(body, '+', after[i]);
        for (std::size_t i = before.size() - tail; i < before.size(); ++i)
            addLine(body, ' ', before[i]);
    }

    static void addLine(std::string& body, char sign, std::string_view line) {
        const bool ended = line.ends_with('\n');
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
            line.remove_suffix(1);
        body += sign;
        std::size_t length = std::min(line.size(), longestLine);
        while (length < line.size() && length > 0 &&
               (static_cast<unsigned char>(line[length]) & 0xC0U) == 0x80U)
            --length; // not in the midst of a character
        body.append(line.substr(0, length)).append(length < line.size() ? "..." : "").append("\n");
        if (!ended)
            body.append("\\ No newline at end of file\n");
    }

    const std::vector<Chunk>& chunks_;
    std::string out_;
    std::size_t oldLine_ = 1;
    std::size_t newLine_ = 1;
    bool cut_ = false;
};

// A comment may be an entry that somebody has put aside: long mixtures of letters and digits are hidden too.
std::string maskedComment(std::string_view text) {
    std::string out;
    std::string run;
    const auto settle = [&out, &run] {
        const bool digits = run.find_first_of("0123456789") != std::string::npos;
        const bool letters =
            run.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos;
        out.append(run.size() >= 16 && digits && letters ? maskedSecret(run) : maskedText(run));
        run.clear();
    };
    for (const char c : text) {
        if (c == '"' || c == '\'' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' ||
            c == ':') {
            settle();
            out += c;
        } else {
            run += c;
        }
    }
    settle();
    return out;
}

void maskComments(std::vector<Replacement>& masks, const JsonText& document) {
    for (const JsonText::Index begin : document.comments()) {
        const std::string_view text = document.text();
        const bool block = text.substr(begin, 2) == "/*";
        const std::size_t end =
            block ? text.find("*/", begin + 2) + 2 : std::min(text.find('\n', begin), text.size());
        const std::string_view comment = text.substr(begin, end - begin);
        if (std::string shown = maskedComment(comment); shown != comment)
            masks.push_back({begin, end, std::move(shown)});
    }
}

} // namespace

std::vector<Replacement> secretMasks(const JsonText& document,
                                     const std::vector<const ServerEntry*>& servers) {
    std::vector<Replacement> masks;
    for (const ServerEntry* server : servers) {
        for (const EntrySecret& secret : server->secrets) {
            const JsonText::Node& node = document.node(secret.value);
            masks.push_back({node.begin, node.end, quotedJson(secret.masked)});
        }
    }
    for (Index index = 0; index < document.size(); ++index) {
        if (document.kind(index) != JsonText::Kind::String)
            continue;
        const std::string value = document.string(index);
        const JsonText::Node& node = document.node(index);
        if (secretIn(document.key(index), value))
            masks.push_back({node.begin, node.end, quotedJson(maskedSecret(value))});
        else if (std::string shown = maskedText(value); shown != value)
            masks.push_back({node.begin, node.end, quotedJson(shown)});
    }
    maskComments(masks, document);
    // What the entry itself says of a secret comes first and is kept.
    std::stable_sort(masks.begin(), masks.end(),
                     [](const Replacement& a, const Replacement& b) { return a.begin < b.begin; });
    masks.erase(std::unique(masks.begin(), masks.end(),
                            [](const Replacement& a, const Replacement& b) { return a.begin == b.begin; }),
                masks.end());
    return masks;
}

std::string unifiedDifference(const DifferenceWish& wish) {
    if (wish.edits.empty())
        return {};
    std::string out;
    out.append("--- ").append(wish.path).append("\n+++ ");
    out.append(wish.removesFile ? std::string_view("/dev/null") : wish.path).append("\n");
    const std::vector<Chunk> chunks = Sides(wish).chunks();
    return out.append(Hunks(chunks).text());
}

} // namespace keybearer
