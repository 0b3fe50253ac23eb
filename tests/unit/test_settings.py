"""Settings: where each comes from, and what is refused."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from simulator.domain.usage import Prices
from simulator.errors import BadInput
from simulator.settings import DEFAULT_RUBRIC, DEFAULT_WINDOW, NamedModel, Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path


def configured(folder: Path, text: str) -> Path:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path, text: str) -> str:
    with pytest.raises(BadInput) as refusal:
        read_settings({}, {}, config_folder=configured(folder, text))
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_flag_goes_before_environment_before_config_before_default(tmp_path: Path) -> None:
    configured(tmp_path, 'learner = "from config"\nrubric = "mine"\n')
    environment = {"MOT_LEARNER": "from environment", "MOT_LANGUAGE": "zh-Hans"}
    settings = read_settings({"language": "en"}, environment, config_folder=tmp_path)
    assert settings.language == "en"
    assert settings.learner == "from environment"
    assert settings.rubric == "mine"
    assert read_settings({}, {}, config_folder=tmp_path / "none").rubric == DEFAULT_RUBRIC


@pytest.mark.parametrize("blank", ["", "   "])
def test_blank_counts_as_unset_everywhere(tmp_path: Path, blank: str) -> None:
    plain = read_settings({}, {}, config_folder=tmp_path)
    configured(tmp_path, f'learner = "{blank}"\nmodel = "{blank}"\n')
    environment = {"MOT_MODEL": blank, "OPENAI_BASE_URL": blank, "MOT_HOME": blank, "MOT_LANGUAGE": blank}
    settings = read_settings({"learner": blank}, environment, config_folder=tmp_path)
    assert settings == plain
    assert settings.endpoint is None
    assert settings.language is None


def test_home_is_where_mot_home_says(tmp_path: Path) -> None:
    assert read_settings({}, {"MOT_HOME": str(tmp_path / "h")}, config_folder=tmp_path).home == tmp_path / "h"


def test_endpoint_exists_only_with_a_model_and_hides_its_key(tmp_path: Path) -> None:
    keyed = {"OPENAI_API_KEY": "canary-key", "OPENAI_BASE_URL": "http://localhost:1/v1"}
    assert read_settings({}, keyed, config_folder=tmp_path).endpoint is None
    settings = read_settings({"model": "m"}, keyed, config_folder=tmp_path)
    assert settings.endpoint == NamedModel("m", "http://localhost:1/v1", "canary-key")
    assert "canary-key" not in repr(settings)


def test_offline_leaves_out_whatever_names_a_model(tmp_path: Path) -> None:
    configured(tmp_path, 'model = "a"\n')
    assert read_settings({"model": "b"}, {"MOT_MODEL": "c"}, config_folder=tmp_path, offline=True).endpoint is None


@pytest.mark.parametrize(
    "base_url",
    [
        "localhost:8000/v1",
        "ftp://host/v1",
        "http://",
        "https:///v1",
        "http://host:canary/v1",
        "http://host:99999/v1",
        "http://user:canary@/v1",
        "http://[::1/v1",
        "http://ho st/v1",
        "http://host/v1?key=canary",
        "http://host/v1#canary",
    ],
)
def test_base_url_that_is_none_is_one_line_and_not_repeated(tmp_path: Path, base_url: str) -> None:
    with pytest.raises(BadInput, match="OPENAI_BASE_URL") as refusal:
        read_settings({"model": "m", "base_url": base_url}, {}, config_folder=tmp_path)
    assert "\n" not in str(refusal.value)
    assert "canary" not in str(refusal.value)
    configured(tmp_path, f'\nbase_url = "{base_url}"\n')
    with pytest.raises(BadInput, match=r"config\.toml:2: base_url") as refusal:
        read_settings({}, {}, config_folder=tmp_path)
    assert "canary" not in str(refusal.value)


@pytest.mark.parametrize("model", ["two\nlines", "\x1b[31mred"])
def test_name_of_a_model_that_is_no_plain_line_is_refused(tmp_path: Path, model: str) -> None:
    with pytest.raises(BadInput, match="one line of plain text"):
        read_settings({"model": model}, {}, config_folder=tmp_path)


def test_a_base_url_matters_only_where_a_model_is_named(tmp_path: Path) -> None:
    assert read_settings({}, {"OPENAI_BASE_URL": "nonsense"}, config_folder=tmp_path).endpoint is None
    for good in ("http://127.0.0.1:1/v1", "https://[::1]:8000", "https://user:secret@host.example/openai/v1/"):
        endpoint = read_settings({"model": "m", "base_url": good}, {}, config_folder=tmp_path).endpoint
        assert endpoint == NamedModel("m", good)


def test_window_and_prices_come_from_the_config(tmp_path: Path) -> None:
    plain = read_settings({}, {}, config_folder=tmp_path)
    assert (plain.context_window, plain.prices) == (DEFAULT_WINDOW, None)
    configured(tmp_path, 'context_window = 32000\nprice_prompt = 0.15\nprice_reply = 1\ncurrency = "EUR"\n')
    settings = read_settings({}, {}, config_folder=tmp_path)
    assert (settings.context_window, settings.prices) == (32000, Prices(0.15, 1.0, "EUR"))
    configured(tmp_path, 'context_window = ""\nprice_prompt = 0\nprice_reply = 0\ncurrency = " "\n')
    settings = read_settings({}, {}, config_folder=tmp_path)
    assert (settings.context_window, settings.prices) == (DEFAULT_WINDOW, Prices(0, 0, "USD"))


def test_database_url_may_hold_a_password_and_is_not_in_the_repr(tmp_path: Path) -> None:
    settings = read_settings({}, {"MOT_DATABASE_URL": "postgresql://u:canary@h/db"}, config_folder=tmp_path)
    assert settings.database_url == "postgresql://u:canary@h/db"
    assert "canary" not in repr(settings)


def test_pack_folders_of_the_config_follow_those_of_the_flags(tmp_path: Path) -> None:
    configured(tmp_path, 'packs = ["mine", "/elsewhere"]\n')
    settings = read_settings({}, {}, packs=[tmp_path / "flag"], config_folder=tmp_path)
    assert [path.name for path in settings.packs] == ["flag", "mine", "elsewhere"]
    assert settings.packs[1].parent == tmp_path


def test_unknown_key_is_refused_with_its_line_and_the_nearest_name(tmp_path: Path) -> None:
    message = refused(tmp_path, '# mine\n\nlangauge = "en"\n')
    assert "config.toml:3: unknown key 'langauge'; did you mean 'language'?" in message


def test_unknown_table_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "config.toml:2: unknown key 'endpoint'" in refused(tmp_path, '\n[endpoint]\nmodel = "m"\n')


def test_bad_toml_is_one_line_that_names_its_place(tmp_path: Path) -> None:
    assert "line 2" in refused(tmp_path, 'learner = "a"\nrubric = \n')


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("learner = 3\n", "config.toml:1: learner is a text"),
        ('\npacks = "personas"\n', "config.toml:2: packs is a list"),
        ("packs = [1]\n", "config.toml:1: packs is a list"),
        ('api_key = "sk-canary"\n', "config.toml:1: a key does not belong in this file"),
        ("context_window = 100\n", "config.toml:1: context_window is a number from 2,048"),
        ("context_window = 8192.5\n", "config.toml:1: context_window is a number"),
        ('context_window = "8192"\n', "config.toml:1: context_window is a number"),
        ("\nprice_prompt = -1\nprice_reply = 1\n", "config.toml:2: price_prompt is a number from 0"),
        ("price_prompt = nan\nprice_reply = 1\n", "config.toml:1: price_prompt is a number"),
        ("price_prompt = true\nprice_reply = 1\n", "config.toml:1: price_prompt is a number"),
        ("\n\nprice_reply = 1\n", "config.toml:3: price_prompt and price_reply belong together"),
        ('language = "fr"\n', "unknown language 'fr'"),
        ('language = "zhhans"\n', "did you mean 'zh-Hans'?"),
    ],
)
def test_value_that_cannot_be_used_is_refused(tmp_path: Path, text: str, told: str) -> None:
    message = refused(tmp_path, text)
    assert told in message
    assert "canary" not in message


def test_config_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"learner = '\xff\xfe'")
    with pytest.raises(BadInput, match="not UTF-8"):
        read_settings({}, {}, config_folder=tmp_path)


def test_config_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(BadInput, match=r"config\.toml"):
        read_settings({}, {}, config_folder=tmp_path)


@pytest.mark.parametrize(
    ("asked", "tag"),
    [("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_TW", "zh-Hant"), ("zh-hant-HK", "zh-Hant"), ("en-GB", "en")],
)
def test_a_language_may_be_asked_for_by_its_everyday_name(asked: str, tag: str) -> None:
    assert read_settings({"language": asked}, {}).language == tag


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh-Hans"),
    ],
)
def test_locale_follows_the_environment(tmp_path: Path, environment: dict[str, str], locale: str) -> None:
    assert read_settings({}, environment, config_folder=tmp_path).locale == locale


def spoken(tmp_path: Path, language: str | None, locale: str) -> Settings:
    return Settings(home=tmp_path, config_folder=tmp_path, language=language, locale=locale)


def test_session_language_is_the_chosen_then_the_locales_then_english_then_the_packs_first(tmp_path: Path) -> None:
    assert spoken(tmp_path, "zh-Hans", "en").language_for(("en", "zh-Hans")) == "zh-Hans"
    assert spoken(tmp_path, None, "zh-Hant").language_for(("en", "zh-Hans")) == "zh-Hant"
    assert spoken(tmp_path, None, "zh-Hans").language_for(("en",)) == "en"
    assert spoken(tmp_path, None, "en").language_for(("zh-Hans",)) == "zh-Hans"


def test_language_a_pack_lacks_is_refused_when_it_was_chosen(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not available in zh-Hant; there is en"):
        spoken(tmp_path, "zh-Hant", "en").language_for(("en",))
    assert spoken(tmp_path, "zh-Hant", "en").preferred(("en",)) == "en"


def test_a_test_cannot_reach_the_network() -> None:
    with socket.socket() as probe, pytest.raises(pytest.fail.Exception, match="reached for the network"):
        probe.connect(("192.0.2.1", 80))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("learner = " + "[" * 60_000, "nested too deep"),
        ("learner = " + "1" * 60_000, "digits"),
        ("# " + "x" * 70_000, "larger than 64 KiB"),
        ('packs = ["~nobodyxx/x"]', "~nobodyxx/x: there is no such user"),
        ('home = "~nobodyxx/x"', "~nobodyxx/x: there is no such user"),
        ('learner = "two\\nlines"', "one line"),
    ],
)
def test_config_that_would_break_its_reader_is_refused(tmp_path: Path, text: str, told: str) -> None:
    assert told in refused(tmp_path, text)
