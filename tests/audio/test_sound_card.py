"""Devices: listed, remembered, looked for again, missing."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from virtual_sound import VirtualSoundCard
from whypm.audio.device_list import choose_device, list_devices
from whypm.audio.sound_card import SoundCard
from whypm.domain.errors import DeviceError
from whypm.domain.sound import ChosenDevice, Device

HEADSET = Device(3, "Headset", "ALSA", 1, 48_000)
BUILT_IN = Device(0, "Built-in", "ALSA", 2, 44_100, default=True)
HEADSET_ELSEWHERE = Device(7, "Headset", "JACK", 1, 48_000)


def row(name: str, inputs: int, outputs: int) -> dict[str, Any]:
    return {
        "name": name,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": 48_000.0,
    }


def host(name: str, devices: list[int], microphone: int, speaker: int) -> dict[str, Any]:
    return {
        "name": name,
        "devices": devices,
        "default_input_device": microphone,
        "default_output_device": speaker,
    }


def test_a_remembered_device_is_found_by_its_name_and_host() -> None:
    devices = (BUILT_IN, HEADSET_ELSEWHERE, HEADSET)
    assert choose_device(devices, "Headset", "ALSA") == ChosenDevice(HEADSET)
    assert choose_device(devices, "Headset", "WASAPI") == ChosenDevice(HEADSET_ELSEWHERE)


def test_in_place_of_a_device_that_is_gone_the_default_is_used_and_that_is_said() -> None:
    assert choose_device((HEADSET, BUILT_IN), "Desk microphone", "ALSA") == ChosenDevice(
        BUILT_IN, missing="Desk microphone"
    )
    assert choose_device((HEADSET,)) == ChosenDevice(HEADSET)
    assert choose_device(()) is None


def test_on_windows_each_device_is_listed_once_under_its_whole_name() -> None:
    hosts = [host("MME", [0, 1], 0, 1), host("Windows WASAPI", [2, 3], 2, 3)]
    rows = [
        row("Microphone (USB Audio Device wi", 1, 0),
        row("Speakers", 0, 2),
        row("Microphone (USB Audio Device with a long name)", 1, 0),
        row("Speakers", 0, 2),
    ]
    (microphone,) = list_devices("input", hosts, rows, 0)
    assert microphone == Device(2, rows[2]["name"], "Windows WASAPI", 1, 48_000, default=True)
    (speaker,) = list_devices("output", hosts, rows, 0)
    assert speaker.index == 3


def test_a_sound_system_without_a_microphone_gives_way_to_one_that_has_it() -> None:
    hosts = [host("ALSA", [0], -1, 0), host("JACK", [1], 1, -1)]
    rows = [row("Card", 0, 2), row("Studio", 2, 0)]
    assert [device.name for device in list_devices("input", hosts, rows, 0)] == ["Studio"]
    assert [device.name for device in list_devices("output", hosts, rows, 0)] == ["Card"]
    assert list_devices("input", hosts[:1], rows, 0) == ()


def test_alsas_converters_are_not_listed_as_microphones() -> None:
    hosts = [host("ALSA", [0, 1, 2], 2, 2)]
    rows = [row("lavrate", 128, 128), row("upmix", 8, 8), row("default", 32, 32)]
    assert [device.name for device in list_devices("input", hosts, rows, 0)] == ["default"]


@pytest.mark.sound
def test_the_cards_microphone_and_speaker_are_listed_and_one_is_the_default(card: SoundCard) -> None:
    assert [device.default for device in card.microphones()] == [True]
    assert [device.default for device in card.speakers()] == [True]
    assert card.choose_microphone("An old headset", "ALSA").missing == "An old headset"
    assert card.choose_speaker().missing is None


@pytest.mark.parametrize("known", [(), (BUILT_IN,)])
def test_a_microphone_that_was_plugged_in_since_is_found_when_it_is_wanted(
    known: tuple[Device, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged_in: list[Device] = list(known)

    def look_again(_: SoundCard) -> bool:
        plugged_in.append(HEADSET)
        return True

    monkeypatch.setattr(SoundCard, "microphones", lambda _: tuple(plugged_in))
    monkeypatch.setattr(SoundCard, "refresh", look_again)
    assert SoundCard().choose_microphone("Headset", "ALSA") == ChosenDevice(HEADSET)


@pytest.mark.sound
def test_the_device_list_is_not_renewed_while_another_card_object_has_a_stream_open(
    card: SoundCard, sound_card: VirtualSoundCard
) -> None:
    stream = SoundCard().open_input(None, lambda _block, _lost: None, lambda: None)
    stream.start()
    assert not card.refresh()
    stream.close()
    stream.close()
    assert card.refresh()
    assert sound_card.listeners() == 0


@pytest.mark.sound
def test_a_sound_system_that_fails_at_one_look_is_there_again_at_the_next(
    card: SoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    def fail() -> None:
        raise sounddevice.PortAudioError("Error initializing PortAudio: Unanticipated host error", -9999)

    with monkeypatch.context() as broken:  # PortAudio itself is ended, as after a failure of its own
        broken.setattr(sounddevice, "_initialize", fail)
        for look in (card.refresh, card.microphones):
            with pytest.raises(DeviceError, match=r"does not answer: Unanticipated host error\."):
                look()
    assert card.microphones()
    assert card.refresh()


@pytest.mark.sound
def test_a_device_that_refuses_its_rate_and_one_channel_is_opened_as_it_likes(
    card: SoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The virtual card accepts everything, so the refusals are made up.
    import sounddevice

    tried: list[tuple[int, int]] = []
    real = sounddevice.InputStream

    def choosy(**settings: Any) -> Any:  # noqa: ANN401  # as sounddevice has it
        tried.append((settings["samplerate"], settings["channels"]))
        if tried[-1] != (48_000, 2):
            raise sounddevice.PortAudioError("Error opening InputStream: Invalid sample rate", -9997)
        return real(**settings)

    monkeypatch.setattr(sounddevice, "InputStream", choosy)
    stream = card.open_input(None, lambda _block, _lost: None, lambda: None)
    stream.close()
    assert (stream.sample_rate, stream.channels) == (48_000, 2)
    assert tried == [(44_100, 1), (44_100, 2), (44_100, 32), (48_000, 1), (48_000, 2)]


@pytest.mark.sound
def test_a_device_that_refuses_everything_is_named_with_the_systems_reason(
    card: SoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    def refuse(**_settings: object) -> None:
        raise sounddevice.PortAudioError("Error opening OutputStream: Device unavailable", -9985)

    monkeypatch.setattr(sounddevice, "OutputStream", refuse)
    with pytest.raises(DeviceError, match=r"speaker “default” could not be opened: Device unavailable\."):
        card.open_output(None, 16_000, lambda _block: True, lambda: None)


def complaint(preparation: str, environment: dict[str, str]) -> str:
    """What a fresh process is told when it asks for the microphone."""
    program = f"""
{preparation}
from whypm.audio.sound_card import SoundCard
from whypm.domain.errors import DeviceError
try:
    SoundCard().choose_microphone()
except DeviceError as error:
    print(error)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.sound
def test_a_machine_without_portaudio_says_how_to_install_it(sound_card: VirtualSoundCard) -> None:
    hide = "import ctypes.util; ctypes.util.find_library = lambda name: None"
    said = complaint(hide, sound_card.environment)
    assert said == (
        "The sound library PortAudio is missing. Install it with: sudo apt-get install libportaudio2 "
        "(or your system's package of PortAudio).\n"
    )


@pytest.mark.sound
def test_a_machine_without_any_microphone_says_so(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    alsa = tmp_path / "alsa.conf"
    alsa.write_text('pcm.default { type pulse server "unix:/nowhere" }')
    said = complaint("", {**sound_card.environment, "ALSA_CONFIG_PATH": str(alsa)})
    assert said == "No microphone was found. Plug one in, then try again.\n"
