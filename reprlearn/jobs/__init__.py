"""Trainings as processes of their own: asked for, watched, stopped, resumed and deleted from a dashboard that may come and go.

All that is known of a training lies on disk, so any server, tab or worker finds it again.
"""

from reprlearn.jobs.job import ACTIVE, Job
from reprlearn.jobs.looking import log_lines, read, read_all
from reprlearn.jobs.names import check_name, default_name
from reprlearn.jobs.queue import delete, resume, stop, submit
from reprlearn.jobs.rights import JobError, readonly
from reprlearn.jobs.workers import tend

__all__ = [
    "ACTIVE",
    "Job",
    "JobError",
    "check_name",
    "default_name",
    "delete",
    "log_lines",
    "read",
    "read_all",
    "readonly",
    "resume",
    "stop",
    "submit",
    "tend",
]
