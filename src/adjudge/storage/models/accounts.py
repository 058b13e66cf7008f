"""Accounts: how somebody proves to be a person of the institution. What the person may do is not here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """Accounts by e-mail address."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Addresses are compared without case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """An account: an address, a password, and the person (`PersonRow`) that it stands for."""

    email = models.EmailField(unique=True)
    person = models.CharField(max_length=500, unique=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """The address."""
        return self.email
