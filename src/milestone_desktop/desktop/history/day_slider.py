"""The slider over the days of the journal, with a step back and a step on beside it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QWidget

from milestone_desktop.desktop.words import _, long_day_text
from milestone_desktop.domain.instants import Day


class DaySlider(QWidget):
    """day_chosen: the person chose a day, by key or mouse. Putting it on a day says nothing."""

    day_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Day"))
        self.slider.setPageStep(7)
        self.slider.valueChanged.connect(self._on_value)
        self.before = self._stepper("‹", _("One day back"), -1)
        self.after = self._stepper("›", _("One day on"), 1)
        strip = QHBoxLayout(self)
        strip.setContentsMargins(18, 10, 18, 4)
        strip.setSpacing(8)
        strip.addWidget(self.before)
        strip.addWidget(self.slider, 1)
        strip.addWidget(self.after)
        self.setFocusProxy(self.slider)

    @property
    def day(self) -> Day:
        return self.slider.value()

    def set_days(self, first: Day, last: Day) -> None:
        """The days that can be chosen."""
        with QSignalBlocker(self.slider):
            self.slider.setRange(first, last)

    def put_on(self, day: Day) -> None:
        """Stands on a day, or on the nearest one that can be chosen."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(day)
        self._describe()

    def _on_value(self, day: Day) -> None:
        self._describe()
        self.day_chosen.emit(day)

    def _describe(self) -> None:
        told = long_day_text(self.day, weekday=True)
        self.slider.setAccessibleDescription(told)
        self.slider.setToolTip(told)

    def _stepper(self, text: str, name: str, by: int) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.setFixedWidth(34)
        button.setShortcut(QKeySequence("Alt+Shift+Left" if by < 0 else "Alt+Shift+Right"))
        key = button.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(_("{name} ({key})").format(name=name, key=key))
        button.clicked.connect(lambda: self.slider.setValue(self.slider.value() + by))
        return button
