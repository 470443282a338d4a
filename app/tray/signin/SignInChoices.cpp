#include "app/tray/signin/SignInChoices.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Tones.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostServices = 200; // of this computer; more are found by their address

bool hasText(const SignInChoice& choice, const QString& title) {
    return choice.title.compare(title, Qt::CaseInsensitive) == 0;
}

int sessionsOf(const BrokerMirror& mirror, const std::string& provider) {
    return static_cast<int>(
        std::count_if(mirror.sessions().begin(), mirror.sessions().end(),
                      [&](const SessionRecord& one) { return one.provider == provider; }));
}

} // namespace

void SignInChoices::fill(const BrokerMirror& mirror) {
    beginResetModel();
    choices_.clear();
    for (const bool ready : {true, false}) {
        for (const ProviderRecord& provider : mirror.providers()) {
            if (provider.configured != ready)
                continue;
            const int sessions = sessionsOf(mirror, provider.name);
            const QString note = !ready         ? tr("To be set up first, once")
                                 : sessions > 0 ? tr("%n account(s) signed in", nullptr, sessions)
                                                : tr("Ready");
            choices_.push_back({{provider.name}, provider.title, note, ready, false, provider.scopes});
        }
    }
    endResetModel();
}

void SignInChoices::addServices(const Json& list) {
    const auto services = list.find("services");
    if (services == list.end() || !services->is_array())
        return;
    beginResetModel();
    std::vector<SignInChoice> added;
    for (const Json& service : *services) {
        const std::string url = stringAt(service, "url").value_or("");
        const QString name = shown(stringAt(service, "name").value_or(""), 64);
        if (url.empty() || name.isEmpty() || added.size() >= mostServices ||
            std::any_of(choices_.begin(), choices_.end(),
                        [&](const auto& one) { return hasText(one, name); }))
            continue;
        const QString address = shown(url, 120);
        const QString note = booleanAt(service, "signed_in").value_or(false)
                                 ? tr("MCP server at %1, signed in").arg(address)
                                 : tr("MCP server at %1").arg(address);
        added.push_back({{{}, url}, name, note, true, true, {}});
    }
    const auto place =
        std::find_if(choices_.begin(), choices_.end(), [](const SignInChoice& one) { return !one.ready; });
    choices_.insert(place, added.begin(), added.end());
    endResetModel();
}

const SignInChoice* SignInChoices::at(int row) const {
    return row >= 0 && row < rowCount() ? &choices_[static_cast<std::size_t>(row)] : nullptr;
}

int SignInChoices::rowOf(const SignInWish& wish) const {
    const auto found = std::find_if(choices_.begin(), choices_.end(),
                                    [&](const SignInChoice& one) { return one.wish.sameTarget(wish); });
    return found == choices_.end() ? -1 : static_cast<int>(found - choices_.begin());
}

int SignInChoices::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(choices_.size());
}

QVariant SignInChoices::data(const QModelIndex& index, int role) const {
    const SignInChoice* choice = at(index.row());
    if (choice == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return choice->title;
    case Qt::DecorationRole:
        return choice->isService ? emblem(Emblem::Server) : providerIcon(choice->wish.provider);
    case Qt::AccessibleTextRole:
        return tr("%1, %2", "what one can sign in to, and its state").arg(choice->title, choice->note);
    case NoteRole:
        return choice->note;
    case WordsRole:
        return QString(choice->title + u' ' + QString::fromStdString(choice->wish.provider) + u' ' +
                       choice->note);
    case ReadyRole:
        return choice->ready;
    default:
        return {};
    }
}

void SignInChoiceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    row.icon = {};
    const QWidget* widget = option.widget;
    const QStyle* style = widget != nullptr ? widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, widget);

    const bool selected = row.state.testFlag(QStyle::State_Selected);
    const QRect inside = row.rect.adjusted(spacing::small, spacing::tight, -spacing::small, -spacing::tight);
    const QRect picture(inside.left(), inside.center().y() - spacing::rowIcon / 2, spacing::rowIcon,
                        spacing::rowIcon);
    const auto place = [&](const QRect& rect) { return QStyle::visualRect(row.direction, row.rect, rect); };
    index.data(Qt::DecorationRole).value<QIcon>().paint(painter, place(picture));

    QRect text = inside.adjusted(spacing::rowIcon + spacing::medium, 0, 0, 0);
    QFont bold = row.font;
    bold.setBold(true);
    const auto line = [&](const QFont& font, const QColor& colour, const QString& words, const QRect& where) {
        painter->setFont(font);
        painter->setPen(colour);
        const QString cut = QFontMetrics(font).elidedText(words, Qt::ElideRight, where.width());
        painter->drawText(place(where),
                          static_cast<int>(QStyle::visualAlignment(row.direction, Qt::AlignLeft)) |
                              Qt::AlignVCenter | Qt::TextSingleLine,
                          cut);
    };
    painter->save();
    const QColor chosen = row.palette.color(QPalette::HighlightedText);
    const int half = text.height() / 2;
    line(bold, selected ? chosen : row.palette.color(QPalette::Text), index.data(Qt::DisplayRole).toString(),
         text.adjusted(0, 0, 0, half - text.height()));
    line(row.font, selected ? chosen : toneColour(Tone::Quiet, row.palette),
         index.data(SignInChoices::NoteRole).toString(), text.adjusted(0, half, 0, 0));
    painter->restore();
}

QSize SignInChoiceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const int lines = 2 * option.fontMetrics.height() + spacing::hair;
    return {200, std::max(lines, spacing::rowIcon) + 2 * spacing::small};
}

} // namespace keybearer
