"""From a sound file or a text to a report: read, transcribe, check, measure."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from whypm.audio.resampling import resample
from whypm.audio.sound_check import check_sound
from whypm.audio.sound_file import WHISPER_RATE, Sound, load_sound
from whypm.domain.content import Pack
from whypm.domain.errors import SoundFileError, TranscriptionError
from whypm.domain.feedback import Report
from whypm.domain.sound_quality import SoundQuality
from whypm.domain.transcript import HeardSoFar, Recognition
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.feedback.judging.judge import Judge
from whypm.feedback.reports.report import build_report
from whypm.feedback.reports.transcript_edit import edited_recognition
from whypm.sessions.answered import Answered
from whypm.sessions.live_take import HeardTake, LiveTake
from whypm.sessions.report_ahead import ReportAhead
from whypm.transcription.process.client import Transcriber

if TYPE_CHECKING:
    import numpy as np

Progress = Callable[[float], None]
"""Gets the share of the recording that is transcribed, from 0 to 1."""
Heard = Callable[[Progress | None], HeardTake | None]
"""Gives what was found out while the recording was made, or None where that failed."""


class Analyst:
    """Makes reports. The transcriber, the judge and what tells fillers are asked for when needed."""

    def __init__(
        self,
        transcriber: Callable[[], Transcriber],
        judge: Callable[[Pack], Judge],
        fillers: Callable[[], PhraseJudge],
    ) -> None:
        self._transcriber = transcriber
        self._judge = judge
        self._fillers = fillers

    def listen(
        self,
        on_heard: Callable[[HeardSoFar], None],
        answered: Callable[[], Answered] | None = None,
        *,
        preview: bool = False,
    ) -> LiveTake:
        """Return a take to be transcribed while it is recorded.

        Args:
            on_heard: called with what is understood so far, on another thread.
            answered: tells what the answer is given to, so that it is judged in each pause; called on
                another thread, once and when it is needed. None judges nothing ahead.
            preview: whether somebody watches the words.
        """
        ahead = None
        if answered is not None:
            known = cache(answered)
            ahead = ReportAhead(lambda recognition: self._report(known(), recognition))
        return LiveTake(self._transcriber, on_heard, ahead, preview=preview)

    def analyse(
        self,
        sound: Path,
        answered: Answered,
        on_progress: Progress | None = None,
        heard: Heard | None = None,
    ) -> Report:
        """Return the report on a recording; blocks. What ``heard`` has found out of it is not done again.

        Raises SoundFileError, ModelError, TranscriptionError.
        """
        take = heard(on_progress) if heard else None
        recognition = take.recognition if take else None
        if take and take.sound:
            return replace(self._report(answered, take.recognition), sound=take.sound)
        # The sound is looked through while the words are read and judged: a long one takes a moment.
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="whypm-sound") as meanwhile:
            loading = meanwhile.submit(load_sound, sound)
            checking = meanwhile.submit(_check, loading)
            if recognition is None:
                loaded = loading.result()
                samples = resample(loaded.samples, loaded.sample_rate, WHISPER_RATE)
                recognition = self._recognise(samples, on_progress)
            return replace(self._report(answered, recognition), sound=checking.result())

    def edit(self, recognised: Report, text: str, answered: Answered) -> Report:
        """Return the report as it would be had ``text`` been recognised; blocks. Raises ModelError."""
        recognition = edited_recognition(recognised, text, answered.opening_seconds)
        report = self._report(answered, recognition, text)
        timing = report.timing or recognised.timing
        return replace(report, timing=timing, sound=recognised.sound, pitch=recognised.pitch)

    def check(self, text: str, answered: Answered) -> Report:
        """Return the report on a typed answer; blocks. Raises ModelError."""
        return self._report(answered, None, text)

    def _recognise(self, samples: "np.ndarray", on_progress: Progress | None) -> Recognition:
        """Return what was said; begins again where the user chooses another model meanwhile."""
        transcriber = self._transcriber()
        try:
            return transcriber.recognise(samples, on_progress)
        except TranscriptionError:
            chosen = self._transcriber()
            if chosen is transcriber:
                raise
            return chosen.recognise(samples, on_progress)

    def _report(self, answered: Answered, recognition: Recognition | None, text: str | None = None) -> Report:
        return build_report(
            answered.question,
            answered.pack,
            self._judge(answered.pack),
            recognition=recognition,
            text=text,
            company=answered.company,
            opening_seconds=answered.opening_seconds,
            earlier=answered.earlier,
            drill=answered.drill,
            fillers=self._fillers() if recognition is not None else None,
        )


def _check(loading: "Future[Sound]") -> SoundQuality | None:
    try:
        return check_sound(loading.result())
    except SoundFileError:  # an answer that was heard live has its report all the same
        return None
