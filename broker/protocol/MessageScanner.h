#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Reads along while JSON-RPC messages stream past, one a line (LF ends it) and as long as they like, and
// notes of each what tells requests from answers: the top-level members `id` and `method`, and the text of
// `params` of one method. Keeps no more than that, whatever comes; does not check that the rest is JSON. A
// line that is no object, nor an array of objects, has no messages. One per direction, one thread.
class MessageScanner {
public:
    static constexpr std::size_t longestId = 256;       // longer ones are not noted
    static constexpr std::size_t longestMethod = 128;   // of the revisions known it is 36
    static constexpr std::size_t longestParams = 65536; // what a client says of itself is a page at most
    static constexpr std::size_t mostMessages = 256;    // of one batch; those beyond are not noted

    struct Message {
        std::string id;      // JSON text, the first of several; empty: none, no string or number, or too long
        std::string method;  // as it stands between the quotes; empty: an answer, or too long
        std::string params;  // JSON text, of the kept methods alone; empty: none, or too long
        bool answer = false; // has `result` or `error`
    };

    // `kept`: the methods whose params are kept.
    explicit MessageScanner(std::vector<std::string> kept = {}) : kept_(std::move(kept)) {}

    // Reads up to and with the next LF and says how many bytes those were; all of them where there is none.
    [[nodiscard]] std::size_t scan(std::string_view bytes);
    // The last scan() ended with a line's end.
    [[nodiscard]] bool atEnd() const { return atEnd_; }
    // Of the line that ended there, until the next scan().
    [[nodiscard]] const std::vector<Message>& messages() const { return messages_; }
    // Some byte of a line has been read, and not its end.
    [[nodiscard]] bool inside() const { return !atEnd_ && length_ > 0; }

private:
    enum class Member { None, Id, Method, Params, Answer };

    void begin();
    void end();
    void take(char c);
    void inString(char c);
    void outside(char c);
    void opened(char c);
    void closed();
    void keyEnded();
    void valueEnded();
    void keep(char c);

    [[nodiscard]] bool isKept() const;

    std::vector<std::string> kept_;
    std::vector<Message> messages_;
    Message current_;
    std::string word_;          // the key or the value that is being noted
    std::size_t wordLimit_ = 0; // 0: nothing is noted
    std::size_t length_ = 0;    // bytes of this line
    std::size_t depth_ = 0;     // brackets that are open
    std::size_t top_ = 1;       // depth of the members of a message; 2 in a batch
    Member member_ = Member::None;
    bool atEnd_ = false;
    bool broken_ = false;   // this line is no message
    bool text_ = false;     // between quotes
    bool escaped_ = false;  // behind a backslash
    bool key_ = false;      // the text is a key of the message
    bool value_ = false;    // behind the colon of a member
    bool overflow_ = false; // the word was longer than its limit
};

} // namespace keybearer
