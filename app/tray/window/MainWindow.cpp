#include "app/tray/window/MainWindow.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Page.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/window/NavigationList.h"
#include "app/tray/window/NothingFound.h"
#include "app/tray/window/NoticeBar.h"
#include "app/tray/window/StateBar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <algorithm>

namespace keybearer {

namespace {
constexpr QSize firstSize{980, 600};
constexpr std::chrono::seconds tickLength{20};
constexpr int dotSize = 12;
constexpr int longestSearch = 200;
constexpr int searchCharacters = 28;
constexpr int mostNumberKeys = 9;

// In the file that remembers.
constexpr QLatin1String geometryKey("window/geometry");
constexpr QLatin1String pageKey("window/page");

QWidget* firstOf(Page& page) {
    QWidget* first = page.first();
    if (first != nullptr && first->isVisibleTo(&page))
        return first;
    for (QWidget* next = page.nextInFocusChain(); next != &page; next = next->nextInFocusChain()) {
        if (page.isAncestorOf(next) && next->isVisibleTo(&page) && next->isEnabled() &&
            (next->focusPolicy() & Qt::TabFocus) != 0)
            return next;
    }
    return &page; // until there is something: showEntries()
}

QString layoutKey(const Page& page) {
    return QStringLiteral("pages/%1").arg(QString::fromStdString(page.name()));
}

// What the headline has not said already.
QString storeWords(const HealthRecord& health, const QString& headline) {
    if (health.storeProblem.compare(headline, Qt::CaseInsensitive) == 0)
        return health.storeAction;
    const QString problem = health.storeProblem.left(1).toUpper() + health.storeProblem.mid(1);
    return problem + QStringLiteral(". ") + health.storeAction;
}

} // namespace

MainWindow::MainWindow(BrokerMirror& mirror, QWidget* parent)
    : QWidget(parent, Qt::Window), mirror_(mirror), navigation_(new NavigationList),
      body_(new QStackedWidget), stack_(new QStackedWidget), nothing_(new NothingFound), title_(new QLabel),
      search_(new QLineEdit), stateBar_(new StateBar), noticeBar_(new NoticeBar), dot_(new QLabel),
      line_(new QLabel), quit_(new QPushButton(tr("&Quit"))) {
    setWindowIcon(applicationIcon());
    auto* page = new QVBoxLayout;
    page->setContentsMargins(spacing::medium, spacing::medium, spacing::medium, spacing::small);
    page->setSpacing(spacing::small);
    page->addLayout(makeHeader());
    page->addWidget(stateBar_);
    page->addWidget(noticeBar_);
    body_->addWidget(stack_);
    body_->addWidget(nothing_);
    page->addWidget(body_, 1);
    page->addLayout(makeFooter());
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeSide());
    layout->addLayout(page, 1);
    resize(firstSize);
    makeShortcuts();
    minute_.setInterval(tickLength);
    connect(&minute_, &QTimer::timeout, this, &MainWindow::tick);
    connect(&mirror_, &BrokerMirror::changed, this, &MainWindow::showState);
    connect(navigation_, &QListWidget::currentRowChanged, this, &MainWindow::open);
    connect(search_, &QLineEdit::textChanged, this, &MainWindow::onSearch);
    connect(quit_, &QPushButton::clicked, this, &MainWindow::quitWanted);
    connect(stateBar_, &StateBar::startWanted, this, &MainWindow::startWanted);
    connect(stateBar_, &StateBar::unlockWanted, this, &MainWindow::unlockWanted);
    connect(nothing_, &NothingFound::clearWanted, search_, &QLineEdit::clear);
    connect(nothing_, &NothingFound::pageWanted, this, [this](const std::string& name) { present(name); });
    quit_->setObjectName(QStringLiteral("quit"));
    setQuitVisible(false);
    showState();
}

QWidget* MainWindow::makeSide() {
    auto* side = new QWidget;
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(spacing::small, spacing::medium, 0, spacing::small);
    layout->setSpacing(spacing::small);
    layout->addWidget(navigation_, 1);
    auto* setup = new QPushButton(tr("Set &up..."));
    setup->setObjectName(QStringLiteral("setup"));
    setup->setToolTip(
        tr("Looks for MCP clients on this computer, and for secrets that lie in their settings."));
    connect(setup, &QPushButton::clicked, this, &MainWindow::setupWanted);
    layout->addWidget(setup);
    return side;
}

