"""The microphones and speakers worth showing, out of everything that PortAudio lists."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from whypm.domain.sound import ChosenDevice, Device

Kind = Literal["input", "output"]

# Windows offers each device once per sound system. WASAPI is the current one and the only one that gives
# whole names (MME cuts them at 31 characters).
_WINDOWS_HOST = "Windows WASAPI"

# ALSA lists its converters beside the devices.
_ALSA_CONVERTERS = frozenset(
    ("a52", "dmix", "jack", "lavrate", "null", "oss", "samplerate", "speex", "speexrate", "upmix", "vdownmix")
)


def list_devices(
    kind: Kind, hosts: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], default_host: int
) -> tuple[Device, ...]:
    """Return the devices of one sound system: the preferred one, else the first that has a default.

    Args:
        kind: Microphones or speakers.
        hosts: The sound systems, as ``sounddevice.query_hostapis`` gives them.
        rows: All devices, as ``sounddevice.query_devices`` gives them.
        default_host: The index in ``hosts`` that PortAudio prefers.
    """
    default = f"default_{kind}_device"
    ranked = sorted(
        enumerate(hosts), key=lambda item: (item[1]["name"] != _WINDOWS_HOST, item[0] != default_host)
    )
    host = next((host for _, host in ranked if host[default] >= 0), None)
    if host is None:
        return ()
    return tuple(
        Device(
            index=index,
            name=rows[index]["name"],
            host=host["name"],
            channels=rows[index][f"max_{kind}_channels"],
            sample_rate=int(rows[index]["default_samplerate"]),
            default=index == host[default],
        )
        for index in host["devices"]
        if rows[index][f"max_{kind}_channels"] > 0 and rows[index]["name"] not in _ALSA_CONVERTERS
    )


def choose_device(
    devices: Sequence[Device], name: str | None = None, host: str | None = None
) -> ChosenDevice | None:
    """Return the device of this name, of this host where two share the name; else the default in its place.

    None where there are no devices at all. A ``name`` of None asks for the default.
    """
    if not devices:
        return None
    named = [device for device in devices if device.name == name]
    if named:
        return ChosenDevice(next((device for device in named if device.host == host), named[0]))
    default = next((device for device in devices if device.default), devices[0])
    return ChosenDevice(default, missing=name)
