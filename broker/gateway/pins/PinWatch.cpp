#include "broker/gateway/pins/PinWatch.h"

#include "broker/base/Json.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/gateway/GatewayLog.h"

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds patience{2000}; // a list is waited for by somebody
constexpr std::chrono::minutes fresh{10};
constexpr std::size_t mostServices = 1024;
constexpr std::size_t mostVerdicts = 64; // of one service: as many different lists as its accounts see
constexpr std::size_t mostChains = 256;  // of one service
constexpr std::size_t defineAtOnce = 4;  // requests of up to 128 KiB each on the core link
constexpr std::size_t seenOverhead = 32; // of one tool, around its name and fingerprint
constexpr std::size_t longestSeen = 512U * 1024; // so that the answer fits a line of 1 MiB as well

std::string questionOf(const std::map<std::string, std::string>& seen, bool whole) {
    std::string text = whole ? "whole" : "part";
    for (const auto& [name, fingerprint] : seen)
        text.append("\n").append(name).append(" ").append(fingerprint);
    return sha256(text);
}

Error unanswered(const std::string& service) {
    return Error(ErrorCode::PolicyUnavailable,
                 std::string("whether the tools of ")
                     .append(displaySafe(service, 64))
                     .append(" are those that were approved could not be found out in time"),
                 "Try again; if it stays, see: keybearer doctor");
}

Error held(const std::string& service, const std::string& tool, const std::string& why) {
    const std::string words =
        std::string(displaySafe(service, 64)).append(" ").append(displaySafe(tool, ToolList::longestName));
    return Error(ErrorCode::PolicyDenied,
                 std::string("the tool ")
                     .append(displaySafe(tool, ToolList::longestName))
                     .append(" of ")
                     .append(displaySafe(service, 64))
                     .append(" is held back: ")
                     .append(why == "new"       ? "it was not there when the others were approved"
                             : why == "changed" ? "its definition has changed"
                                                : why),
                 std::string("A person looks at it with \"keybearer tool show ")
                     .append(words)
                     .append("\" and lets it through with \"keybearer tool approve ")
                     .append(words)
                     .append("\"."));
}

} // namespace

PinWatch::~PinWatch() {
    *alive_ = false;
}

void PinWatch::watch(const std::string& service, Watcher& watcher) {
    services_[service].watchers.insert(&watcher);
}

void PinWatch::leave(Watcher& watcher) {
    for (auto& [unused, service] : services_)
        service.watchers.erase(&watcher);
}

void PinWatch::changed(const std::string& name) {
    const auto found = services_.find(name);
    if (found == services_.end())
        return;
    Service& service = found->second;
    ++service.generation;
    service.verdicts.clear();
    service.newest = {};
    const std::set<Watcher*> watchers = service.watchers;
    for (Watcher* watcher : watchers)
        watcher->onToolsChanged();
}

bool PinWatch::isFresh(const Verdict& verdict) const {
    return verdict.hidden != nullptr && timers_.now() - verdict.at < fresh;
}

void PinWatch::listed(const ExchangeTerms& terms, const std::string& cursor, std::string_view answer,
                      Completion<std::optional<std::string>> done) {
    const bool hold = terms.pins == PinMode::Hold;
    Result<ToolList> read = ToolList::of(answer);
    if (!read || services_.size() > mostServices) {
        logWarning(
            read ? "the tools of too many services are watched"
                 : std::string(displaySafe(terms.service, 64)).append(": ").append(read.error().message));
        return hold ? done(tl::unexpected(read ? unanswered(terms.service) : read.error()))
                    : done(std::optional<std::string>());
    }
    if (read->tools().empty() && cursor.empty())
        return done(std::optional<std::string>()); // a server without tools, or no list at all
    const auto list = std::make_shared<const ToolList>(std::move(*read));
    const Page page = pageOf(services_[terms.service], terms.exchange, cursor, *list);
    ask(terms, page, list->tools(),
        [hold, list, refused = page.refused, service = terms.service,
         done = std::move(done)](Result<Said> said) {
            if (!hold)
                return done(std::optional<std::string>());
            if (!said)
                return done(failure(unanswered(service)));
            std::set<std::size_t> places = refused;
            for (std::size_t at = 0; at < list->tools().size(); ++at) {
                if ((*said)->contains(list->tools()[at].name))
                    places.insert(at);
            }
            done(places.empty() ? std::optional<std::string>() : list->without(places));
        });
}

// What cannot be told apart is not let through: a tool without a name, and one whose name another definition
// on the same list has.
PinWatch::Page PinWatch::pageOf(Service& service, const std::string& exchange, const std::string& cursor,
                                const ToolList& list) const {
    Page page;
    if (service.chains.size() >= mostChains && !service.chains.contains(exchange))
        service.chains.erase(service.chains.begin());
    Chain& chain = service.chains[exchange];
    const bool follows = cursor.empty() || (!chain.next.empty() && chain.next == cursor);
    if (cursor.empty() || !follows)
        chain = Chain();
    std::size_t bytes = 0;
    for (const auto& [name, fingerprint] : chain.seen)
        bytes += name.size() + fingerprint.size() + seenOverhead;
    bool over = false;
    for (std::size_t at = 0; at < list.tools().size(); ++at) {
        const ListedTool& tool = list.tools()[at];
        const auto known = chain.seen.find(tool.name);
        const bool another = known != chain.seen.end() && known->second != tool.fingerprint;
        bytes += tool.name.size() + tool.fingerprint.size() + seenOverhead;
        over = over || chain.seen.size() >= ToolList::mostTools || bytes > longestSeen;
        if (tool.name.empty() || another || over) {
            page.refused.insert(at);
            continue;
        }
        chain.seen[tool.name] = tool.fingerprint;
        page.seen[tool.name] = tool.fingerprint;
    }
    page.whole = follows && !over && list.nextCursor().empty();
    if (page.whole)
        page.seen = chain.seen;
    chain.next = follows && !over ? list.nextCursor() : std::string();
    if (chain.next.empty())
        service.chains.erase(exchange);
    return page;
}