QLayout* MainWindow::makeHeader() {
    title_->setTextFormat(Qt::PlainText);
    title_->setObjectName(QStringLiteral("title"));
    QFont large = title_->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * spacing::titleScale);
    title_->setFont(large);
    search_->setObjectName(QStringLiteral("search"));
    search_->setPlaceholderText(tr("Search all pages"));
    search_->setAccessibleName(tr("Search all pages"));
    search_->setClearButtonEnabled(true);
    search_->setMaxLength(longestSearch);
    search_->setMinimumWidth(search_->fontMetrics().averageCharWidth() * searchCharacters);
    auto* row = new QHBoxLayout;
    row->addWidget(title_, 1);
    row->addWidget(search_);
    return row;
}

QLayout* MainWindow::makeFooter() {
    line_->setTextFormat(Qt::PlainText);
    line_->setWordWrap(true);
    line_->setObjectName(QStringLiteral("statusLine"));
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(dot_);
    row->addWidget(line_, 1);
    row->addWidget(quit_);
    return row;
}

void MainWindow::makeShortcuts() {
    auto* find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, search_, [this] {
        search_->setFocus(Qt::ShortcutFocusReason);
        search_->selectAll();
    });
    const auto add = [this](const QKeySequence& keys, auto run) {
        auto* key = new QShortcut(keys, this);
        connect(key, &QShortcut::activated, this, run);
    };
    for (int number = 1; number <= mostNumberKeys; ++number)
        add(QKeySequence(static_cast<int>(Qt::CTRL) | (Qt::Key_0 + number)),
            [this, number] { openNumber(number); });
    add(QKeySequence(Qt::CTRL | Qt::Key_PageDown), [this] { openNext(1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_PageUp), [this] { openNext(-1); });
    add(QKeySequence(Qt::Key_F6), [this] { goToNextRegion(); });
    add(QKeySequence::Undo, [this] { Q_EMIT undoWanted(); });
}

// Counted as they are seen.
void MainWindow::openNumber(int number) {
    for (int row = 0; row < navigation_->count(); ++row) {
        if (!navigation_->isRowHidden(row) && --number == 0)
            return navigation_->setCurrentRow(row);
    }
}

void MainWindow::openNext(int step) {
    for (int row = navigation_->currentRow() + step; row >= 0 && row < navigation_->count(); row += step) {
        if (!navigation_->isRowHidden(row))
            return navigation_->setCurrentRow(row);
    }
}

// Navigation, search, page, and round again.
void MainWindow::goToNextRegion() {
    const QWidget* focus = focusWidget();
    if (focus == navigation_)
        search_->setFocus(Qt::ShortcutFocusReason);
    else if (focus == search_ && body_->currentWidget() == nothing_)
        nothing_->findChild<QPushButton*>()->setFocus(Qt::ShortcutFocusReason);
    else if (focus == search_ && currentPage() != nullptr)
        firstOf(*currentPage())->setFocus(Qt::ShortcutFocusReason);
    else
        navigation_->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::addPage(Page* page) {
    pages_.push_back(page);
    stack_->addWidget(page);
    connect(page, &Page::changed, this, &MainWindow::showEntries);
    connect(page, &Page::noticed, this, &MainWindow::noticed);
    connect(page, &Page::pageWanted, this,
            [this](const std::string& name, const std::string& what) { present(name, what); });
    if (QWidget* last = previousInFocusChain(); last != quit_)
        setTabOrder(last, quit_); // it is below all pages
    showEntries();
    if (pages_.size() == 1)
        navigation_->setCurrentRow(0);
}

Page* MainWindow::currentPage() const {
    const auto row = static_cast<std::size_t>(navigation_->currentRow());
    return row < pages_.size() ? pages_[row] : nullptr;
}

void MainWindow::open(int index) {
    if (index < 0)
        return;
    stack_->setCurrentIndex(index);
    const QString title = pages_[static_cast<std::size_t>(index)]->title();
    title_->setText(title);
    setWindowTitle(title);
    pages_[static_cast<std::size_t>(index)]->tick();
    showNothingFound();
}

void MainWindow::present(const std::string& page, const std::string& what) {
    const auto wanted =
        std::find_if(pages_.begin(), pages_.end(), [&](const Page* p) { return p->name() == page; });
    if (wanted != pages_.end())
        navigation_->setCurrentRow(static_cast<int>(wanted - pages_.begin()));
    const bool fresh = !isVisible();
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
    Page* shown = currentPage();
    if (shown == nullptr)
        return;
    if (!what.empty())
        shown->select(what);
    else if (fresh)
        firstOf(*shown)->setFocus(); // the rows, not the navigation: arrow keys work at once
}

void MainWindow::onSearch(const QString& text) {
    for (Page* page : pages_)
        page->search(text);
    showEntries();
}

void MainWindow::showEntries() {
    const bool searching = !search_->text().trimmed().isEmpty();
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        const Page& page = *pages_[i];
        navigation_->setEntry(static_cast<int>(i),
                              {symbol(page.symbol(), navigation_->palette()), page.title(), page.waiting(),
                               searching ? page.found() : -1, page.isOffered()});
    }
    if (Page* page = currentPage(); page != nullptr && focusWidget() == page)
        firstOf(*page)->setFocus();
    showNothingFound();
}

