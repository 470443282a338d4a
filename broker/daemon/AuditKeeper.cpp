#include "broker/daemon/AuditKeeper.h"

#include "broker/log/Log.h"
#include "broker/methods/AuditMethods.h"

namespace keybearer {

namespace {

// Not while everybody is starting; a check takes some milliseconds of another thread.
constexpr std::chrono::seconds afterStart{5};
constexpr std::int64_t newestChecked = 20'000; // well below a tenth of a second
constexpr std::int64_t usualRows = 1000;
// The item is also written when the broker ends: an older copy of the files can be put back unnoticed only to
// a point within this hour.
constexpr int sealedEveryMinutes = 60;
constexpr std::chrono::milliseconds longestSealing{
    500}; // of the last second's rows: usually some milliseconds

} // namespace

AuditKeeper::AuditKeeper(AuditLog& log, CredentialStore& store, EventPublisher& events, const Clock& clock)
    : log_(log), store_(store), events_(events),
      alerts_(clock, [this](const Alert& alert) { onAlert(alert); }),
      desk_(log, [this](std::function<void()> what) { loop_.post(std::move(what)); }) {
    log_.observe(&alerts_);
    first_.setSingleShot(true);
    connect(&first_, &QTimer::timeout, this, &AuditKeeper::checkNewest);
}

AuditKeeper::~AuditKeeper() {
    *alive_ = false;
    log_.observe(nullptr);
}

void AuditKeeper::begin() {
    first_.start(afterStart);
}

void AuditKeeper::checkNewest() {
    AuditFilter usual;
    usual.kind = "token.released";
    usual.limit = usualRows;
    desk_.query(usual, [this](const Result<AuditPage>& page) {
        if (!page)
            return;
        for (const AuditLog::Row& row : page->rows)
            alerts_.remember(row.event);
    });
    desk_.verify(newestChecked, [this](const Result<AuditLog::Verdict>& verdict) {
        if (verdict)
            alerts_.onVerdict(*verdict);
    });
    log_.attend();
}

void AuditKeeper::storeOpened() {
    if (seal_ != Seal::Closed)
        return;
    seal_ = Seal::Reading;
    store_.read(sealItem, [this, alive = alive_](Result<Secret> item) {
        if (*alive)
            onSealRead(std::move(item));
    });
}

void AuditKeeper::onSealRead(Result<Secret> item) {
    const bool absent =
        !item && (item.error().code == ErrorCode::NotFound || item.error().code == ErrorCode::ParseError);
    seal_ = item || absent ? Seal::Open : Seal::Closed;
    if (seal_ == Seal::Closed)
        return; // the store says what ails it, and is opened again
    log_.openSeal(item ? std::optional<Secret>(std::move(*item)) : std::nullopt);
    if (absent)
        saveSeal(); // its key has to be there before anything hangs on it
}

void AuditKeeper::sealAll() {
    log_.settle(longestSealing);
    saveSeal();
}

void AuditKeeper::saveSeal() {
    if (seal_ != Seal::Open)
        return;
    std::optional<Secret> item = log_.sealItem();
    if (!item)
        return;
    ++saving_;
    store_.write(sealItem, sealLabel, std::move(*item), [this, alive = alive_](const Result<void>& written) {
        if (*alive)
            --saving_;
        if (!written)
            qCWarning(logDaemon) << "the seal of the audit log could not be kept in the store";
    });
}

void AuditKeeper::onMinute() {
    log_.attend();
    if (++minutes_ % sealedEveryMinutes == 1)
        saveSeal();
}

void AuditKeeper::onAlert(const Alert& alert) {
    events_.publish("alert", toWire(alert));
    AuditEvent event;
    event.kind = "alert.raised";
    event.caller = alert.caller;
    event.why = alert.name;
    event.detail = alert.message;
    if (alert.name != "audit_unwritable")
        static_cast<void>(log_.append(event).has_value());
}

} // namespace keybearer
