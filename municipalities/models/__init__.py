"""The tables of municipalities, programmes, figures, practice and exchange, one noun a file."""

from municipalities.models.exchange import (
    ExchangeAnswer,
    ExchangeDigest,
    ExchangeQuestion,
    ExchangeReport,
    Thanks,
)
from municipalities.models.indicator import Indicator, IndicatorValue
from municipalities.models.membership import HandOver, Membership
from municipalities.models.office import Office, OfficeReport
from municipalities.models.place import (
    Municipality,
    MunicipalityQuerySet,
    Population,
    Region,
    RegisterEdition,
    Succession,
)
from municipalities.models.practice import (
    Adoption,
    AdoptionStep,
    Assessment,
    JustifiedHit,
    Practice,
    PracticeEdition,
)
from municipalities.models.programme import Programme, ProgrammeFact, ProgrammePhase
from municipalities.models.returns import Return, ReturnLine, ReturnPeriod
