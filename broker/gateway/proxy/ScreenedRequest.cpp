#include "broker/gateway/proxy/ScreenedRequest.h"

#include "broker/base/Ascii.h"
#include "broker/gateway/JsonMembers.h"
#include "broker/gateway/MessageReader.h"
#include "broker/gateway/proxy/RefusedRequest.h"
#include "broker/gateway/proxy/ToolOfCall.h"

#include <algorithm>
#include <cctype>

namespace keybearer {

namespace {

constexpr std::size_t longestPiece = 64U * 1024; // of a body, as the door gives it
constexpr std::size_t longestShown = 16U * 1024; // of a request to a warned service: its method and cursor

std::string fieldOf(const AnswerHead& head, std::string_view name) {
    for (const auto& [key, value] : head.fields) {
        if (equalIgnoringCase(key, name))
            return lowered(value);
    }
    return {};
}

// A list of tools, whoever asked for it: an answer whose result has the member.
bool bringsTools(std::string_view message) {
    if (message.find("tools") == std::string_view::npos && message.find("\\u") == std::string_view::npos)
        return false;
    const std::optional<JsonMembers> outer = JsonMembers::of(message);
    if (!outer)
        return true; // a batch, or what is not read alike by everybody
    return std::any_of(outer->members().begin(), outer->members().end(),
                       [](const JsonMembers::Member& member) {
                           if (member.key != "result")
                               return false;
                           const JsonMembers result = JsonMembers::of(member.value).value_or(JsonMembers());
                           return result.find("tools").has_value();
                       });
}

} // namespace

ScreenedRequest::ScreenedRequest(ServedRequest& served, const ExchangeTerms& terms, ToolGate& gate,
                                 MessageReader& reader)
    : served_(served), terms_(terms), gate_(gate), reader_(reader), head_(served.head()) {
    std::erase_if(head_.fields, [](const HttpField& field) { return field.first == "accept-encoding"; });
}

ScreenedRequest::~ScreenedRequest() {
    *alive_ = false;
}

// --- the request ---

void ScreenedRequest::screen(std::function<void()> pass) {
    pass_ = std::move(pass);
    if (terms_.pins == PinMode::Hold && head_.method == "POST")
        return gatherBody();
    pass_();
}

void ScreenedRequest::gatherBody() {
    served_.readBody([this, alive = alive_](Result<std::string_view> piece) {
        if (!*alive || way_ == Way::Over)
            return;
        if (!piece) {
            way_ = Way::Over; // the door says so to the client
            return;
        }
        if (piece->empty())
            return gathered();
        body_.append(*piece);
        if (body_.size() <= longestQuestion)
            return gatherBody();
        way_ = Way::Over;
        refuse(served_, 413,
               Error(ErrorCode::InvalidRequest,
                     "the message is longer than 16 MiB, and the tools of this service are held back until "
                     "they are approved"));
    });
}

void ScreenedRequest::gathered() {
    whole_ = true;
    head_.bodyLength = body_.size();
    noteRequest(body_);
    CalledTool called = calledTool(head_, body_, reader_);
    if (!called.refusal.empty()) {
        way_ = Way::Over;
        return refuse(served_, 400, std::move(called.refusal));
    }
    if (called.tool.empty())
        return pass_();
    gate_.called(terms_, called.tool, [this, alive = alive_](const Result<void>& allowed) {
        if (!*alive || way_ == Way::Over)
            return;
        if (allowed)
            return pass_();
        way_ = Way::Over;
        refuse(served_, statusFor(allowed.error()), allowed.error(), idShownBy(body_));
    });
}

void ScreenedRequest::noteRequest(std::string_view body) {
    const JsonMembers message = JsonMembers::ofBeginning(body);
    list_ = message.text("method") == "tools/list";
    cursor_ = list_ ? message.object("params").text("cursor").value_or("") : std::string();
}

void ScreenedRequest::readBody(std::function<void(Result<std::string_view>)> done) {
    if (whole_) {
        const std::string_view piece = std::string_view(body_).substr(given_, longestPiece);
        given_ += piece.size();
        return done(piece);
    }
    served_.readBody([this, alive = alive_, done = std::move(done)](Result<std::string_view> piece) {
        if (*alive && piece && !piece->empty() && body_.size() < longestShown)
            body_.append(piece->substr(0, longestShown - body_.size()));
        done(std::move(piece));
    });
}

// --- the answer ---

ScreenedRequest::Way ScreenedRequest::wayOf(const AnswerHead& head) const {
    const std::string coding = fieldOf(head, "content-encoding");
    const bool plain = coding.empty() || coding == "identity";
    if (terms_.pins == PinMode::Warn)
        return list_ && plain && head.status < 300 ? Way::Copy : Way::Pass;
    if (!plain)
        return Way::Over;
    return stream_ && !list_ ? Way::Events : Way::Gather;
}

void ScreenedRequest::begin(AnswerHead head) {
    if (way_ == Way::Over)
        return;
    if (terms_.pins == PinMode::Warn && head_.method == "POST")
        noteRequest(body_);
    stream_ = fieldOf(head, "content-type").find("event-stream") != std::string::npos;
    way_ = wayOf(head);
    if (way_ == Way::Over)
        return fail("it is compressed, which was not asked for");
    if (way_ != Way::Gather)
        return served_.begin(std::move(head));
    answer_ = std::move(head);
    std::erase_if(answer_.fields,
                  [](const HttpField& field) { return lowered(field.first) == "content-length"; });
}

bool ScreenedRequest::write(std::string_view bytes) {
    if (way_ == Way::Over)
        return true;
    if (way_ == Way::Copy && text_.size() <= longestAnswer)
        text_.append(bytes.substr(0, longestAnswer + 1 - text_.size()));
    if (way_ == Way::Gather) {
        text_.append(bytes);
        if (text_.size() > longestAnswer)
            fail("it is longer than 8 MiB");
        return true;
    }
    if (way_ == Way::Events) {
        SseEvent event;
        reading_.append(bytes);
        SseReader::Found found = reading_.next(event);
        for (; found == SseReader::Found::Event; found = reading_.next(event)) {
            if (!bringsTools(event.data))
                continue;
            abort();
            return true;
        }
        if (found == SseReader::Found::TooLong) {
            abort();
            return true;
        }
    }
    return served_.write(bytes);
}

void ScreenedRequest::end() {
    switch (way_) {
    case Way::Over:
        return;
    case Way::Copy:
        lookAtCopy();
        return served_.end();
    case Way::Gather:
        return stream_ ? screenEvents() : screenWhole();
    case Way::Pass:
    case Way::Events:
        return served_.end();
    }
}

void ScreenedRequest::abort() {
    if (way_ == Way::Gather)
        return fail("it is not whole");
    if (std::exchange(way_, Way::Over) != Way::Over)
        served_.abort();
}

// Nothing of the answer has gone to the client.
void ScreenedRequest::fail(const char* why) {
    way_ = Way::Over;
    text_.clear();
    refuse(served_, 502,
           Error(ErrorCode::ProviderError,
                 std::string("the tools of this service are held back until they are approved, and the "
                             "server's answer cannot be looked at: ")
                     .append(why),
                 "Tell whoever runs the server; or set pins: warn for the service in config.yaml."),
           idShownBy(body_));
}

void ScreenedRequest::look(const std::string& message) {
    gate_.listed(terms_, cursor_, message, [](const Result<std::optional<std::string>>&) {});
}

void ScreenedRequest::lookAtCopy() {
    if (text_.size() > longestAnswer)
        return;
    if (!stream_)
        return look(text_);
    SseReader reader;
    reader.append(text_);
    SseEvent event;
    while (reader.next(event) == SseReader::Found::Event) {
        if (bringsTools(event.data))
            look(event.data);
    }
}

void ScreenedRequest::screenWhole() {
    if (text_.empty() || !bringsTools(text_))
        return send();
    if (!list_)
        return fail("it brings tools that nobody has asked for");
    // What another reader could read otherwise has to be no JSON for this one.
    if (!reader_.read(text_))
        return fail("it is no JSON-RPC message");
    gate_.listed(terms_, cursor_, text_,
                 [this, alive = alive_](const Result<std::optional<std::string>>& verdict) {
                     if (!*alive || way_ == Way::Over)
                         return;
                     if (!verdict) {
                         way_ = Way::Over;
                         return refuse(served_, 502, verdict.error(), idShownBy(body_));
                     }
                     if (verdict->has_value())
                         text_ = **verdict;
                     send();
                 });
}

// Taken apart by lines, so that what is not data keeps its bytes.
void ScreenedRequest::screenEvents() {
    Event event;
    std::size_t at = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text_.size()) {
        const std::size_t stop = std::min(text_.find_first_of("\r\n", at), text_.size());
        std::size_t next = stop;
        if (next < text_.size())
            next += text_.compare(next, 2, "\r\n") == 0 ? 2U : 1U;
        const std::string_view line = std::string_view(text_).substr(at, stop - at);
        if (line.empty()) {
            events_.push_back(std::exchange(event, Event()));
        } else if (line.starts_with("data:") || line == "data") {
            std::string_view value = line.substr(std::min<std::size_t>(5, line.size()));
            if (value.starts_with(' '))
                value.remove_prefix(1);
            event.data.append(event.hasData ? "\n" : "").append(value);
            event.hasData = true;
        } else {
            event.lines.append(line).append("\n");
        }
        at = next;
    }
    text_.clear(); // an unfinished event is none
    nextEvent(0);
}

