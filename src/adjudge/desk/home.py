"""Where one begins: at the first page that one may read."""

from django.http import HttpResponseBase
from django.shortcuts import redirect

from adjudge.desk.frame import offered
from adjudge.desk.visit import Visit
from adjudge.people.permission import not_found


def home(visit: Visit) -> HttpResponseBase:
    """Lead there. Raises NotFoundError for somebody who may read none."""
    pages = offered(visit)
    if not pages:
        raise not_found()
    return redirect(pages[0][0])
