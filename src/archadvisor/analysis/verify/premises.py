"""What must hold for formulas to mean what they say: of earlier choices, and of what is asked over parts."""

from collections.abc import Iterable, Iterator, Sequence

from archadvisor.analysis.verify.counted import COUNTED
from archadvisor.analysis.verify.formula import (
    FALSE,
    TRUE,
    Box,
    Formula,
    Literal,
    Variable,
    either,
    every,
    first_box,
    literals,
    negation,
    unless,
)
from archadvisor.analysis.verify.site import Asked, Site, Sites, Trial
from archadvisor.engine.derivation import ABSENT
from archadvisor.model.rule import Decision

_NO, _YES = 1, 2
"""The bits of a variable for what is asked over parts."""


class Premises:
    """Formulas, with all that must hold besides: a search for values needs both.

    What some part must meet is met by a subject of its own, so there are as many as are asked for, and what no part may
    meet is met by none of them. An option that a file declares (`declared`) may be chosen even where a rule closes it.
    """

    def __init__(self, sites: Sites, formulas: Iterable[Formula] = (), declared: bool = False) -> None:
        self.formulas: list[Formula] = []
        self._sites = sites
        self._declared = declared
        self._told: set[tuple[Variable, int]] = set()
        self._nowhere: dict[Variable, Asked] = {}
        """What no part may meet."""
        self._kept: set[tuple[Variable, str]] = set()
        self.tell(*formulas)

    def tell(self, *formulas: Formula) -> None:
        """Adds formulas, and what must hold for them."""
        self.formulas += formulas
        self.heed(*formulas)

    def heed(self, *formulas: Formula) -> None:
        """Adds what must hold for formulas that may be told."""
        pending = list(formulas)
        while pending:
            for each in literals(pending.pop()):
                pending += self._of(each)
            if not pending:
                pending += self._of_parts()

    def box(self, *formulas: Formula) -> Box | None:
        """A box in which some formulas hold with all that was told, and all that must hold for them; None if none is.

        Raises:
            GaveUp: it takes too many steps to tell.
        """
        self.heed(*formulas)
        return first_box([*self.formulas, *formulas])

    def _of(self, said: Literal) -> Iterator[Formula]:
        """What must hold where a variable has some values."""
        variable, mask = said.variable, said.mask
        asked = self._sites.asked.get(variable)
        if (variable, mask if asked else 0) in self._told:
            return
        self._told.add((variable, mask if asked else 0))
        path, name = variable
        if asked is not None and mask == _NO:
            self._nowhere[variable] = asked
        elif asked is not None:
            yield self._added(Literal(variable, _NO, 3), self._met(asked, self._sites.witness(variable)))
        elif name.startswith("choice."):
            site = self._sites.all[path]
            made = self._made(self._sites.decisions[name.removeprefix("choice.")], site)
            yield self._added(negation(self._sites.there(site)), made)
        elif name in COUNTED:
            yield self._added(FALSE, self._counted(variable))

    def _of_parts(self) -> Iterator[Formula]:
        """That no subject there is meets what none may."""
        for variable, asked in self._nowhere.items():
            for site in self._sites.within(asked.site, asked.collection):
                if (variable, site.path) not in self._kept:
                    self._kept.add((variable, site.path))
                    yield self._added(Literal(variable, _YES, 3), negation(self._met(asked, site)))

    def _added(self, exception: Formula, formula: Formula) -> Formula:
        self.formulas.append(unless(exception, formula))
        return formula

    def _met(self, asked: Asked, site: Site) -> Formula:
        """That a subject is there and meets what is asked."""
        return every([self._sites.there(site), self._sites.formula(asked.part, site, dict(asked.trial))])

    def _counted(self, variable: Variable) -> Formula:
        """That what is computed of parts fits whether there are such parts."""
        path, name = variable
        some = self._sites.formula(COUNTED[name].parts, self._sites.all[path], {})
        none = [not each[name] for each in self._sites.elements(variable)]
        nothing = self._sites.exactly(variable, sum(1 << bit for bit, is_none in enumerate(none) if is_none))
        without = negation(some) if COUNTED[name].exact else TRUE
        return either([every([nothing, without]), every([negation(nothing), some])])

    def _made(self, decision: Decision, site: Site) -> Formula:
        key = decision.id, site.path, self._declared
        if key not in self._sites.made:
            self._sites.made[key] = either(self._ways(decision, site))
        return self._sites.made[key]

    def _ways(self, decision: Decision, site: Site) -> Iterator[Formula]:
        """How a decision can be made: by an option that is open; not where it does not apply or none is open."""
        sites = self._sites
        applies = sites.formula(decision.applies, site, {})
        yield every(
            [sites.chosen(decision.id, ABSENT, site), either([negation(applies), stuck(sites, decision, site)])]
        )
        for option in decision.options:
            closed = [] if self._declared else list(sites.closings(decision, option.id, site, {}))
            exists = sites.formula(option.only, site, {})
            chosen = sites.chosen(decision.id, option.id, site)
            yield every([chosen, applies, exists, *(negation(each) for each in closed)])


def stuck(sites: Sites, decision: Decision, site: Site) -> Formula:
    """Where no option of a decision is open for a subject, for what rules say of it and of decisions further on.

    What is said of its parts further on is free.
    """
    later = [] if site.kind == "workload" else decision.foresees
    if any(sites.decisions[name].subjects != (site.kind,) for name in later):
        return TRUE
    return every(
        either([sites.closed(decision, option.id, site, {}), blocked(sites, site, later, {decision.id: option.id})])
        for option in decision.options
    )


def blocked(sites: Sites, site: Site, later: Sequence[str], trial: Trial) -> Formula:
    """Where later decisions about a subject cannot all be answered under some choices."""
    if not later:
        return FALSE
    decision, rest = sites.decisions[later[0]], later[1:]
    applies = sites.formula(decision.applies, site, trial) if site.kind in decision.subjects else FALSE
    ways = (
        either(
            [
                sites.closed(decision, option.id, site, trial),
                blocked(sites, site, rest, {**trial, decision.id: option.id}),
            ]
        )
        for option in decision.options
        if applies != FALSE
    )
    skipped = FALSE if applies == TRUE else blocked(sites, site, rest, {**trial, decision.id: ABSENT})
    return either([every([applies, *ways]), every([negation(applies), skipped])])