void ScreenedRequest::nextEvent(std::size_t at) {
    for (; at < events_.size(); ++at) {
        if (events_[at].hasData && bringsTools(events_[at].data))
            break;
    }
    if (at < events_.size()) {
        if (!reader_.read(events_[at].data))
            return fail("it is no JSON-RPC message");
        return gate_.listed(terms_, cursor_, events_[at].data,
                            [this, alive = alive_, at](const Result<std::optional<std::string>>& verdict) {
                                if (!*alive || way_ == Way::Over)
                                    return;
                                if (!verdict) {
                                    way_ = Way::Over;
                                    return refuse(served_, 502, verdict.error(), idShownBy(body_));
                                }
                                if (verdict->has_value())
                                    events_[at].data = **verdict;
                                nextEvent(at + 1);
                            });
    }
    for (const Event& event : events_) {
        text_.append(event.lines);
        std::string_view rest = event.data;
        while (event.hasData) {
            const std::size_t line = rest.find('\n');
            text_.append("data: ").append(rest.substr(0, line)).append("\n");
            if (line == std::string_view::npos)
                break;
            rest.remove_prefix(line + 1);
        }
        text_.append("\n");
    }
    events_.clear();
    send();
}

void ScreenedRequest::send() {
    way_ = Way::Over;
    const bool bare = text_.empty() && (answer_.status == 204 || answer_.status == 304);
    if (!bare)
        answer_.bodyLength = text_.size();
    served_.begin(std::move(answer_));
    if (!text_.empty())
        static_cast<void>(served_.write(text_));
    served_.end();
}

} // namespace keybearer
