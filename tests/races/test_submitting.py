"""The same text or the same number from two at once: one document, one run, nobody sees a fault."""

from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.intake import services
from lotrinh.apps.intake.models import Candidate, ReadingRun
from lotrinh.apps.intake.services import Submission
from tests.factories import NOW, TEXT, TODAY, key, make_run
from tests.races.together import at_once, failures


def submit(people, text, client_key=None):
    return lambda: services.submit(
        submission=Submission(content=text.encode(), source_name="a.txt"),
        keeper=people.city,
        user=people.chi,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def numbered(number):
    return TEXT.replace("97-CTr/TU", number)


def test_the_same_form_from_two_connections_is_one_run(people):
    for number in range(6):
        sent, text = key(), numbered(f"3{number}-CTr/TU")

        outcomes = at_once(submit(people, text, sent), submit(people, text, sent))

        assert failures(outcomes) == []
        assert outcomes[0] == outcomes[1] == ReadingRun.objects.get(client_key=sent)


def test_the_same_text_in_two_forms_is_one_document_and_one_run(people):
    for number in range(6):
        text = numbered(f"4{number}-CTr/TU")

        outcomes = at_once(submit(people, text), submit(people, text))

        assert failures(outcomes) == []
        assert outcomes[0] == outcomes[1]
        assert Document.objects.filter(number=f"4{number}-CTr/TU").count() == 1


def test_two_texts_of_one_number_are_two_texts_of_one_document(people):
    for number in range(6):
        text = numbered(f"5{number}-CTr/TU")

        outcomes = at_once(submit(people, text), submit(people, text + "Phụ lục.\n"))

        assert failures(outcomes) == []
        document = Document.objects.get(number=f"5{number}-CTr/TU")
        assert Rendition.objects.filter(document=document).count() == 2


def test_two_who_cite_one_unknown_document_make_one_stub(people):
    def cite(number):
        return lambda: registry.cite_document(
            identity=Identity(system="party", type_code="NQ", number=number),
            language="vi",
            keeper=people.city,
            at=NOW,
        )

    for number in range(8):
        name = f"6{number}-NQ/TW"
        outcomes = at_once(cite(name), cite(name))

        assert failures(outcomes) == []
        assert Document.objects.filter(number=name).count() == 1


def test_two_workers_read_one_run_once(people):
    for _ in range(4):
        run = make_run(keeper=people.city, user=people.chi, is_read=False)

        def read(uid=run.uid):
            return services.read_run(uid=uid, at=NOW)

        outcomes = at_once(read, read)

        assert failures(outcomes) == []
        assert Candidate.objects.filter(run=run).count() == 4
