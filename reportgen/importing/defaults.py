"""What most rows have in common, so that it is written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportgen.importing.outline import Entry, rows_of
from reportgen.importing.values import Content
from reportgen.model.form import Form, GivenBy, Kind

_FEWEST = 3  # rows that must have it
_KINDS = (Kind.TEXT, Kind.YEARS)


def common_values(
    form: Form, outlines: Mapping[str, Sequence[Entry]], given: GivenBy
) -> dict[str, Content]:
    """Return the texts that more than half of the rows have, where every row has one."""
    common: dict[str, Content] = {}
    for table in form.outlines:
        rows = [*rows_of(table, outlines.get(table.id, ()))]
        for column in table.fields:
            if column.given is not given or column.kind not in _KINDS:
                continue
            values = [(one.given if given is GivenBy.PROGRAMME else one.told).get(column.id)
                      for one in rows]  # fmt: skip
            texts = [one for one in values if isinstance(one, str)]
            if len(texts) < max(len(values), _FEWEST):
                continue
            [(text, count)] = Counter(texts).most_common(1)
            if count > len(rows) / 2 and len(form.outlines) == 1:
                common[column.id] = text
    return common
