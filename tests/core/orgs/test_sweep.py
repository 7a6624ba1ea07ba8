"""Forms that were sent are remembered for a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tettpaa.core.jobs.registry import daily_kinds, handler
from tettpaa.core.orgs.models import SentForm


@pytest.mark.django_db
def test_forms_older_than_a_week_are_swept_each_morning() -> None:
    for key, days in (("old", 8), ("new", 6)):
        SentForm.objects.create(key=key)
        SentForm.objects.filter(key=key).update(at=timezone.now() - timedelta(days=days))
    assert "orgs.sweep_sent_forms" in daily_kinds()
    assert handler("orgs.sweep_sent_forms")({"day": "2026-11-20"}, lambda *_: None) == {"swept": 1}
    assert list(SentForm.objects.values_list("key", flat=True)) == ["new"]