void PinWatch::ask(const ExchangeTerms& terms, const Page& page, std::vector<ListedTool> tools,
                   Completion<Said> done) {
    Service& service = services_[terms.service];
    const std::string question = questionOf(page.seen, page.whole);
    if (const auto known = service.verdicts.find(question);
        known != service.verdicts.end() && isFresh(known->second))
        return done(Said(known->second.hidden));
    std::vector<Completion<Said>>& waiters = service.asking[question];
    waiters.push_back(std::move(done));
    if (waiters.size() > 1)
        return;
    Json seen = Json::array();
    for (const auto& [name, fingerprint] : page.seen)
        seen.push_back(Json{{"name", name}, {"fingerprint", fingerprint}});
    auto definitions = std::make_shared<Definitions>();
    definitions->exchange = terms.exchange;
    definitions->service = terms.service;
    definitions->question = question;
    core_.request(
        "tools.seen", Json{{"exchange", terms.exchange}, {"tools", std::move(seen)}, {"whole", page.whole}},
        patience,
        [this, alive = alive_, definitions, generation = service.generation,
         listed = std::move(tools)](Result<Json> result) mutable {
            if (!*alive)
                return;
            if (!result)
                return answered(definitions->service, definitions->question, generation,
                                tl::unexpected(result.error()));
            const std::vector<std::string> unknown = stringsAt(*result, "unknown");
            const std::set<std::string> wanted(unknown.begin(), unknown.end());
            for (ListedTool& tool : listed) {
                if (wanted.contains(tool.name))
                    definitions->waiting.push_back(std::move(tool));
            }
            auto hidden = std::make_shared<Hidden>();
            if (const auto list = result->find("hidden"); list != result->end() && list->is_array()) {
                for (const Json& each : *list) {
                    if (each.is_object())
                        hidden->emplace(stringAt(each, "name").value_or(""),
                                        stringAt(each, "why").value_or(""));
                }
            }
            for (std::size_t at = 0; at < defineAtOnce; ++at)
                define(definitions);
            answered(definitions->service, definitions->question, generation, Said(std::move(hidden)));
        });
}

void PinWatch::answered(const std::string& name, const std::string& question, unsigned generation,
                        Result<Said> said) {
    Service& service = services_[name];
    const auto asking = service.asking.find(question);
    std::vector<Completion<Said>> waiters;
    if (asking != service.asking.end()) {
        waiters.swap(asking->second);
        service.asking.erase(asking);
    }
    if (said && generation == service.generation) {
        // A list that was seen before may be what the server shows now: the broker is to hear of it again.
        const bool different = service.newest.hidden != nullptr && *service.newest.hidden != **said;
        if (different || service.verdicts.size() >= mostVerdicts)
            service.verdicts.clear();
        service.newest = {*said, timers_.now()};
        service.verdicts[question] = service.newest;
    }
    for (const Completion<Said>& waiter : waiters)
        waiter(said);
}

// The next definition that the broker wants; then the one after it.
void PinWatch::define(std::shared_ptr<Definitions> definitions) {
    if (definitions->waiting.empty())
        return;
    const ListedTool tool = std::move(definitions->waiting.front());
    definitions->waiting.pop_front();
    Json params{{"exchange", definitions->exchange}, {"name", tool.name}, {"fingerprint", tool.fingerprint}};
    if (!tool.definition.empty())
        params["definition"] = tool.definition;
    core_.request("tools.define", std::move(params), patience,
                  [this, alive = alive_, definitions](const Result<Json>& result) {
                      if (!*alive)
                          return;
                      if (result)
                          return define(definitions);
                      // The broker is to ask for it again with the next list.
                      definitions->waiting.clear();
                      services_[definitions->service].verdicts.erase(definitions->question);
                  });
}

void PinWatch::called(const ExchangeTerms& terms, const std::string& tool, Completion<void> done) {
    const auto decide = [service = terms.service, tool, done = std::move(done)](const Result<Said>& said) {
        if (!said)
            return done(failure(unanswered(service)));
        const auto hidden = (*said)->find(tool);
        if (hidden == (*said)->end())
            return done({});
        done(failure(held(service, tool, hidden->second)));
    };
    if (!ToolList::isName(tool))
        return decide(Said(std::make_shared<Hidden>(Hidden{{tool, "its name cannot be kept"}})));
    const Verdict& newest = services_[terms.service].newest;
    if (isFresh(newest))
        return decide(newest.hidden);
    ask(terms, Page(), {}, decide); // no tools at all: what is hidden?
}

} // namespace keybearer
