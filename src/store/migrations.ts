/**
 * The steps from an empty database to the present schema, oldest first; the database's `user_version` says how many it has had.
 * A step that was ever published is never changed: what comes later is a further one.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE instances (
    id TEXT PRIMARY KEY,
    pid INTEGER NOT NULL,
    since TEXT NOT NULL,
    role TEXT NOT NULL,
    config TEXT NOT NULL,
    holds TEXT NOT NULL CHECK (json_valid(holds))
  ) STRICT;

  -- AUTOINCREMENT, here and below: the row number is the order, so none is used twice, also after the newest rows were removed.
  CREATE TABLE turns (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    surface TEXT NOT NULL,
    message_id TEXT NOT NULL,
    conversation TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'command')),
    state TEXT NOT NULL CHECK (state IN ('accepted', 'running', 'settled')),
    owner TEXT,
    config TEXT NOT NULL,
    crashes INTEGER NOT NULL DEFAULT 0,
    -- Its place in the queue: the row number, until somebody moves it.
    queue_rank REAL,
    held INTEGER NOT NULL DEFAULT 0,
    -- Settled and all its parts sent.
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    status TEXT,
    reason TEXT,
    carries TEXT,
    accepted_at TEXT NOT NULL,
    started_at TEXT,
    settled_at TEXT,
    UNIQUE (surface, message_id)
  ) STRICT;
  CREATE INDEX turns_undone ON turns (conversation, sequence) WHERE done = 0;
  CREATE INDEX turns_of_conversation ON turns (conversation, sequence);

  -- What is long and written once, apart from what changes with every step.
  CREATE TABLE turn_texts (
    turn INTEGER PRIMARY KEY REFERENCES turns (sequence) ON DELETE CASCADE,
    message TEXT NOT NULL CHECK (json_valid(message)),
    result TEXT CHECK (json_valid(result))
  ) STRICT;

  CREATE TABLE rounds (
    turn INTEGER NOT NULL REFERENCES turns (sequence) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    reason TEXT,
    PRIMARY KEY (turn, number)
  ) STRICT;

  CREATE TABLE asks (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    turn INTEGER NOT NULL REFERENCES turns (sequence) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    agent TEXT NOT NULL,
    prompt TEXT NOT NULL,
    access TEXT NOT NULL,
    waits_for TEXT NOT NULL CHECK (json_valid(waits_for)),
    final INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'asking', 'answered')),
    -- The instance that asked last.
    asker TEXT,
    process TEXT CHECK (json_valid(process)),
    session_id TEXT,
    started_at TEXT,
    outcome TEXT CHECK (json_valid(outcome)),
    retried INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX asks_of_turn ON asks (turn, round, sequence);

  CREATE TABLE processes (
    id TEXT PRIMARY KEY,
    turn INTEGER NOT NULL REFERENCES turns (sequence) ON DELETE CASCADE,
    process TEXT CHECK (json_valid(process))
  ) STRICT;
  CREATE INDEX processes_of_turn ON processes (turn);

  CREATE TABLE parts (
    id TEXT PRIMARY KEY,
    turn INTEGER NOT NULL REFERENCES turns (sequence) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    part TEXT NOT NULL CHECK (json_valid(part)),
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent')),
    again INTEGER NOT NULL DEFAULT 0,
    platform_id TEXT
  ) STRICT;
  CREATE INDEX parts_of_turn ON parts (turn, position);

  CREATE TABLE signals (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    turn INTEGER NOT NULL REFERENCES turns (sequence) ON DELETE CASCADE,
    signal TEXT NOT NULL CHECK (json_valid(signal))
  ) STRICT;
  CREATE INDEX signals_of_turn ON signals (turn);

  CREATE TABLE directory_locks (
    directory TEXT PRIMARY KEY,
    turn TEXT NOT NULL,
    owner TEXT NOT NULL
  ) STRICT;

  CREATE TABLE history (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    conversation TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_id TEXT,
    agent TEXT,
    -- The agent that a worktree is nested under; for every other agent itself.
    agent_base TEXT AS (iif(instr(agent, '/') = 0, agent, substr(agent, 1, instr(agent, '/') - 1))) VIRTUAL,
    agents TEXT CHECK (json_valid(agents)),
    surface TEXT,
    workspace TEXT,
    channel TEXT,
    private INTEGER,
    place TEXT CHECK (json_valid(place)),
    session_id TEXT,
    duration INTEGER,
    usage TEXT CHECK (json_valid(usage)),
    status TEXT,
    retried INTEGER NOT NULL,
    summary TEXT NOT NULL,
    text TEXT,
    -- What an entry is filtered by, as words: so every filter, and every filter together with words, is one walk through the text index.
    -- Hexadecimal, so that each value is exactly one word. facets.ts makes the same words.
    facets TEXT AS (
      'k' || hex(kind) || ' c' || hex(conversation) || ' u' || hex(actor) || iif(actor_id IS NULL, '', ' u' || hex(actor_id)) || ' a' || iif(agent_base IS NULL, 'none', hex(agent_base))
      || ' p' || hex(coalesce(surface, '') || char(31) || coalesce(workspace, '') || char(31) || coalesce(channel, ''))
      || iif(private = 0, ' w' || hex(surface || char(31) || coalesce(workspace, '')), '')
    ) VIRTUAL
  ) STRICT;

  -- What is indexed: of a long text its beginning, as the index is made while people wait.
  CREATE VIEW history_words AS SELECT sequence, summary, substr(text, 1, 65536) AS text, facets FROM history;
  CREATE VIRTUAL TABLE history_text USING fts5 (
    summary, text, facets,
    content = 'history_words', content_rowid = 'sequence',
    -- So that no beginning of a word is expensive: what is longer has few words.
    prefix = '1 2 3',
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2"
  );
  CREATE TRIGGER history_indexed AFTER INSERT ON history BEGIN
    INSERT INTO history_text (rowid, summary, text, facets)
      VALUES (new.sequence, new.summary, substr(new.text, 1, 65536), new.facets);
  END;
  CREATE TRIGGER history_unindexed AFTER DELETE ON history BEGIN
    INSERT INTO history_text (history_text, rowid, summary, text, facets)
      VALUES ('delete', old.sequence, old.summary, substr(old.text, 1, 65536), old.facets);
  END;

  -- Where the clock was set back: between two of these rows times grow with the row numbers, so a time is found by halving.
  CREATE TABLE clock_steps (sequence INTEGER PRIMARY KEY) STRICT;
  CREATE TRIGGER history_clock AFTER INSERT ON history
    WHEN new.at < (SELECT at FROM history WHERE sequence < new.sequence ORDER BY sequence DESC LIMIT 1)
  BEGIN
    INSERT INTO clock_steps (sequence) VALUES (new.sequence);
  END;

  CREATE TABLE records (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    expires INTEGER,
    PRIMARY KEY (collection, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX records_expiring ON records (expires) WHERE expires IS NOT NULL;
  `,
];
