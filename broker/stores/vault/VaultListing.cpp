// VaultRecords: which records there are. The engine's LIST tells names alone, folder by folder; their
// revisions are inside, so each is read.
#include "broker/stores/vault/VaultFault.h"
#include "broker/stores/vault/VaultRecords.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t mostFolders = 2000; // of one listing
constexpr std::size_t mostNames = 20'000; // of one listing
constexpr std::size_t mostReads = 8;      // under way for one listing
constexpr int mostRemoved = 50;           // empty entries that one listing clears away

bool begins(const std::string& text, const std::string& with) {
    return text.compare(0, with.size(), with) == 0;
}

Error tooMuch() {
    return {ErrorCode::ParseError, "There are more records in Vault than we are willing to look at",
            "Give keybearer a store.prefix of its own."};
}

} // namespace

void VaultRecords::list(std::string beginning, Completion<std::vector<Listed>> done) {
    auto listing = std::make_unique<Listing>();
    const std::size_t slash = beginning.rfind('/');
    listing->folders.push_back(slash == std::string::npos ? std::string() : beginning.substr(0, slash + 1));
    listing->beginning = std::move(beginning);
    listing->done = std::move(done);
    const std::uint64_t number = ++lastListing_;
    listings_.emplace(number, std::move(listing));
    QMetaObject::invokeMethod(
        this, [this, number] { runListing(number); }, Qt::QueuedConnection);
}

void VaultRecords::runListing(std::uint64_t number) {
    const auto found = listings_.find(number);
    if (found == listings_.end() || found->second->running)
        return;
    if (link_ != Link::Open) {
        if (link_ == Link::Closed && justFailed())
            return endListing(number, failure(*fault_));
        return open(); // it runs us, or ends us
    }
    Listing& listing = *found->second;
    listing.running = true;
    std::string folder = listing.folders.at(listing.nextFolder);
    if (!folder.empty())
        folder.pop_back();
    VaultCall call;
    call.path = path("metadata", folder);
    if (folder.empty())
        call.path.pop_back();
    call.list = true;
    call.capability = "list";
    session_.send(std::move(call),
                  [this, number](const Result<VaultAnswer>& answer) { onFolder(number, answer); });
}

void VaultRecords::onFolder(std::uint64_t number, const Result<VaultAnswer>& answer) {
    const auto place = listings_.find(number);
    if (place == listings_.end())
        return;
    Listing& listing = *place->second;
    listing.running = false;
    Result<std::vector<std::string>> names = failure(ErrorCode::StoreUnavailable, "");
    if (answer)
        names = kvNamesOf(*answer);
    if (!names)
        return endListing(number, failure(answer ? names.error() : answer.error()));
    const std::string folder = listing.folders.at(listing.nextFolder++);
    for (const std::string& name : *names) {
        const std::string whole = folder + name;
        if (!begins(whole, listing.beginning))
            continue;
        (whole.back() == '/' ? listing.folders : listing.names).push_back(whole);
    }
    if (listing.folders.size() > mostFolders || listing.names.size() > mostNames)
        return endListing(number, failure(tooMuch()));
    if (listing.nextFolder < listing.folders.size())
        return runListing(number);
    listing.running = true;
    readListed(number);
}

void VaultRecords::readListed(std::uint64_t number) {
    Listing& listing = *listings_.at(number);
    while (listing.reading < mostReads && listing.nextName < listing.names.size()) {
        auto job = std::make_unique<Job>();
        job->name = listing.names.at(listing.nextName++);
        job->done = [this, number](const Job& ended, const Result<void>& result) {
            onListedRead(number, ended, result);
        };
        ++listing.reading;
        enqueue(std::move(job));
    }
    if (listing.reading == 0)
        endListing(number, {});
}

void VaultRecords::onListedRead(std::uint64_t number, const Job& job, const Result<void>& result) {
    const auto place = listings_.find(number);
    if (place == listings_.end())
        return;
    Listing& listing = *place->second;
    --listing.reading;
    // Something that is not ours is there all the same; whoever reads it is told.
    const bool damaged = !result && result.error().code == ErrorCode::ParseError;
    if (!result && !damaged)
        return endListing(number, failure(result.error()));
    const std::uint64_t revision =
        damaged ? std::max<std::uint64_t>(job.seen.version, 1) : revisionAt(job.seen.entry, job.now);
    if (revision != 0)
        listing.found.push_back({job.name, revision});
    else if (mayBeRemoved(job.seen.entry, job.now) && listing.removed++ < mostRemoved)
        removeEmpty(job.name);
    readListed(number);
}

void VaultRecords::endListing(std::uint64_t number, const Result<void>& result) {
    const auto place = listings_.find(number);
    const std::unique_ptr<Listing> ended = std::move(place->second);
    listings_.erase(place);
    if (!result)
        return ended->done(failure(forCallers(result.error())));
    ended->done(std::move(ended->found));
}

// The engine removes a key without check-and-set. It is done a week after the record went, for names that are
// random and not used again; a write of that very name in this very moment would be lost.
void VaultRecords::removeEmpty(const std::string& name) {
    known_.erase(name);
    VaultCall call;
    call.method = HttpRequest::Method::Delete;
    call.path = path("metadata", name);
    call.capability = "delete";
    session_.send(std::move(call), [](const Result<VaultAnswer>&) {});
}

} // namespace keybearer
