"""Whatever stands in single fields, the plan comes in within the rules, and one undo takes it away again."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from plan_xml import calendar_xml, dates_xml, document, imported, plan_xml, task_xml

VALUES = (
    "", "0", "-1", "1", "7", "99999999999999999999", "nan", "inf", "PT99999999999H0M0S", "-PT1H", "PT", "x", "2026-01-01",
    "2026-13-01T00:00:00", "9999-12-31T23:59:00", "0001-01-01T00:00:00", "24:00:00", "25:00:00", "T", "٣", "&#x1F600;", "NA",
)  # fmt: skip
EXCEPTION = (
    "<Exceptions><Exception><EnteredByOccurrences>0</EnteredByOccurrences><TimePeriod><FromDate>2026-04-03T00:00:00</FromDate>"
    "<ToDate>2026-12-03T23:59:00</ToDate></TimePeriod><Occurrences>2</Occurrences><Name>Off</Name><Type>3</Type><Period>1</Period>"
    "<Month>3</Month><MonthItem>4</MonthItem><MonthPosition>1</MonthPosition><DayWorking>0</DayWorking></Exception></Exceptions>"
)
TASK = (
    dates_xml("2026-03-02T08:00:00", "2026-03-02T17:00:00") + "<PercentComplete>100</PercentComplete><Milestone>1</Milestone>"
    "<Summary>0</Summary><ActualFinish>2026-03-02T17:00:00</ActualFinish><RemainingDuration>PT0H0M0S</RemainingDuration>"
    "<ConstraintType>4</ConstraintType><ConstraintDate>2026-03-02T08:00:00</ConstraintDate><Deadline>2026-03-09T17:00:00</Deadline>"
    "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat></PredecessorLink>"
    "<Baseline><Number>0</Number><Start>2026-03-02T17:00:00</Start><Finish>2026-03-02T17:00:00</Finish></Baseline>"
)
REST = (
    "<Resources><Resource><UID>1</UID><Name>Ada</Name><Type>1</Type><CalendarUID>2</CalendarUID></Resource></Resources>"
    "<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment></Assignments>"
)
PLAN = plan_xml(
    "".join(task_xml(uid, TASK, level=uid) for uid in range(1, 4)),
    head="<MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><StatusDate>2026-03-02T08:00:00</StatusDate>",
    calendars=calendar_xml("|" + EXCEPTION) + calendar_xml("", 2, "<BaseCalendarUID>1</BaseCalendarUID>", ""),
    rest=REST,
)


@pytest.mark.parametrize("seed", range(60))
def test_mutated_fields_never_raise(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    text = PLAN
    places = list(re.finditer(r">([^<>]*)</", text))
    for place in sorted(rng.sample(places, rng.choice((1, 8, 60))), key=lambda found: -found.start()):
        text = text[: place.start(1)] + rng.choice(VALUES) + text[place.end(1) :]
    opened = document()
    before = opened.plan.copy()
    _, result = imported(tmp_path, text, into=opened)
    assert len(list(opened.plan.activities())) == result.counts["tasks"]
    assert not [found for found in result.findings if "{" in str(found)]
    opened.undo()
    assert opened.plan == before
