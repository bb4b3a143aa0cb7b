"""What the academy tells."""

from datetime import date

from guiju.kernel.news import event


@event
class Certified:
    """A person may do a task on a product line until that day; of no line where the task has none."""

    person_id: int
    line_id: int | None
    task: str
    ends_on: date


@event
class CertificateSuspended:
    """A person may not do a task for the time being; what they were assigned needs somebody else."""

    person_id: int
    line_id: int | None
    task: str


@event
class CertificateReinstated:
    """A suspended certificate holds again."""

    person_id: int
    line_id: int | None
    task: str
