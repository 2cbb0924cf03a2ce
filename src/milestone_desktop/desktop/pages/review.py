"""The review: one question at a time, answered with one key, and at the end what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from milestone_desktop.desktop.inspector.linked import Track
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.words import _, instant_text, ngettext, number_text, say, working_days_text
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import review
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.review import Question, Topic, questions


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the question, what was answered, and what the edit did in words, "" where it changed nothing;
    entry: the journal entry of the edit."""

    id: int
    question: str
    answer: str
    did: str
    moved: str
    entry: int | None


class ReviewPage(Page):
    """Y, N, + (three days later), O (a note) and S (skip) answer; Undo takes the last answer back and asks again."""

    least = QSize(520, 180)
    searchable = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.asked: list[Question] = []
        self._all: list[tuple[Topic, int]] = []
        self._shown: tuple[Topic, int] | None = None
        self.place = 0
        self.answers: list[Answer] = []
        self._event: Changed | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self._question_view())
        self.stack.addWidget(self._summary_view())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.addWidget(self.stack)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def question(self) -> Question | None:
        """The question that is being asked."""
        return self.asked[self.place] if self.place < len(self.asked) else None

    def enter(self) -> None:
        """A review begins anew where none is under way."""
        if self.question is None:
            self.begin()

    def begin(self) -> None:
        """Asks everything that there is to ask now."""
        self.asked = self._to_ask()
        self._all = [(one.topic, one.activity) for one in self.asked]
        self.place, self.answers = 0, []
        self._show()
        self.setFocus()

    # answering

    def answer(self, word: str, label: str, act: Callable[[Edit], object] | None) -> bool:
        """Makes the edit of an answer and goes on; a refused one stays, with the reason in the window."""
        question = self.question
        if question is None:
            return False
        self._event = None
        if act is not None and not self.session.attempt(label, act, self):
            return False
        event = self._event
        did = say(event.change_set.label) if event is not None else ""
        moved = _moved_text(self.session, event) if event is not None else ""
        entry = event.line.sequence if event is not None else None
        self.answers.append(Answer(len(self.answers), say(question.text), word, did, moved, entry))
        self.place += 1
        self._look_again()
        self._show()
        self.setFocus()
        return True

    def yes(self) -> None:
        question = self.question
        if question is not None:
            self.answer(_("yes"), N_("Answer yes"), lambda edit: review.yes(edit, question))

    def no(self) -> None:
        question = self.question
        if question is not None:
            self.answer(_("no"), N_("Answer no"), lambda edit: review.no(edit, question))

    def later(self) -> None:
        question = self.question
        if question is not None:
            self.answer(_("+3 d"), N_("Move three days"), lambda edit: review.later(edit, question))

    def skip(self) -> None:
        self.answer(_("skipped"), "", None)

    def open_note(self) -> None:
        """Shows the field for a note; Enter keeps it."""
        self.note.setVisible(True)
        self.note.setFocus()

    def take_note(self) -> None:
        """Keeps what is typed as the answer."""
        question, text = self.question, self.note.text()
        if question is not None and self.answer(_("note"), N_("Keep note"), lambda edit: review.note(edit, question, text)):
            self.note.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = {
            Qt.Key.Key_Y: self.yes, Qt.Key.Key_N: self.no, Qt.Key.Key_Plus: self.later, Qt.Key.Key_3: self.later,
            Qt.Key.Key_O: self.open_note, Qt.Key.Key_S: self.skip,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if act is None or event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
            return
        if self.question is not None:
            act()

    # showing

    def _show(self) -> None:
        question = self.question
        key = None if question is None else (question.topic, question.activity)
        if key != self._shown:
            self.note.hide()
        self._shown = key
        self.stack.setCurrentIndex(0 if question is not None else 1)
        if question is None:
            self._sum_up()
            return
        row = self.session.plan.activity(question.activity)
        self.progress.setText(
            _("Question {number} of {all}").format(number=number_text(self.place + 1), all=number_text(len(self.asked)))
        )
        self.track.show_percent(100 * self.place // len(self.asked))
        self.text.setText(say(question.text))
        lines = []
        if isinstance(row, Milestone):
            facts, today = self.session.facts, self.session.today()
            assessment = facts.assessment(row)
            owner = facts.person_name(row.owner) or _("nobody")
            lines = [
                _("Owner: {owner}").format(owner=owner),
                _("Target: {target}").format(target=instant_text(row.target, today)),
                health_text(assessment.health), *(f"· {say(reason)}" for reason in assessment.reasons),
            ]  # fmt: skip
        elif row is not None:
            lines = [self.session.facts.code(row)]
        self.told.setText("\n".join(lines))
        writable = not self.session.document.read_only
        for button in self.buttons[:-1]:
            button.setEnabled(writable)

    def _sum_up(self) -> None:
        did = sum(bool(answer.did) for answer in self.answers)
        if not self.asked:
            self.heading.setText(_("There is nothing to ask: nothing is due, late or coming up in the next two weeks."))
        else:
            self.heading.setText(
                _("What changed: {edits} from {answers}").format(
                    edits=ngettext("{n} edit", "{n} edits", did),
                    answers=ngettext("{n} answer", "{n} answers", len(self.answers)),
                )
            )
        self.table.setVisible(bool(self.answers))
        self.table.show_records([answer.id for answer in self.answers])

    def _on_changed(self, event: Changed) -> None:
        """Hears what an answer did. Where an answer is undone, its question and those after it are asked again."""
        self._event = event
        if not self.isVisible():
            return
        undone = [number for number, answer in enumerate(self.answers) if answer.entry == event.line.undoes is not None]
        if undone:
            self.place = undone[0]
            del self.answers[self.place :]
        if event.initiator is not self:  # else `answer` goes on itself
            self._look_again()
            self._show()
        if undone:
            self.setFocus()

    def _look_again(self) -> None:
        """The questions that are left, as they are now: dates have moved, and what is settled need not be asked."""
        answered = {(one.topic, one.activity) for one in self.asked[: self.place]}
        now = {(one.topic, one.activity): one for one in self._to_ask()}
        left = [now[key] for key in self._all if key in now and key not in answered]
        self.asked[self.place :] = left

    def _to_ask(self) -> list[Question]:
        session, facts = self.session, self.session.facts
        chosen = session.project
        projects = [chosen] if chosen is not None else facts.projects()
        return [
            one for project in projects
            for one in questions(session.plan, project, facts.status_day(project.id, session.today()), facts.slack)
        ]  # fmt: skip

    def _on_project(self) -> None:
        self.asked, self._all, self.place, self.answers = [], [], 0, []
        if self.isVisible():
            self.begin()

    # building

    def _question_view(self) -> QWidget:
        view = QWidget()
        self.progress, self.text, self.told = QLabel(), WrappedText(), WrappedText()
        self.progress.setProperty("muted", True)
        self.text.setProperty("headline", True)
        self.text.setAccessibleDescription(_("Question"))
        self.told.setProperty("muted", True)
        self.track = Track(self.session)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("A note; Enter keeps it"))
        self.note.setAccessibleName(_("Note"))
        self.note.returnPressed.connect(self.take_note)
        ways = (
            (_("Yes  (Y)"), self.yes), (_("No  (N)"), self.no), (_("3 days later  (+)"), self.later),
            (_("Note…  (O)"), self.open_note), (_("Skip  (S)"), self.skip),
        )  # fmt: skip
        self.buttons = [QPushButton(text) for text, _function in ways]
        line = QHBoxLayout()
        line.setSpacing(8)
        for button, (_text, function) in zip(self.buttons, ways, strict=True):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, act=function: act())
            line.addWidget(button)
        line.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.progress)
        top.addWidget(self.track)
        top.addStretch(1)
        layout = QVBoxLayout(view)
        layout.setContentsMargins(40, 60, 40, 20)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addWidget(self.text)
        layout.addWidget(self.told)
        layout.addLayout(line)
        layout.addWidget(self.note)
        layout.addStretch(1)
        return view

    def _summary_view(self) -> QWidget:
        view = QWidget()
        self.heading = WrappedText()
        self.heading.setProperty("heading", True)
        columns = (
            Column("question", _("Question"), 320, lambda row: row.question, tip=lambda row: row.question),
            Column("answer", _("Answer"), 90, lambda row: row.answer, Look.MUTED),
            Column("did", _("What changed"), 330, lambda row: row.did or _("nothing")),
            Column("moved", _("Milestones moved"), 260, lambda row: row.moved, tip=lambda row: row.moved),
        )
        self.table = RecordTable(self.session, columns, lambda row_id: self.answers[row_id], _("What changed"))
        again = QPushButton(_("Ask again"))
        again.clicked.connect(self.begin)
        line = QHBoxLayout()
        line.addWidget(again)
        line.addStretch(1)
        layout = QVBoxLayout(view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(self.table, 1)
        layout.addLayout(line)
        layout.addStretch(0)
        return view


def _moved_text(session: Session, event: Changed) -> str:
    """The milestones that an edit moved, with the working days."""
    moves = [receipt for receipt in event.receipts if receipt.what == "planned"]
    named = ((session.plan.get(Milestone, receipt.milestone), receipt.working_days) for receipt in moves)
    return "; ".join(f"{row.title} {working_days_text(days)}" for row, days in named if row is not None)
