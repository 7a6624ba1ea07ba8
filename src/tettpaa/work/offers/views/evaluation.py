"""The short evaluation: answered by those who took part, read by everybody who reads the catalogue."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.access import offer_for_reading
from tettpaa.work.offers.enums import SurveyState
from tettpaa.work.offers.forms import EvaluationForm
from tettpaa.work.offers.views.places import attempt, me_of


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """Questions while it is open, the result after.

    The form has no mark of having been sent (core/orgs/once.py), on purpose: the mark has a time. The yes beside the
    person does the same work without one.
    """
    found, me = offer_for_reading(request.viewer, request.owner, offer), me_of(request)
    survey = queries.survey_of(found)
    if survey is None:
        raise Http404
    today = timezone.localdate()
    is_open = survey.state == SurveyState.OPEN and survey.opens_on <= today <= survey.closes_on
    asked = me is not None and is_open and queries.was_asked(survey, me)
    has_answered = me is not None and asked and queries.has_answered(survey, me)
    form = EvaluationForm(
        request.POST or None,
        questions=survey.questions,
        steps=survey.steps,
        unknown=(queries.UNKNOWN, survey.unknown),
    )
    if request.method == "POST" and me is not None and asked and not has_answered and form.is_valid():
        attempt(request, lambda: actions.give_evaluation(survey=survey, employee=me, answers=form.answers()))
        return redirect("offers:evaluation", owner=owner, offer=offer)
    context = {
        "offer": found,
        "survey": survey,
        "form": form,
        "may_answer": asked and not has_answered,
        "has_answered": has_answered,
        "is_open": is_open,
        "result": queries.result_of(survey),
        "share": queries.share_answered(survey),
    }
    return render(request, "offers/evaluation.html", context)
