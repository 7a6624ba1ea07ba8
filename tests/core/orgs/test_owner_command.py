"""`tettpaa owner`."""

import pytest
from django.core.management import CommandError, call_command

from tettpaa.core.orgs.models import OwnerSettings

pytestmark = pytest.mark.django_db


def test_an_owner_is_added_with_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("owner", "add", "1103", report_name="Kvalitetsmelding")
    call_command("owner", "add", "1103")
    assert OwnerSettings.objects.get().report_name == "Kvalitetsmelding"
    call_command("owner", "list")
    assert capsys.readouterr().out.splitlines()[-1] == "1103 Stavanger"


@pytest.mark.parametrize("code", ["0213", "11", "9999", None])
def test_only_a_municipality_of_today_can_be_one(code: str | None) -> None:
    with pytest.raises(CommandError, match="four digits"):
        call_command("owner", "add", code)
