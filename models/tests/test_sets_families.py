"""The families that read sets: networks, graphs, their trainer and the rounds of IRGAN."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from readers import StoppedError, stop_at  # noqa: E402

from pipeline.data import split  # noqa: E402
from pipeline.data.readers import Events  # noqa: E402
from pipeline.evaluate import metrics  # noqa: E402
from pipeline.families import counts, ease  # noqa: E402
from pipeline.families.diffrec import export as diffrec_export  # noqa: E402
from pipeline.families.diffrec import model as diffrec  # noqa: E402
from pipeline.families.irgan import export as irgan_export  # noqa: E402
from pipeline.families.irgan import model as irgan  # noqa: E402
from pipeline.families.irgan import train as irgan_train  # noqa: E402
from pipeline.families.mult_vae import export as mult_vae_export  # noqa: E402
from pipeline.families.mult_vae import model as mult_vae  # noqa: E402
from pipeline.families.mult_vae import shortcut  # noqa: E402
from pipeline.families.mult_vae import train as mult_vae_train  # noqa: E402
from pipeline.training import set_networks  # noqa: E402

pytestmark = pytest.mark.training

N_ITEMS = 60
QUICK = {"epochs": 3, "batch_users": 32, "learning_rate": 0.02, "ema_decay": 0.8}
VAE = mult_vae.Settings(hidden=12, latent=6, n_read=14, n_score=15, precision="float32", **QUICK)
NEWEST = {"decay": 0.7, "rest": 0.05}
DIFF = diffrec.Settings(hidden=12, inner=8, flatten=0.5, precision="float32", **QUICK)
GAN = irgan.Settings(
    dim=6, judge_epochs=2, rounds=2, draws=16, round_rate=0.01, precision="float32", **QUICK
)


def tastes(n_readers: int, *, seed: int = 0) -> list[np.ndarray]:
    """Readers who like a third of one of four shelves, and two films from anywhere."""
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(n_readers):
        shelf = 15 * draw.integers(4) + draw.choice(15, 6, replace=False)
        found.append(np.unique([*shelf, *draw.choice(N_ITEMS, 2)]).astype(np.int32))
    return found


def small_split() -> split.SetSplit:
    asked = tastes(40, seed=1)
    cases = split.SetCases([rows[::2] for rows in asked], [rows[1::2] for rows in asked])
    return split.SetSplit(np.arange(N_ITEMS, dtype=np.int32), tastes(150), cases, cases)


def small_adversaries(n_rounds: int = 3) -> irgan.Adversaries:
    torch.manual_seed(5)
    generator = irgan.Generator(N_ITEMS, GAN).eval()
    discriminator = irgan.Discriminator(N_ITEMS, GAN, generator).eval()
    snapshots = [[torch.randn(N_ITEMS, GAN.dim) for _ in range(n_rounds)] for _ in range(2)]
    for network in (generator, discriminator):
        torch.nn.init.normal_(network.bias)
    return irgan.Adversaries(generator, discriminator, *snapshots)


def small_network(kind: type, settings: Any) -> Any:
    torch.manual_seed(3)
    network = kind(N_ITEMS, settings).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.4)
    return network


HISTORIES = ([[7]], [[3, 1, 2], [4], list(range(5, 17))])


def padded(histories: list[list[int]], length: int) -> np.ndarray:
    found = np.zeros((len(histories), length), np.int32)
    for row, history in enumerate(histories):
        found[row, : len(history)] = np.array(history) + 1
    return found


def answers(path: Path, history: np.ndarray, **more: np.ndarray) -> dict[str, np.ndarray]:
    """What a graph says; inputs that are not given are zeros."""
    session = onnxruntime.InferenceSession(str(path))
    names = [output.name for output in session.get_outputs()]
    asked = {"history": history, **more}
    for value in session.get_inputs():
        if value.name not in asked:
            asked[value.name] = np.zeros((len(history), *value.shape[1:]), np.float32)
    return dict(zip(names, session.run(names, asked), strict=True))


def rows_of(histories: list[list[int]], **recent: float) -> Any:
    sets = [np.array(history, np.int32) for history in histories]
    return set_networks.multi_hot(sets, N_ITEMS, **recent)


def joined(settings: mult_vae.Settings = VAE) -> shortcut.WithShortcut:
    return shortcut.joined(small_network(mult_vae.MultVae, settings), tastes(150))


@torch.no_grad()
@pytest.mark.parametrize("histories", HISTORIES)
def test_the_graph_of_mult_vae_says_what_torch_says(
    tmp_path: Path, histories: list[list[int]]
) -> None:
    network, shown = joined(), rows_of(histories)
    mult_vae_export.write(network, tmp_path / "exact.onnx")
    found = answers(tmp_path / "exact.onnx", padded(histories, 14))
    mean, log_variance = network.encode(shown)
    np.testing.assert_allclose(found["mean"], mean, atol=1e-5)
    np.testing.assert_allclose(found["log_variance"], log_variance, atol=1e-5)
    np.testing.assert_allclose(found["scores"], network.scores(shown), atol=1e-4)
    shift = np.random.default_rng(1).normal(size=mean.shape).astype(np.float32)
    moved = answers(tmp_path / "exact.onnx", padded(histories, 14), shift=shift)
    np.testing.assert_array_equal(moved["mean"], found["mean"])
    wanted = network.decode(mean + torch.from_numpy(shift), shown)
    np.testing.assert_allclose(moved["scores"], wanted, atol=1e-4)


@torch.no_grad()
@pytest.mark.parametrize("histories", HISTORIES)
@pytest.mark.parametrize("name", ["mult_vae", "diffrec"])
def test_a_graph_weighs_the_newest_picks_unless_told_not_to(
    tmp_path: Path, name: str, histories: list[list[int]]
) -> None:
    network: Any
    if name == "mult_vae":
        network = joined(dataclasses.replace(VAE, **NEWEST))
        mult_vae_export.write(network, tmp_path / "exact.onnx")
    else:
        network = small_network(diffrec.DiffRec, dataclasses.replace(DIFF, **NEWEST))
        diffrec_export.write(network, tmp_path / "exact.onnx")
    history, all_even = padded(histories, 14), np.ones((len(histories), 1), np.float32)
    recent = answers(tmp_path / "exact.onnx", history)["scores"]
    even = answers(tmp_path / "exact.onnx", history, even=all_even)["scores"]
    np.testing.assert_allclose(recent, network.scores(rows_of(histories, **NEWEST)), atol=1e-4)
    np.testing.assert_allclose(even, network.scores(rows_of(histories)), atol=1e-4)
    for picks, ours, theirs in zip(histories, recent, even, strict=True):
        assert np.allclose(ours, theirs, atol=1e-3) == (len(picks) == 1)


@torch.no_grad()
def test_with_nothing_cut_the_shortcut_adds_ease_to_the_logits() -> None:
    uncut = {"n_read": N_ITEMS, "n_score": N_ITEMS, "ease_weight": 3.0}
    network, sets = small_network(mult_vae.MultVae, dataclasses.replace(VAE, **uncut)), tastes(150)
    shown = rows_of([[3, 1, 2], [4]])
    together = counts.together(sets, N_ITEMS)
    wanted = network.scores(shown) + 3 * shown @ torch.from_numpy(
        ease.ease_weights(together, ease.SET_PENALTY)
    )
    found = shortcut.joined(network, sets)
    np.testing.assert_allclose(found.scores(shown), wanted, atol=1e-3)
    for ours, theirs in zip(found.encode(shown), network.encode(shown), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-3)


def test_leading_directions_are_those_of_the_whole_matrix() -> None:
    draw = np.random.default_rng(0)
    matrix = draw.normal(size=(300, N_ITEMS)) * 0.8 ** np.arange(N_ITEMS)
    found = shortcut.leading(lambda it: matrix @ it, lambda it: matrix.T @ it, (N_ITEMS, 4))
    wanted = np.linalg.svd(matrix)[2][:4].T
    np.testing.assert_allclose(np.abs(np.sum(found * wanted, axis=0)), 1, atol=1e-4)


def test_weights_by_recency_are_ones_where_nothing_fades() -> None:
    np.testing.assert_allclose(set_networks.recency(7, 1.0, 0.3), 1, rtol=1e-6)
    weight = set_networks.recency(30, **NEWEST).astype(np.float64)
    assert np.all(np.diff(weight) > 0)
    # As long a row as the set of that many picks.
    assert np.square(weight).sum() == pytest.approx(weight.sum(), rel=1e-5)
    assert 1 < weight.sum() < 30


@torch.no_grad()
@pytest.mark.parametrize("histories", HISTORIES)
@pytest.mark.parametrize("flatten", [0.0, 0.3])
def test_steps_after_the_first_layer_are_the_steps_before_it(
    tmp_path: Path, histories: list[list[int]], flatten: float
) -> None:
    """The graph mixes states behind the first layer, torch mixes whole sets: the same guesses."""
    network = small_network(diffrec.DiffRec, dataclasses.replace(DIFF, flatten=flatten))
    diffrec_export.write(network, tmp_path / "exact.onnx")
    found = answers(tmp_path / "exact.onnx", padded(histories, 14))
    wanted = network.guesses(rows_of(histories))
    assert wanted.shape == (len(histories), 5, N_ITEMS)
    np.testing.assert_allclose(found["steps"], wanted, atol=2e-5)
    np.testing.assert_array_equal(found["scores"], found["steps"][:, -1])


@torch.no_grad()
def test_noise_after_the_first_layer_is_spread_as_noise_on_every_film(tmp_path: Path) -> None:
    """Other draws, the same distribution: every step's scores have its mean and deviation."""
    n_draws = 200
    network = small_network(diffrec.DiffRec, DIFF)
    # Nearly linear, so that a mean over 200 draws says something; and noise that shows.
    for layer in (network.read, network.fold, network.unfold):
        layer.weight.mul_(0.2)
    network.variance = np.linspace(0.02, 0.2, DIFF.steps)
    diffrec_export.write(network, tmp_path / "exact.onnx")
    histories = [HISTORIES[1][0]] * n_draws
    drawn = np.random.default_rng(2).normal(size=(n_draws, DIFF.steps, DIFF.hidden))
    found = answers(tmp_path / "exact.onnx", padded(histories, 14), noise=drawn.astype(np.float32))[
        "steps"
    ]
    torch.manual_seed(0)
    wanted = network.guesses(rows_of(histories), noise=True).numpy()
    # Two means of 200 draws differ by a tenth of a deviation, more than 0.45 once in 100,000.
    spread = wanted.std(axis=0)
    assert np.all(spread > 0.001)
    assert np.all(np.abs(found.mean(axis=0) - wanted.mean(axis=0)) < 0.45 * spread)
    ratio = found.std(axis=0) / spread
    assert np.all((ratio > 0.75) & (ratio < 1.33))
    assert abs(ratio.mean() - 1) < 0.05


