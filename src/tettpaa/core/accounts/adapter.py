"""How allauth behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the owner (`tettpaa user add`), never by the visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
