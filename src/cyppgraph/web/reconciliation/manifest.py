"""What the service says of itself. In: the address it is served at. Out: a manifest for version 0.2, and one for 1.0.

The two say ``suggest`` in ways that exclude each other, so that each version has an endpoint of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from cyppgraph.namespaces import Namespaces
from cyppgraph.web.reconciliation.asking import BATCH_SIZE
from cyppgraph.web.reconciliation.kinds import Type, list_types

PATH = "/reconcile"
PATH_1_0 = f"{PATH}/1.0"
_NAME = "cyppgraph: indicators, plans, councils, leads and topics of Children and Young People’s Plans"
_PREVIEW = {"width": 420, "height": 260}
_SETTINGS: tuple[dict[str, Any], ...] = (
    {
        "id": "limit",
        "name": "How many values",
        "type": "number",
        "default": 0,
        "help": "The most values to give for each entity; 0 for all.",
    },
    {
        "id": "content",
        "name": "What to give",
        "type": "select",
        "default": "entity",
        "choices": [
            {"value": "entity", "name": "A reconciled value, where there is one"},
            {"value": "literal", "name": "The name, as text"},
            {"value": "id", "name": "The IRI, as text"},
        ],
        "help": "What to give where a value is itself something with an IRI.",
    },
)


def describe_type(each: Type) -> dict[str, str]:
    """Return a type as candidates and manifests name it."""
    return {"id": each.id, "name": each.name}


def _place_type(each: Type, types: Sequence[Type]) -> dict[str, Any]:
    broader = [describe_type(other) for other in types if other.short == each.broader]
    return {**describe_type(each), **({"broader": broader} if broader else {})}


def make_old_manifest(root: str, names: Namespaces) -> dict[str, Any]:
    """Return the manifest of version 0.2.

    Args:
        root: the address of the service, without a slash at its end.
        names: the base of the data.
    """

    def suggest(what: str) -> dict[str, str]:
        return {
            "service_url": root,
            "service_path": f"{PATH}/suggest/{what}",
            "flyout_service_url": root,
            "flyout_service_path": f"{PATH}/flyout/{what}?id=${{id}}",
        }

    keys = {"id": "name", "name": "label", "help": "help_text"}
    return {
        "versions": ["0.2"],
        "identifierSpace": names.ids,
        "schemaSpace": names.ontology,
        **_describe_service(root, names),
        "view": {"url": f"{root}{PATH}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{root}{PATH}/help#{{{{id}}}}"},
        "preview": {"url": f"{root}{PATH}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": {what: suggest(what) for what in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": f"{PATH}/extend/propose"},
            "property_settings": [{keys.get(key, key): it for key, it in each.items()} for each in _SETTINGS],
        },
    }


def make_manifest(root: str, names: Namespaces) -> dict[str, Any]:
    """Return the manifest of version 1.0; arguments as for 0.2."""
    keys = {"help": "helpText"}
    return {
        "versions": ["1.0-draft"],
        "lang": "en",
        "standardizedScore": True,
        **_describe_service(root, names),
        "view": {"url": f"{root}{PATH}/view?id={{id}}"},
        "featureView": {"url": f"{root}{PATH}/help#{{id}}"},
        "preview": _PREVIEW,
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [{keys.get(key, key): it for key, it in each.items()} for each in _SETTINGS],
        },
    }


def _describe_service(root: str, names: Namespaces) -> dict[str, Any]:
    return {
        "name": _NAME,
        "defaultTypes": [_place_type(each, list_types(names)) for each in list_types(names)],
        "documentation": f"{root}{PATH}/help",
        "logo": f"{root}/static/icon.svg",
        "serviceVersion": version("cyppgraph"),
        "batchSize": BATCH_SIZE,
    }
