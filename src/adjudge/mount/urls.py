"""Every address of the site. What is not here is not there."""

from django.urls import include, path

from adjudge.api import site as api
from adjudge.desk.urls import ADDRESSES

urlpatterns = [path("", include(api.ADDRESSES)), path("", include(ADDRESSES))]
handler400 = "adjudge.desk.frame.failing.unreadable"
handler403 = "adjudge.desk.frame.failing.not_there"  # a missing right is answered like a missing object
handler404 = "adjudge.desk.frame.failing.not_there"
handler500 = "adjudge.desk.frame.failing.failed"
