"""How the answer is built: its parts and their seconds, what to move, and what can be checked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from whypm.ui.report.build import PART_TITLES, Build, PartTotal
from whypm.ui.report.part_strip import PartStrip, PartSwatch
from whypm.ui.style.look import Look
from whypm.ui.style.theme import Size, Space
from whypm.ui.widgets.column import Card, clear
from whypm.ui.widgets.flow import Flow
from whypm.ui.widgets.text import text_label


class BuildSection(QWidget):
    """One card; hidden where there is nothing to tell."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._card = Card(Space.MEDIUM)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)

    def show_build(self, build: Build | None) -> None:
        """Show the parts, the remarks and the details."""
        clear(self._card.content)
        self.setVisible(build is not None)
        if build is None:
            return
        self._card.content.addWidget(text_label("How it is built", Size.LEAD, strong=True))
        self._card.content.addWidget(PartStrip(build.runs, self._look))
        self._card.content.addLayout(self._totals(build.totals))
        for remark in build.remarks:
            self._card.content.addWidget(text_label(remark, name="shape-remark"))
        if build.specifics:
            self._card.content.addWidget(
                text_label(build.specifics, Size.SMALL, tone="quiet", name="specifics")
            )

    def _totals(self, totals: tuple[PartTotal, ...]) -> Flow:
        flow = Flow(spacing=Space.SMALL, even=True)
        for total in totals:
            holder = QWidget()
            one = QHBoxLayout(holder)
            one.setContentsMargins(0, 0, Space.MEDIUM, 0)
            one.setSpacing(Space.SMALL)
            one.addWidget(PartSwatch(total.part, self._look), 0, Qt.AlignmentFlag.AlignVCenter)
            one.addWidget(text_label(PART_TITLES[total.part], Size.SMALL, wraps=False))
            if total.seconds is not None:
                seconds = f"{total.seconds:.0f} s"
                one.addWidget(text_label(seconds, Size.SMALL, tone="quiet", figures=True, wraps=False))
            one.addStretch(1)
            flow.addWidget(holder)
        return flow
