"""Side bar, models, jobs, settings and the search box, against clients in memory and a real bridge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import Clients, OpenHost
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.jobs import DemoJobs
from hyperspot_desktop.demo.models import DemoModels
from hyperspot_desktop.viewmodels.activity import ActivityViewModel
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.viewmodels.app import AppViewModel
from hyperspot_desktop.viewmodels.conversations import ConversationsViewModel
from hyperspot_desktop.viewmodels.models import ModelsViewModel
from hyperspot_desktop.viewmodels.settings import SettingsViewModel
from modkit.errors import ErrorKind, HyperSpotError
from modules.jobs_manager.contract import JobProgress, JobState
from modules.llm_manager.contract import LoadState
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class Broken(HyperSpotError):
    kind = ErrorKind.UNAVAILABLE
    action = "Repair it."


@pytest.fixture
def demo() -> Clients:
    return profile.clients()


@pytest.fixture
def bridge(make_bridge: MakeBridge, demo: Clients) -> Bridge:
    return make_bridge(demo)


def test_conversations_stand_under_the_day_of_their_last_use(bridge: Bridge, wait_for: WaitFor) -> None:
    side_bar = ConversationsViewModel(bridge)
    side_bar.start()
    wait_for(lambda: len(side_bar.rows_now()) == 7)
    days = list(dict.fromkeys(row.day for row in side_bar.rows_now()))
    assert days == ["Today", "Yesterday", "Previous 7 days"]


def test_the_filter_looks_at_titles(bridge: Bridge, wait_for: WaitFor) -> None:
    side_bar = ConversationsViewModel(bridge)
    side_bar.start()
    wait_for(lambda: side_bar.rows_now())
    side_bar.setProperty("filter", "regex")
    assert [row.title for row in side_bar.rows_now()] == ["Regex for ISO dates"]


def test_a_conversation_goes_to_the_trash_and_comes_back(bridge: Bridge, wait_for: WaitFor) -> None:
    side_bar = ConversationsViewModel(bridge)
    side_bar.start()
    wait_for(lambda: len(side_bar.rows_now()) == 7)
    target = side_bar.rows_now()[0].conversation_id
    side_bar.trash(target)
    wait_for(lambda: len(side_bar.rows_now()) == 6)
    assert target not in [row.conversation_id for row in side_bar.rows_now()]
    side_bar.restore(target)
    wait_for(lambda: len(side_bar.rows_now()) == 7)


def test_a_new_title_shows_everywhere(bridge: Bridge, wait_for: WaitFor) -> None:
    side_bar = ConversationsViewModel(bridge)
    side_bar.start()
    wait_for(lambda: side_bar.rows_now())
    side_bar.rename(side_bar.rows_now()[0].conversation_id, "  Better  ")
    wait_for(lambda: side_bar.rows_now()[0].title == "Better")


def test_a_list_that_cannot_be_read_says_why(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    chat = DemoChat()
    chat.failure = Broken("It is broken.")
    side_bar = ConversationsViewModel(make_bridge(profile.clients(chat=chat)))
    side_bar.start()
    wait_for(lambda: side_bar.property("errorSentence") == "It is broken.")
    assert (side_bar.property("errorAction"), side_bar.property("errorCode")) == ("Repair it.", "broken")
    assert not side_bar.property("loading")


def cards(models: ModelsViewModel) -> dict[str, tuple[str, str]]:
    return {card.model_id: (card.status, card.fit_text) for card in models.property("cards").rows}


def test_installed_models_and_the_catalogue_are_one_list(bridge: Bridge, wait_for: WaitFor) -> None:
    models = ModelsViewModel(bridge)
    models.start()
    wait_for(lambda: models.property("known"))
    assert cards(models) == {
        "smollm2-1.7b": ("loaded", "Fits easily"),
        "qwen3-4b": ("on_disk", "Fits"),
        "all-minilm-l6-v2": ("loaded", "Fits easily"),
        "gemma-3-12b": ("downloading", "Tight"),
        "qwen3-0.6b": ("available", "Fits easily"),
        "gpt-oss-20b": ("available", "Needs 13 GB"),
    }


def test_loading_and_unloading_show_on_the_card(bridge: Bridge, wait_for: WaitFor) -> None:
    models = ModelsViewModel(bridge)
    models.start()
    wait_for(lambda: models.property("known"))
    models.load("qwen3-4b")
    assert cards(models)["qwen3-4b"][0] == "loading"
    wait_for(lambda: cards(models)["qwen3-4b"][0] == "loaded")
    models.unload("qwen3-4b")
    wait_for(lambda: cards(models)["qwen3-4b"][0] == "on_disk")


def test_a_download_shows_its_progress_on_the_card(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    jobs = DemoJobs()
    demo = profile.clients(models=DemoModels.nothing_installed(jobs), jobs=jobs)
    models = ModelsViewModel(make_bridge(demo))
    models.start()
    wait_for(lambda: models.property("known"))
    models.download("qwen3-0.6b")
    wait_for(lambda: cards(models)["qwen3-0.6b"][0] == "downloading")
    card = next(card for card in models.property("cards").rows if card.model_id == "qwen3-0.6b")
    assert (card.status_text, card.job_id != "") == ("Waiting", True)


def test_without_a_chat_model_three_that_fit_are_offered(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    models = ModelsViewModel(make_bridge(profile.empty()))
    models.start()
    wait_for(lambda: models.property("known"))
    assert not models.property("hasChatModel")
    offered = [card.model_id for card in models.property("recommendedCards").rows]
    assert offered == ["qwen3-0.6b", "smollm2-1.7b", "qwen3-4b"]


def test_a_file_that_is_no_model_is_refused_with_a_reason(bridge: Bridge, wait_for: WaitFor, tmp_path: Path) -> None:
    models = ModelsViewModel(bridge)
    models.inspectFile(QUrl.fromLocalFile(str(tmp_path / "notes.txt")))
    wait_for(lambda: models.property("errorCode") == "invalid_model_file")
    assert "notes.txt" in models.property("errorSentence")


def test_jobs_that_run_stand_before_those_that_are_done(bridge: Bridge, wait_for: WaitFor) -> None:
    activity = ActivityViewModel(bridge)
    activity.start()
    wait_for(lambda: activity.rows_now())
    assert [row.status for row in activity.rows_now()] == ["running", "queued", "paused", "failed", "succeeded"]
    assert activity.property("running") == 3


def test_a_running_job_says_how_far_and_how_long(bridge: Bridge, wait_for: WaitFor) -> None:
    activity = ActivityViewModel(bridge)
    activity.start()
    wait_for(lambda: activity.rows_now())
    assert activity.rows_now()[0].detail == "4.5 GB of 7.3 GB  ·  18 MB/s  ·  2 min left"


def test_a_failed_job_says_why_and_can_be_tried_again(bridge: Bridge, wait_for: WaitFor) -> None:
    activity = ActivityViewModel(bridge)
    activity.start()
    wait_for(lambda: activity.rows_now())
    failed = next(row for row in activity.rows_now() if row.status == "failed")
    assert (failed.error, failed.can_retry) == ("The connection broke 3 times in a row.", True)
    activity.retry(failed.job_id)
    wait_for(lambda: all(row.status != "failed" for row in activity.rows_now()))


def test_jobs_pause_resume_cancel_and_leave(bridge: Bridge, wait_for: WaitFor) -> None:
    activity = ActivityViewModel(bridge)
    activity.start()
    wait_for(lambda: activity.rows_now())
    job_id = activity.rows_now()[0].job_id

    def status() -> str:
        return next((row.status for row in activity.rows_now() if row.job_id == job_id), "gone")

    activity.pause(job_id)
    wait_for(lambda: status() == "paused")
    activity.resume(job_id)
    wait_for(lambda: status() == "running")
    activity.cancel(job_id)
    wait_for(lambda: status() == "cancelled")
    activity.remove(job_id)
    wait_for(lambda: status() == "gone")


def test_finished_jobs_are_cleared_and_active_ones_stay(bridge: Bridge, wait_for: WaitFor) -> None:
    activity = ActivityViewModel(bridge)
    activity.start()
    wait_for(lambda: activity.rows_now())
    activity.clearHistory()
    wait_for(lambda: len(activity.rows_now()) == 3)
    assert not activity.property("hasHistory")


def test_the_settings_page_is_made_from_declarations(bridge: Bridge, wait_for: WaitFor) -> None:
    settings = SettingsViewModel(bridge)
    settings.start()
    wait_for(lambda: settings.rows_now())
    rows = {row.key: row for row in settings.rows_now()}
    assert rows["appearance.theme"].choice_labels == ("Like the system", "Dark", "Light")
    assert (rows["appearance.font_scale"].text, rows["appearance.font_scale"].unit) == ("100", "%")
    assert rows["appearance.high_contrast"].type == "bool"


def test_a_value_out_of_range_is_refused_beside_its_setting(bridge: Bridge, wait_for: WaitFor) -> None:
    settings = SettingsViewModel(bridge)
    settings.start()
    wait_for(lambda: settings.rows_now())
    settings.setText("chat.temperature", "9")
    wait_for(lambda: any(row.error for row in settings.rows_now()))
    row = next(row for row in settings.rows_now() if row.key == "chat.temperature")
    assert (row.error, row.text) == ("It must be at most 2.", "0.7")


def test_a_changed_setting_can_go_back_to_its_default(bridge: Bridge, wait_for: WaitFor) -> None:
    settings = SettingsViewModel(bridge)
    settings.start()
    wait_for(lambda: settings.rows_now())
    settings.setText("chat.temperature", "1,5")
    wait_for(lambda: settings.textOf("chat.temperature") == "1.5")
    settings.reset("chat.temperature")
    wait_for(lambda: settings.textOf("chat.temperature") == "0.7")


def test_the_look_follows_the_settings(bridge: Bridge, wait_for: WaitFor) -> None:
    everything = ViewModels.over(bridge)
    everything.start()
    wait_for(lambda: everything.settings.rows_now())
    everything.settings.setText("appearance.theme", "light")
    everything.settings.setText("appearance.font_scale", "200")
    everything.settings.setChecked("appearance.high_contrast", True)
    wait_for(lambda: everything.app.property("highContrast"))
    assert (everything.app.property("theme"), everything.app.property("fontScale")) == ("light", 2.0)


def test_the_search_box_finds_commands_chats_models_settings_and_messages(bridge: Bridge, wait_for: WaitFor) -> None:
    everything = ViewModels.over(bridge)
    everything.start()
    wait_for(lambda: everything.conversations.rows_now() and everything.models.property("known"))
    wait_for(lambda: everything.settings.rows_now())
    palette = everything.palette

    def kinds() -> set[str]:
        palette.reset()
        return {row.kind for row in palette.rows_now()}

    # Each source loads by itself, so the box is whole when the last of them has come.
    wait_for(lambda: kinds() == {"command", "chat", "collection", "model", "setting"})
    palette.setProperty("query", "notice")
    wait_for(lambda: len(palette.rows_now()) > 1)
    assert {row.kind for row in palette.rows_now()} == {"message", "search"}
    assert "<b>notice</b>" in palette.rows_now()[0].html


def test_what_is_found_in_a_message_is_escaped(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    chat = DemoChat()
    chat.seed("x", [("user", "<img src='a'> apple")])
    everything = ViewModels.over(make_bridge(profile.clients(chat=chat)))
    everything.palette.setProperty("query", "apple")
    wait_for(lambda: any(row.kind == "message" for row in everything.palette.rows_now()))
    assert [row.html for row in everything.palette.rows_now() if row.kind == "message"][-1].startswith("&lt;img")


def test_choosing_says_what_was_chosen(bridge: Bridge) -> None:
    everything = ViewModels.over(bridge)
    chosen: list[tuple[str, str, str]] = []
    everything.palette.chosen.connect(lambda *words: chosen.append(words))
    everything.palette.reset()
    everything.palette.choose(0)
    assert chosen == [("command", "new-chat", "")]


def test_the_privacy_card_tells_when_a_download_runs(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    jobs = DemoJobs()
    download = jobs.add("Download", JobState.QUEUED)
    everything = ViewModels.over(make_bridge(profile.clients(models=DemoModels(jobs), jobs=jobs)))
    everything.start()
    wait_for(lambda: everything.activity.rows_now())
    assert everything.app.property("privacyTitle") == "Local only"
    running = replace(download, state=JobState.RUNNING, progress=JobProgress(1, 2, "bytes"))
    everything.app.follow_jobs([running])
    assert (everything.app.property("privacyTitle"), everything.app.property("online")) == ("Downloading", True)


def test_trashing_can_be_undone_from_the_toast(bridge: Bridge, wait_for: WaitFor) -> None:
    everything = ViewModels.over(bridge)
    toasts: list[tuple[str, str]] = []
    everything.app.toastShown.connect(lambda *words: toasts.append(words))
    everything.start()
    wait_for(lambda: len(everything.conversations.rows_now()) == 7)
    everything.conversations.trash(everything.conversations.rows_now()[0].conversation_id)
    wait_for(lambda: toasts and len(everything.conversations.rows_now()) == 6)
    assert toasts == [("Termination clauses in the MSA is in the trash.", "Undo")]
    everything.app.undo()
    wait_for(lambda: len(everything.conversations.rows_now()) == 7)


def test_only_web_addresses_open_mail_asks_and_the_rest_is_refused_aloud(bridge: Bridge) -> None:
    app = AppViewModel(bridge)
    opened: list[str] = []
    asked: list[str] = []
    toasts: list[str] = []
    app.linkOpened.connect(opened.append)
    app.mailConfirmationWanted.connect(asked.append)
    app.toastShown.connect(lambda sentence, undo: toasts.append(sentence))
    app.openLink("https://a.example/")
    app.openLink("mailto:someone@a.example")
    app.openLink("file:///etc/passwd")
    app.openLink("javascript:alert(1)")
    assert (opened, asked, len(toasts)) == (["https://a.example/"], ["mailto:someone@a.example"], 2)


def test_a_locked_key_offers_to_type_the_recovery_code(wait_for: WaitFor) -> None:
    from hyperspot_desktop.demo.scenes import KeyUnavailable

    async def fail() -> OpenHost:
        raise KeyUnavailable("The key cannot be reached.")

    bridge = Bridge(fail)
    app = AppViewModel(bridge)
    secrets: list[str] = []
    app.on_open_again(secrets.append)
    bridge.start()
    wait_for(lambda: app.property("state") == "failed")
    assert app.property("keyNeeded")
    app.openAgain("HS1-CODE")
    assert secrets == ["HS1-CODE"]
    assert bridge.dispose()


def test_a_model_whose_file_is_gone_says_so(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    jobs = DemoJobs()
    store = DemoModels(jobs)
    store.install("qwen3-4b", LoadState.MISSING)
    models = ModelsViewModel(make_bridge(profile.clients(models=store, jobs=jobs)))
    models.start()
    wait_for(lambda: models.property("known"))
    assert cards(models)["qwen3-4b"][0] == "missing"


def test_old_conversations_are_older() -> None:
    from datetime import UTC, datetime

    from hyperspot_desktop.viewmodels.text import day_group

    assert day_group(datetime(2020, 1, 1, tzinfo=UTC), date(2026, 1, 1)) == "Older"
