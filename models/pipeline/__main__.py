"""`python -m pipeline COMMAND`: every step from rating files to checked artefacts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline import networks, paths

PRODUCT = paths.MODELS_DIR / "configs" / "product.toml"
BENCHMARK = paths.MODELS_DIR / "configs" / "benchmark-ml1m.toml"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 if it went well, 2 if the input was at fault."""
    given = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except (ValueError, FileNotFoundError) as error:
        print(f"{given.command}: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        return added

    def configured(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = command(name, run)
        added.add_argument("--config", type=Path, default=PRODUCT)
        return added

    data = configured("data", _data)
    data.add_argument("--write-hashes", action="store_true", help="keep these splits' hashes")
    chosen = configured("choose", _choose)
    chosen.add_argument("--family", action="append", help="all with settings if left out")
    chosen.add_argument("--table", default="B", choices=("A", "B"))
    fits = configured("fit-baselines", _fit_baselines)
    fits.add_argument("--tables", default="ABC", help="which tables to fill: any of A, B, C")
    fits.add_argument("--leave-test", action="store_true", help="ship B without asking its test")
    trained = configured("train", _train)
    trained.add_argument("--family", default="sasrec", choices=networks.NAMES)
    trained.add_argument("--table", default="B", choices=("A", "B", "C"), help="which to train for")
    exported = configured("export", _export)
    exported.add_argument("--family", default="sasrec", choices=networks.NAMES)
    command("encoder", _encoder)
    command("embed", _embed)
    configured("small-encoder", _small_encoder)
    command("encoder-report", _encoder_report)
    command("map", _map)
    evaluated = command("evaluate", _evaluate)
    evaluated.add_argument("--family", action="append", help="all shipped ones if left out")
    command("tables", _tables)
    command("by-popularity", _by_popularity)
    tested = command("faithfulness", _faithfulness)
    tested.add_argument("--family", action="append", help="all shipped ones if left out")
    measured = command("head-study", _head_study)
    measured.add_argument("--rows", type=Path, required=True, help="what the study printed")
    command("manifest", _manifest)
    command("llm", _llm)
    command("llm-golden", _llm_golden)
    checked = command("llm-check", _llm_check)
    checked.add_argument("--sets", type=int, default=200, help="lists of candidates")
    ranked = command("llm-rank", _llm_rank)
    ranked.add_argument("--users", type=int, default=200)
    ranked.add_argument("--long", type=int, default=200, help="users with long lists too")
    ranked.add_argument("--test", action="store_true", help="ask the test part, and record it")
    ranked.add_argument("--listed", action="store_true", help="only: candidates in the prompt")
    configured("llm-tune", _llm_tune)
    scored = command("score", _score)
    scored.add_argument("--family", required=True)
    scored.add_argument("--history", required=True, help="movieIds, oldest first: 260,1196,1210")
    scored.add_argument("--top", type=int, default=10)
    judged = command("judge", _judge)
    judged.add_argument("--family", required=True)
    judged.add_argument("--users", type=Path, required=True, help="userId,movieId,rating,timestamp")
    judged.add_argument("--min-rating", type=float, help="leave out targets rated lower")
    command("fit-dialogue", _fit_dialogue)
    heard = command("judge-conversations", _judge_conversations)
    heard.add_argument("--file", type=Path, required=True, help="turns as in redial_valid.jsonl")
    heard.add_argument("--part", default="all", choices=("all", "choosing", "testing"))
    heard.add_argument("--users", type=Path, help="whose last films seekers have in mind")
    heard.add_argument("--encoder", default="small_encoder", choices=("small_encoder", "encoder"))
    heard.add_argument(
        "--reranked",
        type=int,
        default=0,
        help="turns whose first 20 films `make llm`'s model ranks",
    )
    command("judge-intents", _judge_intents)
    everything = configured("all", _all)
    everything.set_defaults(
        write_hashes=False, tables="ABC", leave_test=False, family=None, table="B"
    )
    return parser


def _data(given: argparse.Namespace) -> int:
    """Makes the splits, checks them against splits.json and writes the catalogue.

    Or, where the configuration streams a large rating file, writes its parts.
    """
    from pipeline import catalogue, item_texts, results, split, split_hashes

    if _is_streamed(given):
        from pipeline import rating_parts

        print(rating_parts.write_for(given.config))
        return 0
    files = split.read_files()
    found = split_hashes.split_hashes(
        split.leave_last_two_out(files.ml1m),
        split.load_product(files=files),
        split.load_sets(files=files),
    )
    if given.write_hashes:
        split_hashes.hashes_file().write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    elif differing := split_hashes.differing_hashes(found):
        raise ValueError(f"these splits are not the committed ones: {', '.join(differing)}")
    written, coverage = catalogue.write_catalogue()
    item_texts.write_golden(written, paths.artifacts_dir())
    results.replace_between(paths.MODELS_DIR / "README.md", "coverage", coverage)
    print(coverage)
    return 0


def _choose(given: argparse.Namespace) -> int:
    """Prints what other settings of the counting families reach on validation."""
    from pipeline import baselines, choose, split
    from pipeline.families.linear import Evidence

    settings = baselines.read_config(given.config)
    if given.table == "A":
        benchmark = split.load_benchmark()
        evidence = Evidence(benchmark.n_items, benchmark.train, [])
        cases = benchmark.valid
    else:
        product = split.load_product()
        evidence = baselines.product_evidence(product.for_choice)
        cases = product.valid_last_ten
    for tried in choose.tried(evidence, settings, cases, families=given.family or ()):
        print(tried, flush=True)
    return 0


def _fit_baselines(given: argparse.Namespace) -> int:
    """Fits, ships and measures the counting families."""
    from pipeline import baselines, split

    files = split.read_files()
    settings = baselines.read_config(given.config)
    if "B" in given.tables:
        product = split.load_product(files=files)
        baselines.ship(product, settings, ask_test=not given.leave_test)
    if "A" in given.tables:
        benchmark = baselines.read_config(BENCHMARK)
        baselines.measure_benchmark(split.leave_last_two_out(files.ml1m), benchmark)
    if "C" in given.tables:
        baselines.measure_sets(split.load_sets(files=files), settings)
    return 0


def _evaluate(given: argparse.Namespace) -> int:
    """Measures shipped files on the test part of B and records the rows."""
    from pipeline import evaluate, manifest, results, shipped, split

    product = split.load_product()
    listed = manifest.read_manifest()["families"]
    gains = {}
    for name in given.family or shipped.family_names():
        ranks = evaluate.target_ranks(shipped.open_family(name).score, product.test)
        n_bytes = sum(record["bytes"] for record in listed[name]["files"].values())
        kept = results.shipped_row(name) or {}
        row = {"family": name, "form": "shipped", **evaluate.sequence_metrics(ranks)}
        for field in ("note", "seeds", "minutes", "collision_rate", "perplexity"):
            if field in kept:
                row[field] = kept[field]
        results.record("B", {**row, "bytes": n_bytes})
        gains[name] = evaluate.gains(ranks, k=10)
        print(name, f"{row['ndcg@10']:.4f}")
    for name in sorted(gains.keys() - {"ease_recency"}) if "ease_recency" in gains else ():
        difference = evaluate.paired_difference(gains[name], gains["ease_recency"])
        results.record_difference("B", name, "ease_recency", difference)
    manifest.write_manifest()
    return 0


def _by_popularity(given: argparse.Namespace) -> int:
    """Compares sasrec_text with SASRec by the popularity of the answer, and records it."""
    from pipeline import by_popularity
    from pipeline.families import sasrec_text

    print(by_popularity.markdown(sasrec_text.compare()))
    return 0


def _faithfulness(given: argparse.Namespace) -> int:
    """Tests on held-out users whether the picks an explainer names carry what is recommended."""
    from pipeline import faithfulness, manifest, results, shipped, split

    histories = faithfulness.asked_histories(split.load_product().test)
    listed = manifest.read_manifest()["families"]
    for name in given.family or shipped.family_names():
        family, longest = shipped.open_family(name), listed[name]["max_history"]
        found = faithfulness.measured(family, histories, max_history=longest)
        results.record_faithfulness(name, found)
        kept = ", ".join(f"{it} {one['kept']:.3f}" for it, one in found["explainers"].items())
        print(f"{name}: {kept}", flush=True)
    manifest.write_manifest()
    return 0


def _head_study(given: argparse.Namespace) -> int:
    """Records what examples/head_study.rs printed."""
    from pipeline import head_study, results

    rows = head_study.read_rows(given.rows)
    results.record_head(rows)
    print(head_study.areas_said(rows))
    return 0


def _tables(given: argparse.Namespace) -> int:
    """Writes docs/results.md, and the same tables into README.md between its marks."""
    from pipeline import results

    for path in results.write_tables():
        print(path.relative_to(paths.PROJECT_DIR))
    return 0


def _manifest(given: argparse.Namespace) -> int:
    """Brings sizes, checksums and results in manifest.json up to date."""
    from pipeline import manifest

    families = manifest.write_manifest()["families"]
    print(", ".join(families))
    return 0


def _score(given: argparse.Namespace) -> int:
    """Prints what a shipped family recommends after a history."""
    from pipeline import score
    from pipeline.errors import InputError

    try:
        history = [int(movie) for movie in given.history.split(",") if movie.strip()]
    except ValueError:
        raise InputError(f"the history should be movieIds: {given.history}") from None
    best = score.score(given.family, history, top=given.top)
    print(json.dumps(best, ensure_ascii=False, indent=1))
    return 0


def _judge(given: argparse.Namespace) -> int:
    """Prints the metrics of a shipped family on a file of users."""
    from pipeline import score

    found = score.judge(given.family, given.users, min_rating=given.min_rating)
    print(json.dumps(found, indent=1))
    return 0


def _fit_dialogue(given: argparse.Namespace) -> int:
    """Fits the weights of conversations, ships them, measures them and writes golden answers."""
    from pipeline.dialogue import ship

    print(json.dumps(ship.ship(paths.artifacts_dir()), indent=1))
    return 0


def _judge_conversations(given: argparse.Namespace) -> int:
    """Prints how often conversations of a file find what was recommended, step by step."""
    from pipeline.dialogue import judge

    found = judge.judge(
        given.file,
        part=given.part,
        users=given.users,
        encoder=given.encoder,
        n_reranked=given.reranked,
    )
    print(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def _judge_intents(given: argparse.Namespace) -> int:
    """Records which intents people marked in conversations, and which the page reads; prints it."""
    from pipeline import results
    from pipeline.dialogue import intents

    found = intents.judge(paths.artifacts_dir())
    results.record_intents(found)
    print(intents.markdown(found))
    return 0


def _train(given: argparse.Namespace) -> int:
    """Trains a network for one table; given again, goes on where it stopped."""
    if _is_streamed(given):
        from pipeline import streamed

        if given.family != "sasrec":
            raise ValueError(f"only sasrec is trained on streamed ratings, not {given.family}")
        streamed.train_sasrec(given.config)
        return 0
    networks.run_of(given.family).train_for(given.table, given.config, BENCHMARK)
    return 0


def _export(given: argparse.Namespace) -> int:
    """Exports, quantises, registers and measures a trained product network."""
    networks.run_of(given.family).export(given.config)
    return 0


def _encoder(given: argparse.Namespace) -> int:
    """Exports the text encoder and the catalogue's vectors."""
    from pipeline import encoder

    encoder.build(paths.artifacts_dir())
    return 0


def _embed(given: argparse.Namespace) -> int:
    """Embeds the films' texts again with the shipped encoder, after facts have changed."""
    from pipeline import encoder

    encoder.embed(paths.artifacts_dir())
    return 0


def _small_encoder(given: argparse.Namespace) -> int:
    """Distils the small text encoder from the shipped one."""
    from pipeline import small_encoder

    small_encoder.build(given.config)
    return 0


def _encoder_report(given: argparse.Namespace) -> int:
    """Prints how well and how fast the small text encoder searches beside the large one."""
    from pipeline import small_encoder_report

    print(json.dumps(small_encoder_report.report(), indent=1))
    return 0


def _map(given: argparse.Namespace) -> int:
    """Lays all films out on two maps, by text and by SASRec, and names their regions."""
    from pipeline import film_map

    for name, kept in film_map.build(paths.artifacts_dir()).items():
        print(f"{name}: {kept:.1%} of each film's ten nearest are among its ten nearest on the map")
    return 0


def _llm(given: argparse.Namespace) -> int:
    """Builds the language model from its packages; ends at once if nothing has changed."""
    from pipeline.llm import build

    build.build(paths.llm_dir())
    return 0


def _llm_golden(given: argparse.Namespace) -> int:
    """Writes the golden answers of the built language model."""
    from pipeline.llm import golden

    golden.write(paths.artifacts_dir())
    return 0


def _llm_check(given: argparse.Namespace) -> int:
    """Measures how far the built language model is from the package's in full precision."""
    from pipeline import results
    from pipeline.llm import check

    found = check.check(n_sets=given.sets)
    results.record_llm("check", found)
    print(json.dumps(found, indent=1))
    return 0


def _llm_rank(given: argparse.Namespace) -> int:
    """Measures how the built language model ranks short lists, beside SASRec and popularity."""
    from pipeline import results
    from pipeline.llm import rank

    if given.listed:
        part, found = "listed", rank.listed()
    else:
        found = rank.measured(n_users=given.users, n_long=given.long, asks_test=given.test)
        part = found["part"]
    results.record_llm(part, found)
    print(json.dumps(found, indent=1))
    return 0


def _llm_tune(given: argparse.Namespace) -> int:
    """Tunes the language model on training readers; given again, goes on where it stopped."""
    from pipeline.llm import tuning

    tuning.tune(given.config)
    return 0


def _is_streamed(given: argparse.Namespace) -> bool:
    """Whether the configuration is for a rating file too large to hold."""
    from pipeline import config

    return "rating_parts" in config.read(given.config)


def _all(given: argparse.Namespace) -> int:
    """The whole road: on made-up data if the configuration has some, else all of the above."""
    from pipeline import config, road

    if "made_up" in config.read(given.config):
        road.run(given.config)
        return 0
    if _is_streamed(given):
        given.family = "sasrec"
        return _data(given) or _train(given)
    for step in (_data, _fit_baselines, _encoder):
        step(given)
    for given.family in networks.NAMES:
        _train(given)
        _export(given)
    given.family = None
    for step in (_map, _evaluate, _by_popularity, _faithfulness, _tables):
        step(given)
    return 0


if __name__ == "__main__":
    sys.exit(main())
