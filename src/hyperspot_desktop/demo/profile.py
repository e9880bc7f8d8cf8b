"""The demo's profiles: full, empty, and the special states that pictures are taken of."""

from __future__ import annotations

from hyperspot_desktop.clients import Clients, KeysClient, OpenHost
from hyperspot_desktop.demo.backups import DemoBackups
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.cited import CONTRACTS, citations, trace
from hyperspot_desktop.demo.first_draft import DemoFirstDraft
from hyperspot_desktop.demo.jobs import DemoJobs
from hyperspot_desktop.demo.keys import DemoKeys
from hyperspot_desktop.demo.models import DemoModels
from hyperspot_desktop.demo.portability import DemoPortability
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.demo.settings import DemoSettings
from hyperspot_desktop.demo.storage import DemoStorage
from hyperspot_desktop.demo.texts import CITED_ANSWER, QUESTION, SHORT_ANSWER
from modkit.security import SecurityContext


def full_chat() -> DemoChat:
    """A week of conversations, the newest one last used."""
    chat = DemoChat()
    chat.seed(
        "SQL window functions explained",
        [("user", "Explain window functions"), ("assistant", SHORT_ANSWER)],
        days_ago=6,
    )
    chat.seed("Onboarding checklist", [("user", "Draft a checklist"), ("assistant", SHORT_ANSWER)], days_ago=5)
    chat.seed("Compare embedding models", [("user", "Compare"), ("assistant", SHORT_ANSWER)], days_ago=1.04)
    chat.seed("Regex for ISO dates", [("user", "A regex"), ("assistant", SHORT_ANSWER)], days_ago=1.02)
    chat.seed(
        "Draft reply to supplier about late delivery", [("user", "Draft"), ("assistant", SHORT_ANSWER)], days_ago=1
    )
    chat.seed("Summarise Q3 board pack", [("user", "Summarise"), ("assistant", SHORT_ANSWER)], days_ago=0.001)
    newest = chat.seed("Termination clauses in the MSA", [("user", QUESTION), ("assistant", CITED_ANSWER)])
    chat.cite(newest, citations(), (CONTRACTS,), trace((QUESTION, "notice to terminate; prepaid fees")))
    return chat


def clients(
    *,
    chat: DemoChat | None = None,
    models: DemoModels | None = None,
    jobs: DemoJobs | None = None,
    rag: DemoRag | None = None,
    portability: DemoPortability | None = None,
    backups: DemoBackups | None = None,
    storage: DemoStorage | None = None,
    first_draft: DemoFirstDraft | None = None,
    keys: KeysClient | None = None,
) -> Clients:
    """A demo hub; what is not given is full of plausible data."""
    all_jobs = jobs or DemoJobs.full()
    return Clients(
        ctx=SecurityContext.local_user(),
        chat=chat or full_chat(),
        models=models or DemoModels.full(all_jobs),
        jobs=all_jobs,
        settings=DemoSettings(),
        rag=rag or DemoRag.full(),
        portability=portability or DemoPortability(),
        backups=backups or DemoBackups.full(),
        storage=storage or DemoStorage(),
        first_draft=first_draft or DemoFirstDraft(),
        keys=keys or DemoKeys(),
    )


def empty() -> Clients:
    """The first start: nothing installed, nothing said."""
    jobs = DemoJobs()
    return clients(
        chat=DemoChat(),
        models=DemoModels.nothing_installed(jobs),
        jobs=jobs,
        rag=DemoRag(),
        backups=DemoBackups(),
    )


async def opened(demo: Clients) -> OpenHost:
    async def close() -> None:
        """Memory needs no closing."""

    return OpenHost(demo, close)
