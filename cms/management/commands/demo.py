"""Fill an empty database with a living province."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any, TextIO

from celery import current_app
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.demo.crowd import whole
from cms.demo.days import CHINA, Days
from cms.demo.emptiness import data_beside_reference
from cms.demo.play import days_around, play
from cms.demo.reading import rules_begin
from cms.demo.script import Script, script
from marketplace.kernel import clock
from marketplace.kernel.effects import putting_off
from marketplace.kernel.garbage import looked_for_seldom

WIDTH = 40
PLAIN_STEPS = 10
CHATTY = [logging.getLogger(name) for name in ("celery", "kombu", "wagtail")]


class Command(BaseCommand):
    """Play the demo's script through the real actions, with a virtual clock."""

    help = "Fill an empty database with the demo province: the same for the same seed and day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", default="jiangxi", help="another seed, another province")
        parser.add_argument(
            "--day", type=day, help="the day on which the story ends; default: today"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are data already"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's accounts have a known password: DEMO=1 only.")
        if found := data_beside_reference():
            if options["if_empty"]:
                return
            raise CommandError(
                "The demo needs an empty database, apart from reference data. "
                f"This one holds rows of {', '.join(found)}. Nothing was changed."
            )
        now = clock.now().astimezone(CHINA)
        today = options["day"] or now.date()
        if today > now.date():
            raise CommandError(f"{today} is still to come; the platform's day is {now.date()}.")
        plan = whole() if settings.DEMO_CROWD else script()
        with looked_for_seldom(), effects_carried_out_here(), putting_off(clock.now):
            play(
                plan,
                days=self._load(plan, today),
                seed=options["seed"],
                password_hash=make_password(plan.texts["password"]),
                show=progress(sys.stderr, options["verbosity"]),
            )

    def _load(self, plan: Script, today: date) -> Days:
        """Load what the story stands on, as of its first day, and return its calendar."""
        call_command("load_calendar", stdout=StringIO())
        days = days_around(today)
        begin = days.at(plan.first_day, 0)
        call_command("load_reference", at=begin, stdout=StringIO())
        first = rules_begin()
        if first is None or begin.date() < first:
            raise CommandError(f"The story begins on {begin.date()}, the rulebook on {first}.")
        call_command("load_credit_scheme", at=begin, stdout=StringIO())
        call_command("load_pages", at=begin, stdout=StringIO())
        call_command("load_content", stdout=StringIO())
        return days


def day(text: str) -> date:
    """Read a day such as 2026-11-24."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(text) from error


@contextmanager
def effects_carried_out_here() -> Iterator[None]:
    """Be the worker: carry out each effect after its commit instead of sending it to a broker."""
    was_eager, levels = current_app.conf.task_always_eager, [log.level for log in CHATTY]
    current_app.conf.task_always_eager = True
    for log in CHATTY:
        log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        current_app.conf.task_always_eager = was_eager
        for log, level in zip(CHATTY, levels, strict=True):
            log.setLevel(level)


class progress:  # noqa: N801 - a function with a memory
    """Show how far the story is: a bar on a terminal, else a line for each tenth."""

    def __init__(self, stream: TextIO, verbosity: int) -> None:
        self.stream = stream
        self.is_bar = (verbosity > 0 and stream.isatty()) or verbosity > 1
        self.is_silent = verbosity == 0
        self.shown = -1

    def __call__(self, share: float) -> None:
        step = int(share * (WIDTH if self.is_bar else PLAIN_STEPS))
        if self.is_silent or step == self.shown:
            return
        self.shown = step
        if self.is_bar:
            bar = "#" * step + "." * (WIDTH - step)
            self.stream.write(f"\r[{bar}] {share:4.0%}" + ("\n" if step == WIDTH else ""))
        else:
            self.stream.write(f"demo: {share:.0%}\n")
        self.stream.flush()
