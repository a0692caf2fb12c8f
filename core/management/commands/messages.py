"""`manage.py messages`: gather the texts to translate, check them, compile them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.management import catalogue


class Command(BaseCommand):
    """Bring locale/cs up to the code; `--check` only looks, `--compile` only compiles."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing, fail when a text is missing"
        )
        parser.add_argument("--compile", action="store_true", help="write the compiled catalogues and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            catalogue.compile_catalogues()
            return
        faults = catalogue.check("cs") if options["check"] else catalogue.update("cs")
        if faults:
            self.stdout.write("\n".join(faults))
            raise CommandError("The Czech texts are not complete.")
        self.stdout.write("The Czech texts are complete.")
