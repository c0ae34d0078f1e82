"""What a recording sounded like: its loudness, and what is wrong with its sound."""

from whypm.audio.loudness import measure_loudness
from whypm.audio.sound_faults import find_sound_faults
from whypm.audio.sound_file import Sound
from whypm.domain.sound_quality import SoundQuality


def check_sound(sound: Sound) -> SoundQuality:
    """Return the loudness and the faults of a recording in which somebody speaks."""
    return SoundQuality(
        measure_loudness(sound.samples, sound.sample_rate),
        find_sound_faults(sound.samples, sound.sample_rate),
    )
