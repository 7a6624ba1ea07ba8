"""Django's rules for passwords, with the reason said in our own words."""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext


class LongEnough(django_rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return gettext("Passordet er for kort. Det må ha minst %(number)s tegn.") % {
            "number": self.min_length
        }


class NotLikeThePerson(django_rules.UserAttributeSimilarityValidator):
    """Compares with what we know about the person: the name and the e-mail address."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email"))

    def get_error_message(self) -> str:
        return gettext("Passordet ligner for mye på navnet eller e-postadressen din.")


class NotCommon(django_rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return gettext("Dette passordet bruker mange. Velg et annet.")
