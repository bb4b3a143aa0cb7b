"""`guiju fastagi`: answers Asterisk, call by call."""

import asyncio
import os
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from guiju.jobs import fastagi


class Command(BaseCommand):
    help = "Serve the voice menu to Asterisk over FastAGI. The API key comes in GUIJU_TELEPHONE_KEY."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        # Asterisk sends no password: only who reaches this port may speak, so it is not open to a network unless one asks.
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=fastagi.PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        key = os.environ.get("GUIJU_TELEPHONE_KEY", "")
        if not key:
            raise CommandError(
                "Make an API key for telephone.ring, .press, .answer and .hang_up, and put it into GUIJU_TELEPHONE_KEY."
            )

        async def forever() -> None:
            server = await fastagi.listen(options["host"], options["port"], key)
            self.stdout.write(f"FastAGI listens at {options['host']}:{options['port']}.")
            async with server:
                await server.serve_forever()

        try:
            asyncio.run(forever())
        except KeyboardInterrupt:
            self.stdout.write("Goodbye.")
