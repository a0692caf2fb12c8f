"""The fixed lists of requests."""

from consultations.choices import Channel


def test_each_channel_says_what_is_known_of_it():
    assert {one.value: (one.icon, one.is_carried, one.is_ours) for one in Channel} == {
        "web": ("globe", True, False),
        "email": ("mail", True, False),
        "phone_in": ("phone-in", False, False),
        "phone_out": ("phone-out", False, True),
        "in_person": ("people", False, True),
        "letter": ("letter", False, True),
        "data_box": ("box", False, True),
        "event": ("calendar", False, True),
    }
