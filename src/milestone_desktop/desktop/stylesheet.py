"""The window's look as one Qt style sheet, made from the tokens of a theme."""

from __future__ import annotations

import re

from milestone_desktop.desktop.theme import Theme

_PLACE = re.compile(r"@([a-z0-9-]+)")


def stylesheet(theme: Theme) -> str:
    """The style sheet with `@token` replaced by the theme's colours. Raises KeyError for an unknown token."""
    return _PLACE.sub(lambda found: theme.colours[found.group(1)], _BASE + _BUTTONS + _FIELDS + _TABLES + _PARTS)


_BASE = """
QMainWindow, QDialog { background: @window; }
QWidget { color: @text; }
QLabel { background: transparent; }
QToolTip { background: @tooltip; color: @tooltip-text; border: 1px solid @hairline; padding: 4px 6px; }
QMenuBar { background: @window; border: none; border-bottom: 1px solid @hairline; padding: 3px 4px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; border: 1px solid @hairline; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 8px; border-radius: 5px; }
QMenu::item:selected { background: @selection; color: @selection-text; }
QMenu::item:disabled { color: @text-disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @hairline; margin: 5px 6px; }
QStatusBar { background: @window; border-top: 1px solid @hairline; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @text-muted; font-size: 12px; padding: 3px 10px; }
QSplitter::handle { background: @hairline; }
QScrollArea { border: 1px solid transparent; background: transparent; }
QScrollArea:focus { border-color: @focus; }
QScrollArea[framed="true"] { border: 1px solid @hairline; border-radius: 7px; padding: 3px; background: @surface; }
#pageScroll { border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @input-border; border-radius: 3px; margin: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @text-muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_BUTTONS = """
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton, QToolButton[flat="false"] { background: @button; color: @button-text; border: 1px solid @button-border;
    border-radius: 7px; padding: 5px 12px; min-height: 18px; }
