"""The application: one window, its desk behind it, and faults told in plain words."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from whypm.domain.errors import StorageError, WhypmError
from whypm.places import find_places
from whypm.settings import Settings, load_settings
from whypm.ui.desk import Desk
from whypm.ui.fonts import load_fonts
from whypm.ui.interrupt import Interrupt
from whypm.ui.look import Look
from whypm.ui.main_window import MainWindow
from whypm.ui.opening import Wanted

_log = logging.getLogger(__name__)
_QT_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def open_window(*, data: Path | None, model: str | None, question_id: str | None, company: str | None) -> int:
    """Show the window and return the exit code when it has been closed and everything behind it has ended."""
    qInstallMessageHandler(_log_qt)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("WhyPM")
    app.setDesktopFileName("whypm")
    places = find_places(data)
    load_fonts(places.assets / "fonts")
    app.setWindowIcon(QIcon(str(places.assets / "icons" / "whypm.png")))
    settings = _stored_settings(places.settings)
    look = Look(app)
    look.wear(settings.theme, reduce_motion=settings.reduce_motion)
    window = MainWindow(look)
    desk = Desk(window, look, Wanted(data, model, question_id, company))
    _tell_faults(desk.complain)
    interrupt = Interrupt(window.close)
    window.show()
    # After the first picture: the slow imports that follow would hold it back.
    QTimer.singleShot(0, window, desk.open)
    code = app.exec()
    window.hide()
    desk.close()
    interrupt.close()
    return code


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
