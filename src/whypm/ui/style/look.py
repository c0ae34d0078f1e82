"""How the window looks now: the colours in force, the size of text, and whether things may move."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from whypm.ui.style.fonts import system_text_scale, text_font
from whypm.ui.style.stylesheet import stylesheet
from whypm.ui.style.theme import DARK, LIGHT, Colours, Role, Size, tint

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
    """Dresses the application; widgets that paint themselves ask it for colours and listen to ``changed``.

    ``system_scale`` tells how much larger than usual the system wants text to be.
    """

    changed = Signal()

    def __init__(self, app: QApplication, system_scale: Callable[[], float] = system_text_scale) -> None:
        super().__init__()
        self._app = app
        self._theme = "system"
        self._motion = True
        self._colours: Colours | None = None
        self._system_scale = system_scale
        self._text_percent: int | None = None
        self._scale = 0.0  # until it is dressed for the first time
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow_system)

    @property
    def colours(self) -> Colours:
        """The table in force."""
        return self._colours or LIGHT

    @property
    def motion(self) -> bool:
        """Whether things may move."""
        return self._motion

    @property
    def scale(self) -> float:
        """How much larger than at 100 % text is."""
        return self._scale or 1.0

    def scaled(self, pixels: float, share: float = 1.0) -> int:
        """Return a length that goes along with the text; ``pixels`` is what it is at 100 %.

        With a ``share`` below 1 it grows by that much of the text's growth.
        """
        return round(pixels * (1 + share * (self.scale - 1)))

    def font(self, size: Size, *, strong: bool = False, figures: bool = False) -> QFont:
        """Return the face as large as it is to be now, for those that paint their text themselves."""
        return text_font(size, scale=self.scale, strong=strong, figures=figures)

    def wear(self, theme: str, *, reduce_motion: bool, text_percent: int | None = None) -> None:
        """Take the user's choices: ``system``, ``light`` or ``dark``; None leaves the text to the system."""
        moved = reduce_motion is self._motion
        self._motion = not reduce_motion
        self._text_percent = text_percent
        if theme != self._theme or self._colours is None:
            self._theme = theme
            # Tells the system too, so that the title bar goes along; "unknown" hands the choice back to it.
            QGuiApplication.styleHints().setColorScheme(_SCHEMES.get(theme, Qt.ColorScheme.Unknown))
        self.follow_system()
        if moved:
            self.changed.emit()

    def colour(self, role: Role) -> QColor:
        """Return the colour of a role."""
        return QColor(self.colours[role])

    def tint(self, role: Role) -> QColor:
        """Return the ground under text that this role marks."""
        return QColor(tint(self.colours, role))

    def follow_system(self) -> None:
        """Look at the system's colours and size of text again, where the user has left them to it."""
        scheme = _SCHEMES.get(self._theme, QGuiApplication.styleHints().colorScheme())
        colours = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        scale = self._system_scale() if self._text_percent is None else self._text_percent / 100
        if colours is self._colours and scale == self._scale:
            return
        self._colours, self._scale = colours, scale
        palette = QPalette()
        for place, role in _PALETTE.items():
            palette.setColor(place, QColor(colours[role]))
        for place in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(colours[Role.TEXT_QUIET]))
        self._app.setPalette(palette)
        self._app.setFont(self.font(Size.BODY))
        self._app.setStyleSheet(stylesheet(colours, scale))
        self.changed.emit()
