"""The style sheet, made from a table of colours and the size of text."""

from string import Template

from whypm.ui.style.theme import CORNER, READING_WIDTH, Colours, Role, Size, mixed, tint

_HOVER_SHARE = 0.07
_PRESSED_SHARE = 0.14
_STATE_WIDTH = 84
_ABOUT_SIDE = 22
"""Of what stands in columns of their own down a card, in pixels at 100 %."""
_LINE_SHARE = 1.21
"""Of the size of our face's letters: its line."""
_BUTTON_LINE = 20
_BUTTON_EDGES = 20
"""Of the primary button: the least height of its words; padding and border above and below, together."""

_SHEET = Template("""
QMainWindow, QDialog, QWidget#page, QWidget#column, QScrollArea, QStackedWidget {
  background: $surface; border: none;
}
QWidget#navigation { background: $surface; border: none; border-right: 1px solid $line; }
QDialog#keys { border: 1px solid $line; }
*[letters="small"] { font-size: ${small}px; }
*[letters="body"] { font-size: ${body}px; }
*[letters="lead"] { font-size: ${lead}px; }
*[letters="title"] { font-size: ${title}px; }
QMenu, QToolTip, QComboBox QAbstractItemView { font-size: ${body}px; }
QLabel { background: transparent; color: $text; }
QWidget#column { max-width: ${column}px; }
QWidget#actions { min-height: ${action}px; }
QLabel#sound-warning { min-height: ${line_height}px; }
QLabel#level { min-width: ${state}px; max-width: ${state}px; }
QLabel[tone="quiet"] { color: $text_quiet; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="shown"] { color: $shown; }
QLabel[tone="mentioned"] { color: $mentioned; }
QLabel[tone="missing"] { color: $missing; }
QFrame#card { background: $surface_raised; border: 1px solid $line; border-radius: ${corner}px; }
QFrame#ring { background: transparent; border: 2px solid $accent; border-radius: ${corner}px; }
QFrame#rule { background: $line; border: none; }
QFrame#notice { background: $notice; border: 1px solid $accent; border-radius: ${corner}px; }
QFrame#notice[grave="true"] { background: $notice_grave; border-color: $warning; }
QScrollArea#notice-words, QWidget#notice-inside { background: transparent; }
QScrollArea#notice-words:focus { border: 2px solid $accent; border-radius: ${corner}px; }
QWidget#foot { background: $surface; border-top: 1px solid $line; }

QPushButton {
  background: $surface_raised; color: $text; border: 1px solid $control; border-radius: ${corner}px;
  padding: 7px 15px; min-height: ${button_line}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 6px 14px; }
QPushButton:disabled { color: $text_quiet; border-color: $line; background: $surface; }
QPushButton[kind="primary"] {
  background: $accent; color: $on_accent; border-color: $accent; padding: 9px 23px;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 1px solid $accent; padding: 9px 23px; }
QPushButton[kind="primary"]:disabled { background: $line; color: $text_quiet; border-color: $line; }
QPushButton[kind="quiet"] {
  background: transparent; border-color: transparent; color: $accent; padding: 7px 11px;
}
QPushButton[kind="quiet"]:hover { background: $hover_surface; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 6px 10px; }
QPushButton[kind="quiet"]:disabled { color: $text_quiet; }
QPushButton[kind="inline"] {
  background: transparent; color: $accent; padding: 2px 0; min-height: ${button_line}px; border-radius: 0;
  border: none; border-bottom: 2px solid transparent; text-align: left;
}
QPushButton[kind="inline"]:hover { border-bottom-color: $line; }
QPushButton[kind="inline"]:focus { border-bottom-color: $accent; }
QPushButton[kind="inline"]:disabled { color: $text_quiet; }
QPushButton[kind="place"] {
  background: transparent; border: 2px solid transparent; color: $text; text-align: left; padding: 7px 12px;
}
QPushButton[kind="place"]:hover { background: $hover_surface; }
QPushButton[kind="place"]:checked { background: $selected; color: $accent; }
QPushButton[kind="place"]:focus { border-color: $accent; }
QPushButton#about {
  padding: 0; min-width: ${about}px; max-width: ${about}px; min-height: ${about}px; max-height: ${about}px;
}

QLineEdit {
  background: $surface_raised; color: $text; placeholder-text-color: $text_quiet;
  border: 1px solid $control; border-radius: ${corner}px; padding: 7px 11px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus { border: 2px solid $accent; padding: 6px 10px; }
QComboBox QAbstractItemView {
  background: $surface_raised; color: $text; border: 1px solid $line; outline: 0; padding: 4px;
  selection-background-color: $selected; selection-color: $text;
}
QPlainTextEdit {
  background: $surface_raised; color: $text; border: 1px solid $control; border-radius: ${corner}px;
  padding: 6px 7px; selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit:focus { border: 2px solid $accent; padding: 5px 6px; }
QPlainTextEdit:read-only { color: $text_quiet; }
QMenu {
  background: $surface_raised; color: $text; border: 1px solid $line; padding: 4px;
}
QMenu::item { padding: 6px 16px; border-radius: 4px; }
QMenu::item:selected { background: $selected; color: $text; }
QTextEdit {
  background: transparent; color: $text; border: 2px solid transparent; border-radius: ${corner}px;
}
QTextEdit:focus { border-color: $accent; }
QTableView {
  background: $surface_raised; color: $text; border: 1px solid $line; border-radius: ${corner}px; outline: 0;
  selection-background-color: $selected; selection-color: $text; padding: 1px;
}
QTableView:focus { border: 2px solid $accent; padding: 0; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: transparent; color: $text_quiet; padding: 8px 12px;
  border: none; border-bottom: 1px solid $line;
  font-size: ${small}px;
}
QTableView::item { padding: 0 9px; border: none; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $control; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
  background: $surface_raised; border: 2px solid $accent; width: 14px; margin: -7px 0; border-radius: 9px;
}
QSlider::handle:horizontal:focus { background: $accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: $control; border-radius: 4px; min-height: 40px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: $control; border-radius: 4px; min-width: 40px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; width: 0; height: 0;
}
QToolTip { background: $surface_raised; color: $text; border: 1px solid $line; padding: 6px; }
""")


def stylesheet(colours: Colours, scale: float = 1.0) -> str:
    """Return the style sheet of the whole application in these colours; text is ``scale`` times as large."""
    raised, accent = colours[Role.SURFACE_RAISED], colours[Role.ACCENT]
    text, surface = colours[Role.TEXT], colours[Role.SURFACE]
    line = round(Size.BODY * scale * _LINE_SHARE)
    return _SHEET.substitute(
        {role.value.replace("-", "_"): colour for role, colour in colours.items()},
        corner=CORNER,
        **{size.name.lower(): str(round(size * scale)) for size in Size},
        column=round(READING_WIDTH * scale),
        line_height=line,
        button_line=max(_BUTTON_LINE, line),
        action=max(_BUTTON_LINE, line) + _BUTTON_EDGES,
        state=round(_STATE_WIDTH * scale),
        about=round(_ABOUT_SIDE * scale),
        notice=tint(colours, Role.ACCENT),
        notice_grave=tint(colours, Role.WARNING),
        hover=mixed(text, raised, _HOVER_SHARE),
        pressed=mixed(text, raised, _PRESSED_SHARE),
        hover_surface=mixed(text, surface, _HOVER_SHARE),
        selected=mixed(accent, raised, _PRESSED_SHARE),
        accent_hover=mixed(text, accent, _PRESSED_SHARE),
        accent_pressed=mixed(text, accent, 2 * _PRESSED_SHARE),
    )
