"""The labelled set is sound, frozen where it is held out, and read no worse than at the release.

Of the held-out set nothing but counts can appear here, also where a test fails.
"""

from functools import cache

import pytest

from tools.evaluation import drafts, freezing, papers, release
from tools.evaluation.reading import score_documents
from tools.evaluation.scores import DocumentScore

SEEN = papers.documents(papers.LABELLED / "seen")
HELD_OUT = papers.documents(papers.LABELLED / "held_out")


@cache
def scores() -> list[DocumentScore]:
    return list(score_documents(SEEN))


def faults(document, hand):
    path = papers.draft_path(document, hand)
    draft = drafts.parse(path.read_text(encoding="utf-8"))
    text = papers.text_of(document) if papers.form(document) == "txt" else None
    return draft.problems + (drafts.place(draft, text).problems if text is not None else [])


def resolved(documents):
    return [document for document in documents if papers.draft_path(document, "resolved").exists()]


@pytest.mark.parametrize("document", resolved(SEEN), ids=lambda path: path.name)
def test_resolved_labels_of_the_seen_set_have_no_fault(document):
    assert faults(document, "resolved") == []


def test_resolved_labels_of_the_held_out_set_have_no_fault():
    assert sum(len(faults(document, "resolved")) for document in resolved(HELD_OUT)) == 0


def test_the_held_out_set_is_as_it_was_frozen():
    assert len(freezing.changed(papers.LABELLED)) == 0


def test_no_document_stands_in_both_sets():
    digests = [path.read_bytes() for path in (*SEEN, *HELD_OUT)]

    assert len(set(digests)) == len(SEEN) + len(HELD_OUT)


def test_the_seen_set_is_read_no_worse_than_at_the_last_release():
    last = release.load(papers.LABELLED)

    assert last is not None
    assert release.fallen(last, scores()) == []
