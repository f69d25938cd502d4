"""JSON Schemas: shipped content is valid by an independent validator, what is wrong is not."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from overlays import ROOT, projects
from small_project import FORM, base, write

from reportgen.build.project import shipped_templates
from reportgen.cli import main
from reportgen.load import form_ids

_FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
_PLAIN = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?[0-9]+$"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)$"),
    "tag:yaml.org,2002:bool": re.compile(r"(true|false)$"),
    "tag:yaml.org,2002:null": re.compile(r"(~|null|)$"),
}

FILES = sorted(file for root in projects() for file in root.glob("content/programmes/*/*.yaml"))
PACKAGES = sorted(file for root in projects() for file in root.glob("content/packages/*.yaml"))
SCHEMAS = sorted(file for root in projects() for file in root.glob("content/schemas/*.json"))


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors take it: no dates, and keys are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the base class declares it so

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Return a mapping; 1.10 and 1.1 are two keys."""
        del deep
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


for _tag, _pattern in _PLAIN.items():
    EditorLoader.add_implicit_resolver(_tag, _pattern, None)


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), EditorLoader)  # noqa: S506 - a safe one


def schema_of(file: Path) -> Path:
    """Return the schema that a file names in its first line."""
    match = _FIRST_LINE.match(file.read_text(encoding="utf-8"))
    assert match, f"{file}: допишіть перший рядок «# yaml-language-server: $schema=…»"
    return (file.parent / match[1]).resolve()


def faults(data: Any, schema: Path) -> list[str]:
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    return [one.json_path for one in validator.iter_errors(data)]


def test_there_is_something_to_validate() -> None:
    assert len(FILES) >= 8
    assert len(SCHEMAS) >= 8


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_shipped_yaml_is_valid_by_the_schema_that_it_names(file: Path) -> None:
    schema = schema_of(file)
    data = read(file)
    programme = read(file.parent / "programme.yaml")
    kind = "programme" if file.name == "programme.yaml" else "period"
    assert schema.name == f"{data.get('form', programme['form'])}.{kind}.json"
    assert not faults(data, schema)


@pytest.mark.parametrize("file", PACKAGES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_shipped_packages_are_valid(file: Path) -> None:
    schema = schema_of(file)
    assert schema.name == "package.json"
    data = read(file)
    assert not faults(data, schema)
    del data["session"]["date"]
    data["annexes"][0]["period"] = "2023-h2"
    data["order"] = "alphabet"
    assert sorted(faults(data, schema)) == ["$", "$.annexes[0].period", "$.session"]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_a_schema_is_a_schema(schema: Path) -> None:
    Draft202012Validator.check_schema(json.loads(schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("root", projects(), ids=lambda one: one.name)
def test_shipped_schemas_are_what_the_command_makes(root: Path, tmp_path: Path) -> None:
    """If this fails: ``reportgen schema --root …``."""
    shutil.copytree(root / "content", tmp_path / "content")
    if (root / "templates").is_dir() and root / "templates" != shipped_templates():
        shutil.copytree(root / "templates", tmp_path / "templates")
    shutil.rmtree(tmp_path / "content" / "schemas")
    assert main(["schema", "--root", str(tmp_path)]) == 0
    made = {one.name: one.read_bytes() for one in (tmp_path / "content" / "schemas").iterdir()}
    assert made == {one.name: one.read_bytes() for one in (root / "content/schemas").iterdir()}
    asked = [*root.glob("content/programmes/*/*.yaml"), *root.glob("content/packages/*.yaml")]
    assert set(made) == {schema_of(file).name for file in asked}


def test_a_form_of_ones_own_has_schemas_before_any_report_names_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.rmtree(tmp_path / "content" / "schemas")
    own = tmp_path / "templates" / "svoia"
    shutil.copytree(shipped_templates() / "zhytomyr-concept", own)
    text = (own / "form.yaml").read_text(encoding="utf-8")
    (own / "form.yaml").write_text(
        text.replace("form: zhytomyr-concept", "form: svoia"), encoding="utf-8"
    )
    assert main(["schema", "--root", str(tmp_path)]) == 0
    made = {one.name.split(".")[0] for one in (tmp_path / "content" / "schemas").iterdir()}
    assert "svoia" in made
    assert "annual-sections" not in made


def test_schema_prints_those_of_one_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "zhytomyr-concept", "--root", str(ROOT)]) == 0
    printed = json.loads(capsys.readouterr().out)
    folder = ROOT / "content" / "schemas"
    assert printed == {
        kind: json.loads((folder / f"zhytomyr-concept.{kind}.json").read_text(encoding="utf-8"))
        for kind in ("programme", "period")
    }


def test_schema_of_no_form_names_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "zhytomyr-konsept", "--root", str(ROOT)]) == 2
    assert ", ".join(form_ids([shipped_templates()])) in capsys.readouterr().err


def test_schema_of_a_broken_form_tells_its_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "content").mkdir()
    form = tmp_path / "templates" / "nasha" / "form.yaml"
    form.parent.mkdir(parents=True)
    form.write_text("form: nasha\n", encoding="utf-8")
    assert main(["schema", "--root", str(tmp_path)]) == 1
    assert "templates/nasha/form.yaml:1:1: помилка[key-missing]" in capsys.readouterr().err
    assert not (tmp_path / "content" / "schemas").exists()


YEARLY = "given: period, yearly: true}\n  - {id: actual"

# What is wrong

Change = Callable[[Any], object]
FIRST_ROW = "1.1.1"


