"""The expert materials, their texts and reviews, and the other documents of the library."""

from studies.models.audience import Audience
from studies.models.library import Category, Document
from studies.models.material import Contract, Material, MaterialQuerySet
from studies.models.review import Confirmation, Expert, Remark, Reviewer, ReviewFile, ReviewRound
from studies.models.text import (
    Chapter,
    ChapterVersion,
    MaterialEdition,
    MaterialFeedback,
    MaterialFigure,
    MaterialFile,
    MaterialJustification,
    MaterialProvision,
    MaterialReads,
    MaterialText,
)

__all__ = [
    "Audience", "Category", "Chapter", "ChapterVersion", "Confirmation", "Contract", "Document", "Expert",
    "Material", "MaterialEdition", "MaterialFeedback", "MaterialFigure", "MaterialFile",
    "MaterialJustification", "MaterialProvision", "MaterialQuerySet", "MaterialReads", "MaterialText",
    "Remark", "ReviewFile", "ReviewRound", "Reviewer",
]  # fmt: skip
