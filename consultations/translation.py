"""The texts of topics and summaries that exist in Czech and English."""

from modeltranslation.translator import TranslationOptions, register

from consultations.models import Audience, EthosGroup, SummaryEdition, TargetGroup, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "description")


@register(EthosGroup)
class EthosGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(TargetGroup)
class TargetGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(Audience)
class AudienceTranslation(TranslationOptions):
    fields = ("name",)


@register(SummaryEdition)
class SummaryEditionTranslation(TranslationOptions):
    fields = ("question", "short_answer", "answer", "answer_html", "change_note", "withdrawal_reason")
