"""One's own password: whoever got one from somebody else changes it before anything else."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lotrinh.apps.accounts import services as accounts
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.accounts import OwnPasswordForm
from lotrinh.web.sign_in import ClosedAdapter


@right(SIGNED_IN)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Put a password of one's own in place of the present one; other sessions end."""
    user = reader(request)
    form = OwnPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not ratelimit.consume(
        request, action="change_password", user=user
    ):
        form.add_error(None, _("Too many requests. Wait a minute and try again."))
    elif request.method == "POST" and form.is_valid() and _changed(form, request):
        messages.success(request, _("Your password is changed. Elsewhere you are signed out."))
        return SeeOther(reverse("home"))
    context = {"form": form, "is_given": user.given_at is not None}
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/account/password.html", context, status=status)


def _changed(form: OwnPasswordForm, request: HttpRequest) -> bool:
    """Change the password; False where the form says why not."""
    said = form.cleaned_data
    try:
        changed = accounts.change_password(
            user_id=reader(request).pk, current=said["current"], new=said["new"], at=clock.now()
        )
    except accounts.PasswordWrong:
        form.add_error("current", _("This is not your present password."))
    except accounts.PasswordVoid:
        form.add_error("current", ClosedAdapter.error_messages["password_void"])
    except accounts.PasswordKept:
        form.add_error("new", _("This is the password that you have. Choose another."))
    except ValidationError as weak:
        form.add_error("new", weak)
    else:
        update_session_auth_hash(request, changed)
        return True
    return False
