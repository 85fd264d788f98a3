"""`t("room.key", name=var)`: a sentence of the catalogues as a Var, filled in the browser.

The catalogue of the chosen language is on the phone, so a page changes its language without asking
the server and says everything offline too.
"""

import json
from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import LiteralVar, Var, VarData

from firegrid_app.texts import brought_with, page_catalogue

_HOOK = VarData(
    imports={"$/phone/texts.js": [ImportVar(tag="useTexts")]},
    hooks={"const t = useTexts();": None},
)


def t(key: str, **values: Any) -> Var[str]:
    """The sentence of `key`; gaps are filled by Vars or values. An unknown key raises KeyError."""
    sentence = page_catalogue("zh_CN")[key]
    missing = {name for name in values if "{" + name + "}" not in sentence}
    if missing:
        raise KeyError(f"{key} has no gap for {sorted(missing)}")
    return _call(json.dumps(key), values, _bring(key))


def t_of(prefix: str, code: Var[str], **values: Any) -> Var[str]:
    """The sentence of `prefix` + a code only known in the browser, e.g. a role or an outcome."""
    if not any(key.startswith(prefix) for key in page_catalogue("zh_CN")):
        raise KeyError(prefix)
    data = VarData.merge(code._get_all_var_data(), _bring(prefix))
    return _call(f"{json.dumps(prefix)} + {code!s}", values, data)


def as_var(value: Any) -> Any:
    """A state's class attribute for what it is on a page: a Var, whatever its annotation says."""
    return value


def grouped(number: Var[int]) -> Var[str]:
    """A number with its thousands set apart, the same in every language we have."""
    return Var(
        _js_expr=f"({number!s}).toLocaleString('en-US')",
        _var_type=str,
        _var_data=number._get_all_var_data(),
    ).to(str)


def _bring(key: str) -> VarData | None:
    """The import that brings this text along, if not every phone has it; it is for its effect."""
    room = brought_with(key)
    return VarData(imports={"": [ImportVar(tag=f"$/phone/texts.{room}.js")]}) if room else None


def _call(key: str, values: dict[str, Any], data: VarData | None = None) -> Var[str]:
    filled = {name: LiteralVar.create(value) for name, value in values.items()}
    inside = ", ".join(f"{name}: {value!s}" for name, value in filled.items())
    merged = VarData.merge(_HOOK, data, *(var._get_all_var_data() for var in filled.values()))
    return Var(_js_expr=f"t({key}, {{{inside}}})", _var_type=str, _var_data=merged).to(str)


def t_said(said: Var[Any]) -> Var[str]:
    """The sentence of a refusal held in a state (`Said`: a code and what fills its gaps)."""
    return Var(
        _js_expr=f't("refusals." + ({said!s})?.["code"], ({said!s})?.["gaps"])',
        _var_type=str,
        _var_data=VarData.merge(_HOOK, _bring("refusals."), said._get_all_var_data()),
    ).to(str)
