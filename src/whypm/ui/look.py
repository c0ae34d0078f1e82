"""How the window looks now: the colours in force, and whether things may move."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from whypm.ui.fonts import text_font
from whypm.ui.stylesheet import stylesheet
from whypm.ui.theme import DARK, LIGHT, Colours, Role, Size, tint

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_PALETTE = {
    QPalette.ColorRole.Window: Role.SURFACE,
    QPalette.ColorRole.WindowText: Role.TEXT,
    QPalette.ColorRole.Base: Role.SURFACE_RAISED,
    QPalette.ColorRole.AlternateBase: Role.SURFACE,
    QPalette.ColorRole.Text: Role.TEXT,
    QPalette.ColorRole.PlaceholderText: Role.TEXT_QUIET,
    QPalette.ColorRole.Button: Role.SURFACE_RAISED,
    QPalette.ColorRole.ButtonText: Role.TEXT,
    QPalette.ColorRole.Highlight: Role.ACCENT,
    QPalette.ColorRole.HighlightedText: Role.ON_ACCENT,
    QPalette.ColorRole.Link: Role.ACCENT,
    QPalette.ColorRole.ToolTipBase: Role.SURFACE_RAISED,
    QPalette.ColorRole.ToolTipText: Role.TEXT,
    QPalette.ColorRole.Mid: Role.LINE,
}


class Look(QObject):
    """Dresses the application; widgets that paint themselves ask it for colours and listen to ``changed``."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._theme = "system"
        self._motion = True
        self._colours: Colours | None = None
        app.setStyle("Fusion")
        app.setFont(text_font(Size.BODY))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)

    @property
    def colours(self) -> Colours:
        """The table in force."""
        return self._colours or LIGHT

    @property
    def motion(self) -> bool:
        """Whether things may move."""
        return self._motion

    def wear(self, theme: str, *, reduce_motion: bool) -> None:
        """Take the user's choices: ``system``, ``light`` or ``dark``."""
        moved = reduce_motion is self._motion
        self._motion = not reduce_motion
        if theme != self._theme or self._colours is None:
            self._theme = theme
            # Tells the system too, so that the title bar goes along; "unknown" hands the choice back to it.
            QGuiApplication.styleHints().setColorScheme(_SCHEMES.get(theme, Qt.ColorScheme.Unknown))
            self._dress()
        if moved:
            self.changed.emit()

    def colour(self, role: Role) -> QColor:
        """Return the colour of a role."""
        return QColor(self.colours[role])

    def tint(self, role: Role) -> QColor:
        """Return the ground under text that this role marks."""
        return QColor(tint(self.colours, role))

    def _dress(self) -> None:
        scheme = _SCHEMES.get(self._theme, QGuiApplication.styleHints().colorScheme())
        colours = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        if colours is self._colours:
            return
        self._colours = colours
        palette = QPalette()
        for place, role in _PALETTE.items():
            palette.setColor(place, QColor(colours[role]))
        for place in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(colours[Role.TEXT_QUIET]))
        self._app.setPalette(palette)
        self._app.setStyleSheet(stylesheet(colours))
        self.changed.emit()