def changed(slug: str, name: str, change: Change) -> list[str]:
    """Return where a shipped file is wrong after a change."""
    file = ROOT / "content" / "programmes" / slug / f"{name}.yaml"
    data = copy.deepcopy(read(file))
    change(data)
    return faults(data, schema_of(file))


def row(data: Any) -> Any:
    return data["measures"][FIRST_ROW]


def measure(data: Any) -> Any:
    return data["directions"][0]["tasks"][0]["measures"][0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: row(data).update(anual_plan=861.0), "$.measures['1.1.1']"),
        (lambda data: row(data).update(annual_plan="багато"), "$.measures['1.1.1'].annual_plan"),
        (lambda data: row(data).update(annual_plan={}), "$.measures['1.1.1'].annual_plan"),
        (lambda data: row(data).update(percent=45.2), "$.measures['1.1.1'].percent"),
        (lambda data: row(data).update(percent={"declared": 1}), "$.measures['1.1.1'].percent"),
        (lambda data: row(data).update(status="зроблено"), "$.measures['1.1.1'].status"),
        (lambda data: row(data).update(info=["a"]), "$.measures['1.1.1'].info"),
        (lambda data: data.update(period="2023-h2"), "$.period"),
        (lambda data: data.update(period=1999), "$.period"),
        (lambda data: data.update(signatory="Краснопір"), "$.signatory"),
        (lambda data: data.pop("measures"), "$"),
        (lambda data: data.update(measures={}), "$.measures"),
        (lambda data: data.update(sectors={}), "$"),
        (lambda data: data.update(form="zhytomyr-concept"), "$.form"),
        (lambda data: data["defaults"].update(fond="general"), "$.defaults"),
    ],
)
def test_a_wrong_period_is_not_valid(change: Change, place: str) -> None:
    assert changed("social-protection", "2023-h1", change) == [place]


MEASURE = "$.directions[0].tasks[0].measures[0]"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data.pop("name"), "$"),
        (lambda data: data.pop("form"), "$"),
        (lambda data: data.pop("directions"), "$"),
        (lambda data: data.update(directions=[]), "$.directions"),
        (lambda data: data["decision"].pop("number"), "$.decision"),
        (lambda data: data["decision"].update(date="24.12.2020"), "$.decision.date"),
        (lambda data: data["term"].update(to="2025 рік"), "$.term.to"),
        (lambda data: data.update(executor="Департамент"), "$.executor"),
        (lambda data: data["directions"][0].pop("tasks"), "$.directions[0]"),
        (lambda data: measure(data).pop("number"), MEASURE),
        (lambda data: measure(data).update(executors="dsp"), f"{MEASURE}.executors"),
        (lambda data: measure(data).update(executors=[]), f"{MEASURE}.executors"),
        (lambda data: measure(data).update(actual=1.0), MEASURE),  # the period's
        (lambda data: measure(data).update(programme_plan="1,5 тис."), f"{MEASURE}.programme_plan"),
    ],
)
def test_a_wrong_programme_is_not_valid(change: Change, place: str) -> None:
    assert changed("social-protection", "programme", change) == [place]


@pytest.mark.parametrize(
    ("slug", "name", "change"),
    [
        ("socioeconomic", "2024-h1", lambda data: data["sectors"]["osvita"].pop("measures")),
        ("socioeconomic", "2024-h1", lambda data: data.update(measures={})),
        ("socioeconomic", "2024-h1", lambda data: data.update(signatory="krasnopir")),
        ("concept", "2023", lambda data: data["projects"]["biuvety"].update(years="2023")),
    ],
)
def test_what_another_form_asks_for_is_not_valid(slug: str, name: str, change: Change) -> None:
    assert changed(slug, name, change)


@pytest.mark.parametrize("years", [2021, "2021", "2021-2023"])
def test_years_are_a_year_or_two(years: object) -> None:
    assert not changed_project(years=years)


@pytest.mark.parametrize("years", ["2021-2023 роки", "2021 - 2023", 21, ["2021"]])
def test_years_are_nothing_else(years: object) -> None:
    assert changed_project(years=years)


def changed_project(**values: object) -> list[str]:
    def change(data: Any) -> None:
        data["priorities"][0]["goals"][0]["tasks"][0]["projects"][0].update(values)

    return changed("concept", "programme", change)


def test_a_yearly_column_has_a_key_for_each_year(tmp_path: Path) -> None:
    """Whatever the years of the programme are: the form does not know them."""
    form = base(FORM).replace("given: period}\n  - {id: actual", YEARLY)
    write(tmp_path / FORM, form)
    (tmp_path / "content").mkdir()
    assert main(["schema", "--root", str(tmp_path)]) == 0
    schema = tmp_path / "content" / "schemas" / "prosta.period.json"

    def given(**amounts: object) -> list[str]:
        return faults({"period": 2024, "measures": {"1.1": amounts}}, schema)

    assert not given(annual_plan_2024=1.0, annual_plan_2025="2,5")
    assert given(annual_plan_2024="багато") == ["$.measures['1.1'].annual_plan_2024"]
    assert given(annual_plan=1.0) == given(annual_plan_24=1.0) == ["$.measures['1.1']"]


@pytest.mark.parametrize("amount", [861, 861.0, "861,0", "1 431,0", "1\u00a0431,0", "-1.5"])
def test_amounts_may_be_typed_as_people_type_them(amount: object) -> None:
    def change(data: Any) -> None:
        row(data)["annual_plan"] = amount

    assert not changed("social-protection", "2023-h1", change)
