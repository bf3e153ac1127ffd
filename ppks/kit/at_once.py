"""Triggers for steps that lists bring by the thousand: a statement's subjects move together, or were born in their step's status.

A row that was made and then moved is written twice into every index, and PostgreSQL checks all its foreign keys twice.
"""

import pgtrigger

IN_A_LIST = "coalesce(current_setting('ppks.source', true), '') <> ''"
NOT_BY_ONESELF = """raise 'Langkah hanya dapat dibuat atas nama sendiri.'
                        using errcode = 'check_violation', constraint = 'step_by_oneself';"""
STALE = """raise 'Sudah diubah orang lain. Muat ulang halaman.'
                        using errcode = 'check_violation', constraint = 'step_is_stale';"""
NO_STEP = """raise 'Keadaan berubah hanya melalui langkah yang tercatat.'
                        using errcode = 'check_violation', constraint = 'status_needs_a_step';"""


def born_moved(*, initial: str, steps: str, by: str) -> list[pgtrigger.Trigger]:
    """For the subjects: born `initial`, or by a list with version 1, if what was written then holds the step to it."""
    return [
        pgtrigger.Trigger(
            name="is_born_in_its_first_status",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"""
                if new.version is distinct from 1 or not {IN_A_LIST} then
                    new.status = '{initial}'; new.version = 0;
                end if;
                return new;
            """,
        ),
        pgtrigger.Trigger(
            name="is_born_moved_by_a_step",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            timing=pgtrigger.Deferred,
            condition=pgtrigger.Q(new__version__gt=0),
            func=f"""
                if not exists (
                    select from {steps} step where step.{by} = new.id and step.version = new.version
                        and step.source = '{initial}' and step.target = new.status
                ) then
                    {NO_STEP}
                end if;
                return null;
            """,
        ),
    ]


def moves_all(subject: str, by: str) -> pgtrigger.Trigger:
    """For the steps. A subject may have several in one statement, so they are made version by version.

    Whoever stands where a step leads was moved by it, or born so: no other step of that version can be his.
    """
    return pgtrigger.Trigger(
        name="moves_its_subject",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),
        declare=[("its_version", "integer")],
        func=f"""
                if exists (select from added where by_id::text is distinct from current_setting('ppks.user', true)) then
                    {NOT_BY_ONESELF}
                end if;
                for its_version in select distinct version from added order by version loop
                    update {subject} subject set status = step.target, version = step.version from added step
                        where step.version = its_version and subject.id = step.{by}
                            and subject.status = step.source and subject.version = step.version - 1;
                    if exists (
                        select from added step left join {subject} subject on subject.id = step.{by}
                            and subject.version = step.version and subject.status = step.target
                        where step.version = its_version and subject.id is null
                    ) then
                        {STALE}
                    end if;
                end loop;
                return null;
            """,
    )
