"""The command `tettpaa`: Django's command runner with our settings and our name."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tettpaa.site.settings")
    if len(sys.argv) > 1 and sys.argv[1] == "demo":
        # The demo's switch must be set before the settings are read.
        os.environ["TETTPAA_DEMO"] = "1"
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the environment is set

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