def test_the_last_step_of_denoising_is_the_guess_itself() -> None:
    posterior = small_network(diffrec.DiffRec, DIFF).posterior()
    np.testing.assert_allclose(posterior[0], [1, 0, 0])
    assert np.all(posterior[1:] > 0)
    # Guess and state share the weight, but for the little that noise shrank the state by.
    np.testing.assert_allclose(posterior[:, :2].sum(axis=1), 1, atol=0.01)


@torch.no_grad()
@pytest.mark.parametrize("histories", HISTORIES)
def test_the_graph_of_irgan_holds_every_round(tmp_path: Path, histories: list[list[int]]) -> None:
    adversaries = small_adversaries()
    irgan_export.write(adversaries, tmp_path / "exact.onnx")
    found = answers(tmp_path / "exact.onnx", padded(histories, 14))
    sets = [np.array(history, np.int32) for history in histories]
    for after in range(3):
        for judge, name in ((False, "generator"), (True, "discriminator")):
            wanted = adversaries.score(N_ITEMS, after=after, judge=judge)(sets)
            np.testing.assert_allclose(found[name][:, after], wanted, atol=1e-5)
    np.testing.assert_array_equal(found["scores"], found["generator"][:, -1])


def test_dropout_hides_picks_and_nothing_else() -> None:
    torch.manual_seed(0)
    shown = rows_of([list(range(0, 60, 2))] * 200)
    kept = set_networks.hide(shown, 0.5)
    assert torch.all(kept[shown == 0] == 0)
    assert set(kept.unique().tolist()) == {0.0, 2.0}
    assert float(kept.mean()) == pytest.approx(float(shown.mean()), rel=0.05)


