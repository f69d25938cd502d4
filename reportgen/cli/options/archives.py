"""Options of commands about signed files: sign, verify, archive."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.options import kinds
from reportgen.cli.options.parser import add_command, ask_for_standard

if TYPE_CHECKING:
    from reportgen.cli.options.parser import Commands


def add_commands(commands: Commands) -> None:
    """Add the commands, in the order in which help names them."""
    _sign(commands)
    _sign_elsewhere(commands)
    _verify(commands)
    _archive(commands)


def _sign(commands: Commands) -> None:
    sign = add_command(commands, "sign", "підписати складені PDF електронним підписом")
    sign.add_argument("targets", nargs="*", metavar="ЩО", help="теки програм, пакети або файли PDF")
    sign.add_argument("--period", metavar="ПЕРІОД", help="лише цей період: 2023-h1")
    sign.add_argument(
        "--profile", metavar="НАЗВА", help="профіль із content/signing.yaml; єдиний — типово"
    )
    sign.add_argument(
        "--key",
        dest="keys",
        nargs="+",
        action="extend",
        default=[],
        metavar="КЛЮЧ",
        help="підписати лише цими ключами профілю",
    )
    sign.add_argument(
        "--container",
        action="store_true",
        help="підписати всі формати й дані разом, у контейнері ASiC-E",
    )
    sign.add_argument(
        "--replace",
        action="store_true",
        help="підписати наново те, що складено інакше; підписаний файл буде відкладено",
    )
    sign.add_argument(
        "--output", type=Path, metavar="ТЕКА", help="де складені файли; типово output"
    )
    sign.add_argument("--signed", type=Path, metavar="ТЕКА", help="куди підписані; типово signed")
    sign.add_argument(
        "--jobs", type=kinds.jobs, metavar="ЧИСЛО", help="скільки процесів; типово за числом ядер"
    )


def _sign_elsewhere(commands: Commands) -> None:
    ready = add_command(commands, "sign prepare", "підготувати PDF до підпису в іншій програмі")
    ready.add_argument(
        "targets",
        nargs="+",
        metavar="ЩО",
        help="програми, звіти (social-protection/2023-h1), пакети або файли PDF",
    )
    ready.add_argument("--output", type=Path, metavar="ТЕКА", help="куди класти; типово to-sign")
    ready.add_argument(
        "--built", type=Path, metavar="ТЕКА", help="де лежать складені файли; типово output"
    )
    ready.add_argument(
        "--room", type=kinds.kilobytes, metavar="КБ", help="скільки місця лишити; типово 32"
    )
    ready.add_argument(
        "--pades", action="store_true", help="для програм, що не вписують часу в сам підпис"
    )
    ready.add_argument(
        "--profile", metavar="НАЗВА", help="профіль із content/signing.yaml: хто й де підписує"
    )
    ready.add_argument("--name", default="", metavar="ІМ'Я", help="хто має підписати")
    ready.add_argument("--edrpou", default="", metavar="КОД", help="ЄДРПОУ в сертифікаті")
    ready.add_argument("--serial", default="", metavar="НОМЕР", help="номер сертифіката")
    back = add_command(commands, "sign finish", "вкласти в PDF підписи, зроблені в іншій програмі")
    back.add_argument(
        "files", nargs="*", type=Path, metavar="ФАЙЛ", help="файли або теки; типово вся to-sign"
    )
    back.add_argument("--cms", type=Path, metavar="ФАЙЛ", help="підпис, якщо лежить не поруч")
    back.add_argument("--waiting", type=Path, metavar="ТЕКА", help="де чекають; типово to-sign")
    back.add_argument("--output", type=Path, metavar="ТЕКА", help="куди класти; типово signed")
    back.add_argument(
        "--built", type=Path, metavar="ТЕКА", help="де лежать складені файли; типово output"
    )
    kept = add_command(commands, "sign keep", "покласти .p7s чи ASiC-E поруч із його файлом")
    kept.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ", help="підписи: .p7s, .asice")
    kept.add_argument("--of", type=Path, metavar="ФАЙЛ", help="чий це підпис; типово за назвою")
    kept.add_argument("--output", type=Path, metavar="ТЕКА", help="куди класти; типово signed")
    kept.add_argument(
        "--built", type=Path, metavar="ТЕКА", help="де лежать складені файли; типово output"
    )


def _verify(commands: Commands) -> None:
    verify = add_command(commands, "verify", "перевірити підписані файли: хто, коли, чи без змін")
    verify.add_argument(
        "paths", nargs="+", type=Path, metavar="ЩО", help="підписаний файл, тека з такими або архів"
    )
    verify.add_argument(
        "--trust",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="ФАЙЛ",
        help="корені довіри: файли чи теки сертифікатів; типово trust: з content/signing.yaml",
    )
    verify.add_argument(
        "--on", type=kinds.day, metavar="ДАТА", help="чи дійсні на цей день; типово зараз"
    )
    verify.add_argument(
        "--expires-within",
        type=kinds.days,
        default=datetime.timedelta(),
        metavar="ДНІВ",
        help="код завершення 1, якщо чиїсь докази діють менше",
    )
    verify.add_argument(
        "--head",
        type=kinds.journal_hash,
        metavar="ХЕШ",
        help="хеш рядка журналу, який ви собі записали; досить перших 16 знаків",
    )
    verify.add_argument(
        "--details", action="store_true", help="таблиця підписів і для файлів, у яких усе гаразд"
    )
    verify.add_argument(
        "--format", choices=("text", "json"), default="text", help="вигляд; типово text"
    )


def _archive(commands: Commands) -> None:
    archive = add_command(
        commands, "archive", "внести підписаний пакет до архіву або поновити позначки часу"
    )
    archive.add_argument("what", metavar="ПАКЕТ", help="пакет сесії; renew — поновити весь архів")
    archive.add_argument(
        "--profile", metavar="НАЗВА", help="спершу скласти пакет і підписати його цим профілем"
    )
    archive.add_argument(
        "--replace",
        action="store_true",
        help="із --profile: підписати наново те, що складено інакше; підписане буде відкладено",
    )
    archive.add_argument(
        "--draft",
        action="store_true",
        help="внести й чернетку: рішення без номера й дати, посадовців без прізвищ",
    )
    archive.add_argument(
        "--again",
        action="store_true",
        help="нова версія, хоч нічого не змінилося; працювати, хоч якийсь давній пакет зіпсовано",
    )
    archive.add_argument("--archive", type=Path, metavar="ТЕКА", help="тека архіву; типово archive")
    archive.add_argument(
        "--output", type=Path, metavar="ТЕКА", help="де складені файли; типово output"
    )
    archive.add_argument("--signed", type=Path, metavar="ТЕКА", help="де підписані; типово signed")
    archive.add_argument(
        "--names",
        choices=("plain", "digits"),
        default="plain",
        help="назви файлів: plain — як у пакеті; digits — самі цифри за архівним порядком",
    )
    archive.add_argument(
        "--envelope", action="store_true", help="додати до документів оболонки XML (АЕД)"
    )
    archive.add_argument("--by", default="", metavar="ХТО", help="хто вносить; типово користувач")
    archive.add_argument(
        "--trust",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="ФАЙЛ",
        help="корені довіри, PEM або DER; типово з content/signing.yaml",
    )
    archive.add_argument(
        "--time-stamps",
        default="",
        metavar="АДРЕСА",
        help="служба позначок часу; типово з content/signing.yaml",
    )
    archive.add_argument(
        "--set-aside",
        action="store_true",
        help="обірваний кінець журналу й пакет без запису відкласти й працювати далі",
    )
    due = archive.add_mutually_exclusive_group()
    due.add_argument(
        "--before",
        type=kinds.moment,
        metavar="ДАТА",
        help="renew: поновити, що втрачає силу до цього дня",
    )
    due.add_argument(
        "--within",
        type=kinds.days,
        default=datetime.timedelta(days=365),
        metavar="ДНІВ",
        help="renew: поновити, що втрачає силу за стільки днів; типово 365",
    )
    archive.add_argument(
        "--adopted",
        nargs=2,
        metavar=("НОМЕР", "ДАТА"),
        help="із --profile: номер і дата ухваленого рішення: 1013 2024-02-15",
    )
    archive.add_argument(
        "--jobs", type=kinds.jobs, metavar="ЧИСЛО", help="скільки процесів; типово за числом ядер"
    )
    ask_for_standard(archive)
    archive.set_defaults(programmes=(), period=None)
