#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"

#include <QGroupBox>
#include <QStringList>
#include <functional>
#include <map>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace keybearer {

// Of the broker: what stands in config.yaml. Reads and changes it by `keybearer config` alone, so comments
// and order of the file stay and the broker's own reader judges each change before it is made. Says what is
// wrong with the file, and that a change counts when the broker starts anew. Part of the settings page; GUI
// thread.
class BrokerSection final : public QGroupBox {
    Q_OBJECT
public:
    // Runs `keybearer --json` with these words; one at a time.
    using Run =
        std::function<void(const QStringList& words, std::function<void(const Result<Json>&)> answer)>;

    explicit BrokerSection(Run run, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(BrokerSection)

    void load();

Q_SIGNALS:
    // The person wants to see the file itself.
    void openWanted(const QString& path);

private:
    void makeControls(QFormLayout& form);
    QSpinBox* addNumber(QFormLayout& form, const char* key, const QString& label, int most);
    QLayout* makeButtons();
    void onShown(const Result<Json>& answer);
    void showValue(const std::string& key, const std::string& value);
    void showFile(const Json& file);
    void wish(const std::string& key, const QString& value);
    void wishMode();
    void send(const std::string& key, const QString& value);
    void onSet(const Result<Json>& answer);
    void restart();
    void describeMode();
    void setBusy(bool busy);
    void say(const QString& text);

    Run run_;
    QComboBox* mode_;
    QLabel* modeMeaning_;
    QCheckBox* gateway_;
    std::map<std::string, QSpinBox*> numbers_;  // by key
    std::map<std::string, std::string> values_; // as they are in force
    QLabel* problem_;
    QLabel* saying_;
    QPushButton* restart_;
    QPushButton* open_;
    QString path_;
    bool writable_ = true;
};

} // namespace keybearer