QPushButton:hover, QToolButton[flat="false"]:hover { background: @hover; }
QPushButton:pressed, QToolButton[flat="false"]:pressed { background: @pill; }
QPushButton:disabled { color: @text-disabled; }
QPushButton:focus, QToolButton:focus { border: 1px solid @focus; outline: none; }
QPushButton[primary="true"] { background: @accent; border-color: @accent; color: @accent-text; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accent-hover; border-color: @accent-hover; }
QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 4px 11px; }
QPushButton[primary="true"]:disabled { background: @pill; border-color: @pill; color: @text-disabled; }
QPushButton[quiet="true"] { background: transparent; border: 1px solid transparent; color: @text-muted; padding: 4px 8px; }
QPushButton[quiet="true"]:hover { background: @hover; color: @text; }
QPushButton[quiet="true"]:focus { border: 1px solid @focus; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; color: @text-muted; }
QToolButton:hover { background: @hover; color: @text; }
QToolButton:checked { background: @selection; color: @selection-text; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[pill="true"] { background: @pill; color: @pill-text; border: 1px solid transparent; border-radius: 10px;
    padding: 1px 9px; min-height: 17px; font-size: 12px; }
QPushButton[pill="true"]:hover { border-color: @button-border; }
QPushButton[pill="true"]:focus { border-color: @focus; }
QPushButton[segment="true"] { border-radius: 0; border-right-width: 0; padding: 5px 11px; }
QPushButton[segment="true"][first="true"] { border-top-left-radius: 7px; border-bottom-left-radius: 7px; }
QPushButton[segment="true"][last="true"] { border-top-right-radius: 7px; border-bottom-right-radius: 7px;
    border-right-width: 1px; }
QPushButton[segment="true"]:checked { background: @accent; border-color: @accent; color: @accent-text; }
QPushButton[segment="true"]:checked:focus { border: 2px solid @text; padding: 4px 10px; }
QPushButton[card="true"] { text-align: left; padding: 9px 14px; border-radius: 8px; min-height: 34px; }
QPushButton[card="true"]:checked { background: @selection; border: 1px solid @accent; color: @selection-text; }
QPushButton[card="true"]:checked:focus { border: 2px solid @focus; padding: 8px 13px; }
QPushButton[adder="true"] { text-align: left; padding: 4px 2px 4px 0; }
QPushButton[link="true"] { text-align: left; padding: 3px 2px; color: @text; }
QPushButton[link="true"]:hover { color: @accent; background: transparent; }
QPushButton[field="true"] { background: transparent; border: 1px solid transparent; border-radius: 6px; text-align: left;
    padding: 4px 0; }
QPushButton[field="true"]:hover { border-color: @button-border; background: transparent; }
QPushButton[field="true"]:focus { border-color: @focus; }
QPushButton[way="true"] { text-align: left; padding: 7px 10px; color: @text; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: @input; color: @input-text;
    border: 1px solid @input-border; border-radius: 6px; padding: 4px 7px;
    selection-background-color: @accent; selection-color: @accent-text; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: @text-faint; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 19px; }
QPlainTextEdit, QTextEdit { padding: 2px 3px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on
    { border: 1px solid @focus; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled
    { color: @text-disabled; background: @window; border-color: @hairline; }
QLineEdit[invalid="true"] { border: 1px solid @error; }
QLineEdit[search="true"] { border-radius: 7px; border-color: @button-border; background: @button; }
QLineEdit[search="true"]:focus { border-color: @focus; }
QComboBox::drop-down { border: none; width: 15px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @hairline; padding: 4px; outline: none;
    selection-background-color: @selection; selection-color: @selection-text; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QComboBox { padding-left: 9px; }
*[calm="true"] { background: transparent; border: 1px solid transparent; }
*[calm="true"]:hover { border-color: @button-border; }
*[calm="true"]:focus, *[calm="true"]:on { background: @input; border-color: @focus; }
*[calm="true"]:disabled { background: transparent; border-color: transparent; color: @text-muted; }
QCheckBox { spacing: 8px; }
QSlider:horizontal { min-height: 22px; }
QSlider::groove:horizontal { background: @progress-track; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @bar-progress; border-radius: 2px; }
QSlider::handle:horizontal { background: @accent; border: 2px solid @surface; width: 12px; margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { border-color: @text; }
QSlider::handle:horizontal:disabled { background: @input-border; }
"""

_TABLES = """
QTableView, QListView, QTreeView, QListWidget { background: @surface; border: none; outline: none; gridline-color: @hairline;
    selection-background-color: @selection; selection-color: @selection-text; }
QHeaderView { background: @header; border: none; }
QHeaderView::section { background: @header; color: @text-muted; border: none; border-bottom: 1px solid @hairline;
    padding: 0 10px; font-weight: 600; font-size: 12px; }
QHeaderView::section:hover { color: @text; }
QTableCornerButton::section { background: @header; border: none; }
QDialog QListWidget, QDialog QTableView { border: 1px solid @hairline; border-radius: 7px; padding: 3px; }
QDialog QTableView[bare="true"] { border: none; padding: 0; }
QDialog QTableView::item { padding: 0 7px; }
QDialog QListWidget::item { padding: 5px 7px; border-radius: 5px; color: @text; }
QDialog QListWidget::indicator { width: 17px; height: 17px; background: transparent; border: none; }
QDialog QListWidget::item:selected { background: @selection; color: @selection-text; }
QTableView QLineEdit, QTableView QComboBox { border-radius: 4px; padding: 0 6px; min-height: 0; border: 1px solid @focus; }
"""

_PARTS = """
#hairline { background: @hairline; }
#desk { background: @window; }
#paper { border: 1px solid @hairline; background: #ffffff; }
#sidebar, #sidebar QListWidget { background: @sidebar; }
#calendarList { background: transparent; border: 1px solid transparent; border-radius: 7px; }
#calendarList:focus { border-color: @focus; }
#calendarList::item { padding: 6px 8px; border-radius: 6px; color: @text; }
#calendarList::item:hover { background: @hover; }
#calendarList::item:selected { background: @selection; color: @selection-text; }
#calendarList::item:disabled { color: @text-muted; padding: 10px 8px 4px 8px; background: transparent; }
#saved { color: @text-muted; padding: 10px 18px; }
#centre, #page, #inspector, #inspector QScrollArea > QWidget > QWidget { background: @surface; }
#inspector { background: @panel; }
#inspector[overlay="true"] { border-left: 1px solid @button-border; }
#card { border: 1px solid @hairline; border-radius: 8px; background: @surface; }
QWidget[figure="true"] { border-left: 1px solid @hairline; }
QLabel[gate="true"] { color: @health-on-track; }
#header { background: @surface; }
#title { font-size: 19px; font-weight: 700; }
#inspectorTitle { font-size: 15px; font-weight: 700; padding: 4px 4px; }
*[strong="true"] { font-weight: 600; }
QTabBar#tabs { background: @surface; qproperty-drawBase: 0; }
QTabBar#tabs::tab { background: transparent; color: @text-muted; border: none; border-bottom: 2px solid transparent;
    padding: 9px 1px 7px 1px; margin-right: 22px; }
QTabBar#tabs::tab:hover { color: @text; }
QTabBar#tabs::tab:selected { color: @text; font-weight: 600; border-bottom: 2px solid @accent; }
QTabBar#tabs[elsewhere="true"]::tab:selected { color: @text-muted; font-weight: 400; border-bottom-color: transparent; }
QTabBar#tabs::tab:focus { color: @accent; }
QPushButton#moreTab { background: transparent; border: none; border-bottom: 2px solid transparent; border-radius: 0;
    color: @text-muted; padding: 5px 1px 11px 1px; min-height: 0; }
QPushButton#moreTab:hover { color: @accent; }
QPushButton#moreTab[chosen="true"] { color: @text; font-weight: 600; border-bottom: 2px solid @accent; }
QPushButton#moreTab:focus { color: @accent; border: 1px solid @focus; border-radius: 5px; padding: 4px 0 11px 0; }
#tools, #chips { background: @surface; border-bottom: 1px solid @hairline; }
#suggestions { background: @panel; border: 1px solid @button-border; border-radius: 7px; padding: 4px; }
#suggestions::item { min-height: 24px; padding: 0 6px; border-radius: 5px; color: @text; }
#suggestions::item:selected { background: @selection; color: @selection-text; }
#completions { background: @panel; border: 1px solid @button-border; padding: 3px; }
#completions::item { min-height: 24px; padding: 0 6px; border-radius: 5px; color: @text; }
#completions::item:selected { background: @selection; color: @selection-text; }
#filterGroup { border: 1px solid @hairline; border-radius: 7px; }
#bubble { background: @tooltip; border: 1px solid @button-border; border-radius: 5px; }
#bubble QLabel { color: @tooltip-text; }
#bubble QLabel[error="true"] { color: @error; }
#bubble QLabel[note="true"] { color: @accent; font-size: 12px; font-weight: 600; }
#find { background: @surface; border-bottom: 1px solid @hairline; }
#palette { background: @panel; border: 1px solid @button-border; }
#palette QListView { background: @panel; border: none; padding: 0; }
#notice { background: @notice-surface; color: @notice; border-radius: 7px; }
#scenario { background: @trial-surface; border-radius: 7px; }
#scenario QLabel { color: @trial; font-weight: 600; }
#header[trial="true"] { background: @trial-surface; }
#header[trial="true"] #title { color: @trial; }
#notice QLabel { color: @notice; }
#failure { background: @error-surface; border-radius: 7px; }
#failure QLabel, QLabel[error="true"] { color: @error; }
QLabel[muted="true"] { color: @text-muted; }
QLabel:focus { border: 1px solid @focus; border-radius: 7px; }
QLabel[faint="true"] { color: @text-faint; font-size: 12px; }
QLabel[section="true"] { color: @text-muted; font-weight: 600; font-size: 12px; }
QLabel[section="true"][strong="true"] { color: @text; font-size: 13px; }
QLabel[heading="true"] { font-size: 16px; font-weight: 700; }
QLabel[headline="true"] { font-size: 24px; font-weight: 700; }
QFrame[hairline="true"] { background: @hairline; border: none; max-height: 1px; min-height: 1px; }
QLabel[health="Late"] { color: @health-late; font-weight: 600; }
QLabel[health="At risk"] { color: @health-at-risk; font-weight: 600; }
QLabel[health="On track"], QLabel[health="Completed"] { color: @health-on-track; font-weight: 600; }
QLabel[slip="true"] { color: @slip; font-weight: 600; }
QLabel[pill="true"] { background: @pill; color: @pill-text; border-radius: 10px; padding: 2px 9px; font-size: 12px; }
QLabel[pill="true"][health="Late"] { background: @health-late-surface; color: @health-late; }
QLabel[pill="true"][health="At risk"] { background: @health-at-risk-surface; color: @health-at-risk; }
QPushButton[health="Late"] { background: @health-late-surface; color: @health-late; font-weight: 600; }
QPushButton[health="At risk"] { background: @health-at-risk-surface; color: @health-at-risk; font-weight: 600; }
QPushButton[health="On track"], QPushButton[health="Completed"] { background: @health-on-track-surface;
    color: @health-on-track; font-weight: 600; }
"""
