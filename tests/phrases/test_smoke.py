"""Every public function runs on ordinary text."""

from cyppgraph import phrases


def test_every_public_name_is_there() -> None:
    for name in phrases.__all__:
        assert hasattr(phrases, name)


def test_a_month_is_a_deadline() -> None:
    (phrase,) = phrases.parse_dates("March 2012")
    assert (phrase.kind, phrase.earliest and phrase.earliest.isoformat()) == ("by", "2012-03-01")
