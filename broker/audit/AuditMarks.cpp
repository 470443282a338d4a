#include "broker/audit/AuditMarks.h"

#include "broker/audit/AuditArchive.h"
#include "broker/audit/AuditReader.h"
#include "broker/audit/AuditSeal.h"

#include <algorithm>

namespace keybearer {

namespace {

std::string_view bytesOf(const AuditHash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

AuditHash hashFrom(std::string_view bytes) {
    AuditHash hash{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    return hash;
}

// What the tag of a mark is made over.
std::string vouched(const ChainHead& head, const std::string& also) {
    std::string text = std::to_string(head.sequence) + ' ';
    text.append(bytesOf(head.hash));
    return also.empty() ? text : text.append(1, ' ').append(also);
}

} // namespace

ChainHead headOf(std::int64_t sequence, const std::string& line) {
    const auto row = parseAuditLine(line);
    return {sequence, row ? row->hash : AuditHash{}};
}

std::string anchorText(const ChainHead& anchor) {
    return std::to_string(anchor.sequence).append(1, ' ').append(hexOf(anchor.hash));
}

// `also` is what else the mark vouches for.
Result<AuditArchive::Mark> AuditArchive::mark(const std::string& name, const AuditKey& key,
                                              const std::string& also) {
    Result<Statement> query = database_->prepare("SELECT seq, hash, tag FROM marks WHERE name=?");
    if (!query)
        return tl::unexpected(query.error());
    query->bind(1, name);
    const Result<bool> found = query->step();
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return Mark{};
    const ChainHead head{query->integer(0), hashFrom(query->blob(1))};
    return Mark{head, query->text(2) == key.tag(name, vouched(head, also)), true};
}

Result<void> AuditArchive::setMark(const std::string& name, const ChainHead& head, const AuditKey& key,
                                   const std::string& also) {
    Result<Statement> order =
        database_->prepare("INSERT OR REPLACE INTO marks(name, seq, hash, tag) VALUES(?,?,?,?)");
    if (!order)
        return tl::unexpected(order.error());
    return order->bind(1, name)
        .bind(2, head.sequence)
        .bindBlob(3, bytesOf(head.hash))
        .bind(4, key.tag(name, vouched(head, also)))
        .run();
}

Result<AuditArchive::Marks> AuditArchive::marks() {
    const Result<Mark> anchored = mark(anchorMark, key_);
    const Result<Mark> sealed = mark(sealMark, key_);
    const Result<Mark> setAside = mark(setAsideMark, key_);
    if (!anchored || !sealed || !setAside)
        return tl::unexpected((!anchored ? anchored : !sealed ? sealed : setAside).error());
    return Marks{*anchored, *sealed, *setAside};
}

// Whether this row is still what it was, or was removed for its age.
Result<bool> AuditArchive::rowIs(const ChainHead& head, const Marks& marks) {
    if (head.sequence <= marks.anchor.head.sequence)
        return true;
    const Result<std::string> stored = lineAt(head.sequence);
    if (!stored)
        return tl::unexpected(stored.error());
    return headOf(head.sequence, *stored).hash == head.hash;
}

// What the seal of the store finds wrong; empty if nothing.
Result<std::string> AuditArchive::sealProblem(const AuditSeal& seal, const Marks& marks) {
    const Result<Mark> sealed = mark(storeSealMark, seal.key(), anchorText(marks.anchor.head));
    if (!sealed)
        return tl::unexpected(sealed.error());
    // What was set aside took its seal along, and is reported by itself.
    const bool excused = marks.incomplete();
    if (!sealed->there)
        return std::string(seal.remembered().sequence == 0 || excused ? "" : "seal");
    if (!sealed->genuine)
        return std::string("seal");
    const Result<bool> stands = rowIs(sealed->head, marks);
    const Result<bool> stood = rowIs(seal.remembered(), marks);
    if (!stands || !stood)
        return tl::unexpected((stands ? stood : stands).error());
    return std::string(!*stands ? "seal" : !*stood && !excused ? "rolled_back" : "");
}

Result<ChainHead> AuditArchive::seal(const AuditSeal& seal) {
    Result<Transaction> transaction = Transaction::begin(*database_);
    if (!transaction)
        return tl::unexpected(transaction.error());
    const Result<Marks> found = marks();
    if (!found)
        return tl::unexpected(found.error());
    const Result<std::string> problem = sealProblem(seal, *found);
    const Result<ChainHead> newestRow = head();
    if (!problem || !newestRow)
        return tl::unexpected(problem ? newestRow.error() : problem.error());
    if (!problem->empty())
        return seal.remembered();
    if (auto sealed = setMark(storeSealMark, *newestRow, seal.key(), anchorText(found->anchor.head)); !sealed)
        return tl::unexpected(sealed.error());
    if (auto committed = transaction->commit(); !committed)
        return tl::unexpected(committed.error());
    return *newestRow;
}

Result<void> AuditArchive::checkMarks(ChainVerifier& verifier, const AuditSeal* seal, const Marks& marks,
                                      bool sealMet) {
    if (marks.seal.there)
        verifier.noteSeal(marks.seal.head.sequence, "key_file");
    if (!sealMet || !marks.seal.genuine)
        verifier.spoil(std::min(marks.seal.head.sequence, verifier.head().sequence + 1),
                       marks.seal.head.sequence > verifier.head().sequence ? "tail_cut" : "seal");
    if (seal == nullptr)
        return {};
    const Result<Mark> stored = mark(storeSealMark, seal->key(), anchorText(marks.anchor.head));
    const Result<std::string> problem = sealProblem(*seal, marks);
    if (!stored || !problem)
        return tl::unexpected(stored ? problem.error() : stored.error());
    if (!problem->empty())
        verifier.spoil(std::min(std::max(stored->head.sequence, seal->remembered().sequence),
                                verifier.head().sequence + 1),
                       problem->c_str());
    else if (stored->there)
        verifier.noteSeal(stored->head.sequence, "store");
    return {};
}

} // namespace keybearer
