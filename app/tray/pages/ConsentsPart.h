#pragma once

#include "app/tray/actions/SessionActions.h"
#include "app/tray/pages/ConsentModel.h"
#include "app/tray/pages/ListPart.h"

class QPushButton;

namespace keybearer {

// The permissions that the person has given, everything about the selected one in plain words, and the
// buttons that take it back, or all of its program. Part of the page of the programs; GUI thread.
class ConsentsPart final : public QWidget {
    Q_OBJECT
public:
    ConsentsPart(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent = nullptr);
    Q_DISABLE_COPY_MOVE(ConsentsPart)

    [[nodiscard]] const ConsentModel& model() const { return model_; }
    [[nodiscard]] ListPart& list() { return *list_; }
    [[nodiscard]] const ListPart& list() const { return *list_; }

private:
    void onChanged();
    void takeBack();
    void takeBackAll();
    [[nodiscard]] std::vector<std::string> ofSameProgram(const ConsentRecord& consent) const;
    [[nodiscard]] QString evidenceWords(const ConsentRecord& consent) const;

    SessionActions& actions_;
    ConsentModel model_;
    ListPart* list_;
    QPushButton* all_;
    QPushButton* takeBack_;
};

} // namespace keybearer
