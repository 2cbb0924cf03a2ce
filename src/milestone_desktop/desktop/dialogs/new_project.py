"""A new project from a template."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import semibold
from milestone_desktop.desktop.words import _, ngettext, number_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.projects import unique_key
from milestone_desktop.document.operations.templates import create_project
from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.lessons import of_template
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.template_choice import all_templates

TEMPLATE = Qt.ItemDataRole.UserRole + 1
MOST_LESSONS = 4
LINE_BREAK = "\u2028"
"""What Qt makes of a line break in the text of an entry."""


class NewProjectDialog(FormDialog):
    """Template, title, kickoff day and key. made: the id of the new project."""

    label = N_("Add project")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("New project"), _("Create project"), parent)
        self.setMinimumWidth(600)
        self.made: int | None = None
        self._key_typed = False
        self.templates = QListWidget()
        for template in all_templates(session.plan):
            item = QListWidgetItem(f"{_(template.title)}\n{_(template.summary)}" if template.summary else _(template.title))
            item.setData(TEMPLATE, template)
            self.templates.addItem(item)
        self.templates.setItemDelegate(_TemplateDelegate(session, self.templates))
        self.templates.setCurrentRow(0)
        self.templates.setWordWrap(True)
        self.templates.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.templates.setFixedHeight(306)
        self.title = QLineEdit()
        self.title.setPlaceholderText(_("What the project is called"))
        self.kickoff = DateField(session.today())
        self.kickoff.show_day(next_monday(session.today()))
        self.key = QLineEdit()
        self.key.setMaxLength(12)
        self.key.setPlaceholderText(_("from the title"))
        self.summary = QLabel()
        self.summary.setProperty("muted", True)
        self.add(_("Template"), self.templates)
        self.add(_("Title"), self.title)
        self.add(_("Kickoff"), self.kickoff)
        self.add(_("Key"), self.key)
        self.form.addRow("", self.summary)
        self.lessons = QLabel()
        self.lessons.setProperty("muted", True)
        self.lessons.setWordWrap(True)
        self.lessons.setAccessibleDescription(_("Lessons of earlier projects"))
        self.form.addRow("", self.lessons)
        self.title.textEdited.connect(self._suggest_key)
        self.key.textEdited.connect(self._on_key)
        self.templates.currentRowChanged.connect(self._tell)
        self._tell()
        self.title.setFocus()

    def write(self, edit: Edit) -> None:
        if not self.title.text().strip():
            raise PlanError(N_("A project needs a title."))
        kickoff = self.kickoff.day()
        if kickoff is None:
            raise PlanError(N_("A project needs a kickoff day."), N_("Dates of the template count from it."))
        template = self.templates.currentItem().data(TEMPLATE)
        project = create_project(edit, template, self.title.text(), kickoff, key=self.key.text().strip() or None)
        self.made = project.id

    def _suggest_key(self, title: str) -> None:
        if not self._key_typed:
            self.key.setText(unique_key(self.session.plan, title) if title.strip() else "")

    def _on_key(self, text: str) -> None:
        self._key_typed = bool(text)
        place = self.key.cursorPosition()
        self.key.setText(text.upper())
        self.key.setCursorPosition(place)

    def _tell(self) -> None:
        item = self.templates.currentItem()
        if item is None:
            return
        self._tell_lessons(item.data(TEMPLATE).name)
        activities = item.data(TEMPLATE).activities
        count = sum(activity.kind is not None for activity in activities)
        self.summary.setText(
            _("{milestones}, {items}").format(
                milestones=ngettext("{n} milestone", "{n} milestones", count),
                items=ngettext("{n} work item", "{n} work items", len(activities) - count),
            )
        )

    def _tell_lessons(self, template: str) -> None:
        """What projects from the same template have learned: what went well is to be done again, the rest to be avoided."""
        found = of_template(self.session.plan, template)
        lines = [f"· {row.recommendation or row.text}" for row in found[-MOST_LESSONS:]]
        if len(found) > MOST_LESSONS:
            lines.append(_("and {count} more on the page Lessons").format(count=number_text(len(found) - MOST_LESSONS)))
        self.lessons.setText("\n".join([_("Learned in earlier projects from this template:"), *lines]) if found else "")
        self.lessons.setVisible(bool(found))


def next_monday(today: Day) -> Day:
    """The coming Monday; today, where it is one."""
    return today + (-weekday(today)) % 7


class _TemplateDelegate(QStyledItemDelegate):
    """The title of a template stands out from what it is for, as on the welcome page."""

    def __init__(self, session: Session, view: QListWidget) -> None:
        super().__init__(view)
        self._session, self._view = session, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        title, _break, summary = shown.text.partition(LINE_BREAK)
        shown.text = ""
        theme, room = self._session.theme, QRectF(shown.rect).adjusted(10, 5, -10, -5)
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, self._view)
        painter.save()
        painter.setFont(semibold(shown.font))
        painter.setPen(theme.color("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(shown.font)
        painter.setPen(theme.color("text-muted"))
        painter.drawText(room.adjusted(0, shown.fontMetrics.lineSpacing(), 0, 0), Qt.TextFlag.TextWordWrap, summary)
        painter.restore()
