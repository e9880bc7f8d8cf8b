"""``hyperspot models``: list, catalogue, pull, import, show, load, unload, remove, bench, optimise."""

from __future__ import annotations

import argparse

from hyperspot_desktop.cli.commands.jobs import follow
from hyperspot_desktop.cli.output import size_text
from hyperspot_desktop.cli.session import CommandSession
from modules.jobs_manager.contract import JobsClient
from modules.llm_manager.contract import FitLevel, InstalledModel, LlmManagerClient

_FIT = {
    FitLevel.FITS_EASILY: "fits easily",
    FitLevel.FITS: "fits",
    FitLevel.TIGHT: "tight",
    FitLevel.DOES_NOT_FIT: "does not fit",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("models", parents=[common], help="get, inspect, load and measure models")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    verbs.add_parser("list", parents=[common], help="models on this computer").set_defaults(run=run_list)
    verbs.add_parser("catalogue", parents=[common], help="models that can be added").set_defaults(run=run_catalogue)
    pull = verbs.add_parser("pull", parents=[common], help="download a model")
    pull.add_argument("model", help="a catalogue id, an https address of a GGUF, or owner/repo/file.gguf")
    pull.set_defaults(run=run_pull)
    import_ = verbs.add_parser("import", parents=[common], help="use a GGUF file that is here")
    import_.add_argument("file")
    import_.add_argument("--link", action="store_true", help="leave the file where it is")
    import_.add_argument("--name")
    import_.set_defaults(run=run_import)
    for verb, run, text in (
        ("show", run_show, "everything about one model"),
        ("unload", run_unload, "free its memory"),
        ("bench", run_bench, "measure its speed here"),
        ("optimise", run_optimise, "convert a slow quantisation and measure both"),
    ):
        parser = verbs.add_parser(verb, parents=[common], help=text)
        parser.add_argument("model")
        parser.set_defaults(run=run)
    remove = verbs.add_parser("remove", parents=[common], help="into the trash; hyperspot trash brings it back")
    remove.add_argument("model")
    remove.add_argument("--for-ever", action="store_true", help="delete its file at once instead")
    remove.set_defaults(run=run_remove)
    load = verbs.add_parser("load", parents=[common], help="check that it loads; a window keeps it loaded")
    load.add_argument("model")
    load.add_argument("--context", type=int, metavar="TOKENS")
    load.set_defaults(run=run_load)


async def run_list(session: CommandSession, args: argparse.Namespace) -> int:
    models = await session.hub.get(LlmManagerClient).installed(session.ctx)
    session.out.json(models)
    if not models:
        session.out.line("No model yet. See what there is: hyperspot models catalogue")
        return 0
    session.out.table(
        ("id", "for", "size", "quantisation", "context", "state", "speed here"), [_installed_row(one) for one in models]
    )
    return 0


def _installed_row(model: InstalledModel) -> tuple[str, ...]:
    speed = ""
    if model.benchmark is not None:
        bench = model.benchmark
        speed = (
            f"{bench.passages_per_s:.0f} passages/s"
            if bench.passages_per_s is not None
            else f"{bench.generation_tokens_per_s:.0f} tok/s"
        )
    return (
        model.id,
        model.purpose,
        size_text(model.size_bytes),
        model.quantization,
        str(model.context_length),
        model.state.value.replace("_", " "),
        speed,
    )


async def run_catalogue(session: CommandSession, args: argparse.Namespace) -> int:
    manager = session.hub.get(LlmManagerClient)
    entries = await manager.catalogue(session.ctx)
    fits = [await manager.fit(session.ctx, entry.id) for entry in entries]
    session.out.json([{"entry": entry, "fit": fit} for entry, fit in zip(entries, fits, strict=True)])
    session.out.table(
        ("id", "name", "for", "size", "context", "licence", "on this computer"),
        [
            (
                entry.id,
                entry.name,
                entry.purpose,
                size_text(entry.size_bytes),
                str(entry.context_length),
                entry.licence,
                f"{_FIT[fit.level]} ({size_text(fit.needed_bytes)} memory)",
            )
            for entry, fit in zip(entries, fits, strict=True)
        ],
    )
    return 0


async def run_pull(session: CommandSession, args: argparse.Namespace) -> int:
    return await follow(session, await session.hub.get(LlmManagerClient).pull(session.ctx, args.model))


async def run_import(session: CommandSession, args: argparse.Namespace) -> int:
    model = await session.hub.get(LlmManagerClient).import_file(
        session.ctx, session.path(args.file), mode="link" if args.link else "copy", name=args.name
    )
    session.out.json(model)
    session.out.line(f"Imported as {model.id}")
    if model.slow_quantization:
        session.out.line(f"{model.quantization} is slow on this computer: hyperspot models optimise {model.id}")
    return 0


async def run_show(session: CommandSession, args: argparse.Namespace) -> int:
    manager = session.hub.get(LlmManagerClient)
    model = await manager.get(session.ctx, args.model)
    fit = await manager.fit(session.ctx, model.id)
    session.out.json({"model": model, "fit": fit})
    for name, value in (
        ("id", model.id),
        ("name", model.name),
        ("purpose", model.purpose),
        ("file", f"{model.path}{' (linked)' if model.linked else ''}"),
        ("size", size_text(model.size_bytes)),
        ("architecture", model.architecture),
        ("parameters", f"{model.parameters / 1e9:.2f} B"),
        ("quantisation", f"{model.quantization}{' (slow here)' if model.slow_quantization else ''}"),
        ("context", f"{model.context_length} tokens"),
        ("licence", model.licence or "not stated"),
        ("sha256", model.sha256),
        ("memory", f"{size_text(fit.needed_bytes)} needed, {size_text(fit.free_bytes)} free: {_FIT[fit.level]}"),
        ("state", model.state.value.replace("_", " ")),
    ):
        session.out.line(f"{name:13} {value}")
    if model.chat_template:
        session.out.line(f"\nchat template:\n{model.chat_template}")
    return 0


async def run_load(session: CommandSession, args: argparse.Namespace) -> int:
    loaded = await session.hub.get(LlmManagerClient).load(session.ctx, args.model, context_length=args.context)
    session.out.json(loaded)
    session.out.line(
        f"{loaded.model_id} is loaded: {size_text(loaded.memory_bytes)}, context {loaded.context_length} tokens"
    )
    if args.context is not None and loaded.context_length < args.context:
        session.out.note(f"The model was made for {loaded.context_length} tokens at most.")
    return 0


async def run_unload(session: CommandSession, args: argparse.Namespace) -> int:
    manager = session.hub.get(LlmManagerClient)
    model = await manager.get(session.ctx, args.model)
    was_loaded = model.id in {one.model_id for one in await manager.loaded(session.ctx)}
    await manager.unload(session.ctx, model.id)
    session.out.json({"unloaded": model.id, "was_loaded": was_loaded})
    session.out.line(f"Unloaded: {model.id}" if was_loaded else f"It was not loaded: {model.id}")
    return 0


async def run_remove(session: CommandSession, args: argparse.Namespace) -> int:
    manager = session.hub.get(LlmManagerClient)
    model = await manager.get(session.ctx, args.model)
    stays = f" ({model.path} stays)" if model.linked else ""
    if args.for_ever:
        await manager.remove(session.ctx, model.id)
        session.out.json({"removed": model.id})
        session.out.line(f"Removed: {model.id}{stays}")
        return 0
    await manager.trash(session.ctx, model.id)
    session.out.json({"trashed": model.id})
    session.out.line(f"In the trash for 30 days: {model.id}{stays}. Undo: hyperspot trash restore {model.id}")
    return 0


async def run_bench(session: CommandSession, args: argparse.Namespace) -> int:
    manager = session.hub.get(LlmManagerClient)
    model = await manager.get(session.ctx, args.model)
    code = await follow(session, await manager.benchmark(session.ctx, model.id))
    measured = (await manager.get(session.ctx, model.id)).benchmark
    if code == 0 and measured is not None:
        speeds = f"reads {measured.prompt_tokens_per_s:.0f} tok/s, writes {measured.generation_tokens_per_s:.0f} tok/s"
        passages = measured.passages_per_s
        session.out.line(speeds if passages is None else f"embeds {passages:.0f} passages/s")
    return code


async def run_optimise(session: CommandSession, args: argparse.Namespace) -> int:
    manager = session.hub.get(LlmManagerClient)
    model = await manager.get(session.ctx, args.model)
    job_id = await manager.optimise(session.ctx, model.id)
    code = await follow(session, job_id)
    job = await session.hub.get(JobsClient).get(session.ctx, job_id)
    for name in ("original", "optimised"):
        if code == 0 and (measured := job.result.get(name)):
            reads, writes = measured["prompt_tokens_per_s"], measured["generation_tokens_per_s"]
            size = size_text(measured["size_bytes"])
            session.out.line(f"{measured['model_id']:40} {size:>8}  reads {reads:.0f} tok/s, writes {writes:.0f} tok/s")
    return code
