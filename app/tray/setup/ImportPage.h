#pragma once

#include "app/tray/setup/ImportTool.h"
#include "app/tray/setup/SetupPage.h"

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QSplitter;
class QTreeWidget;
class QTreeWidgetItem;

namespace keybearer {

// Shows what was found in the settings of MCP clients, lets the person choose what to move, and shows the
// difference that each file would have. Changes nothing.
class ImportPage final : public SetupPage {
    Q_OBJECT
public:
    explicit ImportPage(ImportTool& tool, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ImportPage)

    // What is checked: ids of servers, and of the files they are in.
    struct Choice {
        std::vector<std::string> servers;
        std::vector<std::string> files;
    };
    [[nodiscard]] Choice chosen() const;

    [[nodiscard]] QString nextText() const override;
    // Looks again each time it is entered: files may have changed.
    void enter() override;
    [[nodiscard]] QWidget* firstWidget() override;

private:
    void look();
    void onFound(const Result<ImportPreview>& found);
    void showPreview();
    void showTrouble(const QString& heading, const QString& words);
    void addFile(const FoundFile& file);
    void addServer(QTreeWidgetItem& parent, const FoundFile& file, const FoundServer& server);
    void addProblem(QTreeWidgetItem& parent, const FoundFile& file);
    void selectFirst();
    void showDifference();

    ImportTool& tool_;
    ImportPreview preview_;
    QProgressBar* progress_;
    QSplitter* parts_;
    QTreeWidget* tree_;
    QLabel* caption_;
    QPlainTextEdit* difference_;
    QLabel* remark_;
    QPushButton* again_;
};

} // namespace keybearer
