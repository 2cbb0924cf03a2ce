CREATE TABLE activity (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_activity PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE calendar (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    week TEXT NOT NULL,
    base INTEGER,
    project INTEGER,
    country TEXT NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT pk_calendar PRIMARY KEY (id),
    CONSTRAINT fk_calendar_base FOREIGN KEY(base) REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_calendar_project FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE person (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    email TEXT NOT NULL,
    external INTEGER NOT NULL,
    calendar INTEGER,
    notes TEXT NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT ck_person_external CHECK ("external" IN (0, 1)),
    CONSTRAINT fk_person_calendar FOREIGN KEY(calendar) REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE project (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    title TEXT NOT NULL,
    calendar INTEGER NOT NULL,
    aliases TEXT NOT NULL,
    lead INTEGER,
    description TEXT NOT NULL,
    category TEXT NOT NULL,
    colour TEXT NOT NULL,
    status TEXT NOT NULL,
    start TEXT,
    target_end TEXT,
    mode TEXT NOT NULL,
    status_date TEXT,
    day_start INTEGER NOT NULL,
    day_end INTEGER NOT NULL,
    minutes_per_day INTEGER NOT NULL,
    minutes_per_week INTEGER NOT NULL,
    days_per_month INTEGER NOT NULL,
    slack_limit INTEGER NOT NULL,
    tolerance INTEGER NOT NULL,
    slack_threshold INTEGER NOT NULL,
    chance_threshold INTEGER NOT NULL,
    progress_basis TEXT NOT NULL,
    move_remaining INTEGER NOT NULL,
    "order" REAL NOT NULL,
    template TEXT NOT NULL,
    notes TEXT NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT fk_project_calendar FOREIGN KEY(calendar) REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_project_lead FOREIGN KEY(lead) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_project_move_remaining CHECK ("move_remaining" IN (0, 1))
)
 STRICT;

CREATE TABLE template (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_template PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE journal (
    sequence INTEGER NOT NULL,
    time TEXT NOT NULL,
    format INTEGER NOT NULL,
    undoes INTEGER,
    label TEXT NOT NULL,
    content BLOB,
    receipts BLOB,
    CONSTRAINT pk_journal PRIMARY KEY (sequence),
    CONSTRAINT fk_journal_undoes FOREIGN KEY(undoes) REFERENCES journal (sequence) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE checkpoint (
    sequence INTEGER NOT NULL,
    time TEXT NOT NULL,
    format INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_checkpoint PRIMARY KEY (sequence)
)
 STRICT;

CREATE TABLE counter (
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (name)
)
 STRICT;

CREATE TABLE blob (
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_blob PRIMARY KEY (sha256)
)
 STRICT;

CREATE TABLE view_state (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_view_state PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE workspace (
    id INTEGER NOT NULL,
    title TEXT NOT NULL,
    me INTEGER,
    item_types TEXT NOT NULL,
    milestone_types TEXT NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT pk_workspace PRIMARY KEY (id),
    CONSTRAINT fk_workspace_me FOREIGN KEY(me) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE calendar_exception (
    id INTEGER NOT NULL,
    calendar INTEGER NOT NULL,
    name TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    shifts TEXT NOT NULL,
    recurrence TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_calendar_exception PRIMARY KEY (id),
    CONSTRAINT fk_calendar_exception_calendar FOREIGN KEY(calendar) REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE workflow_state (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "order" REAL NOT NULL,
    project INTEGER,
    CONSTRAINT pk_workflow_state PRIMARY KEY (id),
    CONSTRAINT fk_workflow_state_project FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE "view" (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    project INTEGER,
    "order" REAL NOT NULL,
    definition TEXT NOT NULL,
    CONSTRAINT pk_view PRIMARY KEY (id),
    CONSTRAINT fk_view_project FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE milestone (
    id INTEGER NOT NULL,
    project INTEGER NOT NULL,
    title TEXT NOT NULL,
    parent INTEGER,
    "order" REAL NOT NULL,
    code TEXT NOT NULL,
    start TEXT,
    "end" TEXT,
    duration INTEGER NOT NULL,
    duration_unit TEXT NOT NULL,
    placement TEXT NOT NULL,
    calendar INTEGER,
    "constraint" TEXT NOT NULL,
    constraint_date TEXT,
    deadline TEXT,
    progress INTEGER NOT NULL,
    actual_start TEXT,
    actual_finish TEXT,
    remaining INTEGER,
    stop TEXT,
    resume TEXT,
    estimated INTEGER NOT NULL,
    optimistic INTEGER,
    most_likely INTEGER,
    pessimistic INTEGER,
    tags TEXT NOT NULL,
    release TEXT NOT NULL,
    module TEXT NOT NULL,
    description TEXT NOT NULL,
    notes TEXT NOT NULL,
    health_override TEXT,
    health_reason TEXT NOT NULL,
    health_until TEXT,
    source TEXT NOT NULL,
    extra TEXT NOT NULL,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    owner INTEGER,
    progress_from TEXT,
    target TEXT,
    first_target TEXT,
    target_set TEXT,
    target_reason TEXT NOT NULL,
    target_calendar TEXT NOT NULL,
    amount INTEGER,
    currency TEXT NOT NULL,
    invoiced TEXT,
    paid TEXT,
    dropped TEXT,
    dropped_reason TEXT NOT NULL,
    comment TEXT NOT NULL,
    comment_date TEXT,
    recovery TEXT NOT NULL,
    recovery_date TEXT,
    CONSTRAINT pk_milestone PRIMARY KEY (id),
    CONSTRAINT fk_milestone_id FOREIGN KEY(id) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_milestone_project FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_milestone_parent FOREIGN KEY(parent) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_milestone_calendar FOREIGN KEY(calendar) REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_milestone_estimated CHECK ("estimated" IN (0, 1)),
    CONSTRAINT fk_milestone_owner FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_milestone_parent ON milestone (parent);

CREATE TABLE dependency (
    id INTEGER NOT NULL,
    predecessor INTEGER NOT NULL,
    successor INTEGER NOT NULL,
    type TEXT NOT NULL,
    lag INTEGER NOT NULL,
    lag_unit TEXT NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT pk_dependency PRIMARY KEY (id),
    CONSTRAINT fk_dependency_predecessor FOREIGN KEY(predecessor) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_dependency_successor FOREIGN KEY(successor) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_dependency_successor ON dependency (successor);

CREATE INDEX ix_dependency_predecessor ON dependency (predecessor);

CREATE TABLE relation (
    id INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    other INTEGER NOT NULL,
    type TEXT NOT NULL,
    CONSTRAINT pk_relation PRIMARY KEY (id),
    CONSTRAINT fk_relation_activity FOREIGN KEY(activity) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_relation_other FOREIGN KEY(other) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_relation_activity ON relation (activity);

CREATE INDEX ix_relation_other ON relation (other);

CREATE TABLE baseline (
    id INTEGER NOT NULL,
    project INTEGER NOT NULL,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    created TEXT NOT NULL,
    content TEXT NOT NULL,
    in_force INTEGER NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_baseline PRIMARY KEY (id),
    CONSTRAINT fk_baseline_project FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_baseline_in_force CHECK ("in_force" IN (0, 1))
)
 STRICT;

CREATE TABLE log_entry (
    id INTEGER NOT NULL,
    project INTEGER NOT NULL,
    text TEXT NOT NULL,
    type TEXT NOT NULL,
    owner INTEGER,
    raised TEXT,
    due TEXT,
    state TEXT NOT NULL,
    response TEXT NOT NULL,
    "order" REAL NOT NULL,
    source TEXT NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT pk_log_entry PRIMARY KEY (id),
    CONSTRAINT fk_log_entry_project FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_log_entry_owner FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE journal_milestone (
    milestone INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    CONSTRAINT pk_journal_milestone PRIMARY KEY (milestone, sequence),
    CONSTRAINT fk_journal_milestone_sequence FOREIGN KEY(sequence) REFERENCES journal (sequence) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE work_item (
    id INTEGER NOT NULL,
    project INTEGER NOT NULL,
    title TEXT NOT NULL,
    parent INTEGER,
    "order" REAL NOT NULL,
    code TEXT NOT NULL,
    start TEXT,
    "end" TEXT,
    duration INTEGER NOT NULL,
    duration_unit TEXT NOT NULL,
    placement TEXT NOT NULL,
    calendar INTEGER,
    "constraint" TEXT NOT NULL,
    constraint_date TEXT,
    deadline TEXT,
    progress INTEGER NOT NULL,
    actual_start TEXT,
    actual_finish TEXT,
    remaining INTEGER,
    stop TEXT,
    resume TEXT,
    estimated INTEGER NOT NULL,
    optimistic INTEGER,
    most_likely INTEGER,
    pessimistic INTEGER,
    tags TEXT NOT NULL,
    release TEXT NOT NULL,
    module TEXT NOT NULL,
    description TEXT NOT NULL,
    notes TEXT NOT NULL,
    health_override TEXT,
    health_reason TEXT NOT NULL,
    health_until TEXT,
    source TEXT NOT NULL,
    extra TEXT NOT NULL,
    number INTEGER NOT NULL,
    type TEXT NOT NULL,
    status INTEGER NOT NULL,
    priority TEXT NOT NULL,
    reporter INTEGER,
    estimate INTEGER,
    logged INTEGER NOT NULL,
    remaining_effort INTEGER,
    story_points REAL,
    CONSTRAINT pk_work_item PRIMARY KEY (id),
    CONSTRAINT fk_work_item_id FOREIGN KEY(id) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_item_project FOREIGN KEY(project) REFERENCES project (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_item_parent FOREIGN KEY(parent) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_item_calendar FOREIGN KEY(calendar) REFERENCES calendar (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_work_item_estimated CHECK ("estimated" IN (0, 1)),
    CONSTRAINT fk_work_item_status FOREIGN KEY(status) REFERENCES workflow_state (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_item_reporter FOREIGN KEY(reporter) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_work_item_parent ON work_item (parent);

CREATE TABLE baseline_repair (
    id INTEGER NOT NULL,
    baseline INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    start TEXT,
    "end" TEXT,
    duration INTEGER NOT NULL,
    reason TEXT NOT NULL,
    repaired TEXT NOT NULL,
    CONSTRAINT pk_baseline_repair PRIMARY KEY (id),
    CONSTRAINT fk_baseline_repair_baseline FOREIGN KEY(baseline) REFERENCES baseline (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_baseline_repair_activity FOREIGN KEY(activity) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_baseline_repair_activity ON baseline_repair (activity);

CREATE TABLE checklist_entry (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    done INTEGER NOT NULL,
    done_on TEXT,
    owner INTEGER,
    due TEXT,
    CONSTRAINT pk_checklist_entry PRIMARY KEY (id),
    CONSTRAINT fk_checklist_entry_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_checklist_entry_done CHECK ("done" IN (0, 1)),
    CONSTRAINT fk_checklist_entry_owner FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_checklist_entry_milestone ON checklist_entry (milestone);

CREATE TABLE criterion (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    priority TEXT NOT NULL,
    result TEXT NOT NULL,
    tester INTEGER,
    tested TEXT,
    round INTEGER NOT NULL,
    note TEXT NOT NULL,
    waived_reason TEXT NOT NULL,
    CONSTRAINT pk_criterion PRIMARY KEY (id),
    CONSTRAINT fk_criterion_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_criterion_tester FOREIGN KEY(tester) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_criterion_milestone ON criterion (milestone);

CREATE TABLE sign_off (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    approver TEXT NOT NULL,
    decision TEXT NOT NULL,
    signed TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    method TEXT NOT NULL,
    note TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    snapshot_sha256 TEXT NOT NULL,
    superseded INTEGER NOT NULL,
    CONSTRAINT pk_sign_off PRIMARY KEY (id),
    CONSTRAINT fk_sign_off_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_sign_off_superseded CHECK ("superseded" IN (0, 1))
)
 STRICT;

CREATE INDEX ix_sign_off_milestone ON sign_off (milestone);

CREATE TABLE gate_override (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    reason TEXT NOT NULL,
    given TEXT NOT NULL,
    open_points TEXT NOT NULL,
    CONSTRAINT pk_gate_override PRIMARY KEY (id),
    CONSTRAINT fk_gate_override_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_gate_override_milestone ON gate_override (milestone);

CREATE TABLE meeting (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    held TEXT,
    place TEXT NOT NULL,
    notes TEXT NOT NULL,
    CONSTRAINT pk_meeting PRIMARY KEY (id),
    CONSTRAINT fk_meeting_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_meeting_milestone ON meeting (milestone);

CREATE TABLE agenda_row (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    minutes INTEGER NOT NULL,
    owner INTEGER,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_agenda_row PRIMARY KEY (id),
    CONSTRAINT fk_agenda_row_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_agenda_row_owner FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_agenda_row_milestone ON agenda_row (milestone);

CREATE TABLE objective (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    measure TEXT NOT NULL,
    CONSTRAINT pk_objective PRIMARY KEY (id),
    CONSTRAINT fk_objective_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_objective_milestone ON objective (milestone);

CREATE TABLE scope_line (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    included INTEGER NOT NULL,
    CONSTRAINT pk_scope_line PRIMARY KEY (id),
    CONSTRAINT fk_scope_line_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_scope_line_included CHECK ("included" IN (0, 1))
)
 STRICT;

CREATE INDEX ix_scope_line_milestone ON scope_line (milestone);

CREATE TABLE role_line (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    role TEXT NOT NULL,
    "order" REAL NOT NULL,
    person INTEGER,
    duties TEXT NOT NULL,
    CONSTRAINT pk_role_line PRIMARY KEY (id),
    CONSTRAINT fk_role_line_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_role_line_person FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_role_line_milestone ON role_line (milestone);

CREATE TABLE launch_step (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    owner INTEGER,
    planned TEXT,
    required INTEGER NOT NULL,
    "rollback" TEXT NOT NULL,
    done INTEGER NOT NULL,
    CONSTRAINT pk_launch_step PRIMARY KEY (id),
    CONSTRAINT fk_launch_step_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_launch_step_owner FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_launch_step_required CHECK ("required" IN (0, 1)),
    CONSTRAINT ck_launch_step_done CHECK ("done" IN (0, 1))
)
 STRICT;

CREATE INDEX ix_launch_step_milestone ON launch_step (milestone);

CREATE TABLE go_decision (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    decision TEXT NOT NULL,
    decided TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_go_decision PRIMARY KEY (id),
    CONSTRAINT fk_go_decision_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_go_decision_milestone ON go_decision (milestone);

CREATE TABLE achievement (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    reached TEXT NOT NULL,
    people TEXT NOT NULL,
    CONSTRAINT pk_achievement PRIMARY KEY (id),
    CONSTRAINT fk_achievement_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_achievement_milestone ON achievement (milestone);

CREATE TABLE log_link (
    id INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    CONSTRAINT pk_log_link PRIMARY KEY (id),
    CONSTRAINT fk_log_link_entry FOREIGN KEY(entry) REFERENCES log_entry (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_log_link_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_log_link_entry ON log_link (entry);

CREATE INDEX ix_log_link_milestone ON log_link (milestone);

CREATE TABLE milestone_link (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    item INTEGER NOT NULL,
    CONSTRAINT pk_milestone_link PRIMARY KEY (id),
    CONSTRAINT fk_milestone_link_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_milestone_link_item FOREIGN KEY(item) REFERENCES work_item (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_milestone_link_item ON milestone_link (item);

CREATE INDEX ix_milestone_link_milestone ON milestone_link (milestone);

CREATE TABLE assignment (
    id INTEGER NOT NULL,
    item INTEGER NOT NULL,
    person INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (id),
    CONSTRAINT fk_assignment_item FOREIGN KEY(item) REFERENCES work_item (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_assignment_person FOREIGN KEY(person) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_assignment_item ON assignment (item);

CREATE TABLE criterion_run (
    id INTEGER NOT NULL,
    criterion INTEGER NOT NULL,
    round INTEGER NOT NULL,
    result TEXT NOT NULL,
    tester INTEGER,
    tested TEXT,
    note TEXT NOT NULL,
    CONSTRAINT pk_criterion_run PRIMARY KEY (id),
    CONSTRAINT fk_criterion_run_criterion FOREIGN KEY(criterion) REFERENCES criterion (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_criterion_run_tester FOREIGN KEY(tester) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_criterion_run_criterion ON criterion_run (criterion);

CREATE TABLE evidence (
    id INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    title TEXT NOT NULL,
    criterion INTEGER,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    link TEXT NOT NULL,
    added TEXT,
    CONSTRAINT pk_evidence PRIMARY KEY (id),
    CONSTRAINT fk_evidence_activity FOREIGN KEY(activity) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_criterion FOREIGN KEY(criterion) REFERENCES criterion (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_evidence_activity ON evidence (activity);

CREATE INDEX ix_evidence_criterion ON evidence (criterion);

CREATE TABLE sign_off_condition (
    id INTEGER NOT NULL,
    sign_off INTEGER NOT NULL,
    text TEXT NOT NULL,
    owner INTEGER,
    due TEXT,
    done INTEGER NOT NULL,
    CONSTRAINT pk_sign_off_condition PRIMARY KEY (id),
    CONSTRAINT fk_sign_off_condition_sign_off FOREIGN KEY(sign_off) REFERENCES sign_off (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_sign_off_condition_owner FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_sign_off_condition_done CHECK ("done" IN (0, 1))
)
 STRICT;

CREATE INDEX ix_sign_off_condition_sign_off ON sign_off_condition (sign_off);

CREATE TABLE feedback (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    author TEXT NOT NULL,
    given TEXT,
    severity TEXT NOT NULL,
    decision TEXT NOT NULL,
    item INTEGER,
    CONSTRAINT pk_feedback PRIMARY KEY (id),
    CONSTRAINT fk_feedback_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_feedback_item FOREIGN KEY(item) REFERENCES work_item (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_feedback_item ON feedback (item);

CREATE INDEX ix_feedback_milestone ON feedback (milestone);

CREATE TABLE lesson (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    text TEXT NOT NULL,
    "order" REAL NOT NULL,
    category TEXT NOT NULL,
    cause TEXT NOT NULL,
    impact TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    owner INTEGER,
    follow_up INTEGER,
    CONSTRAINT pk_lesson PRIMARY KEY (id),
    CONSTRAINT fk_lesson_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_lesson_owner FOREIGN KEY(owner) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_lesson_follow_up FOREIGN KEY(follow_up) REFERENCES work_item (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_lesson_follow_up ON lesson (follow_up);

CREATE INDEX ix_lesson_milestone ON lesson (milestone);

CREATE TABLE artefact (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    title TEXT NOT NULL,
    "order" REAL NOT NULL,
    version TEXT NOT NULL,
    link TEXT NOT NULL,
    evidence INTEGER,
    CONSTRAINT pk_artefact PRIMARY KEY (id),
    CONSTRAINT fk_artefact_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_artefact_evidence FOREIGN KEY(evidence) REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_artefact_evidence ON artefact (evidence);

CREATE INDEX ix_artefact_milestone ON artefact (milestone);
