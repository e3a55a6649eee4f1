"""A foreign key is an import that import-linter cannot see: hold it to the same order."""

import tomllib

from django.apps import apps
from django.db import models

from tests.architecture.inspecting import CHECKOUT


def heights(layers):
    """Return for every application its height in the list; brackets say that it may be absent."""
    return {
        name.strip().strip("()"): -depth
        for depth, row in enumerate(layers)
        for name in row.split("|")
    }


def declared_layers():
    pyproject = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    return next(contract["layers"] for contract in contracts if contract["id"] == "applications")


def relations():
    """Return every foreign key of every model as (name, from application, to application)."""
    return [
        (
            f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}",
            model._meta.app_label,
            field.related_model._meta.app_label,
        )
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and isinstance(field.related_model, type)
        if issubclass(field.related_model, models.Model)
    ]


def upward(found, height):
    """Return the relations that do not point down the list."""
    return [
        name
        for name, source, target in found
        if source in height and target in height and source != target
        if height[source] <= height[target]
    ]


def test_every_foreign_key_points_down_the_list_of_applications():
    assert upward(relations(), heights(declared_layers())) == []


def test_every_installed_application_has_a_height():
    installed = {
        config.label for config in apps.get_app_configs() if config.name.startswith("lotrinh.apps.")
    }

    assert installed <= set(heights(declared_layers()))
    assert len(installed) >= 8


def test_the_journal_has_no_foreign_key_and_none_points_to_it():
    touching = [name for name, source, target in relations() if "journal" in {source, target}]

    assert touching == []


def test_there_is_something_to_hold():
    inside = [name for name, source, target in relations() if source == "intake"]

    assert "intake.Decision.duty -> duties.Duty" in inside


def test_an_upward_key_and_one_between_neighbours_are_found():
    height = heights(["(reviews)", "(feedback) | inspection", "duties", "units"])
    planted = [
        ("units.Unit.last_duty -> duties.Duty", "units", "duties"),
        ("inspection.Plan.survey -> feedback.Survey", "inspection", "feedback"),
        ("duties.Duty.unit -> units.Unit", "duties", "units"),
        ("reviews.Review.plan -> inspection.Plan", "reviews", "inspection"),
    ]

    assert upward(planted, height) == [
        "units.Unit.last_duty -> duties.Duty",
        "inspection.Plan.survey -> feedback.Survey",
    ]
