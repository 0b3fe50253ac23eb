"""WebVTT and SRT: who speaks in captions, and where one is wrong."""

from __future__ import annotations

import pytest

from simulator.domain.transcript import Turn
from simulator.errors import SpeakersUnknown, TranscriptError
from simulator.exchange.read import parse_transcript

VTT = """\
WEBVTT - a call
Kind: captions

STYLE
::cue { color: red }

NOTE nobody says
this

opening
00:00:01.000 --> 00:00:04.000 align:start
<v Mrs Jones>My parcel <i>never</i> came

00:00:04.000 --> 01:00:06.000
&amp; I waited <00:00:05.000>in.

00:06.000 --> 00:08.000
<v.loud Bert>That is annoying.</v> <v Mrs Jones>Yes.</v>
Very: it was 12:30.

00:08.000 --> 00:09.000
<v Bert>What did you miss?
"""
SRT = """\
1
00:00:01,000 --> 00:00:04,000
- Customer: I rang
{\\an8}at 12:30 and nobody came.

2
00:00:04,000 --> 00:00:06,000
<b>Learner:</b> What happened
"""
CHINESE = """\
WEBVTT

00:01.000 --> 00:02.000
客户：我的包裹

00:02.000 --> 00:03.000
一直没来。

00:03.000 --> 00:04.000
我：怎么了？
"""


@pytest.mark.parametrize("name", ["talk.vtt", "talk"])
def test_voices_are_turns_and_a_turn_goes_on_over_cues(name: str) -> None:
    assert parse_transcript(VTT.encode(), name, "Bert").turns == (
        Turn(1, "persona", "My parcel never came & I waited in."),
        Turn(2, "learner", "That is annoying."),
        Turn(3, "persona", "Yes. Very: it was 12:30."),
        Turn(4, "learner", "What did you miss?"),
    )


@pytest.mark.parametrize("name", ["talk.srt", "talk"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("customer", ["Customer", "Anna"])
def test_names_before_a_colon_are_speakers_and_times_of_day_are_not(name: str, line_end: str, customer: str) -> None:
    text = SRT.replace("\n", line_end).replace("Customer", customer)
    assert parse_transcript(text.encode(), name).turns == (
        Turn(1, "persona", "I rang at 12:30 and nobody came."),
        Turn(2, "learner", "What happened"),
    )


def test_chinese_captions_are_joined_without_a_space() -> None:
    read = parse_transcript(CHINESE.encode(), "talk.vtt")
    assert [turn.text for turn in read.turns] == ["我的包裹一直没来。", "怎么了？"]
    assert read.language == "zh-Hans"


def test_escaped_markup_is_words() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Learner>What is &lt;b&gt;this&lt;/b&gt;?\n"
    assert parse_transcript(text.encode(), "t.vtt").turns[0].text == "What is <b>this</b>?"


def test_who_cannot_be_told_apart_is_named_in_the_error() -> None:
    with pytest.raises(SpeakersUnknown, match="who is the learner among 'Mrs Jones', 'Bert'") as unknown:
        parse_transcript(VTT.encode(), "talk.vtt")
    assert unknown.value.names == ("Mrs Jones", "Bert")


HEAD = "WEBVTT\n\n00:01.000 --> 00:02.000\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nx", "t.vtt:3:1: no cue: a line of times"),
        ("WEBVTT\n\nopening\n\nx", "t.vtt:3:1: no cue: a line of times"),
        ("WEBVTT\n\n00:01.000 --> 00:2.000\nx", "t.vtt:3:15: '00:2.000' is no time"),
        ("WEBVTT\n\n1\n00:71.000 --> 00:02.000\nx", "t.vtt:4:1: '00:71.000' is no time"),
        ("WEBVTT\n\n00:01.000 -->\nx", "t.vtt:3:14: '' is no time"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nx", "t.vtt:2:1: a blank line stands before the first cue"),
        ("WEBVTT\n", "t.vtt: nobody is named"),
        (HEAD + "hello", "t.vtt:4:1: nobody is named"),
        (HEAD + "hello\n<v Learner>What happened?", "t.vtt:4:1: nobody is named yet"),
        (HEAD + "<v Learner>What happened?<v Customer>", "t.vtt:4: turn 2 is empty"),
        (HEAD + "<v Learner>Hi <v Customer>Hi <v Dog>Wau", "t.vtt:4:30: unknown speaker 'Dog'"),
    ],
)
def test_captions_are_refused_with_line_and_column(text: str, told: str) -> None:
    with pytest.raises(TranscriptError) as refused:
        parse_transcript(text.encode(), "t.vtt")
    assert str(refused.value).startswith(told)
