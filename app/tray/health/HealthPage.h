#pragma once

#include "app/tray/desktop/CommandLineTool.h"
#include "app/tray/health/FindingList.h"
#include "app/tray/look/Page.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QElapsedTimer>
#include <QTimer>
#include <functional>

class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QUrl;

namespace keybearer {

// What is wrong and what mends it: the findings of `keybearer doctor`, what the broker says of itself now,
// and a report to copy. Checks when it is shown and when it is asked to; hidden, nothing runs. Part of the
// main window; GUI thread.
class HealthPage final : public Page {
    Q_OBJECT
public:
    struct Surroundings {
        CommandLineTool::Options tool{std::chrono::seconds(180)}; // it tests each provider
        std::function<bool(const QUrl&)> open; // a file, in an editor; as the desktop does unless told
    };
    HealthPage(BrokerClient& client, BrokerMirror& mirror, Surroundings surroundings,
               QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(HealthPage)

    [[nodiscard]] std::string name() const override { return "health"; }
    [[nodiscard]] QString title() const override { return tr("Health"); }
    [[nodiscard]] Symbol symbol() const override { return Symbol::Health; }
    [[nodiscard]] QWidget* first() const override;
    [[nodiscard]] int waiting() const override;
    void search(const QString& text) override;
    [[nodiscard]] bool isSearchable() const override { return true; }
    [[nodiscard]] int found() const override;
    // "check": checks again.
    void select(const std::string& what) override;
    void tick() override;

Q_SIGNALS:
    void unlockWanted();
    void signInWanted(const std::string& provider);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QLayout* makeHeader();
    QWidget* makeBody();
    void check();
    void onChecked(const Result<Json>& answer);
    void askBroker();
    void onMirrorChanged();
    void showAll();
    void showFacts();
    void mend(const Remedy& remedy);
    void openConfig();
    void closeToOthers(const std::string& directory);
    void copyReport();
    [[nodiscard]] std::vector<FindingRecord> findings() const;
    [[nodiscard]] QString headline(const std::vector<FindingRecord>& findings) const;

    BrokerClient& client_;
    BrokerMirror& mirror_;
    const Surroundings surroundings_;
    CommandLineTool doctor_;
    CommandLineTool fixer_;
    std::vector<FindingRecord> checked_; // by doctor
    Json health_ = Json::object();
    Json store_ = Json::object();
    QElapsedTimer sinceCheck_;
    QTimer soon_;
    QLabel* headline_;
    QProgressBar* progress_;
    QPushButton* again_;
    FindingList* list_;
    QFormLayout* facts_ = nullptr;
    QString factsShown_;
    QString problem_; // doctor itself did not run
    bool wasOnline_ = false;
};

} // namespace keybearer
