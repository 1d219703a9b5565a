"""Messages between a server and its desks: whole on the other side, and never believed for what they are not."""

from __future__ import annotations

import io
from typing import get_args

import pytest
from linked import LINTER

from govlint.annotating import Reason
from govlint.web.frames import Message, item_of, job_of, of_item, of_job, read_message
from govlint.web.jobs import About, Answer, Download, Given, Job, Page, Progress, Refusal, Unread
from govlint.web.tasks import language_of

ODD = "“云溪县”\n\0\u2028 \U0001f600"
UNREAD = (Unread(ODD, "empty", ODD),)
ITEMS = (
    Progress(1, ODD, ODD, "2023", {"error": 1, "warning": 0, "info": 2}, ODD),
    Answer(UNREAD, Page(ODD, ODD * 1000, (About(ODD, "docx", True, 1, 2), About("b", "", False, 0, 0)))),
    Answer((), Download(ODD, "text/plain", bytes(range(256)) * 10)),
    Answer(UNREAD, Refusal(ODD)),
)


def sent(*messages: Message) -> io.BytesIO:
    return io.BytesIO(b"".join(piece for message in messages for piece in message.pieces()))


def test_what_is_said_arrives():
    pipe = sent(*map(of_item, ITEMS))
    for item in ITEMS:
        assert item_of(read_message(pipe)) == item
    with pytest.raises(EOFError):
        read_message(pipe)


def test_a_job_arrives():
    job = Job("/there", (Given("1", ODD), Given("2", "b.txt")), "annotated", "en", unsafe=True)
    assert job_of(read_message(sent(of_job(job)))) == job


def test_half_a_surrogate_does_no_harm():
    page = item_of(read_message(sent(of_item(Answer((), Page("", "a\ud800b", ()))))))
    assert isinstance(page, Answer) and isinstance(page.made, Page)
    assert page.made.html == "a\\ud800b"


@pytest.mark.parametrize("at", [0, 3, 4, 20, -1])
def test_what_is_cut_off_is_noticed(at):
    whole = sent(of_item(ITEMS[1])).getvalue()
    with pytest.raises(EOFError):
        read_message(io.BytesIO(whole[:at]))


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"kind": "job"},
        {"kind": "progress", "number": 1},
        {"kind": "page", "unread": []},
        {"kind": "download", "unread": [], "name": "a", "media_type": "b", "more": 1},
        {"kind": "refusal", "unread": [["a"]], "detail": ""},
        {"kind": "refusal", "detail": ""},
    ],
)
def test_what_no_desk_says_is_refused(header):
    with pytest.raises((KeyError, TypeError, ValueError)):
        item_of(Message(header))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_there_are_words_for_every_reason(code):
    words = language_of(LINTER, code).words["desk"]
    assert not set(get_args(Reason)) - set(words)
    assert not [key for key, text in words.items() if "--" in text]
