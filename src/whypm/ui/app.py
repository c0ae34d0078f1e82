"""The application: one window, its desk behind it, and faults told in plain words."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QDeadlineTimer,
    QEventLoop,
    QMessageLogContext,
    QSize,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from whypm.domain.errors import StorageError, WhypmError
from whypm.places import Places, find_places
from whypm.settings import Settings, load_settings
from whypm.ui.desks.desk import Desk
from whypm.ui.desks.opening import Wanted
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.interrupt import Interrupt
from whypm.ui.style.fonts import FAMILY, load_fonts
from whypm.ui.style.look import Look

_log = logging.getLogger(__name__)
_LONGEST_SHOWING_MILLISECONDS = 20_000
_LOOK_MILLISECONDS = 50
_SAMPLE = QSize(145, 100)
_LEAST_COLOURS = 8
_QT_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def open_window(*, data: Path | None, model: str | None, question_id: str | None, company: str | None) -> int:
    """Show the window and return the exit code when it has been closed and everything behind it has ended."""
    places = find_places(data)
    app = _application(places)
    settings = _stored_settings(places.settings)
    look = Look(app)
    look.wear(settings.theme, reduce_motion=settings.reduce_motion, text_percent=settings.text_percent)
    window = MainWindow(look)
    desk = Desk(window, look, Wanted(data, model, question_id, company))
    _tell_faults(desk.complain)
    interrupt = Interrupt(window.end)
    window.fit_into(window.screen().availableGeometry().size())
    window.show()
    # After the first picture: the slow imports that follow would hold it back.
    QTimer.singleShot(0, window, desk.open)
    code = app.exec()
    window.hide()
    desk.close()
    interrupt.close()
    return code


def show_once(places: Places) -> str:
    """Show the window, close it after its first picture, and return what was seen; for the self-test.

    Raises WhypmError where it stayed out of sight or empty.
    """
    app = _application(places)
    look = Look(app)
    look.wear("light", reduce_motion=True)
    window = MainWindow(look)
    window.show()
    deadline = QDeadlineTimer(_LONGEST_SHOWING_MILLISECONDS)
    while not (handle := window.windowHandle()).isExposed() and not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _LOOK_MILLISECONDS)
    exposed = handle.isExposed()
    picture = window.grab().toImage()
    window.close()
    sample = picture.scaled(_SAMPLE)
    colours = {sample.pixel(x, y) for x in range(sample.width()) for y in range(sample.height())}
    if not exposed or len(colours) < _LEAST_COLOURS:
        raise WhypmError(f"The window was not shown, or with {len(colours)} colour(s) only.")
    if FAMILY not in QFontDatabase.families():
        raise WhypmError(f"The face {FAMILY} of our texts is missing.")
    platform, size = QApplication.platformName(), f"{picture.width()} x {picture.height()}"
    return f"Qt {qVersion()}, platform {platform}, {size}, {len(colours)} colours"


def _application(places: Places) -> QApplication:
    qInstallMessageHandler(_log_qt)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("WhyPM")
    app.setDesktopFileName("whypm")
    load_fonts(places.assets / "fonts")
    app.setWindowIcon(QIcon(str(places.assets / "icons" / "whypm.png")))
    return app


def _stored_settings(file: Path) -> Settings:
    """Read the colours for the first picture; what is wrong with the file is told when the studio opens."""
    try:
        return load_settings(file)
    except StorageError:
        return Settings()


def _tell_faults(complain: Callable[[WhypmError], None]) -> None:
    """Log every fault that nobody caught, and say so in the window instead of dying or staying silent."""

    def unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _log.critical("a fault in the window", exc_info=(kind, error, trace))
        complain(
            WhypmError("Something went wrong inside WhyPM.", "The log in your data folder has the details.")
        )

    def in_thread(fault: threading.ExceptHookArgs) -> None:
        _log.critical(
            "a fault in a thread",
            exc_info=(fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback),
        )

    sys.excepthook = unforeseen
    threading.excepthook = in_thread


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    level = _QT_LEVELS.get(kind)
    if level is not None:
        _log.log(level, "Qt: %s", message)
    if kind is QtMsgType.QtFatalMsg and sys.stderr is not None:
        sys.stderr.write(f"whypm: {message}\n")  # Qt ends the process with it, and no window is there to tell