@pytest.mark.parametrize(("kind", "settings"), [(mult_vae.MultVae, VAE), (diffrec.DiffRec, DIFF)])
def test_training_finds_the_shelves(tmp_path: Path, kind: type, settings: Any) -> None:
    training_data = small_split()
    how = dataclasses.replace(settings, epochs=30)
    network = set_networks.trained(kind, how, training_data, tmp_path)
    popular = np.bincount(np.concatenate(training_data.train), minlength=N_ITEMS)

    def reached(score: metrics.ScoreBatch) -> float:
        return metrics.set_metrics(score, training_data.valid)["ndcg@100"]

    by_popularity = reached(lambda histories: np.tile(popular, (len(histories), 1)))
    assert reached(set_networks.score_with(network, N_ITEMS)) > 1.2 * by_popularity


def test_a_stopped_run_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    wanted = set_networks.trained(mult_vae.MultVae, VAE, small_split(), whole)

    torch.manual_seed(VAE.seed)
    network = mult_vae.MultVae(N_ITEMS, VAE)
    with pytest.raises(StoppedError):
        set_networks.train(network, VAE, small_split(), broken, before_epoch=stop_at(1))
    found = set_networks.trained(mult_vae.MultVae, VAE, small_split(), broken)
    for name, value in wanted.state_dict().items():
        assert torch.equal(value, found.state_dict()[name]), name


def test_another_configuration_does_not_continue_a_run(tmp_path: Path) -> None:
    set_networks.trained(mult_vae.MultVae, VAE, small_split(), tmp_path)
    with pytest.raises(ValueError, match="another configuration"):
        set_networks.trained(
            mult_vae.MultVae, dataclasses.replace(VAE, epochs=4), small_split(), tmp_path
        )


