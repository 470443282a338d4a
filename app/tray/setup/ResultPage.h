#pragma once

#include "app/tray/setup/ImportTool.h"
#include "app/tray/setup/SetupPage.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace keybearer {

// Moves what was chosen, says what became of each file and where the copies are, and can undo it.
class ResultPage final : public SetupPage {
    Q_OBJECT
public:
    ResultPage(ImportTool& tool, QString backupDirectory, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ResultPage)

    // Moves these servers, which are in these files; of other files the tool may speak, but they are not
    // shown.
    void apply(const std::vector<std::string>& servers, std::vector<std::string> files);
    // What is moved now: nothing before apply() has ended well, and after an undo.
    [[nodiscard]] const ImportOutcome& outcome() const { return applied_; }

    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] bool isBusy() const override { return busy_; }
    [[nodiscard]] QWidget* firstWidget() override;

private:
    void begin(const QString& heading);
    void onApplied(const Result<ImportOutcome>& result);
    void undo();
    void onUndone(const Result<ImportOutcome>& result);
    void end(const QString& heading, const QString& introduction);
    void fail(const QString& heading, const Error& error);
    void show(const ImportOutcome& outcome, bool undone);
    void addRow(const FileOutcome& file, bool undone);

    ImportTool& tool_;
    QString backupDirectory_;
    std::vector<std::string> wanted_; // the ids of the files
    ImportOutcome applied_;
    bool busy_ = false;
    QProgressBar* progress_;
    QTreeWidget* files_;
    QLabel* copies_;
    QPushButton* undo_;
};

} // namespace keybearer
