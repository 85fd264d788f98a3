"""Outcomes of a knock at a door, and the coarse care marks a household may carry."""

OUTCOMES = ("met", "no_answer", "refused", "vacant", "let", "come_back")
"""What a knock can end in; `met` is the only one that counts as reached (YB-94)."""

DONE_OUTCOMES = frozenset({"met", "refused", "vacant"})
"""Outcomes after which nobody has to come back."""

CARE_MARKS = (
    "elderly_alone",
    "child_left_behind",
    "needs_evacuation_help",
    "relocation_site",
    "other_support",
)
"""The only marks kept about people in need: no diagnosis, no certificate (privacy E.3)."""

CARE_MARK_OF_WORD = {
    "独居老人": "elderly_alone",
    "留守儿童": "child_left_behind",
    "高龄老人": "needs_evacuation_help",
    "残疾人": "needs_evacuation_help",
}
"""Words found in registers that offices hand over, reduced to the coarse mark on import."""
