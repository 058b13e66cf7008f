"""A new policy: a vocabulary, a package with one rule, and its tests."""

from pathlib import Path

from adjudge.app.scaffolds.draft import Draft
from adjudge.app.scaffolds.fill import day_text, filled, word
from adjudge.app.scaffolds.names import is_free, policy_id
from adjudge.app.scaffolds.verify import verified
from adjudge.basis.instant import Instant, day_of
from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say


def new_policy(folder: Path, name: str | None, published_at: Instant, log: ProblemLog) -> Draft | None:
    """The draft of a policy; None with problems. Its name is that of its folder unless another is given."""
    where = "--id" if name is not None else str(folder)
    policy = policy_id(name if name is not None else folder.resolve().name, where, log)
    if policy is None or not is_free(folder, log):
        return None
    day = day_of(published_at)
    parts = {"policy": word(policy), "published_at": day_text(published_at), "address": policy}
    package = f"{day.year:04}-{day.month:02}.yaml"
    files = {
        folder / "vocabulary.yaml": filled("vocabulary.yaml", **parts),
        folder / package: filled("package.yaml", version=f"{day.year}.{day.month}", **parts),
        folder / "tests" / "alcohol-licence.yaml": filled("policy_tests.yaml", **parts),
    }
    texts = list(files.values())
    verified(texts[0], [(package, texts[1])], texts[2])
    shown = str(folder)
    return Draft(
        files=files,
        folder=folder,
        done=(
            say(
                "{folder}: the policy {policy} was made, with one rule and its tests",
                folder=shown,
                policy=policy,
            ),
        ),
        next_steps=(
            ("adjudge", "check", shown),
            ("adjudge", "test", shown),
            ("adjudge", "new", "rule", shown, "my-rule"),
            ("adjudge", "new", "case", "my-case", "--policy", shown),
        ),
    )
