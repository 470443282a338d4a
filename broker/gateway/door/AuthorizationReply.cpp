#include "broker/gateway/door/AuthorizationReply.h"

#include "broker/base/Text.h"
#include "broker/gateway/door/Answers.h"
#include "broker/gateway/door/PageText.h"

#include <algorithm>

namespace keybearer {

namespace {

// Nothing of these answers is ever kept, which the door says itself: a second field would be a list to strict
// readers.
bool saysHowLong(const std::string& name) {
    constexpr std::string_view cacheControl = "cache-control";
    return std::equal(name.begin(), name.end(), cacheControl.begin(), cacheControl.end(),
                      [](char one, char other) { return (one | 0x20) == other; });
}

std::vector<HttpField> fieldsOf(const Json& answer) {
    std::vector<HttpField> out;
    const auto fields = answer.find("fields");
    if (fields == answer.end() || !fields->is_array())
        return out;
    for (const Json& field : *fields) {
        const bool isField =
            field.is_array() && field.size() == 2 && field[0].is_string() && field[1].is_string();
        if (isField && !saysHowLong(field[0].get_ref<const std::string&>()))
            out.emplace_back(field[0].get<std::string>(), field[1].get<std::string>());
    }
    return out;
}

PageText pageOf(const Json& value) {
    PageText page;
    page.title = stringAt(value, "title").value_or("Keybearer");
    page.text = stringAt(value, "text").value_or("");
    const std::string state = stringAt(value, "state").value_or("failed");
    page.state = state == "waiting" ? PageText::State::Waiting
                 : state == "done"  ? PageText::State::Done
                                    : PageText::State::Failed;
    page.again = stringAt(value, "again").value_or("");
    const auto form = value.find("form");
    if (form == value.end() || !form->is_object())
        return page;
    page.form.action = stringAt(*form, "action").value_or("");
    page.form.button = stringAt(*form, "button").value_or("Continue");
    if (const auto fields = form->find("fields"); fields != form->end() && fields->is_object()) {
        for (const auto& [name, text] : fields->items()) {
            if (text.is_string())
                page.form.fields.emplace_back(name, text.get<std::string>());
        }
    }
    return page;
}

void showPage(ServedRequest& request, int status, const PageText& page, std::vector<HttpField> fields) {
    for (HttpField& field : page.fields())
        fields.push_back(std::move(field));
    answerWhole(request, status, "text/html; charset=utf-8", page.html(), std::move(fields));
}

} // namespace

void reply(ServedRequest& request, const Json& answer) {
    const int status = static_cast<int>(integerAt(answer, "status").value_or(500));
    std::vector<HttpField> fields = fieldsOf(answer);
    if (const std::optional<std::string> to = stringAt(answer, "redirect")) {
        fields.insert(fields.end(),
                      {{"location", *to},
                       {"cache-control", "no-store"},
                       {"referrer-policy", "no-referrer"},
                       {"x-frame-options", "DENY"},
                       {"content-security-policy", "default-src 'none'; frame-ancestors 'none'"}});
        return answerWhole(request, 303, {}, {}, std::move(fields));
    }
    if (const auto page = answer.find("page"); page != answer.end() && page->is_object())
        return showPage(request, status, pageOf(*page), std::move(fields));
    fields.emplace_back("cache-control", "no-store");
    if (const auto body = answer.find("body"); body != answer.end())
        return answerJson(request, status, *body, std::move(fields));
    answerWhole(request, status, {}, {}, std::move(fields));
}

void replyRefused(ServedRequest& request, bool person, int status, const std::string& error,
                  const std::string& text) {
    if (!person) {
        std::vector<HttpField> fields;
        if (status == 503)
            fields.emplace_back("retry-after", "2");
        return answerRefusal(request, {status, error, text}, std::move(fields));
    }
    PageText page;
    page.title = status == 503 ? "Keybearer cannot answer right now" : "This request cannot be understood";
    page.text = displaySafe(text) + ".\nGo back to the program that sent you here and start again.";
    showPage(request, status, page, {});
}

} // namespace keybearer