def test_rounds_move_item_vectors_alone_and_go_on_where_they_stopped(tmp_path: Path) -> None:
    adversaries = irgan_train.run_rounds(GAN, small_split(), tmp_path)
    before = irgan_train.pretrained(GAN, small_split(), tmp_path / "generator")
    assert (
        len(adversaries.generator_items) == len(adversaries.discriminator_items) == GAN.rounds + 1
    )
    assert torch.equal(adversaries.generator_items[0], before.items)
    assert torch.equal(adversaries.generator.input_items, before.input_items)
    assert not torch.equal(adversaries.generator_items[1], adversaries.generator_items[2])
    (tmp_path / "round-2.pt").unlink()
    again = irgan_train.run_rounds(GAN, small_split(), tmp_path)
    for left, right in zip(adversaries.generator_items, again.generator_items, strict=True):
        assert torch.equal(left, right)


def test_a_reward_above_the_baseline_makes_a_draw_likelier() -> None:
    """The judge likes one shelf; the generator's softmax moves there and nowhere else."""
    torch.manual_seed(0)
    settings = dataclasses.replace(GAN, draws=512, real_share=0.0)
    generator = irgan.Generator(N_ITEMS, settings).eval()
    judge = irgan.Discriminator(N_ITEMS, settings, generator).eval()
    with torch.no_grad():
        judge.bias.copy_(torch.where(torch.arange(N_ITEMS) < 15, 3.0, -3.0))
    picked = rows_of([[1, 20], [40]])
    optimizer = torch.optim.SGD([generator.items], lr=20.0)
    before = torch.softmax(generator.scores(picked), dim=1)[:, :15].sum()
    baseline = 0.0
    for _ in range(20):
        loss, reward = generator.reward_loss(picked, judge, baseline)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        baseline = 0.9 * baseline + 0.1 * reward
    after = torch.softmax(generator.scores(picked), dim=1)[:, :15].sum()
    assert float(after.detach()) > 1.1 * float(before.detach())


def test_a_family_of_sets_is_not_trained_for_sequences() -> None:
    with pytest.raises(ValueError, match="table C"):
        mult_vae_train.train_for("A", Path("none.toml"), Path("none.toml"))


def events_of(sequences: dict[int, list[int]]) -> Events:
    user = np.array([u for u, items in sequences.items() for _ in items], np.int32)
    item = np.array([i for items in sequences.values() for i in items], np.int32)
    count = np.arange(len(user), dtype=np.int64)
    stars = np.full(len(user), 4.0, np.float32)
    liked = np.ones(len(user), np.int8)
    return Events(user, item, stars, liked, count, count, True).in_order()


def test_nobody_learned_from_is_a_person_asked() -> None:
    """User 10 is the latest and so asked in B; set 77 is the same person, 78 somebody else."""
    people = {u: list(range(u, u + 12)) for u in range(1, 11)}
    sets = events_of({77: people[10][:10], 78: list(range(100, 110))})
    files = split.RatingFiles(events_of(people), sets, events_of({5: [1, 2, 3]}))
    found = split.load_sets(files=files, min_ratings=1, n_held_out=0, strangers=True)
    everybody = split.load_sets(files=files, min_ratings=1, n_held_out=0)
    assert len(everybody.train) == 2
    assert [found.movie_ids[rows].tolist() for rows in found.train] == [list(range(100, 110))]


def test_further_sets_are_of_nobody_who_is_asked() -> None:
    """Users 10 and 9 are asked in B; set 77 is the earlier part of user 3 and asked in C."""
    people = {u: list(range(100 * u, 100 * u + 12)) for u in range(1, 11)}
    sets = events_of({77: people[3][:10], 78: list(range(5000, 5010))})
    ml1m = events_of({5: list(range(6000, 6006)), 6: people[10][:10], 7: [1, 2]})
    files = split.RatingFiles(events_of(people), sets, ml1m)
    found = split.liked_elsewhere(files, min_ratings=1, n_held_out=1)
    movie_ids = split.catalogue_movie_ids(files, min_ratings=1)
    wanted = [people[u] for u in (1, 2, 4, 5, 6, 7, 8)] + [list(range(6000, 6006))]
    assert [movie_ids[rows].tolist() for rows in found] == wanted


def test_the_weight_of_the_divergence_grows_with_the_set() -> None:
    """Four times the picks, four times the weight."""
    losses = []
    for by_size, beta in ((0.0, 0.4), (1.0, 0.1)):
        settings = dataclasses.replace(VAE, by_size=by_size, beta=beta)
        network = small_network(mult_vae.MultVae, settings)
        torch.manual_seed(0)
        losses.append(float(network.loss(rows_of([[1, 2, 3, 4]]), 1.0).detach()))
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)