void MainWindow::showNothingFound() {
    const Page* current = currentPage();
    const bool isNothing = !search_->text().trimmed().isEmpty() && current != nullptr &&
                           current->isSearchable() && current->found() == 0;
    body_->setCurrentIndex(isNothing ? 1 : 0);
    if (!isNothing)
        return;
    std::vector<NothingFound::Elsewhere> elsewhere;
    for (const Page* page : pages_) {
        if (page != current && page->isOffered() && page->found() > 0)
            elsewhere.push_back({page->name(), page->title(), page->found()});
    }
    nothing_->present(elsewhere);
}

void MainWindow::remember(const QString& file) {
    memory_ = file;
    const QSettings memory(memory_, QSettings::IniFormat);
    restoreGeometry(memory.value(geometryKey).toByteArray());
    const std::string last = memory.value(pageKey).toString().toStdString();
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        Page& page = *pages_[i];
        page.restoreLayoutState(memory.value(layoutKey(page)).toByteArray());
        if (page.name() == last && page.isOffered())
            navigation_->setCurrentRow(static_cast<int>(i));
    }
}

void MainWindow::saveLayout() const {
    if (memory_.isEmpty())
        return;
    QSettings memory(memory_, QSettings::IniFormat);
    memory.setValue(geometryKey, saveGeometry());
    if (const Page* page = currentPage())
        memory.setValue(pageKey, QString::fromStdString(page->name()));
    for (const Page* page : pages_) {
        const QByteArray state = page->layoutState();
        if (!state.isEmpty())
            memory.setValue(layoutKey(*page), state);
    }
}

void MainWindow::showState() {
    const HealthRecord& health = mirror_.health();
    QString line = mirror_.headline();
    if (!health.storeProblem.isEmpty())
        line += QStringLiteral(". ") + storeWords(health, line);
    else if (!health.finding.isEmpty())
        line += QStringLiteral(". ") + health.finding;
    else if (mirror_.isLoaded() && !health.version.isEmpty())
        line +=
            u' ' + tr("\u00B7 broker %1, sessions are kept in: %2").arg(health.version, health.storeBackend);
    line_->setText(line);
    stateBar_->present(mirror_);
    dot_->setPixmap(stateDot(mirror_.state()).pixmap(dotSize));
}

void MainWindow::showNotice(const Notice& notice) {
    noticeBar_->present(notice);
}

void MainWindow::dropNotice() {
    noticeBar_->dismiss();
}

void MainWindow::setQuitVisible(bool visible) {
    quit_->setVisible(visible);
    quit_->setToolTip(tr("Closes the tray icon, and asks whether the broker should go on."));
}

void MainWindow::tick() {
    if (Page* page = currentPage())
        page->tick();
}

void MainWindow::showEvent(QShowEvent* event) {
    tick();
    minute_.start();
    QWidget::showEvent(event);
}

void MainWindow::hideEvent(QHideEvent* event) {
    minute_.stop(); // nobody looks: no wake-ups
    QWidget::hideEvent(event);
    if (event->spontaneous())
        return; // minimised
    saveLayout();
    Q_EMIT closed();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        showEntries(); // the symbols have the colour of the text
    QWidget::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Cancel) && !search_->text().isEmpty())
        search_->clear();
    else if (event->matches(QKeySequence::Cancel) || event->matches(QKeySequence::Close))
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace keybearer
