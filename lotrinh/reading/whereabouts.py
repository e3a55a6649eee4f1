"""Where words stand in a text, whatever the line ends, the case and the spaces between them."""

_EDGES = " .;,:-–+•"


class Whereabouts:
    """Finds words in one text."""

    def __init__(self, text: str) -> None:
        self._plain, self._places = _plain(text)
        self._end = len(text)

    def span(self, words: str) -> tuple[int, int] | None:
        """Return where the words first stand, end exclusive; None where they do not.

        >>> Whereabouts("1. Lập  kế\\nhoạch năm;").span("lập kế hoạch năm.")
        (3, 20)
        """
        sought = _plain(words)[0].strip(_EDGES)
        found = self._plain.find(sought) if sought else -1
        if found < 0:
            return None
        return self._places[found], self._places[found + len(sought) - 1] + 1


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text in small letters with single spaces, and where each letter comes from.

    A letter whose small or composed form is longer than itself stays as it is.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        small = letter.casefold()
        letters.append(small if len(small) == 1 else letter)
        places.append(place)
    return "".join(letters), places
